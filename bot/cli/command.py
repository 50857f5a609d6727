"""What a command is: its name, what it says of itself in both languages, what it takes, and how it is started."""

import argparse
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.cli.exits import ALWAYS
from bot.knowledge.phrases import Bilingual
from bot.messages import LANGUAGES, Language
from bot.settings import Settings

PROGRAM = "datenschutz-bot"

#: Bytes of an argument that are no UTF-8, as Python hands them over.
_UNREADABLE = re.compile("[\ud800-\udfff]")


def readable(text: str) -> str:
    """An argument without what is no text."""
    return _UNREADABLE.sub("\ufffd", text)


#: What stands for a value in a help text.
FILE = Bilingual("DATEI", "FILE")
FOLDER = Bilingual("ORDNER", "DIR")
ENTRY = Bilingual("EINTRAG", "ENTRY")
QUESTION = Bilingual("FRAGE", "QUESTION")


class Arguments:
    """Takes what a command's arguments are, and puts their help into one language."""

    def __init__(self, parser: argparse.ArgumentParser, language: Language) -> None:
        self._language = language
        self._positionals = parser.add_argument_group(Bilingual("Argumente", "arguments")[language])
        self._options = parser.add_argument_group(Bilingual("Optionen", "options")[language])
        self._options.add_argument(
            "-h", "--help", action="help", help=Bilingual("diese Hilfe zeigen", "show this help")[language]
        )

    def positional(self, name: str, told: Bilingual, **more: Any) -> None:
        """An argument by its position; `more` is what argparse knows, a `metavar` perhaps in both languages."""
        self._positionals.add_argument(name, help=told[self._language], **self._worded(more))

    def option(self, name: str, told: Bilingual, **more: Any) -> None:
        self._options.add_argument(name, help=told[self._language], **self._worded(more))

    def _worded(self, more: dict[str, Any]) -> dict[str, Any]:
        return {name: each[self._language] if isinstance(each, Bilingual) else each for name, each in more.items()}

    def alternatives(self, told: dict[str, Bilingual]) -> None:
        """Switches of which at most one may be given."""
        group = self._options.add_mutually_exclusive_group()
        for name, each in told.items():
            group.add_argument(name, help=each[self._language], action="store_true")

    def json(self) -> None:
        self.option("--json", Bilingual("JSON ausgeben", "print JSON"), action="store_true")

    def facts(self) -> None:
        """`--fact NAME=OPTION`, as often as there are facts."""
        self.option(
            "--fact",
            Bilingual(
                "eine Angabe, die schon bekannt ist; mehrfach möglich (der Befehl facts zählt alle auf)",
                "a fact that is known; can be repeated (the command facts lists them)",
            ),
            action="append",
            default=[],
            type=readable,
            metavar="NAME=OPTION",
        )

    def language(self) -> None:
        """For every command; where nothing is given, what was given before the command's name stays."""
        self.option(
            "--language",
            Bilingual("Sprache der Ausgabe: de oder en", "language of the output: de or en"),
            choices=LANGUAGES,
            type=str.lower,
            default=argparse.SUPPRESS,
        )

    def knowledge(self) -> None:
        self.option(
            "--knowledge",
            Bilingual(
                "ein anderer Wissensordner (auch BOT_KNOWLEDGE)", "another knowledge folder (also BOT_KNOWLEDGE)"
            ),
            metavar=FOLDER,
        )


@dataclass(frozen=True, slots=True)
class Command:
    """A command. The options that `run` gets hold what `arguments` takes, and further: `language`, what `--language`
    says or None; `reader`, the language of messages; `knowledge`, a folder or None."""

    name: str
    summary: Bilingual
    run: Callable[[argparse.Namespace, Settings], int]
    #: What is typed behind the program's name, in the words of either language.
    examples: tuple[Bilingual, ...]
    arguments: Callable[[Arguments], None] = lambda _: None
    #: What else than `exits.ALWAYS` it ends with.
    exits: tuple[int, ...] = ()
    #: Paragraphs that its help has besides.
    notes: Bilingual | None = None
    #: Whether it runs on and on, and so writes a log.
    is_service: bool = False

    @property
    def codes(self) -> tuple[int, ...]:
        """Every exit code it ends with, in order."""
        return tuple(sorted({*ALWAYS, *self.exits}))


def same(text: str) -> Bilingual:
    """What is the same in both languages."""
    return Bilingual(text, text)
