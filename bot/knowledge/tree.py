"""YAML text -> a tree of strings, lists and mappings that all know their line.

Owns everything that is YAML's: syntax, encoding, tabs, duplicate keys, aliases. Every scalar stays the string that
stands in the file, because YAML would read `no` as false and `12:30` as 750. Refuses to know what the keys mean.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from bot.knowledge.phrases import Place
from bot.knowledge.problems import Problem
from bot.knowledge.syntax import DEEPEST, syntax_problem, too_deep
from bot.messages import LANGUAGES, Language

# libyaml's parser is ten times as fast as the one in Python; every wheel of PyYAML brings it, a source build may not.
_PARSER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    place: Place


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
    try:
        deep = line_too_deep(text)
        root = None if deep else yaml.compose(text, Loader=_PARSER)
    except yaml.YAMLError as error:
        report(syntax_problem(error, text, file))
        return None
    if deep or root is None:
        report(too_deep(Place(file, deep)) if deep else _empty(Place(file, 1)))
        return None
    return _Converter(file, report).node(root)


def line_too_deep(text: str) -> int | None:
    """The line in which YAML nests too deeply to be read, if any. Raises yaml.YAMLError as reading does."""
    depth = 0
    for event in yaml.parse(text, Loader=_PARSER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return event.start_mark.line + 1 if event.start_mark else 1
    return None


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
    return "\t" in line[: len(line) - len(line.lstrip())]


class _Converter:
    """Turns PyYAML's nodes into ours; one per file."""

    def __init__(self, file: str, report: Complaint) -> None:
        self._file = file
        self._report = report
        self._seen: set[int] = set()

    def node(self, node: yaml.Node) -> Node:
        place = Place(self._file, node.start_mark.line + 1)
        # An alias is composed into the very same object as its anchor.
        if id(node) in self._seen:
            # Unlike a shape that is merely unusual, this breaks the promise that what is read stands in the file.
            problem = Problem(
                place,
                de="Anker und Verweise (& und *) gehen hier nicht: bitte den Text ausschreiben",
                en="anchors and aliases (& and *) are not supported: write the text out",
            )
            self._report(problem)
            return Scalar("", place)
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, place)
        if isinstance(node, yaml.SequenceNode):
            return Listing(tuple(self.node(item) for item in node.value), place)
        return Scalar(str(node.value), place)

    def _mapping(self, node: yaml.MappingNode, place: Place) -> Mapping:
        items: dict[str, Node] = {}
        places: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key_place = Place(self._file, key_node.start_mark.line + 1)
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            if key in items:
                self._report(_twice(key, places[key], key_place))
                continue
            items[key] = self.node(value_node)
            places[key] = key_place
        return Mapping(items, places, place)


def _twice(key: str, first: Place, second: Place) -> Problem:
    return Problem(
        second,
        de=f"„{key}“ steht zweimal (zuerst in Zeile {first.line}): bitte eines davon entfernen",
        en=f'"{key}" stands twice (first in line {first.line}): remove one of them',
    )
