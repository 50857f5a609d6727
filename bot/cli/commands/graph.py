"""`graph`: pictures of how the bot decides."""

import argparse

from bot.cli import graph
from bot.cli.command import ENTRY, Arguments, Command, readable, same
from bot.cli.commands.opening import knowledge
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    told = Bilingual("ein Eintrag; ohne ihn der Zustandsautomat", "an entry; without one the state machine")
    arguments.positional("entry", told, nargs="?", metavar=ENTRY, type=readable)


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    print(graph.graph(knowledge(options, chosen), options.entry))
    return 0


COMMAND = Command(
    name="graph",
    summary=Bilingual(
        "der Zustandsautomat oder der Entscheidungsbaum eines Eintrags, als Mermaid",
        "the state machine, or an entry's decision tree, as Mermaid",
    ),
    run=_start,
    arguments=_arguments,
    examples=(same("graph"), same("graph whatsapp-advertising")),
)
