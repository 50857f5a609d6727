"""The parser: every command's arguments and help, in the language of whoever reads it. Knows no command by name."""

import argparse
import textwrap
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, NoReturn

from bot.cli.command import PROGRAM, Arguments, Command
from bot.cli.errors import one_line
from bot.cli.exits import EXITS
from bot.cli.parser_faults import told
from bot.knowledge.phrases import Bilingual
from bot.messages import Language

_DESCRIPTION = Bilingual(
    "Beantwortet Fragen zum Datenschutz und belegt jeden Satz mit einer Quelle.",
    "Answers data-protection questions and cites the source of every reason.",
)
_EXAMPLES = Bilingual("Beispiele", "examples")
_EXITS = Bilingual("Exit-Codes", "exit codes")
_USAGE = Bilingual("Aufruf: ", "usage: ")
_SEE = Bilingual("siehe", "see")
#: What to try first.
_FIRST = (
    Bilingual("chat", "chat"),
    Bilingual('ask "Darf ich Angebote per WhatsApp verschicken?"', 'ask "May I send offers via WhatsApp?"'),
    Bilingual("ask --help", "ask --help"),
)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help whose word for "usage" is of a language."""

    language: Language = "en"

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _USAGE[self.language] if prefix is None else prefix)


class _GermanFormatter(_Formatter):
    language: Language = "de"


class _Parser(argparse.ArgumentParser):
    """A parser whose faults are one line, as all others are."""

    def __init__(self, *, language: Language, **more: Any) -> None:
        formatter = _GermanFormatter if language == "de" else _Formatter
        # Abbreviations would make every new option a change of the old ones.
        super().__init__(formatter_class=formatter, add_help=False, allow_abbrev=False, **more)
        self._language = language

    def error(self, message: str) -> NoReturn:
        line = one_line(told(message, self._language))
        self.exit(2, f"{self.prog}: {line}; {_SEE[self._language]} {self.prog} --help\n")


def parser(commands: Sequence[Command], language: Language) -> argparse.ArgumentParser:
    """The parser of the whole command line. Its options tell the `command` chosen, and see `Command`."""
    whole = _Parser(prog=PROGRAM, language=language, description=_DESCRIPTION[language])
    arguments = Arguments(whole, language)
    arguments.language()
    arguments.option(
        "--version", Bilingual("die Version zeigen", "show the version"), action="version", version=version(PROGRAM)
    )
    whole.set_defaults(language=None, reader=language)
    chosen = whole.add_subparsers(
        required=True,
        title=Bilingual("Befehle", "commands")[language],
        metavar=Bilingual("BEFEHL", "COMMAND")[language],
    )
    for each in commands:
        _add(each, chosen, language)
    codes = sorted({code for each in commands for code in each.codes})
    whole.epilog = "\n\n".join((_examples(_FIRST, language), _exits(codes, language)))
    return whole


def _add(command: Command, commands: "argparse._SubParsersAction[_Parser]", language: Language) -> None:
    summary = command.summary[language]
    told = command.notes[language].split("\n") if command.notes else []
    notes = ["\n".join(_wrapped("", each)) for each in told]
    own = commands.add_parser(
        command.name,
        language=language,
        help=summary,
        description=summary,
        epilog="\n\n".join((*notes, _examples(command.examples, language), _exits(command.codes, language))),
    )
    arguments = Arguments(own, language)
    command.arguments(arguments)
    arguments.knowledge()
    arguments.language()
    own.set_defaults(command=command)


def _examples(examples: Sequence[Bilingual], language: Language) -> str:
    lines = [f"  {PROGRAM} {each[language]}" for each in examples]
    return "\n".join((f"{_EXAMPLES[language]}:", *lines))


def _exits(codes: Sequence[int], language: Language) -> str:
    lines = [line for code in codes for line in _wrapped(f"  {code:<4} ", EXITS[code][language])]
    return "\n".join((f"{_EXITS[language]}:", *lines))


def _wrapped(head: str, text: str) -> list[str]:
    return textwrap.wrap(text, 80, initial_indent=head, subsequent_indent=" " * len(head))
