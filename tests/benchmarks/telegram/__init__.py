"""The bot on Telegram under load, beside a bare echo bot of the same client library on the same Bot API server.

load      one system: start it, let people write, see how long they wait
systems   the bots that are compared
echo      the bare echo bot
"""
