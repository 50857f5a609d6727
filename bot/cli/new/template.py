"""Templates that ship with the bot -> text in the languages that are wanted.

Each line may begin with a mark that says when it stands there: `@de` in a knowledge that is written in German, `@1de`
in one that is written in German first, `%de` for an editor who reads German. `$name` is what is filled in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from string import Template

from bot.messages import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Reader:
    """For whom a template is written: the languages of the knowledge, and the one that its editor reads."""

    languages: Sequence[Language]
    editor: Language


def filled(name: str, reader: Reader, values: Mapping[str, str]) -> str:
    """The text of a template (a path below templates/). Raises KeyError for a value that is missing."""
    written = files("bot.cli.new").joinpath("templates", *name.split("/")).read_text(encoding="utf-8")
    kept = "".join(f"{line}\n" for line in _kept(written, reader))
    return Template(kept).substitute(values)


def _kept(written: str, reader: Reader) -> Iterator[str]:
    marks = _marks(reader)
    for line in written.splitlines():
        mark = next((each for each in marks if line.startswith(each)), None)
        if mark is None:
            yield line
        elif marks[mark]:
            yield line.removeprefix(mark)


def _marks(reader: Reader) -> dict[str, bool]:
    """Every mark, and whether lines behind it stay."""
    marks: dict[str, bool] = {}
    for language in LANGUAGES:
        marks[f"@1{language} "] = language == reader.languages[0]
        marks[f"@{language}"] = language in reader.languages
        marks[f"%{language} "] = language == reader.editor
    return marks
