"""Where conversations come from: each channel turns its wire format into messages and back.

Owns nothing shared: channels do not know each other, and none of them knows matching, dialogue, knowledge or stores.
A channel is given one function, `answer`, and calls it once for each incoming message.
"""
