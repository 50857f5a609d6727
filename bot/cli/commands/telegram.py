"""`telegram`: run on Telegram."""

import argparse
import os
import signal

from bot import settings
from bot.cli.command import Command, same
from bot.cli.commands.opening import folder, opened
from bot.cli.exits import UNREACHABLE
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    # Until it means "look at the knowledge again" it must not mean "die".
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    own = settings.telegram(os.environ)
    knowledge, matcher = opened(options, chosen)
    # Only here: the client is slow to load.
    from bot.cli import telegram  # noqa: PLC0415

    telegram.start(knowledge, matcher, folder(options, chosen), chosen, own)
    return 0


COMMAND = Command(
    name="telegram",
    summary=Bilingual("auf Telegram laufen, bis SIGINT oder SIGTERM kommt", "run on Telegram until SIGINT or SIGTERM"),
    run=_start,
    examples=(same("telegram"), same("telegram --knowledge knowledge")),
    exits=(UNREACHABLE,),
    is_service=True,
    notes=Bilingual(
        "Die Einstellungen kommen aus Umgebungsvariablen: TELEGRAM_BOT_TOKEN (oder TELEGRAM_BOT_TOKEN_FILE), "
        "BOT_CONTROLLER_NAME und BOT_CONTROLLER_CONTACT müssen gesetzt sein; alle stehen in deploy/README.md.",
        "The settings come from environment variables: TELEGRAM_BOT_TOKEN (or TELEGRAM_BOT_TOKEN_FILE), "
        "BOT_CONTROLLER_NAME and BOT_CONTROLLER_CONTACT must be set; deploy/README.md lists them all.",
    ),
)
