"""YAML text -> a tree of strings, lists and mappings that all know their line.

Owns everything that is YAML's: syntax, encoding, tabs, duplicate keys, aliases. Every scalar stays the string that
stands in the file, because YAML would read `no` as false and `12:30` as 750. Refuses to know what the keys mean.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from bot.knowledge import plain_text
from bot.knowledge.phrases import Place
from bot.knowledge.problems import Problem
from bot.knowledge.syntax import DEEPEST, second_document, syntax_problem, too_deep
from bot.messages import LANGUAGES, Language

# libyaml's parser is ten times as fast as the one in Python; every wheel of PyYAML brings it, a source build may not.
_PARSER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    place: Place
    #: YAML read it otherwise than it looks, which is told; whatever follows from that is no news.
    is_misread: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    items: "tuple[Node, ...]"
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    items: "dict[str, Node]"
    key_places: dict[str, Place]
    place: Place


Node: TypeAlias = Scalar | Listing | Mapping
#: Takes what is wrong with a file.
Complaint: TypeAlias = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Report:
    """Takes what is wrong with the files of a knowledge, which is written in these languages."""

    complain: Complaint
    languages: tuple[Language, ...] = LANGUAGES

    def __call__(self, problem: Problem) -> None:
        self.complain(problem)


def parse(content: bytes, file: str, report: Complaint) -> Node | None:
    """Read one file's bytes; every problem goes to `report`. None if nothing could be read."""
    text = _decode(content, file, report)
    if text is None or not _has_no_tabs(text, file, report):
        return None
    found: list[Problem] = []
    try:
        root = _Builder(text, file, found.append).document()
    except yaml.YAMLError as error:
        # What was found on the way is a consequence: a quotation mark that stays open makes a text of what follows.
        deep_line = _line_too_deep_if_readable(text)
        report(too_deep(Place(file, deep_line)) if deep_line else syntax_problem(error, text, file))
        return None
    except _TooDeep as deep:
        report(too_deep(deep.place))
        return None
    for each in [*found, *([] if root else [_empty(Place(file, 1))])]:
        report(each)
    return root


def line_too_deep(text: str) -> int | None:
    """The line in which YAML nests too deeply to be read, if any. Raises yaml.YAMLError as reading does."""
    try:
        return _line_nested_too_deep(text, _PARSER)
    except yaml.YAMLError:
        # libyaml reads ahead, and what nests deeper than a limit of its own is an error to it (PyYAML 6.0.4 and newer),
        # which no attribute tells from a slip. The parser in Python has no limit and takes one event at a time.
        with suppress(yaml.YAMLError):
            if line := _line_nested_too_deep(text, yaml.SafeLoader):
                return line
        raise


def _line_too_deep_if_readable(text: str) -> int | None:
    with suppress(yaml.YAMLError):
        return line_too_deep(text)
    return None


def _line_nested_too_deep(text: str, parser: type) -> int | None:
    depth = 0
    for event in yaml.parse(text, Loader=parser):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return _line(event)
    return None


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _empty(place: Place) -> Problem:
    return Problem(
        place,
        de="die Datei ist leer: bitte etwas hineinschreiben oder sie löschen",
        en="the file is empty: write its content or delete the file",
    )


def _decode(content: bytes, file: str, report: Complaint) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = Problem(
            Place(file, line),
            de="hier steht kein UTF-8: bitte die Datei im Editor mit der Kodierung UTF-8 speichern",
            en="not UTF-8 here: save the file with the encoding UTF-8",
        )
        report(problem)
        return None


def _has_no_tabs(text: str, file: str, report: Complaint) -> bool:
    tabbed = [number for number, line in enumerate(text.split("\n"), 1) if _is_indented_by_tab(line)]
    for number in tabbed:
        problem = Problem(
            Place(file, number),
            de="mit einem Tabulator eingerückt: bitte Leerzeichen verwenden, zwei je Ebene",
            en="indented with a tab: use spaces, two a level",
        )
        report(problem)
    return not tabbed


def _is_indented_by_tab(line: str) -> bool:
    return bool(line.strip()) and "\t" in line[: len(line) - len(line.lstrip())]


class _TooDeep(Exception):
    """Nested beyond what a person would write."""

    def __init__(self, place: Place) -> None:
        super().__init__(str(place))
        self.place = place


class _Builder:
    """Turns the parser's events into our nodes; one per file."""

    def __init__(self, text: str, file: str, report: Complaint) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_PARSER)
        self._lines = text.splitlines()
        self._file = file
        self._report = report
        self._depth = 0

    def document(self) -> Node | None:
        """The file's only document. Raises yaml.YAMLError and _TooDeep."""
        root: Node | None = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    self._report(second_document(self._place(event)))
                root = root or self._node(next(self._events))
        return root

    def _place(self, event: yaml.Event) -> Place:
        return Place(self._file, _line(event))

    def _node(self, event: yaml.Event) -> Node:
        place = self._place(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            # Unlike a shape that is merely unusual, this breaks the promise that what is read stands in the file.
            self._report(_aliased(place))
        if isinstance(event, yaml.MappingStartEvent):
            return self._within(self._mapping, place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._within(self._listing, place)
        if not isinstance(event, yaml.ScalarEvent):
            return Scalar("", place)
        found = list(self._misread(event, place))
        for problem in found:
            self._report(problem)
        return Scalar(str(event.value), place, is_misread=bool(found))

    def _within(self, build: Callable[[Place], Node], place: Place) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _TooDeep(place)
        node = build(place)
        self._depth -= 1
        return node

    def _listing(self, place: Place) -> Listing:
        items: list[Node] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            items.append(self._node(event))
        return Listing(tuple(items), place)

    def _mapping(self, place: Place) -> Mapping:
        items: dict[str, Node] = {}
        places: dict[str, Place] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key_node, value = self._node(event), self._node(next(self._events))
            key = key_node.text if isinstance(key_node, Scalar) else ""
            if key in items:
                self._report(_twice(key, places[key], key_node.place))
                continue
            items[key] = value
            places[key] = key_node.place
        return Mapping(items, places, place)

    def _misread(self, event: yaml.ScalarEvent, place: Place) -> Iterator[Problem]:
        if event.tag:
            yield plain_text.begins_with_exclamation_mark(place)
        if not event.style and event.start_mark and event.end_mark:
            first, last = event.start_mark.line, event.end_mark.line
            rest = self._lines[last][event.end_mark.column :] if last < len(self._lines) else ""
            yield from plain_text.problems(str(event.value), self._lines[first + 1 : last + 1], rest, place)


def _aliased(place: Place) -> Problem:
    return Problem(
        place,
        de="& und * am Anfang gelten als Anker und Verweis: bitte zwischen Anführungszeichen setzen oder ausschreiben",
        en="anchors and aliases (& and *) are not supported: write the text out, or put it between quotes",
    )


def _twice(key: str, first: Place, second: Place) -> Problem:
    return Problem(
        second,
        de=f"„{key}“ steht zweimal (zuerst in Zeile {first.line}): bitte eines davon entfernen",
        en=f'"{key}" stands twice (first in line {first.line}): remove one of them',
    )
