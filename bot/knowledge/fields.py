"""Typed reading of a tree: a mapping's fields become strings, dates, lists and bilingual texts, or problems.

Owns the wording of shape errors ("a list belongs here"). A field that cannot be read is reported and replaced by an
empty value of its type, so that one run reports every problem; whoever reads drops what was reported.
"""

import re
from collections.abc import Collection
from datetime import date
from typing import TypeVar, cast

from bot.knowledge.model import Reference
from bot.knowledge.phrases import Bilingual, Phrases, Place, Problem
from bot.knowledge.tree import Listing, Mapping, Node, Report, Scalar
from bot.messages import LANGUAGES

_REFERENCE = re.compile(r"([a-z0-9-]+)#([a-z0-9-]+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LANGUAGE_NAMES = {"de": "German", "en": "English"}

ChoiceT = TypeVar("ChoiceT", bound=str)


class Fields:
    """The fields of one mapping. Unknown and missing keys are reported at once, on construction."""

    def __init__(self, node: Node | None, what: str, required: str, optional: str, report: Report) -> None:
        self._report = report
        self._what = what
        self.place = node.place if node else Place("", 0)
        self._items: dict[str, Node] = {}
        if isinstance(node, Mapping):
            self._items = node.items
            self._check_keys(node, required.split(), optional.split())
        elif node is not None:
            self.problem(f"{what} must be a mapping (key: value, one a line), not {_shape(node)}")

    def _check_keys(self, node: Mapping, required: list[str], optional: list[str]) -> None:
        allowed = required + optional
        for key in node.items:
            if key not in allowed:
                message = f'{self._what} has no key "{key}": allowed are {", ".join(allowed)}'
                self.problem(message, node.key_places[key])
        for key in required:
            if key not in node.items:
                self.problem(f'{self._what} lacks "{key}": add it')

    def problem(self, message: str, place: Place | None = None) -> None:
        self._report(Problem(place or self.place, message))

    def has(self, key: str) -> bool:
        return key in self._items

    def node(self, key: str) -> Node | None:
        return self._items.get(key)

    def place_of(self, key: str) -> Place:
        node = self._items.get(key)
        return node.place if node else self.place

    def text(self, key: str) -> str:
        node = self._items.get(key)
        return "" if node is None else self.scalar(node, key)

    def scalar(self, node: Node, key: str) -> str:
        if not isinstance(node, Scalar):
            self.problem(f'"{key}" must be a single text, not {_shape(node)}', node.place)
            return ""
        if not node.text.strip():
            self.problem(f'"{key}" is empty: write the text or remove the key', node.place)
        return node.text.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self.scalar(item, key) for item in self.items(key))

    def items(self, key: str) -> tuple[Node, ...]:
        node = self._items.get(key)
        if node is None:
            return ()
        if isinstance(node, Listing):
            return node.items
        self.problem(f'"{key}" must be a list (each item after "- "), not {_shape(node)}', node.place)
        return ()

    def children(self, key: str) -> dict[str, Node]:
        node = self._items.get(key)
        if node is None:
            return {}
        if isinstance(node, Mapping):
            return node.items
        self.problem(f'"{key}" must be a mapping (key: value, one a line), not {_shape(node)}', node.place)
        return {}

    def choice(self, key: str, allowed: Collection[ChoiceT]) -> ChoiceT:
        text = self.text(key)
        if text and text not in allowed:
            self.problem(f'"{key}" is "{text}": write one of {", ".join(allowed)}', self.place_of(key))
        return cast(ChoiceT, text)

    def day(self, key: str) -> date:
        text = self.text(key)
        try:
            if not _DAY.fullmatch(text):
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError:
            if self.has(key):
                self.problem(f'"{key}" is no date: write year-month-day, such as 2026-11-22', self.place_of(key))
            return date.min

    def bilingual(self, key: str) -> Bilingual:
        node = self._items.get(key)
        if node is None:
            return Bilingual("", "")
        inner = Fields(node, f'"{key}"', "de en", "", self._report)
        return Bilingual(inner.text("de"), inner.text("en"), node.place)

    def name(self, key: str) -> Bilingual:
        """A name that may be the same in both languages: a single text, or one for each."""
        node = self._items.get(key)
        if not isinstance(node, Scalar):
            return self.bilingual(key)
        return Bilingual(self.text(key), self.text(key), node.place)

    def phrases(self, key: str) -> Phrases:
        node = self._items.get(key)
        if node is None:
            return Phrases()
        inner = Fields(node, f'"{key}"', "", "de en", self._report)
        places = {
            (language, index): item.place for language in LANGUAGES for index, item in enumerate(inner.items(language))
        }
        return Phrases(inner.texts("de"), inner.texts("en"), places)

    def require_both_languages(self, key: str, phrases: Phrases) -> None:
        for language in LANGUAGES:
            if self.has(key) and not phrases[language]:
                name = _LANGUAGE_NAMES[language]
                self.problem(f'"{key}" has no {name} text: add it under "{language}:"', self.place_of(key))

    def references(self, key: str) -> tuple[Reference, ...]:
        return tuple(r for item in self.items(key) if (r := self.reference(item, key)))

    def reference(self, node: Node, key: str) -> Reference | None:
        text = self.scalar(node, key)
        found = parse_reference(text)
        if text and found is None:
            self.problem(f'"{text}" is no citation: write source#claim, such as dsgvo#art-13', node.place)
        return found


def parse_reference(text: str) -> Reference | None:
    found = _REFERENCE.fullmatch(text.strip())
    return Reference(found[1], found[2]) if found else None


def _shape(node: Node) -> str:
    return {Scalar: "a single text", Listing: "a list", Mapping: "a mapping"}[type(node)]
