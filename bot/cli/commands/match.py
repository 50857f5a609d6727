"""`match`: what the bot makes of each question on standard input."""

import argparse
import sys

from bot.cli import match
from bot.cli.command import Command
from bot.cli.commands.opening import opened, standard_input
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    read = standard_input()
    match.match(*opened(options, chosen), options.language or chosen.language, read, sys.stdout)
    return 0


COMMAND = Command(
    name="match",
    summary=Bilingual(
        "Fragen auf der Standardeingabe -> ein JSON-Objekt je Zeile",
        "questions on standard input -> one JSON object a line",
    ),
    run=_start,
    examples=(
        Bilingual("match < fragen.txt", "match < questions.txt"),
        Bilingual(
            "match --language de < fragen.txt > gefunden.jsonl", "match --language en < questions.txt > found.jsonl"
        ),
    ),
    notes=Bilingual(
        "Jede Zeile ist eine Frage, auch eine leere. Das Objekt nennt question, language, decision (matched, ambiguous "
        "oder unmatched), entry, offered (was das Gespräch zur Auswahl stellte), candidates und facts.",
        "Each line is a question, an empty one, too. The object tells question, language, decision (matched, ambiguous "
        "or unmatched), entry, offered (what the chat would offer to choose from), candidates and facts.",
    ),
)
