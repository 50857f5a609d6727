"""`inbox`: what people have left for the editors."""

import argparse
import asyncio

from bot.cli import inbox
from bot.cli.command import Arguments, Command, same
from bot.cli.commands.opening import opened
from bot.cli.exits import UNREACHABLE
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    arguments.alternatives(
        {
            "--json": Bilingual("JSON ausgeben", "print JSON"),
            "--candidates": Bilingual(
                "YAML ausgeben, aus dem Prüffragen werden können", "print YAML to make checks of"
            ),
        }
    )
    arguments.option(
        "--clear",
        Bilingual("die gezeigten Fragen danach löschen", "delete the questions that are shown"),
        action="store_true",
    )


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    wanted = inbox.Wanted(options.json, options.candidates, options.clear, options.reader)
    asyncio.run(inbox.inbox(chosen, wanted, lambda: opened(options, chosen)[1]))
    return 0


COMMAND = Command(
    name="inbox",
    summary=Bilingual(
        "gespendete Fragen und Stimmen zu Antworten", "questions that people have donated, and votes on answers"
    ),
    run=_start,
    arguments=_arguments,
    examples=(same("inbox"), same("inbox --candidates"), same("inbox --json")),
    exits=(UNREACHABLE,),
)
