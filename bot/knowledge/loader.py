"""A knowledge folder -> the model and every problem found while reading.

Owns the layout of the folder. Reads everything before it reports; a file with a
problem is left out, and `is_complete` is then false, so that rules do not complain about what merely was not read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.knowledge import readers
from bot.knowledge.checks import ENOUGH_OUT_OF_SCOPE, Checks, EntryChecks
from bot.knowledge.defaults import everyday, with_default_asides, with_default_texts, with_default_words
from bot.knowledge.domain import Domain
from bot.knowledge.domain_reader import read_domain, read_languages
from bot.knowledge.expansion import Expansion
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Entry, Fact, Knowledge, Source, Texts
from bot.knowledge.phrases import Phrases, Place
from bot.knowledge.problems import Problem
from bot.knowledge.tree import Node, Report, parse
from bot.messages import LANGUAGES, Language

ReadT = TypeVar("ReadT")
ThingT = TypeVar("ThingT", Source, Entry)

_FOLDERS = ("sources", "entries", "checks", "texts")
_OUT_OF_SCOPE = "checks/out-of-scope.yaml"
_PAIRS = "checks/minimal-pairs.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read, and what could not. `is_complete` is false if any file was left out."""

    knowledge: Knowledge
    problems: tuple[Problem, ...]
    is_complete: bool


@dataclass(slots=True)
class _Folder:
    """One pass over a folder: reads files and collects problems."""

    path: Path
    label: str
    problems: list[Problem] = field(default_factory=list)
    languages: tuple[Language, ...] = LANGUAGES

    def read(self, relative: str, reader: Callable[[Node, Report], ReadT]) -> ReadT | None:
        """The object in one file; None if the file or anything in it has a problem."""
        before = len(self.problems)
        name = f"{self.label}/{relative}"
        content = self._content(relative, name)
        tree = None if content is None else parse(content, name, self.problems.append)
        value = None if tree is None else reader(tree, Report(self.problems.append, self.languages))
        return value if len(self.problems) == before else None

    def _content(self, relative: str, name: str) -> bytes | None:
        try:
            return (self.path / relative).read_bytes()
        except OSError as error:
            self.problems.append(_unreadable(Place(name, 1), error))
            return None

    def names(self, below: str) -> list[str]:
        found = sorted((self.path / below).rglob("*.yaml"))
        return [path.relative_to(self.path).as_posix() for path in found]

    def report_unread(self, below: str) -> None:
        """A problem for every file that is passed over: what an editor saved as .yml must not be missing silently."""
        for path in sorted((self.path / below).rglob("*")):
            if path.is_file() and path.suffix != ".yaml" and not _is_no_knowledge(path.name):
                place = Place(f"{self.label}/{path.relative_to(self.path).as_posix()}", 1)
                self.problems.append(_passed_over(place))


def _unreadable(place: Place, error: OSError) -> Problem:
    if isinstance(error, FileNotFoundError):
        return Problem(place, de="die Datei fehlt: bitte anlegen", en="the file is missing: add it")
    return Problem(
        place,
        de=f"lässt sich nicht lesen ({error.strerror}): bitte nachsehen, ob Sie die Datei lesen dürfen",
        en=f"cannot be read ({error.strerror}): see whether you may read the file",
    )


def _passed_over(place: Place) -> Problem:
    return Problem(
        place,
        de="wird nicht gelesen: der Name muss auf .yaml enden, oder die Datei gehört woanders hin",
        en="is not read: let its name end in .yaml, or move it elsewhere",
    )


def _is_no_knowledge(name: str) -> bool:
    """Whether a file is meant for people or for programs: an explanation, or hidden as .gitkeep and .DS_Store are."""
    return name == "README.md" or name.startswith(".")


def _of_no_language(place: Place, languages: tuple[Language, ...]) -> Problem:
    listed = ", ".join(languages)
    return Problem(
        place,
        de=f"wird nicht gelesen: knowledge.yaml nennt als Sprachen nur {listed}; bitte dort ergänzen oder löschen",
        en=f"is not read: the languages in knowledge.yaml are {listed}; add it there or delete the file",
    )


def languages_of(path: Path) -> tuple[Language, ...]:
    """The languages that a folder's knowledge.yaml names; all there are if it cannot be read, which `load` tells."""
    try:
        content = (path / "knowledge.yaml").read_bytes()
    except OSError:
        return LANGUAGES
    problems: list[Problem] = []
    tree = parse(content, "", problems.append)
    return LANGUAGES if tree is None else read_languages(tree, Report(problems.append))


