"""What may be logged of what libraries say: words that stand in their source, never what was filled in.

Their loggers write tokens (httpx, in URLs), texts and ids (telegram, in bodies; asyncio, in tasks). So they are cut off
from the log, and what they say comes to it anew, without their arguments. Errors are told as `faults` has it.
"""

import logging
import traceback
from types import CodeType

from bot.faults import describe

#: asyncio writes tasks with results and errors into its warnings; errors are reported by its handler all the same.
_TALKATIVE = ("httpx", "httpcore", "telegram", "asyncio", "uvicorn", "redis", "watchfiles", "aiohttp")
#: Where what they say goes on to the log.
_ours = logging.getLogger(__name__)


class Retold(logging.LogRecord):
    """A library's record as it may be logged."""


def quiet_loggers() -> None:
    """Cut the libraries off for good, also where a logger of theirs is set to DEBUG, and retell what is grave."""
    level = least_level()
    for name in _TALKATIVE:
        library = logging.getLogger(name)
        library.handlers = [_Retelling(level)]
        # A level alone would not do: a child logger with a level of its own still reaches the root's handlers.
        library.propagate = False
        library.setLevel(level)


def least_level() -> int:
    """From which level on libraries are retold: what they say at debug level is nothing but what was filled in."""
    return logging.INFO if _ours.isEnabledFor(logging.DEBUG) else logging.WARNING


def retold(record: logging.LogRecord) -> Retold:
    """The record with the words of its source only. To be asked while the call that made it goes on."""
    where = f"{record.name}, line {record.lineno}"
    said = record.msg if _is_literal(record) else f"said something that is not logged ({where})"
    told = Retold(record.name, record.levelno, record.pathname, record.lineno, said, (), None, record.funcName)
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        told.__dict__["error"] = describe(error)
    return told


class _Retelling(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        _ours.handle(retold(record))


def _is_literal(record: logging.LogRecord) -> bool:
    """Whether the message, its placeholders unfilled, is a constant of the function that logs it: then it holds nothing
    that came from outside, as one put together at run time may."""
    code = _code_of(record)
    return code is not None and isinstance(record.msg, str) and record.msg in code.co_consts


def _code_of(record: logging.LogRecord) -> CodeType | None:
    frames = (frame for frame, line in traceback.walk_stack(None) if line == record.lineno)
    return next((frame.f_code for frame in frames if frame.f_code.co_filename == record.pathname), None)
