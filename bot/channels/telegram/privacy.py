"""What may be logged about Telegram: nothing but what this project writes itself.

Owns the silence of the libraries underneath: their loggers write tokens (httpx, in URLs), texts and ids (telegram, in
bodies). Errors are told as `faults` has it.
"""

import asyncio
import logging
from typing import Any

from bot.faults import describe

logger = logging.getLogger(__name__)

#: asyncio writes tasks with their results and errors into its warnings; errors reach `report_unhandled` all the same.
_TALKATIVE = ("httpx", "httpcore", "telegram", "asyncio", "uvicorn", "redis", "watchfiles", "aiohttp")


def quiet_loggers() -> None:
    """Silence the libraries for good, also where a child logger or the root is set to DEBUG."""
    for name in _TALKATIVE:
        library = logging.getLogger(name)
        library.handlers = [logging.NullHandler()]
        # A level alone would not do: a child logger with a level of its own still reaches the root's handlers.
        library.propagate = False
        library.setLevel(logging.CRITICAL + 1)


def report_unhandled(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """In place of asyncio's own handler, which would log the exception's message and the task's arguments."""
    error = context.get("exception")
    logger.error("unhandled in the event loop: %s", describe(error) if error else "no exception")
