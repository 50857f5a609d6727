"""A knowledge folder -> the model and every problem found while reading.

Owns the layout of the folder. Reads everything before it reports. What has a problem is left out, item by item, and its
name is kept as unread, so that rules do not complain of what merely was not read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from bot.knowledge import readers
from bot.knowledge.checks import Checks, EntryChecks
from bot.knowledge.expansion import Expansion
from bot.knowledge.folder import Folder, ReadFile
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Aside, Entry, Fact, Knowledge, Reference, Source, Texts
from bot.knowledge.phrases import Phrases, Place
from bot.knowledge.problems import Problem
from bot.knowledge.required import TEXTS
from bot.knowledge.unread import ALL, Unread, UnreadKind
from bot.messages import LANGUAGES, Language

ThingT = TypeVar("ThingT", Source, Entry)
NamedT = TypeVar("NamedT")

_OUT_OF_SCOPE = "checks/out-of-scope.yaml"
_PAIRS = "checks/minimal-pairs.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read, and what reading found. `is_complete` is false if anything was left out."""

    knowledge: Knowledge
    problems: tuple[Problem, ...]
    is_complete: bool


def load(path: Path, label: str | None = None) -> Loaded:
    """Read a knowledge folder. `label` is how problems name it; the folder's own path by default."""
    loader = _Loader(Folder(path, label or path.as_posix()))
    knowledge = loader.knowledge()
    problems = loader.folder.problems
    is_complete = not any(problem.kind == "problem" for problem in problems)
    if is_complete and not knowledge.entries:
        problems.append(_no_entries(Place(loader.folder.named("entries"), 1)))
    return Loaded(knowledge, tuple(problems), is_complete)


def _no_entries(place: Place) -> Problem:
    return Problem(place, de="keine Einträge: bitte mindestens einen anlegen", en="no entries: add at least one entry")


class _Loader:
    """One pass over a folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._unread = Unread()

    def knowledge(self) -> Knowledge:
        sources = self._sources()
        lexicon = self._lexicon()
        expansion = Expansion(lexicon, self.folder.problems.append, self._unread)
        entries = {key: expansion.entry(entry) for key, entry in self._entries().items()}
        facts: dict[str, Fact] = self._named("fact", self.folder.read("facts.yaml", readers.read_facts))
        expanded = {name: expansion.fact(fact) for name, fact in facts.items()}
        asides: dict[str, Aside] = self._named("aside", self.folder.read("asides.yaml", readers.read_asides))
        texts, checks = self._texts(), self._checks()
        self.folder.report_unread()
        return Knowledge(sources, entries, expanded, lexicon, asides, texts, checks, self._unread)

    def _leave_out(self, kind: UnreadKind, *names: str) -> None:
        self._unread = self._unread.and_more(kind, names)

    def _named(self, kind: UnreadKind, read: ReadFile[dict[str, NamedT]]) -> dict[str, NamedT]:
        """The things of a file that holds one a key, without those that have a problem."""
        if read.value is None:
            self._leave_out(kind, ALL)
            return {}
        broken = read.broken()
        self._leave_out(kind, *broken)
        return {name: thing for name, thing in read.value.items() if name not in broken}

    def _sources(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for name in self.folder.names("sources"):
            read = self.folder.read(name, readers.read_source)
            source = self._source(read)
            if source is None:
                self._leave_out("source", *read.ids())
            else:
                self._add(found, source)
        return found

    def _source(self, read: ReadFile[Source]) -> Source | None:
        """A source without its claims that have a problem; None if it has another one."""
        if read.value is None or read.broken() - {"claims"}:
            return None
        broken = read.broken("claims")
        if "claims" in read.broken() and not broken:
            return None
        source = read.value
        self._leave_out("claim", *(str(Reference(source.id, claim)) for claim in broken))
        return replace(source, claims={key: each for key, each in source.claims.items() if key not in broken})

    def _entries(self) -> dict[str, Entry]:
        found: dict[str, Entry] = {}
        for name in self.folder.names("entries"):
            read = self.folder.read(name, readers.read_entry)
            if read.value is None or read.has_problems:
                self._leave_out("entry", *read.ids())
            else:
                self._add(found, read.value)
        return found

    def _add(self, found: dict[str, ThingT], thing: ThingT) -> None:
        if thing.id not in found:
            found[thing.id] = thing
            return
        first = found[thing.id].place
        problem = Problem(
            thing.place,
            de=f"die id „{thing.id}“ steht auch in {first}: bitte eine davon umbenennen",
            en=f'the id "{thing.id}" stands in {first} too: rename one of them',
        )
        self.folder.problems.append(problem)

    def _lexicon(self) -> Lexicon:
        read = self.folder.read("lexicon.yaml", readers.read_lexicon)
        if read.value is None:
            self._leave_out("concept", ALL)
        if "concepts" in read.broken():
            kinds = [read.broken("concepts", kind) for kind in read.broken("concepts")]
            self._leave_out("concept", *(frozenset().union(*kinds) if kinds and all(kinds) else (ALL,)))
        return read.value or Lexicon()

    def _texts(self) -> Texts:
        both: dict[Language, Mapping[str, str]] = {"de": {}, "en": {}}
        places: dict[tuple[Language, str], Place] = {}
        for language in LANGUAGES:
            read = self.folder.read(f"texts/{language}.yaml", readers.read_texts)
            texts, found = read.value or ({}, {})
            unread = read.broken() if read.value else TEXTS
            self._leave_out("text", *(f"{language}:{name}" for name in unread))
            both[language] = texts
            places.update({(language, key): place for key, place in found.items()})
        return Texts(both["de"], both["en"], places)

    def _checks(self) -> Checks:
        entries: list[EntryChecks] = []
        for name in self.folder.names("checks"):
            if name not in (_OUT_OF_SCOPE, _PAIRS):
                read = self.folder.read(name, readers.read_entry_checks)
                if read.value is None or read.has_problems:
                    self._leave_out("checks", *read.ids("entry"))
                else:
                    entries.append(read.value)
        out_of_scope = self._if_there(_OUT_OF_SCOPE, readers.read_out_of_scope)
        pairs = self._if_there(_PAIRS, readers.read_pairs)
        return Checks(tuple(entries), out_of_scope or Phrases(), pairs or ())

    def _if_there(self, name: str, reader: Callable[..., NamedT]) -> NamedT | None:
        if not (self.folder.path / name).exists():
            return None
        read = self.folder.read(name, reader)
        return None if read.has_problems else read.value
