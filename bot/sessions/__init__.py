"""Where dialogues are kept between turns: the protocol and its stores."""
