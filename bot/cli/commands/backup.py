"""`backup`: a copy of the SQLite store, also while the bot runs."""

import argparse
from datetime import UTC, datetime, timedelta

from bot.cli.backup import EVERY, STREAM, Copies, backup
from bot.cli.command import Arguments, Command, readable, same
from bot.cli.exits import UNREACHABLE
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings

_HOUR = timedelta(hours=1)


def _arguments(arguments: Arguments) -> None:
    arguments.positional(
        "target",
        Bilingual(
            "eine Datei, ein Ordner (dort bekommt jede Kopie einen Namen mit Uhrzeit, und alte werden gelöscht) "
            f"oder {STREAM} für die Standardausgabe",
            "a file, a folder (each copy there gets a name with its time, and old ones are deleted) "
            f"or {STREAM} for standard output",
        ),
        type=readable,
        metavar="TARGET",
    )
    arguments.option(
        "--every",
        Bilingual(
            f"so viele Stunden liegen zwischen zwei Kopien in einem Ordner (sonst {EVERY / _HOUR:g})",
            f"so many hours lie between two copies in a folder (else {EVERY / _HOUR:g})",
        ),
        type=float,
        default=EVERY / _HOUR,
        metavar="HOURS",
    )


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    backup(chosen, Copies(options.target, options.every * _HOUR), datetime.now(UTC), options.reader)
    return 0


COMMAND = Command(
    name="backup",
    summary=Bilingual(
        "den SQLite-Speicher sichern, auch während der Bot läuft", "copy the SQLite store, also while the bot runs"
    ),
    run=_start,
    arguments=_arguments,
    examples=(same("backup bot.sqlite3"), same("backup /var/lib/datenschutz-bot-backups")),
    exits=(UNREACHABLE,),
    notes=Bilingual(
        "Die Kopie ist versiegelt wie der Speicher, und der Schlüssel ist nicht in ihr: sichern Sie ihn getrennt.\n"
        "In einem Ordner lebt keine Kopie länger als BOT_BACKUP_HOURS; die Datenschutzhinweise des Bots sagen es.",
        "The copy is sealed as the store is, and the key is not in it: keep the key elsewhere. In a folder no copy\n"
        "lives for longer than BOT_BACKUP_HOURS; the bot's privacy notice says so.",
    ),
)
