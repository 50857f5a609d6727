"""`match`: what the bot makes of each question on standard input."""

import argparse
import sys

from bot.cli import match
from bot.cli.command import Command, same
from bot.cli.commands.opening import opened, standard_input
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    read = standard_input()
    match.match(*opened(options, chosen), chosen.language, read, sys.stdout)
    return 0


COMMAND = Command(
    name="match",
    summary=Bilingual(
        "Fragen auf der Standardeingabe -> ein JSON-Objekt je Zeile",
        "questions on standard input -> one JSON object a line",
    ),
    run=_start,
    examples=(same("match < questions.txt"),),
)
