"""The command line: the composition root. Only here is anything built, and only here are settings read.

Exit codes: 0 done; 1 the knowledge is not sound; 2 a setting, an argument or the surroundings are wrong, or the output
cannot be written; 3 ask has no answer to the question; 4 ask needs a fact or a choice before it can answer; 70 broken
off by a fault of the program's own; 75 Telegram or the store does not answer, try again later; 130 interrupted by
Ctrl-C; 141 the reader of the output left before its end, as head does.

    commands       what each command takes and how it is started: a new command is a module there
    parser         arguments and help, in the reader's language
    exits, errors  how a command ends
"""

import io
import logging
import os
import sys
from collections.abc import Sequence

from bot import settings
from bot.cli import logs
from bot.cli.command import Command, same
from bot.cli.commands import COMMANDS
from bot.cli.errors import Unreachable, UsageError, one_line, warn
from bot.cli.exits import FAULT, INTERRUPTED, PIPE_CLOSED, UNREACHABLE, UNSOUND, USAGE
from bot.cli.knowledge import KnowledgeRefused
from bot.cli.language import readers_language
from bot.cli.parser import parser
from bot.faults import describe
from bot.knowledge.phrases import Bilingual
from bot.messages import Language
from bot.sessions.store import StoreUnavailable, StoreUnreachable
from bot.settings import SettingsError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    language = readers_language(given, os.environ)
    _speak_utf8()
    try:
        try:
            return _run(given, language)
        finally:
            # Here, where a fault can still be told: Python's own flush comes after everything.
            sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return PIPE_CLOSED
    except OSError as error:
        _drop_output()
        _complain(_unwritable(error)[language])
        return USAGE


def _unwritable(error: OSError) -> Bilingual:
    reason = error.strerror or error
    return Bilingual(
        f"Lesen oder Schreiben geht nicht ({reason}): sehen Sie nach, wohin Ein- und Ausgabe führen",
        f"cannot read or write ({reason}): see where input and output lead",
    )


def _speak_utf8() -> None:
    """Read and write UTF-8 whatever the surroundings say; what cannot be read or written so is replaced."""
    if sys.stdout is None:
        _drop_output()
    for stream in (sys.stdin, sys.stdout):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _drop_output() -> None:
    """Let all further output go nowhere, also what is still buffered: Python would complain of it at its end."""
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115


def _run(arguments: Sequence[str], language: Language) -> int:
    options = parser(COMMANDS, language).parse_args(arguments)
    command: Command = options.command
    try:
        log = settings.log(os.environ)
        if command.is_service:
            logs.configure(log)
        return command.run(options, settings.read(os.environ))
    except KnowledgeRefused as refused:
        warn(str(refused), logging.ERROR)
        return UNSOUND
    except KeyboardInterrupt:
        # A person has had enough, which is no fault.
        return INTERRUPTED
    except OSError:
        raise
    except Exception as error:
        code, message = _told(error)
        _complain(message[language])
        return code


def _told(error: Exception) -> tuple[int, Bilingual]:
    """How a command ends with an error, and what is said."""
    match error:
        case UsageError():
            return USAGE, Bilingual(error.told("de"), error.told("en"))
        case SettingsError() | StoreUnavailable():
            return USAGE, same(str(error))
        case Unreachable() | StoreUnreachable():
            return UNREACHABLE, same(str(error))
    # A fault of ours. Its message and a traceback could quote what somebody wrote.
    where = describe(error)
    return FAULT, Bilingual(f"abgebrochen: {where}", f"broke off: {where}")


def _complain(message: str) -> None:
    warn(f"datenschutz-bot: {one_line(message)}", logging.ERROR)
