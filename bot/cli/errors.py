"""What goes wrong at the command line, and where it is told."""

import sys


class UsageError(Exception):
    """An argument is wrong; the message names it and says what to do."""


def warn(message: str) -> None:
    print(message, file=sys.stderr)
