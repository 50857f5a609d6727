"""What may be logged of errors in the event loop, which itself would write messages, and tasks with their arguments."""

import asyncio
import logging
from typing import Any

from bot.faults import own_fault

logger = logging.getLogger(__name__)

#: What asyncio and the client say without an error; any other message may quote a task and its arguments.
_HARMLESS = (
    "Task was destroyed but it is pending!",
    "Task exception was never retrieved",
    "Future exception was never retrieved",
    "Unclosed client session",
    "Unclosed connector",
    "Unclosed connection",
)


def report_unhandled(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """In place of asyncio's own handler, which would log the exception's message and the task's arguments."""
    error = context.get("exception")
    said = next((known for known in _HARMLESS if known == context.get("message")), "no exception")
    logger.error("unhandled in the event loop: %s", own_fault(error) if error else said)
