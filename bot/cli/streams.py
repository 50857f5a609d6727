"""Standard input, output and errors, whatever the surroundings have made of them.

Owns that a stream that is closed or cannot be written is no reason to break off, and is taken by nothing else.
"""

import io
import os
import sys

_STANDARD = (0, 1, 2)


def prepare() -> None:
    """Read and write UTF-8 whatever the surroundings say; what cannot be read or written so is replaced."""
    _occupy()
    if sys.stdout is None:
        drop_output()
    if sys.stderr is None:
        drop_errors()
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def drop_output() -> None:
    """Let all further output go nowhere, also what is still buffered: Python would complain of it at its end."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def drop_errors() -> None:
    """The same for messages."""
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def settle_errors() -> None:
    """Write what is left of messages. Where they cannot be written, Python would change the exit code for it."""
    try:
        sys.stderr.flush()
    except (OSError, ValueError):
        drop_errors()


def _occupy() -> None:
    """Leave no standard descriptor free: the next file or connection would get its number, and who writes messages past
    Python, or closes what it takes for them, would damage that."""
    for number in _STANDARD:
        try:
            os.fstat(number)
        except OSError:
            # The lowest free number, which is this one.
            os.open(os.devnull, os.O_RDWR)
