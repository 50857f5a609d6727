"""`chat`: talk to the bot in the terminal or over a pipe."""

import argparse
import asyncio

from bot.cli import run
from bot.cli.command import Command, same
from bot.cli.commands.opening import opened, standard_input
from bot.cli.exits import UNREACHABLE
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    standard_input()
    knowledge, matcher = opened(options, chosen)
    asyncio.run(run.chat(knowledge, matcher, chosen, options.language))
    return 0


COMMAND = Command(
    name="chat",
    summary=Bilingual("mit dem Bot im Terminal sprechen", "talk to the bot in the terminal"),
    run=_start,
    examples=(same("chat"), same("chat --language en")),
    exits=(UNREACHABLE,),
)
