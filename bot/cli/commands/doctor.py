"""`doctor`: is this set up so that it runs?"""

import argparse
import asyncio
import logging
import os
from datetime import date

from bot.cli.command import Arguments, Command, same
from bot.cli.commands.opening import folder
from bot.cli.exits import DONE, USAGE
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    arguments.json()


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    # What libraries and our own parts log is told as findings.
    logging.disable(logging.CRITICAL)
    # Only here: the client is slow to load.
    from bot.cli.doctor import Setup, examine  # noqa: PLC0415
    from bot.cli.doctor.findings import as_json, as_text, has_failed  # noqa: PLC0415

    setup = Setup(chosen, os.environ, folder(options, chosen), date.today())
    findings = asyncio.run(examine(setup))
    print((as_json if options.json else as_text)(findings, options.reader))
    return USAGE if has_failed(findings) else DONE


COMMAND = Command(
    name="doctor",
    summary=Bilingual(
        "prüfen, ob der Bot so laufen kann, wie er eingerichtet ist", "look whether the bot can run as it is set up"
    ),
    run=_start,
    arguments=_arguments,
    examples=(same("doctor"), same("doctor --json")),
    notes=Bilingual(
        "Eine Zeile je Prüfung: ok, warn (läuft, aber) oder FAIL (läuft so nicht). Geändert wird nichts, und ein Bot,\n"
        "der schon läuft, verliert nichts.",
        "A line a check: ok, warn (runs, but) or FAIL (does not run so). Nothing is changed, and a bot that runs\n"
        "already loses nothing.",
    ),
)
