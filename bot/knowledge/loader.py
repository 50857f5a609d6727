"""A knowledge folder -> the model and every problem found while reading.

Owns the layout of the folder. Reads everything before it reports. What has a problem is left out, item by item, and its
name is kept as unread, so that rules do not complain of what merely was not read.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.knowledge import readers
from bot.knowledge.checks import ENOUGH_OUT_OF_SCOPE, Checks, EntryChecks
from bot.knowledge.defaults import everyday, frames, with_default_asides, with_default_texts, with_default_words
from bot.knowledge.domain import Domain
from bot.knowledge.domain_reader import read_domain, read_languages
from bot.knowledge.expansion import Expansion
from bot.knowledge.folder import Folder, ReadFile
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Aside, Entry, Fact, Knowledge, Reference, Source, Texts
from bot.knowledge.phrases import Phrases, Place
from bot.knowledge.problems import Problem
from bot.knowledge.tree import Node, Report, parse
from bot.knowledge.unread import ALL, Unread, UnreadKind
from bot.messages import LANGUAGES, Language

ThingT = TypeVar("ThingT", Source, Entry, Fact)
NamedT = TypeVar("NamedT")

_OUT_OF_SCOPE = "checks/out-of-scope.yaml"
_PAIRS = "checks/minimal-pairs.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read, and what reading found. `is_complete` is false if anything was left out."""

    knowledge: Knowledge
    problems: tuple[Problem, ...]
    is_complete: bool


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
    loader = _Loader(Folder(path, label or path.as_posix(), languages_of(path)))
    knowledge = loader.knowledge()
    problems = loader.folder.problems
    is_complete = not any(problem.kind == "problem" for problem in problems)
    if is_complete and not knowledge.entries:
        problems.append(_no_entries(Place(loader.folder.named("entries"), 1)))
    return Loaded(knowledge, tuple(_line_by_line(problems)), is_complete)


def _line_by_line(problems: list[Problem]) -> list[Problem]:
    """Problems in the order of their lines, the files in the order in which they were read."""
    files = list(dict.fromkeys(problem.place.file for problem in problems))
    return sorted(problems, key=lambda problem: (files.index(problem.place.file), problem.place.line))


def _of_no_language(place: Place, languages: tuple[Language, ...]) -> Problem:
    listed = ", ".join(languages)
    return Problem(
        place,
        de=f"wird nicht gelesen: knowledge.yaml nennt als Sprachen nur {listed}; bitte dort ergänzen oder löschen",
        en=f"is not read: the languages in knowledge.yaml are {listed}; add it there or delete the file",
    )


def _no_entries(place: Place) -> Problem:
    return Problem(place, de="keine Einträge: bitte mindestens einen anlegen", en="no entries: add at least one entry")


