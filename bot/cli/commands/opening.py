"""What most commands begin with: the knowledge that was chosen, its matcher, and standard input."""

import argparse
import sys
from typing import TextIO

from bot.cli.errors import UsageError
from bot.cli.index_cache import open_matcher
from bot.cli.knowledge import KnowledgeFolder, find, open_sound
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Bilingual
from bot.matching.matcher import Matcher
from bot.settings import Settings


def folder(options: argparse.Namespace, chosen: Settings) -> KnowledgeFolder:
    """The knowledge folder. Raises UsageError if there is none; it names what chose it."""
    name = "--knowledge" if options.knowledge else "BOT_KNOWLEDGE"
    found = find(options.knowledge or chosen.knowledge)
    if not found.path.is_dir():
        raise UsageError(
            Bilingual(
                f"{name}: es gibt keinen Ordner {found.label}: nennen Sie einen Wissensordner",
                f"{name}: no such folder: {found.label}: name a knowledge folder",
            )
        )
    return found


def knowledge(options: argparse.Namespace, chosen: Settings) -> Knowledge:
    """The knowledge. Raises UsageError or KnowledgeRefused."""
    return open_sound(folder(options, chosen))


def opened(options: argparse.Namespace, chosen: Settings) -> tuple[Knowledge, Matcher]:
    """The knowledge and its matcher. Raises UsageError or KnowledgeRefused."""
    found = folder(options, chosen)
    sound = open_sound(found)
    return sound, open_matcher(sound, found)


def standard_input() -> TextIO:
    """Standard input. Raises UsageError if the command was started without any (`<&-`)."""
    if sys.stdin is None:
        raise UsageError(
            Bilingual(
                "die Standardeingabe ist geschlossen: geben Sie die Fragen dort ein, aus einer Pipe, einer Datei oder "
                "mit der Tastatur",
                "standard input is closed: give the questions on it, by a pipe, a file or the keyboard",
            )
        )
    return sys.stdin
