"""`restore`: put a copy in the place of the SQLite store."""

import argparse

from bot.cli.backup import STREAM, restore
from bot.cli.command import Arguments, Command, readable, same
from bot.cli.exits import UNREACHABLE
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    arguments.positional(
        "copy",
        Bilingual(
            f"die Kopie, die backup gemacht hat, oder {STREAM} für die Standardeingabe",
            f"the copy that backup made, or {STREAM} for standard input",
        ),
        type=readable,
        metavar="COPY",
    )


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    restore(chosen, options.copy, options.reader)
    return 0


COMMAND = Command(
    name="restore",
    summary=Bilingual(
        "eine Kopie an die Stelle des SQLite-Speichers setzen; der Bot muss stehen",
        "put a copy in the place of the SQLite store; the bot must not run",
    ),
    run=_start,
    arguments=_arguments,
    examples=(same("restore bot.sqlite3"),),
    exits=(UNREACHABLE,),
    notes=Bilingual(
        "Was seit der Kopie gelöscht wurde, ist danach wieder da, bis seine Zeit um ist; was in der Kopie noch auf\n"
        "Antwort wartete, wird (noch einmal) beantwortet; was danach kam, ist vergessen.",
        "What has been deleted since the copy was made is there again until its time is over; what still waited in\n"
        "the copy is answered (again); what came later is forgotten.",
    ),
)
