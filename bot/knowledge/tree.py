"""YAML text -> a tree of strings, lists and mappings that all know their line.

Owns everything that is YAML's: syntax, encoding, tabs, duplicate keys, aliases. Every scalar stays the string that
stands in the file, because YAML would read `no` as false and `12:30` as 750. Refuses to know what the keys mean.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

import yaml

from bot.knowledge.phrases import Place, Problem

# libyaml's parser is ten times as fast as the one in Python; every wheel of PyYAML brings it, a source build may not.
_PARSER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


#: Knowledge needs seven levels. Far more would overflow the stack of libyaml, which ends the process.
DEEPEST = 50


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
Report: TypeAlias = Callable[[Problem], None]

#: Unlike a shape that is merely unusual, these break the promise that what is read is what stands in the file.
_ALIAS_MESSAGE = "anchors and aliases (& and *) are not supported: write the text out"


def parse(content: bytes, file: str, report: Report) -> Node | None:
    """Read one file's bytes; every problem goes to `report`. None if nothing could be read."""
    text = _decode(content, file, report)
    if text is None or not _has_no_tabs(text, file, report):
        return None
    try:
        deep = line_too_deep(text)
        root = None if deep else yaml.compose(text, Loader=_PARSER)
    except yaml.YAMLError as error:
        report(_syntax_problem(error, file))
        return None
    if deep:
        report(Problem(Place(file, deep), f"nested more than {DEEPEST} levels deep: write it flatter"))
        return None
    if root is None:
        report(Problem(Place(file, 1), "the file is empty: write its content or delete the file"))
        return None
    return _Converter(file, report).node(root)


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


def _line_nested_too_deep(text: str, parser: type) -> int | None:
    depth = 0
    for event in yaml.parse(text, Loader=parser):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            return event.start_mark.line + 1 if event.start_mark else 1
    return None


def _decode(content: bytes, file: str, report: Report) -> str | None:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        report(Problem(Place(file, line), "not UTF-8 here: save the file with the encoding UTF-8"))
        return None


def _has_no_tabs(text: str, file: str, report: Report) -> bool:
    tabbed = [number for number, line in enumerate(text.split("\n"), 1) if _is_indented_by_tab(line)]
    for number in tabbed:
        report(Problem(Place(file, number), "indented with a tab: use spaces, two a level"))
    return not tabbed


def _is_indented_by_tab(line: str) -> bool:
    return "\t" in line[: len(line) - len(line.lstrip())]


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 1
    what = getattr(error, "problem", None) or "cannot be read"
    advice = 'put a text that contains ": " or " #", or starts with a sign, between double quotes'
    return Problem(Place(file, line), f"not valid YAML ({what}): check the indentation, and {advice}")


class _Converter:
    """Turns PyYAML's nodes into ours; one per file."""

    def __init__(self, file: str, report: Report) -> None:
        self._file = file
        self._report = report
        self._seen: set[int] = set()

    def node(self, node: yaml.Node) -> Node:
        place = Place(self._file, node.start_mark.line + 1)
        # An alias is composed into the very same object as its anchor.
        if id(node) in self._seen:
            self._report(Problem(place, _ALIAS_MESSAGE))
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
                first = places[key].line
                self._report(Problem(key_place, f'"{key}" stands twice (first in line {first}): remove one of them'))
                continue
            items[key] = self.node(value_node)
            places[key] = key_place
        return Mapping(items, places, place)
