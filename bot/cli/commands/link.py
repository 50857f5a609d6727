"""`link`: a link that opens an entry on Telegram."""

import argparse
import asyncio
import os
from pathlib import Path

from bot import settings
from bot.cli import link
from bot.cli.command import ENTRY, FILE, Arguments, Command, readable, same
from bot.cli.commands.opening import knowledge
from bot.cli.exits import UNREACHABLE
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    entry = Bilingual("der Eintrag (der Befehl entries zählt alle auf)", "the entry (the command entries lists them)")
    arguments.positional("entry", entry, type=readable, metavar=ENTRY)
    arguments.facts()
    arguments.option(
        "--bot",
        Bilingual(
            "der Name des Bots; sonst wird Telegram danach gefragt", "the bot's name; else Telegram is asked for it"
        ),
        type=readable,
        metavar="NAME",
    )
    arguments.option(
        "--qr",
        Bilingual("auch als QR-Code zeichnen (.svg oder .png)", "also draw it as a QR code (.svg or .png)"),
        type=Path,
        metavar=FILE,
    )


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    opened = knowledge(options, chosen)
    username = options.bot if options.bot is not None else _own_username(chosen)
    language = options.language or chosen.language
    print(link.link(opened, link.Wanted(options.entry, options.fact, username, options.qr, language)))
    return 0


def _own_username(chosen: Settings) -> str:
    """The bot's name, as Telegram has it. Raises UsageError if it does not say."""
    token = settings.telegram_token(os.environ)
    # Only here: the client is slow to load.
    from bot.cli import telegram  # noqa: PLC0415

    return asyncio.run(telegram.username(chosen, token))


COMMAND = Command(
    name="link",
    summary=Bilingual(
        "ein Link, auch als QR-Code, der einen Eintrag oder einen ganzen Fall auf Telegram öffnet",
        "a link, or a QR code, that opens an entry or a whole case on Telegram",
    ),
    run=_start,
    arguments=_arguments,
    examples=(
        same("link whatsapp-advertising --bot yourbot"),
        same("link whatsapp-advertising --bot yourbot --fact sender=business"),
        same("link whatsapp-advertising --bot yourbot --qr poster.svg"),
    ),
    exits=(UNREACHABLE,),
)
