"""`facts`: what the bot asks."""

import argparse

from bot.cli.command import Arguments, Command, same
from bot.cli.commands.opening import knowledge
from bot.cli.listing import facts_as_json, facts_as_text
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    listed = facts_as_json if options.json else facts_as_text
    print(listed(knowledge(options, chosen), options.reader))
    return 0


COMMAND = Command(
    name="facts",
    summary=Bilingual(
        "alle Angaben, nach denen gefragt wird, mit ihren Möglichkeiten für --fact",
        "all facts that are asked for, with their options for --fact",
    ),
    run=_start,
    arguments=Arguments.json,
    examples=(same("facts"), same("facts --json"), same("facts --language en")),
)
