"""`ask`: one question, one answer or the follow-up."""

import argparse

from bot.cli import ask
from bot.cli.command import Arguments, Command, readable
from bot.cli.commands.opening import opened
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    arguments.positional("question", Bilingual("die Frage", "the question"), type=readable)
    arguments.facts()
    arguments.json()


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    _, matcher = opened(options, chosen)
    facts = ask.parse_facts(options.fact, matcher.knowledge)
    language = options.language or chosen.language
    print(ask.ask(options.question, facts, matcher, language, as_json=options.json))
    return 0


COMMAND = Command(
    name="ask",
    summary=Bilingual(
        "eine Frage, eine Antwort oder die Rückfrage dazu", "one question, one answer or the follow-up it would ask"
    ),
    run=_start,
    arguments=_arguments,
    examples=(Bilingual('ask "Darf ich Angebote per WhatsApp verschicken?"', 'ask "May I send offers via WhatsApp?"'),),
)
