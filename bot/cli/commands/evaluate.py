"""`eval`: matching quality over labelled questions."""

import argparse
from pathlib import Path

from bot.cli import evaluate
from bot.cli.command import FILE, QUESTION, Arguments, Command, readable, same
from bot.cli.commands.opening import opened
from bot.cli.errors import UsageError
from bot.knowledge.phrases import Bilingual
from bot.settings import Settings


def _arguments(arguments: Arguments) -> None:
    files = Bilingual("Dateien oder Ordner mit beschrifteten Fragen", "files or folders of labelled questions")
    arguments.positional("files", files, nargs="*", type=Path, metavar=FILE)
    arguments.json()
    arguments.option(
        "--explain",
        Bilingual("was für und gegen jeden Kandidaten sprach", "what spoke for and against each candidate"),
        type=readable,
        metavar=QUESTION,
    )
    arguments.option(
        "--compare",
        Bilingual(
            "ein früherer Bericht von --json: was nun anders endet", "an earlier report of --json: what ends otherwise"
        ),
        type=Path,
        metavar=FILE,
    )


def _start(options: argparse.Namespace, chosen: Settings) -> int:
    if not options.files and options.explain is None:
        raise UsageError(
            Bilingual(
                "eval braucht Dateien mit beschrifteten Fragen oder --explain mit einer Frage",
                "eval needs files with labelled questions, or --explain with a question",
            )
        )
    wanted = evaluate.Wanted(options.files, options.explain, options.compare, options.json)
    print(evaluate.evaluate(*opened(options, chosen), wanted))
    return 0


COMMAND = Command(
    name="eval",
    summary=Bilingual("Trefferquote über beschriftete Fragen", "matching quality over labelled questions"),
    run=_start,
    arguments=_arguments,
    examples=(same("eval knowledge/checks"), same('eval --explain "rabatt per whatsapp?"')),
)
