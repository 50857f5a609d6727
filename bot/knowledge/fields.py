"""Typed reading of a tree: a mapping's fields become strings, dates, lists and bilingual texts, or problems.

Owns the wording of shape errors ("a list belongs here"). A field that cannot be read is reported and replaced by an
empty value of its type, so that one run reports every problem; whoever reads drops what was reported.
"""

import re
from collections.abc import Collection
from collections.abc import Mapping as TypingMapping
from datetime import date
from difflib import get_close_matches
from typing import TypeVar, cast

from bot.knowledge.model import Reference
from bot.knowledge.phrases import Bilingual, Phrases, Place
from bot.knowledge.problems import Problem
from bot.knowledge.tree import Listing, Mapping, Node, Report, Scalar
from bot.messages import LANGUAGES, Language

_REFERENCE = re.compile(r"([a-z0-9-]+)#([a-z0-9-]+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_LANGUAGE_NAMES: dict[Language, Bilingual] = {
    "de": Bilingual(de="deutschen", en="German"),
    "en": Bilingual(de="englischen", en="English"),
}
_SHAPES: dict[type, Bilingual] = {
    Scalar: Bilingual(de="ein einzelner Text", en="a single text"),
    Listing: Bilingual(de="eine Liste", en="a list"),
    Mapping: Bilingual(de="eine Zuordnung (schlüssel: wert)", en="a mapping"),
}

#: What makes something else of a text that stands without quotation marks.
_SIGNS = Bilingual(
    de=" (ein Text mit „: “ oder einer Klammer am Anfang gehört zwischen doppelte Anführungszeichen)",
    en=' (a text with ": " or a bracket at its beginning belongs between double quotation marks)',
)
#: What a template says where something is to be written.
TO_BE_FILLED_IN = "TODO"

ChoiceT = TypeVar("ChoiceT", bound=str)


