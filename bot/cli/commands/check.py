"""`check`: prove the knowledge sound."""

import argparse
from datetime import date
from pathlib import Path

from bot.cli.check import Wanted, check
from bot.cli.command import FOLDER, Arguments, Command, same
from bot.cli.commands.opening import folder
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    arguments.option(
        "--originals",
        Bilingual(
            "Originale (<Quellen-ID>.txt, Gesetze auch .md), an denen Zitate belegt werden",
            "originals (<source id>.txt, laws also .md) to prove quotes with",
        ),
        type=Path,
        nargs="+",
        default=(),
        metavar=FOLDER,
    )
    arguments.option(
        "--no-questions",
        Bilingual("die Prüffragen nicht stellen (und nichts lernen)", "ask no check questions (and learn nothing)"),
        action="store_true",
    )
    arguments.json()


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    wanted = Wanted(tuple(options.originals), not options.no_questions, options.json)
    return check(folder(options, chosen), wanted, date.today(), options.reader)


COMMAND = Command(
    name="check",
    summary=Bilingual("beweisen, dass das Wissen in Ordnung ist", "prove the knowledge sound"),
    run=_start,
    arguments=_arguments,
    examples=(same("check"), same("check --knowledge knowledge --language en")),
)
