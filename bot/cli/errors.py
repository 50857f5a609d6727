"""The fault of the person at the command line."""


class UsageError(Exception):
    """An argument is wrong; the message names it and says what to do."""
