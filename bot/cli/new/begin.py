"""`new entry`, `new source`, `new fact`, `new term` …: a template in the folder of a knowledge, to be filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from shlex import quote
from typing import Literal, TypeAlias

from bot.cli.command import PROGRAM
from bot.cli.errors import UsageError
from bot.cli.knowledge import KnowledgeFolder, find
from bot.cli.new.appending import appended
from bot.cli.new.names import checked
from bot.cli.new.template import Reader, filled
from bot.cli.new.writing import write_all
from bot.knowledge.phrases import Bilingual
from bot.messages import Language

Kind: TypeAlias = Literal["entry", "source", "fact", "term", "country", "authority", "emergency"]

#: The files that hold several things, one a key.
_FILES: Mapping[Kind, str] = {
    "term": "terms.yaml",
    "country": "countries.yaml",
    "authority": "authorities.yaml",
    "emergency": "emergencies.yaml",
}

#: Half a year: the law of messengers and platforms changes faster than a year.
REVIEW_AFTER = timedelta(days=182)
_FIRST_TOPIC = Bilingual("allgemein", "general")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be begun. `topic` is the folder of an entry, None where it need not be said."""

    kind: Kind
    name: str
    languages: tuple[Language, ...]
    editor: Language
    today: date
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Begun:
    """The files that were written, by their names for people, and what to do next."""

    files: tuple[str, ...]
    next: Bilingual

    def told(self, language: Language) -> str:
        verb = Bilingual("geschrieben", "written")[language]
        return "\n".join([*(f"{verb}: {name}" for name in self.files), self.next[language]])


def begin(folder: KnowledgeFolder, wanted: Wanted) -> Begun:
    """Write the templates. Raises UsageError for a bad name, and if anything would be overwritten."""
    name = checked(wanted.name)
    values = dates(wanted.today) | {"id": name}
    if wanted.kind == "entry":
        return _entry(folder, wanted, values)
    if wanted.kind == "source":
        return _source(folder, wanted, values)
    if wanted.kind == "fact":
        return _fact(folder, wanted, values)
    return _named(folder, wanted, values)


def dates(today: date) -> dict[str, str]:
    """The dates of a template."""
    return {"today": today.isoformat(), "review": (today + REVIEW_AFTER).isoformat()}


def _entry(folder: KnowledgeFolder, wanted: Wanted, values: Mapping[str, str]) -> Begun:
    topic = _topic(folder, wanted)
    texts = {
        f"entries/{topic}/{wanted.name}.yaml": _text("entry", wanted, values),
        f"checks/{topic}/{wanted.name}.yaml": _text("checks", wanted, values),
    }
    _refuse_known(folder, "entries", wanted.name)
    return Begun(write_all(folder, texts), _next(folder))


def _source(folder: KnowledgeFolder, wanted: Wanted, values: Mapping[str, str]) -> Begun:
    _refuse_known(folder, "sources", wanted.name)
    return Begun(write_all(folder, {f"sources/{wanted.name}.yaml": _text("source", wanted, values)}), _next(folder))


def _fact(folder: KnowledgeFolder, wanted: Wanted, values: Mapping[str, str]) -> Begun:
    _refuse_known(folder, "facts", wanted.name)
    written = write_all(folder, {f"facts/{wanted.name}.yaml": _text("fact", wanted, values)})
    asked = Bilingual(
        f"{_next(folder).de}\nEin Eintrag stellt die Rückfrage, sobald er sie nennt: facts: [{wanted.name}]",
        f"{_next(folder).en}\nAn entry asks it as soon as it names it: facts: [{wanted.name}]",
    )
    return Begun(written, asked)


def _named(folder: KnowledgeFolder, wanted: Wanted, values: Mapping[str, str]) -> Begun:
    """One more thing in a file that holds several."""
    file = _FILES[wanted.kind]
    appended(folder, file, wanted.name, _text(wanted.kind, wanted, values))
    return Begun((f"{folder.label}/{file}",), _next(folder))


def _text(template: str, wanted: Wanted, values: Mapping[str, str]) -> str:
    return filled(f"{template}.{wanted.editor}.yaml", Reader(wanted.languages, wanted.editor), values)


def _next(folder: KnowledgeFolder) -> Bilingual:
    # The one that is taken anyway need not be named.
    command = PROGRAM + " check" + ("" if folder == find(None) else f" --knowledge {quote(folder.label)}")
    return Bilingual(
        f"Als Nächstes: Füllen Sie aus, wo TODO steht. Was noch fehlt, sagt: {command}",
        f"Next: fill in wherever it says TODO. What is still missing is told by: {command}",
    )


def _refuse_known(folder: KnowledgeFolder, below: str, name: str) -> None:
    """An id is unique whatever topic its file lies in."""
    known = next((folder.path / below).rglob(f"{name}.yaml"), None)
    if known is not None:
        file = f"{folder.label}/{known.relative_to(folder.path).as_posix()}"
        raise UsageError(
            Bilingual(f"{file} gibt es schon: nichts geschrieben", f"{file} exists already: nothing was written")
        )


def _topic(folder: KnowledgeFolder, wanted: Wanted) -> str:
    """The folder for an entry: the one that is named, else the only one. Raises UsageError if there are several."""
    if wanted.topic is not None:
        return checked(wanted.topic)
    known = sorted(each.name for each in (folder.path / "entries").glob("*/"))
    if len(known) > 1:
        listed = ", ".join(known)
        raise UsageError(
            Bilingual(
                f"in welchen Ordner? Nennen Sie einen mit --topic: {listed} (oder einen neuen)",
                f"into which folder? Name one with --topic: {listed} (or a new one)",
            )
        )
    return known[0] if known else _FIRST_TOPIC[wanted.editor]
