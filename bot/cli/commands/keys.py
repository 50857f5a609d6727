"""`keys`: which of the store's keys are still needed."""

import argparse
import asyncio

from bot.cli.command import Arguments, Command, same
from bot.cli.exits import UNREACHABLE
from bot.cli.keys import Wanted, keys
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    arguments.json()
    arguments.option(
        "--discard",
        Bilingual(
            "löschen, was kein gesetzter Schlüssel öffnet; der Bot muss stehen",
            "delete what no key that is set opens; the bot must not run",
        ),
        action="store_true",
    )


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    asyncio.run(keys(chosen, Wanted(options.json, options.discard), options.reader))
    return 0


COMMAND = Command(
    name="keys",
    summary=Bilingual(
        "welche Schlüssel des Speichers noch gebraucht werden", "which of the store's keys are still needed"
    ),
    run=_start,
    arguments=_arguments,
    examples=(same("keys"), same("keys --discard")),
    exits=(UNREACHABLE,),
    notes=Bilingual(
        "Ein Schlüssel zeigt sich als Fingerabdruck, der nichts verrät. Ein früherer kann aus BOT_STORE_KEY_FILE\n"
        "entfernt werden, sobald er nichts mehr versiegelt: spätestens BOT_SESSION_HOURS nach dem Wechsel.",
        "A key shows as a fingerprint that gives nothing away. An earlier one can be removed from BOT_STORE_KEY_FILE\n"
        "once it seals nothing: at most BOT_SESSION_HOURS after the change.",
    ),
)
