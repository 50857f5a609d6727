"""The log of a running bot: on standard error, one line or one JSON object each, from the level that is set.

Owns its form, and that everything goes through it: libraries, warnings and errors that nobody has caught, too. Refuses
what other loggers than ours fill in (`libraries`), and tells errors by class and place (`faults`), without tracebacks.
"""

import json
import logging
import sys
import threading
import warnings
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

from bot.cli.command import PROGRAM
from bot.faults import describe
from bot.libraries import Retold, least_level, quiet_loggers, retold
from bot.settings import LogSettings

logger = logging.getLogger(__name__)

#: What every record has; what else it has was given as a field.
_USUAL = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_OURS = ("bot", PROGRAM)


def configure(chosen: LogSettings) -> None:
    """Write the log as it is set, from now on and for the whole process."""
    # A log that cannot be written must not be what a bot falls over; nor would logging's own complaint be of our form.
    logging.raiseExceptions = False
    formatter = _Json() if chosen.format == "json" else _Text()
    handler = _Handler(sys.stderr) if sys.stderr is not None else logging.NullHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(chosen.level.upper())
    # By this `errors.warn` knows that lines of text would break the log.
    logging.getLogger(PROGRAM).handlers = [logging.NullHandler()] if chosen.format == "json" else []
    quiet_loggers()
    _catch_all()


def _catch_all() -> None:
    warnings.showwarning = _warned
    sys.excepthook = lambda _kind, error, _trace: _uncaught(error)
    threading.excepthook = lambda args: _uncaught(args.exc_value)
    sys.unraisablehook = lambda args: _uncaught(args.exc_value)


def _warned(  # noqa: PLR0913, PLR0917 - as `warnings` calls it
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """A warning by its class and place: its message may quote anything."""
    place = f"{Path(filename).parent.name}/{Path(filename).name}:{lineno}"
    logger.warning("Python warns", extra={"error": category.__name__, "place": place})


def _uncaught(error: BaseException | None) -> None:
    logger.critical("an error that nobody has caught; please report this line", extra={"error": _named(error)})


def _named(error: BaseException | None) -> str:
    return describe(error) if error else "unknown"


class _Handler(logging.StreamHandler[TextIO]):
    """Writes ours as it is, and any other's without what was filled in."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in _OURS or isinstance(record, Retold):
            super().emit(record)
        elif record.levelno >= least_level():
            super().emit(retold(record))


class _Text(logging.Formatter):
    """`2026-11-30T09:00:00.000Z INFO bot.cli.telegram: running on Telegram version=0.1.0`; a text that the event has in
    it already is not told twice."""

    def format(self, record: logging.LogRecord) -> str:
        event = " ".join(record.getMessage().split("\n"))
        told = _fields(record).items()
        fields = "".join(
            f" {name}={_quoted(value)}" for name, value in told if not (isinstance(value, str) and value in event)
        )
        return f"{_time(record)} {record.levelname} {record.name}: {event}{fields}"


class _Json(logging.Formatter):
    """`{"time": "2026-11-30T09:00:00.000Z", "level": "info", "logger": …, "event": …}`, and the fields."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": _time(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        # ASCII: a stream that knows no more would write escapes that are none of JSON's.
        return json.dumps({**told, **_fields(record)}, default=str)


def _fields(record: logging.LogRecord) -> Mapping[str, Any]:
    given = {name: value for name, value in record.__dict__.items() if name not in _USUAL}
    return {**given, "error": _named(record.exc_info[1])} if record.exc_info else given


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _quoted(value: object) -> str:
    text = str(value)
    return json.dumps(text, ensure_ascii=False) if not text or {*text} & {*' "=\n'} else text
