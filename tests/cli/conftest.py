"""Commands are run in this process, and one that runs on and on changes where it logs."""

import logging
import sys
import threading
import warnings
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """What a command has made of logging and of the hooks for errors is undone."""
    root, program = logging.getLogger(), logging.getLogger("datenschutz-bot")
    level, is_loud, program_handlers = root.level, logging.raiseExceptions, program.handlers
    hooks = (sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(root, "handlers", root.handlers[:])
        yield
    root.setLevel(level)
    logging.raiseExceptions, program.handlers = is_loud, program_handlers
    sys.excepthook, sys.unraisablehook, threading.excepthook, warnings.showwarning = hooks
