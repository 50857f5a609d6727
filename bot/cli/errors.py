"""What goes wrong at the command line, and where it is told."""

import logging
import sys
from contextlib import suppress

from bot.cli.command import PROGRAM
from bot.knowledge.phrases import Bilingual
from bot.messages import Language


class UsageError(Exception):
    """An argument is wrong; the message names it and says what to do, in both languages where it has them."""

    def __init__(self, message: str | Bilingual) -> None:
        super().__init__(message if isinstance(message, str) else message.en)
        self._message = message

    def told(self, language: Language) -> str:
        """The message in its reader's language, as far as it has it."""
        return self._message if isinstance(self._message, str) else self._message[language]


class Unreachable(Exception):
    """Something this machine does not have in its hands does not answer; the message says what and what to do. To start
    again later may help, where it never does after a wrong setting."""


def one_line(message: str) -> str:
    """A message that may quote what was typed, without what would break its line or steer a terminal."""
    return " ".join("".join(each if each.isprintable() else " " for each in message).split())


def warn(message: str, level: int = logging.WARNING) -> None:
    """Tell something on standard error: as a line, or in the log where that is no text (`logs`). Where it cannot be
    written, the exit code alone tells."""
    log = logging.getLogger(PROGRAM)
    if log.handlers:
        log.log(level, message.removeprefix(f"{PROGRAM}: "))
    else:
        with suppress(OSError, ValueError):
            print(message, file=sys.stderr, flush=True)
