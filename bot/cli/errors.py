"""What goes wrong at the command line, and where it is told."""

import sys
from contextlib import suppress


class UsageError(Exception):
    """An argument is wrong; the message names it and says what to do."""


class Unreachable(Exception):
    """Something this machine does not have in its hands does not answer; the message says what and what to do. To start
    again later may help, where it never does after a wrong setting."""


def warn(message: str) -> None:
    """Tell it on standard error; where that cannot be written, the exit code alone tells."""
    with suppress(OSError, ValueError):
        print(message, file=sys.stderr, flush=True)