class _Loader:
    """One pass over a folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._unread = Unread()

    def knowledge(self) -> Knowledge:
        languages = self.folder.languages
        # What cannot be read is told, and nothing else that would follow from it.
        domain = self.folder.read("knowledge.yaml", read_domain).whole or Domain(languages)
        sources, lexicon = self._sources(), with_default_words(self._lexicon())
        expansion = Expansion(lexicon, self.folder.problems.append, self._unread)
        lexicon = expansion.lexicon(lexicon)
        entries = {key: expansion.entry(entry) for key, entry in self._entries().items()}
        facts = {name: expansion.fact(fact) for name, fact in self._facts().items()}
        asides = with_default_asides(self._asides(), domain)
        texts, checks = with_default_texts(self._texts(), domain), self._checks()
        terms = self._named("terms.yaml", readers.read_terms, "term")
        countries = self._named("countries.yaml", readers.read_countries, "country")
        authorities = self._named("authorities.yaml", readers.read_authorities, "authority")
        emergencies = self._named("emergencies.yaml", readers.read_emergencies, "emergency")
        self.folder.report_unread()
        return Knowledge(
            *(sources, entries, facts, lexicon, asides, texts, checks, languages, self._unread),
            terms={key: expansion.term(term) for key, term in terms.items()},
            countries={key: expansion.country(country) for key, country in countries.items()},
            authorities=authorities,
            frames=frames(),
            emergencies={key: expansion.emergency(emergency) for key, emergency in emergencies.items()},
            examples=domain.examples,
        )

    def _leave_out(self, kind: UnreadKind, *names: str) -> None:
        self._unread = self._unread.and_more(kind, names)

    def _facts(self) -> dict[str, Fact]:
        found: dict[str, Fact] = {}
        for path in self.folder.names("facts"):
            name = Path(path).stem
            read = self.folder.read(path, partial(readers.read_fact, name))
            if read.whole is None:
                self._leave_out("fact", name)
            else:
                self._add(found, name, read.whole)
        if (self.folder.path / "facts.yaml").exists():
            # Where they stood once, nobody reads them, which is told.
            self._leave_out("fact", ALL)
        return found

    def _named(
        self, name: str, reader: Callable[[Node, Report], dict[str, NamedT]], kind: UnreadKind
    ) -> dict[str, NamedT]:
        """The things of a file that holds one a key and need not be there."""
        read = self.folder.read_if_there(name, reader)
        if read is not None:
            self._leave_out(kind, *(read.broken() if read.value is not None else (ALL,)))
        return _unbroken(read)

    def _asides(self) -> dict[str, Aside]:
        # What is left out of asides and texts is made up for by those that every knowledge has.
        return _unbroken(self.folder.read_if_there("asides.yaml", readers.read_asides))

    def _sources(self) -> dict[str, Source]:
        found: dict[str, Source] = {}
        for name in self.folder.names("sources"):
            read = self.folder.read(name, readers.read_source)
            source = self._source(read)
            if source is None:
                self._leave_out("source", *read.ids())
            else:
                self._add(found, source.id, source)
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
            if read.whole is None:
                self._leave_out("entry", *read.ids())
            else:
                self._add(found, read.whole.id, read.whole)
        return found

    def _add(self, found: dict[str, ThingT], name: str, thing: ThingT) -> None:
        if name not in found:
            found[name] = thing
            return
        first = found[name].place
        problem = Problem(
            thing.place,
            de=f"die id „{name}“ steht auch in {first}: bitte eine davon umbenennen",
            en=f'the id "{name}" stands in {first} too: rename one of them',
        )
        self.folder.problems.append(problem)

    def _lexicon(self) -> Lexicon:
        read = self.folder.read_if_there("lexicon.yaml", readers.read_lexicon)
        if read is None:
            return Lexicon()
        if read.value is None:
            self._leave_out("concept", ALL)
        if "classes" in read.broken():
            self._leave_out("concept", *(read.broken("classes") or (ALL,)))
        if "concepts" in read.broken():
            kinds = [read.broken("concepts", kind) for kind in read.broken("concepts")]
            self._leave_out("concept", *(frozenset().union(*kinds) if kinds and all(kinds) else (ALL,)))
        return read.value or Lexicon()

    def _texts(self) -> Texts:
        both: dict[Language, Mapping[str, str]] = {"de": {}, "en": {}}
        places: dict[tuple[Language, str], Place] = {}
        for name in self.folder.names("texts"):
            language = next((each for each in self.folder.languages if name == f"texts/{each}.yaml"), None)
            if language is None:
                place = Place(self.folder.named(name), 1)
                self.folder.problems.append(_of_no_language(place, self.folder.languages))
                continue
            read = self.folder.read(name, readers.read_texts)
            texts, found = read.value or ({}, {})
            broken = read.broken()
            both[language] = {key: text for key, text in texts.items() if key not in broken}
            places.update({(language, key): place for key, place in found.items()})
        return Texts(both["de"], both["en"], places)

    def _checks(self) -> Checks:
        entries: list[EntryChecks] = []
        for name in self.folder.names("checks"):
            if name not in (_OUT_OF_SCOPE, _PAIRS):
                read = self.folder.read(name, readers.read_entry_checks)
                if read.whole is None:
                    self._leave_out("checks", *read.ids("entry"))
                else:
                    entries.append(read.whole)
        out_of_scope = self.folder.read_if_there(_OUT_OF_SCOPE, readers.read_out_of_scope)
        pairs = self.folder.read_if_there(_PAIRS, readers.read_pairs)
        outside = (out_of_scope.whole if out_of_scope else None) or Phrases()
        return Checks(tuple(entries), outside, (pairs.whole if pairs else None) or (), _everyday(outside))


def _unbroken(read: ReadFile[dict[str, NamedT]] | None) -> dict[str, NamedT]:
    """The things of a file that holds one a key, without those that have a problem."""
    if read is None or read.value is None:
        return {}
    broken = read.broken()
    return {name: thing for name, thing in read.value.items() if name not in broken}


def _everyday(own: Phrases) -> Mapping[str, Phrases]:
    """What anybody asks, for a knowledge that needs it: to learn what to decline, or to tell a language by."""
    needs_none = all(len(own[language]) >= ENOUGH_OUT_OF_SCOPE for language in LANGUAGES)
    return {} if needs_none else everyday()
