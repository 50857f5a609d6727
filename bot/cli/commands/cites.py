"""`cites`: what rests on a source."""

import argparse

from bot.cli.cites import as_json, as_text, uses_of
from bot.cli.command import Arguments, Command, same
from bot.cli.commands.opening import knowledge
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    arguments.positional(
        "source",
        Bilingual("eine Quelle oder eine ihrer Aussagen", "a source, or one of its claims"),
        metavar=Bilingual("QUELLE[#AUSSAGE]", "SOURCE[#CLAIM]"),
    )
    arguments.json()


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    opened = knowledge(options, chosen)
    uses = uses_of(options.source, opened)
    print(as_json(uses, options.reader) if options.json else as_text(uses, opened, options.reader))
    return 0


COMMAND = Command(
    name="cites",
    summary=Bilingual(
        "alle Sätze, die auf einer Quelle oder Aussage ruhen: für den Fall, dass sich ein Gesetz ändert",
        "all sentences that rest on a source or claim: for when the law changes",
    ),
    run=_start,
    arguments=_arguments,
    examples=(same("cites dsgvo"), same("cites uwg#par-7-2-2"), same("cites uwg#par-7-2-2 --json")),
)
