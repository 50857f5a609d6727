"""What may be logged about Telegram: classes of errors and places in the code.

Owns the silence of the libraries underneath: their loggers write tokens (httpx, in URLs), texts and ids (telegram, in
bodies). Refuses messages of exceptions and tracebacks: both may quote what a person wrote.
"""

import asyncio
import logging
import traceback
from typing import Any

logger = logging.getLogger(__name__)

#: asyncio writes tasks with their results and errors into its warnings; errors reach `report_unhandled` all the same.
_TALKATIVE = ("httpx", "httpcore", "telegram", "asyncio")
_FRAMES_SHOWN = 4


def quiet_loggers() -> None:
    """Silence the libraries for good, also where a child logger or the root is set to DEBUG."""
    for name in _TALKATIVE:
        library = logging.getLogger(name)
        library.handlers = [logging.NullHandler()]
        # A level alone would not do: a child logger with a level of its own still reaches the root's handlers.
        library.propagate = False
        library.setLevel(logging.CRITICAL + 1)


def describe(error: BaseException) -> str:
    """The error as it may be logged: its class, its cause's class and where it arose."""
    cause = f" from {type(error.__cause__).__name__}" if error.__cause__ else ""
    frames = list(traceback.walk_tb(error.__traceback__))[-_FRAMES_SHOWN:]
    places = [f"{frame.f_globals.get('__name__', '?')}:{line}" for frame, line in frames]
    return f"{type(error).__name__}{cause} at {' > '.join(places) or 'unknown place'}"


def report_unhandled(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """In place of asyncio's own handler, which would log the exception's message and the task's arguments."""
    error = context.get("exception")
    logger.error("unhandled in the event loop: %s", describe(error) if error else "no exception")
