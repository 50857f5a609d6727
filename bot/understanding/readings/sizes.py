"""How much a message may hold besides what it is about."""

#: A message of at most this many words besides the facts it tells is about those facts, not a question of its own.
MOST_OTHER_WORDS = 1
