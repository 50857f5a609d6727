"""The command line: the composition root. Only here is anything built, and only here are settings read.

Exit codes: 0 done; 1 the knowledge is not sound; 2 a setting, an argument or the surroundings are wrong, or the output
cannot be written; 3 ask has no answer to the question; 4 ask needs a fact or a choice before it can answer; 70 broken
off by a fault of the program's own; 75 something is out of order for now, try again later: Telegram or Redis does not
answer, the store is locked, its disk is full or read-only; 130 interrupted by Ctrl-C; 141 the reader of the output left
before its end, as head does.

    commands       what each command takes and how it is started: a new command is a module there
    parser         arguments and help, in the reader's language
    exits, errors  how a command ends
    streams, logs  standard input and output; the log of a running bot
"""

import logging
import os
import sys
from collections.abc import Sequence

from bot import settings
from bot.cli import logs, streams
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
    streams.prepare()
    try:
        try:
            return _run(given, language)
        finally:
            # Here, where a fault can still be told: Python's own flush comes after everything.
            sys.stdout.flush()
    except BrokenPipeError:
        streams.drop_output()
        return PIPE_CLOSED
    except OSError as error:
        streams.drop_output()
        _complain(_unwritable(error)[language])
        return USAGE
    finally:
        streams.settle_errors()


def _unwritable(error: OSError) -> Bilingual:
    reason = error.strerror or error
    return Bilingual(
        f"Lesen oder Schreiben geht nicht ({reason}): sehen Sie nach, wohin Ein- und Ausgabe führen",
        f"cannot read or write ({reason}): see where input and output lead",
    )


def _run(arguments: Sequence[str], language: Language) -> int:
    options = parser(COMMANDS, language).parse_args(arguments)
    command: Command = options.command
    try:
        log = settings.log(os.environ)
        if command.is_service:
            logs.configure(log)
        return command.run(options, settings.read(os.environ))
    except KnowledgeRefused as refused:
        warn(refused.told(language), logging.ERROR)
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
        case Unreachable() | StoreUnreachable():
            return UNREACHABLE, same(str(error))
        case SettingsError() | StoreUnavailable():
            return USAGE, same(str(error))
    # A fault of ours. Its message and a traceback could quote what somebody wrote.
    where = describe(error)
    return FAULT, Bilingual(
        f"abgebrochen: {where}; das ist ein Fehler im Programm: bitte melden Sie diese Zeile",
        f"broke off: {where}; this is a fault of the program: please report this line",
    )


def _complain(message: str) -> None:
    warn(f"datenschutz-bot: {one_line(message)}", logging.ERROR)
