"""`chat`: talk to the bot in the terminal or over a pipe."""

import argparse
import asyncio
import os
import sys

from bot.cli import chat
from bot.cli.command import Arguments, Command, same
from bot.cli.commands.opening import opened, standard_input
from bot.cli.exits import UNREACHABLE
from bot.knowledge.phrases import Bilingual
from bot.messages import Language
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    told = Bilingual(
        "ein JSON-Objekt je Nachricht, in der Form von ask --json",
        "a JSON object a message, in the shape of ask --json",
    )
    arguments.option("--json", told, action="store_true")


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    standard_input()
    wanted = chat.Wanted(options.language, _default(options, chosen))
    talk = chat.chat_as_json if options.json else chat.chat
    asyncio.run(talk(*opened(options, chosen), chosen, wanted))
    return 0


def _default(options: argparse.Namespace, chosen: Settings) -> Language:
    """A terminal is set to its reader's language, as an app is; a program gets the same everywhere."""
    is_set = bool(os.environ.get("BOT_LANGUAGE"))
    is_person = sys.stdin.isatty() and not options.json
    reader: Language = options.reader
    return reader if is_person and not is_set else chosen.language


COMMAND = Command(
    name="chat",
    summary=Bilingual("mit dem Bot im Terminal sprechen", "talk to the bot in the terminal"),
    run=_start,
    arguments=_arguments,
    examples=(
        same("chat"),
        Bilingual("chat < fragen.txt", "chat < questions.txt"),
        Bilingual("chat --json --language de < fragen.txt", "chat --json --language en < questions.txt"),
    ),
    exits=(UNREACHABLE,),
    notes=Bilingual(
        "Im Terminal wählen Nummern die Knöpfe; Pfeile bearbeiten die Zeile und holen frühere zurück, Strg-C leert "
        "sie, Strg-D oder /ende beendet das Gespräch. Ein eingefügter Text ist eine Nachricht, auch mit mehreren "
        "Zeilen. Der Verlauf steht nur im Arbeitsspeicher: Was Sie zu Ihrem Fall tippen, soll auf keinem Datenträger "
        "liegen.\n"
        "Der Text ist so breit wie das Fenster, 60 bis 100 Spalten. Mit NO_COLOR oder TERM=dumb kommen keine "
        "Steuerzeichen vor; dann lässt sich die Zeile nur mit der Rücktaste bearbeiten, und jede ist eine Nachricht.\n"
        "In einer Pipe ist jede Zeile eine Nachricht und der Text 96 Spalten breit. Ohne BOT_STORE wird nichts "
        "behalten.",
        "In the terminal numbers choose the buttons; arrows edit the line and bring back earlier ones, Ctrl-C clears "
        "it, Ctrl-D or /quit ends the conversation. A pasted text is one message, also with several lines. The history "
        "is in memory only: what you type about your case shall be on no disk.\n"
        "The text is as wide as the window, 60 to 100 columns. With NO_COLOR or TERM=dumb there are no escape codes; "
        "then a line is edited with backspace only, and each is a message.\n"
        "In a pipe each line is a message, and the text is 96 columns wide. Without BOT_STORE nothing is kept.",
    ),
)
