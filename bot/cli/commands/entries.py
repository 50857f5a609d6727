"""`entries`: what the bot answers."""

import argparse

from bot.cli.command import Arguments, Command, same
from bot.cli.commands.opening import knowledge
from bot.cli.listing import entries_as_json, entries_as_text
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    listed = entries_as_json if options.json else entries_as_text
    print(listed(knowledge(options, chosen), options.reader))
    return 0


COMMAND = Command(
    name="entries",
    summary=Bilingual("alle Einträge mit Titel und Angaben, nach Themen", "all entries with title and facts, by topic"),
    run=_start,
    arguments=Arguments.json,
    examples=(same("entries"), same("entries --json"), same("entries --language en")),
)
