"""`ask`: one question, one answer or the follow-up."""

import argparse
import os
import sys

from bot.channels.console import Window
from bot.cli import ask
from bot.cli.command import ENTRY, QUESTION, Arguments, Command, readable
from bot.cli.commands.opening import opened
from bot.cli.exits import DECLINED, OPEN
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    told = Bilingual("die Frage, auch ohne Anführungszeichen", "the question, also without quotation marks")
    arguments.positional("question", told, nargs="+", type=readable, metavar=QUESTION)
    arguments.facts()
    arguments.option(
        "--entry",
        Bilingual(
            "der Eintrag, der gemeint ist, wenn mehrere in Frage kommen (der Befehl entries zählt alle auf)",
            "the entry that is meant, where several may be (the command entries lists them)",
        ),
        type=readable,
        metavar=ENTRY,
    )
    arguments.json()


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    knowledge, matcher = opened(options, chosen)
    wanted = ask.Wanted(" ".join(options.question), options.fact, options.entry, _others(options))
    told = ask.ask(wanted, matcher, options.language or chosen.language)
    if options.json:
        print(ask.as_json(told, knowledge))
    else:
        print(ask.as_text(told, wanted, knowledge, Window(sys.stdout, os.environ)))
    return ask.EXIT_CODES[told.did]


def _others(options: argparse.Namespace) -> list[str]:
    given = {"--knowledge": options.knowledge, "--language": options.language}
    return [part for name, value in given.items() if value for part in (name, value)]


COMMAND = Command(
    name="ask",
    summary=Bilingual(
        "eine Frage, eine Antwort oder die Rückfrage dazu", "one question, one answer or the follow-up it would ask"
    ),
    run=_start,
    arguments=_arguments,
    examples=(
        Bilingual('ask "Darf ich Angebote per WhatsApp verschicken?"', 'ask "May I send offers via WhatsApp?"'),
        Bilingual(
            'ask "Darf ich Angebote per WhatsApp verschicken?" --fact sender=business --fact consent=no',
            'ask "May I send offers via WhatsApp?" --fact sender=business --fact consent=no',
        ),
        Bilingual(
            'ask --json "Darf ich Angebote per WhatsApp verschicken?"', 'ask --json "May I send offers via WhatsApp?"'
        ),
    ),
    exits=(DECLINED, OPEN),
    notes=Bilingual(
        "Braucht die Antwort noch eine Angabe oder eine Auswahl, steht darunter zu jeder Möglichkeit der Befehl, der "
        "damit weiterfragt. Small Talk und Seiten (danke, hilfe) enden mit 0.\n"
        "Auf einem Terminal ist der Text so breit wie das Fenster, 60 bis 100 Spalten, in einer Pipe 96; mit --json "
        "wird nichts umbrochen.\n"
        "Das JSON-Objekt nennt question, language, decision, entry, facts, state (answered, asking, choosing, declined "
        "oder told), ask (was offen ist, mit den Optionen), choices, verdict, short, text, steps und citations.",
        "Where the answer needs a fact or a choice, the command that goes on with each option is shown below it. Small "
        "talk and pages (thanks, help) end with 0.\n"
        "On a terminal the text is as wide as the window, 60 to 100 columns, in a pipe 96; with --json nothing is "
        "wrapped.\n"
        "The JSON object tells question, language, decision, entry, facts, state (answered, asking, choosing, declined "
        "or told), ask (what is open, with its options), choices, verdict, short, text, steps and citations.",
    ),
)
