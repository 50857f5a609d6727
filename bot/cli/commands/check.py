"""`check`: prove the knowledge sound."""

import argparse
from datetime import date
from pathlib import Path

from bot.cli.check import check
from bot.cli.command import FOLDER, Arguments, Command, same
from bot.cli.commands.opening import folder
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    arguments.option(
        "--originals",
        Bilingual(
            "Originale (<Quellen-ID>.txt), an denen Zitate belegt werden",
            "originals (<source id>.txt) to prove quotes with",
        ),
        type=Path,
        metavar=FOLDER,
    )


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    return check(folder(options, chosen), options.originals, date.today())


COMMAND = Command(
    name="check",
    summary=Bilingual("beweisen, dass das Wissen in Ordnung ist", "prove the knowledge sound"),
    run=_start,
    arguments=_arguments,
    examples=(same("check"), same("check --knowledge knowledge --language en")),
)