class Fields:
    """The fields of one mapping. Unknown and missing keys are reported at once, on construction."""

    def __init__(self, node: Node | None, what: Bilingual, required: str, optional: str, report: Report) -> None:
        self._report = report
        self._languages = " ".join(report.languages)
        self._what = what
        self.place = node.place if node else Place("", 0)
        self._items: dict[str, Node] = {}
        if isinstance(node, Mapping):
            self._items = node.items
            self._check_keys(node, required.split(), optional.split())
        elif node is not None:
            self.problem(
                de=f"{what.de} muss aus Zeilen „schlüssel: wert“ bestehen, hier steht aber {shape(node).de}",
                en=f"{what.en} must be a mapping (key: value, one a line), not {shape(node).en}",
            )

    def _check_keys(self, node: Mapping, required: list[str], optional: list[str]) -> None:
        allowed = required + optional
        meant = {key: _meant(key, allowed) for key in node.items if key not in allowed}
        for key, other in meant.items():
            self._unknown_key(node.key_places[key], key, other, ", ".join(allowed))
        for key in required:
            # What is there under a wrong name is not missing as well.
            if key not in node.items and key not in meant.values():
                self.problem(
                    de=f"{self._what.de} braucht „{key}“, das fehlt: bitte ergänzen",
                    en=f'{self._what.en} lacks "{key}": add it',
                )

    def _unknown_key(self, place: Place, key: str, meant: str, allowed: str) -> None:
        if meant and key.startswith(f"{meant}:"):
            self.problem(
                place,
                de=f"nach „{meant}:“ fehlt ein Leerzeichen: bitte ergänzen",
                en=f'a space is missing after "{meant}:": add it',
            )
            return
        hint = Bilingual(f" (meinen Sie „{meant}“?)", f' (did you mean "{meant}"?)') if meant else Bilingual("", "")
        self.problem(
            place,
            de=f"{self._what.de} kennt keinen Schlüssel „{key}“{hint.de}: erlaubt sind {allowed}",
            en=f'{self._what.en} has no key "{key}"{hint.en}: allowed are {allowed}',
        )

    def problem(self, place: Place | None = None, *, de: str, en: str) -> None:
        self._report(Problem(place or self.place, de=de, en=en))

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
            self.problem(
                node.place,
                de=f"„{key}“ muss ein einzelner Text sein, hier steht aber {shape(node).de}{_SIGNS.de}",
                en=f'"{key}" must be a single text, not {shape(node).en}{_SIGNS.en}',
            )
            return ""
        if is_to_be_filled_in(node.text):
            self.problem(
                node.place,
                de=f"„{key}“ ist noch auszufüllen: {node.text.strip()}",
                en=f'"{key}" is still to be filled in: {node.text.strip()}',
            )
        if not node.text.strip():
            self.problem(
                node.place,
                de=f"„{key}“ ist leer: bitte den Text schreiben oder den Schlüssel entfernen",
                en=f'"{key}" is empty: write the text or remove the key',
            )
        return node.text.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self.scalar(item, key) for item in self.items(key))

    def items(self, key: str) -> tuple[Node, ...]:
        node = self._items.get(key)
        if node is None:
            return ()
        if isinstance(node, Listing):
            return node.items
        if isinstance(node, Scalar) and node.is_misread:
            return ()
        self.problem(
            node.place,
            de=f"„{key}“ muss eine Liste sein (jeder Punkt nach „- “), hier steht aber {shape(node).de}",
            en=f'"{key}" must be a list (each item after "- "), not {shape(node).en}',
        )
        return ()

    def children(self, key: str) -> dict[str, Node]:
        node = self._items.get(key)
        if node is None:
            return {}
        if isinstance(node, Mapping):
            return node.items
        self.problem(
            node.place,
            de=f"„{key}“ muss aus Zeilen „schlüssel: wert“ bestehen, hier steht aber {shape(node).de}",
            en=f'"{key}" must be a mapping (key: value, one a line), not {shape(node).en}',
        )
        return {}

    def choice(self, key: str, allowed: Collection[ChoiceT]) -> ChoiceT:
        return self._chosen(self.text(key), self.place_of(key), key, allowed)

    def choices(self, key: str, allowed: Collection[ChoiceT]) -> tuple[ChoiceT, ...]:
        """A list of values, at least one; a single one need not be written as a list."""
        node = self._items.get(key)
        items = (node,) if isinstance(node, Scalar) else self.items(key)
        if isinstance(node, Listing) and not items:
            self.problem(
                node.place,
                de=f"„{key}“ ist leer: möglich sind {', '.join(allowed)}",
                en=f'"{key}" is empty: write one of {", ".join(allowed)}',
            )
        return tuple(self._chosen(self.scalar(item, key), item.place, key, allowed) for item in items)

    def _chosen(self, text: str, place: Place, key: str, allowed: Collection[ChoiceT]) -> ChoiceT:
        if text and text not in allowed:
            self.problem(
                place,
                de=f"„{key}“ ist „{text}“: möglich sind {', '.join(allowed)}",
                en=f'"{key}" is "{text}": write one of {", ".join(allowed)}',
            )
        return cast(ChoiceT, text)

    def day(self, key: str) -> date:
        text = self.text(key)
        try:
            if not _DAY.fullmatch(text):
                raise ValueError(text)
            return date.fromisoformat(text)
        except ValueError:
            if text:
                self.problem(
                    self.place_of(key),
                    de=f"„{key}“ ist kein Datum: bitte als Jahr-Monat-Tag schreiben, etwa 2026-11-22",
                    en=f'"{key}" is no date: write year-month-day, such as 2026-11-22',
                )
            return date.min

    def bilingual(self, key: str) -> Bilingual:
        node = self._items.get(key)
        if node is None:
            return Bilingual("", "")
        inner = Fields(node, quoted(key), self._languages, "", self._report)
        return Bilingual(inner.text("de"), inner.text("en"), node.place)

    def optional_day(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def optional_name(self, key: str) -> Bilingual | None:
        return self.name(key) if self.has(key) else None

    def name(self, key: str) -> Bilingual:
        """A text that may be the same in both languages: a single one, or one for each."""
        node = self._items.get(key)
        if not isinstance(node, Scalar):
            return self.bilingual(key)
        text = self.text(key)
        return Bilingual(text, text, node.place)

    def phrases(self, key: str) -> Phrases:
        node = self._items.get(key)
        if node is None:
            return Phrases()
        inner = Fields(node, quoted(key), "", self._languages, self._report)
        items = {language: inner.items(language) for language in LANGUAGES}
        texts = {language: tuple(inner.scalar(item, language) for item in items[language]) for language in LANGUAGES}
        places = {(language, index): item.place for language in LANGUAGES for index, item in enumerate(items[language])}
        return Phrases(texts["de"], texts["en"], places)

    def require_all_languages(self, key: str, phrases: Phrases) -> None:
        node = self._items.get(key)
        written = node.items if isinstance(node, Mapping) else {}
        for language in self._report.languages:
            is_told = language in written and not isinstance(written[language], Listing)
            if self.has(key) and not phrases[language] and not is_told:
                name = _LANGUAGE_NAMES[language]
                self.problem(
                    self.place_of(key),
                    de=f"„{key}“ hat keinen {name.de} Text: bitte unter „{language}:“ ergänzen",
                    en=f'"{key}" has no {name.en} text: add it under "{language}:"',
                )

    def references(self, key: str) -> tuple[Reference, ...]:
        written = [(self.scalar(item, key), item.place) for item in self.items(key)]
        return tuple(r for text, place in written if text and (r := self.reference(text, place)))

    def reference(self, text: str, place: Place) -> Reference | None:
        found = _REFERENCE.fullmatch(text.strip())
        if found is None:
            self.problem(
                place,
                de=f"„{text}“ ist kein Beleg: bitte quelle#aussage schreiben, etwa dsgvo#art-13",
                en=f'"{text}" is no citation: write source#claim, such as dsgvo#art-13',
            )
        return Reference(found[1], found[2]) if found else None


def unless_replaced(node: Node, replaced: TypingMapping[str, Bilingual], report: Report) -> Node | None:
    """The node, or None if it is of an older form; then its old keys are reported with what is in their place today."""
    if not isinstance(node, Mapping) or not replaced.keys() & node.items.keys():
        return node
    for key in node.items:
        if key in replaced:
            report(Problem(node.key_places[key], de=replaced[key].de, en=replaced[key].en))
    return None


def is_to_be_filled_in(text: str) -> bool:
    """Whether a text is what a template put in its place."""
    return text.strip().startswith(TO_BE_FILLED_IN)


def _meant(key: str, allowed: Collection[str]) -> str:
    """The key that somebody most likely meant, or nothing."""
    joined = next((each for each in allowed if key.startswith(f"{each}:")), "")
    return joined or next(iter(get_close_matches(key, allowed, n=1, cutoff=0.75)), "")


def quoted(name: str) -> Bilingual:
    """A name between the quotation marks of each language."""
    return Bilingual(de=f"„{name}“", en=f'"{name}"')


def shape(node: Node) -> Bilingual:
    """What stands there instead of what belongs there."""
    return _SHAPES[type(node)]