def load(path: Path, label: str | None = None) -> Loaded:
    """Read a knowledge folder. `label` is how problems name it; the folder's own path by default."""
    folder = _Folder(path, label or path.as_posix(), languages=languages_of(path))
    # What cannot be read is told, and nothing else that would follow from it.
    domain = folder.read("knowledge.yaml", read_domain) or Domain(folder.languages)
    sources = _sources(folder)
    lexicon = with_default_words(_if_there(folder, "lexicon.yaml", readers.read_lexicon) or Lexicon())
    expansion = Expansion(lexicon, Report(folder.problems.append, folder.languages))
    entries = {key: expansion.entry(entry) for key, entry in _entries(folder).items()}
    read_facts: dict[str, Fact] = _if_there(folder, "facts.yaml", readers.read_facts) or {}
    facts = {name: expansion.fact(fact) for name, fact in read_facts.items()}
    asides = with_default_asides(_if_there(folder, "asides.yaml", readers.read_asides) or {}, domain)
    texts = with_default_texts(_texts(folder), domain)
    checks = _checks(folder)
    for below in _FOLDERS:
        folder.report_unread(below)
    is_complete = not folder.problems
    if is_complete and not entries:
        place = Place(f"{folder.label}/entries", 1)
        folder.problems.append(
            Problem(place, de="keine Einträge: bitte mindestens einen anlegen", en="no entries: add at least one entry")
        )
    knowledge = Knowledge(sources, entries, facts, lexicon, asides, texts, checks, domain.languages)
    return Loaded(knowledge, tuple(_line_by_line(folder.problems)), is_complete)


def _line_by_line(problems: list[Problem]) -> list[Problem]:
    """Problems in the order of their lines, the files in the order in which they were read."""
    files = list(dict.fromkeys(problem.place.file for problem in problems))
    return sorted(problems, key=lambda problem: (files.index(problem.place.file), problem.place.line))


def _sources(folder: _Folder) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for name in folder.names("sources"):
        _add(folder, found, folder.read(name, readers.read_source))
    return found


def _entries(folder: _Folder) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for name in folder.names("entries"):
        _add(folder, found, folder.read(name, readers.read_entry))
    return found


def _add(folder: _Folder, found: dict[str, ThingT], thing: ThingT | None) -> None:
    if thing is None:
        return
    if thing.id in found:
        first = found[thing.id].place
        problem = Problem(
            thing.place,
            de=f"die id „{thing.id}“ steht auch in {first}: bitte eine davon umbenennen",
            en=f'the id "{thing.id}" stands in {first} too: rename one of them',
        )
        folder.problems.append(problem)
        return
    found[thing.id] = thing


def _texts(folder: _Folder) -> Texts:
    both: dict[Language, Mapping[str, str]] = {"de": {}, "en": {}}
    places: dict[tuple[Language, str], Place] = {}
    for name in folder.names("texts"):
        language = next((each for each in folder.languages if name == f"texts/{each}.yaml"), None)
        if language is None:
            folder.problems.append(_of_no_language(Place(f"{folder.label}/{name}", 1), folder.languages))
        elif read := folder.read(name, readers.read_texts):
            both[language] = read[0]
            places.update({(language, key): place for key, place in read[1].items()})
    return Texts(both["de"], both["en"], places)


def _checks(folder: _Folder) -> Checks:
    entries: list[EntryChecks] = []
    for name in folder.names("checks"):
        if name not in (_OUT_OF_SCOPE, _PAIRS):
            checks = folder.read(name, readers.read_entry_checks)
            entries += [checks] if checks else []
    out_of_scope = _if_there(folder, _OUT_OF_SCOPE, readers.read_out_of_scope)
    pairs = _if_there(folder, _PAIRS, readers.read_pairs)
    return Checks(tuple(entries), out_of_scope or Phrases(), pairs or (), _everyday(out_of_scope or Phrases()))


def _everyday(own: Phrases) -> Phrases:
    """What anybody asks, for a knowledge that needs it: to learn what to decline, or to tell a language by."""
    needs_none = all(len(own[language]) >= ENOUGH_OUT_OF_SCOPE for language in LANGUAGES)
    return Phrases() if needs_none else everyday()


def _if_there(folder: _Folder, name: str, reader: Callable[[Node, Report], ReadT]) -> ReadT | None:
    return folder.read(name, reader) if (folder.path / name).exists() else None
