"""Sentence templates: one line that stands for many phrasings.

    Darf ich [als Betrieb] (Angebote|Werbung) per {whatsapp} schicken?

`(a|b)` is one of several, `[a]` may be left out, `{name}` is any phrase of that concept of the lexicon in the language
of the template. They nest. A template that stands for more phrasings than a cap gives an even selection of them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd, prod
from typing import TypeAlias

from bot.computed import computed_once
from bot.knowledge.phrases import Bilingual

#: A template that stands for more is a mistake.
MOST_MEANT = 1_000_000

_GOLDEN_RATIO = 0.6180339887498949
#: Stands in a phrase for any phrase of a class, in the language that it was written in.
SLOT = re.compile(r"(\{[a-z]{2}:[\w-]+\})")
_MARK = re.compile(r"[()\[\]{}|]")
_SPACES = re.compile(r"\s+")
_BEFORE_SIGN = re.compile(r" ([,.;:!?])")


class TemplateFault(Exception):
    """A template cannot be read; `told` says why and what to do, to go on after its name. It may lack a `concept`."""

    def __init__(self, *, de: str, en: str, concept: str = "") -> None:
        self.told = Bilingual(de=de, en=en)
        self.concept = concept
        super().__init__(en)


@dataclass(frozen=True)
class _Choice:
    """One of several ways to go on."""

    ways: "tuple[_Sequence, ...]"

    @computed_once
    def count(self) -> int:
        return sum(way.count for way in self.ways)

    def at(self, number: int) -> str:
        for way in self.ways:
            if number < way.count:
                return way.at(number)
            number -= way.count
        raise IndexError(number)


@dataclass(frozen=True)
class _Sequence:
    """Parts one after the other."""

    parts: "tuple[_Part, ...]"

    @computed_once
    def count(self) -> int:
        return prod(1 if isinstance(part, str) else part.count for part in self.parts)

    def at(self, number: int) -> str:
        texts = []
        for part in self.parts:
            if isinstance(part, str):
                texts.append(part)
            else:
                number, within = divmod(number, part.count)
                texts.append(part.at(within))
        return "".join(texts)


_Part: TypeAlias = "str | _Choice"


def expand(template: str, lists: Mapping[str, Sequence[str]], most: int) -> tuple[str, ...]:
    """At most so many phrasings of a template, itself if it has no marks; raises TemplateFault."""
    if not _MARK.search(template):
        return (template,)
    read = _Reader(template, lists).whole()
    if read.count > MOST_MEANT:
        raise TemplateFault(
            de=f"steht für {read.count} Formulierungen: bitte Möglichkeiten weglassen, oder zwei Vorlagen schreiben",
            en=f"stands for {read.count} phrasings: leave some alternatives out, or make two of it",
        )
    return tuple(dict.fromkeys(_tidy(read.at(number)) for number in _selection(read.count, most)))


def _selection(total: int, most: int) -> Sequence[int]:
    """The numbers of all phrasings, or of as many as the cap allows, evenly spread (steps of the golden ratio)."""
    if total <= most:
        return range(total)
    step = next(step for step in range(round(total * _GOLDEN_RATIO), total) if gcd(step, total) == 1)
    return sorted(number * step % total for number in range(most))


class _Reader:
    """Reads one template from left to right."""

    def __init__(self, template: str, lists: Mapping[str, Sequence[str]]) -> None:
        self._signs = [part for part in re.split(r"([()\[\]{}|])", template) if part]
        self._lists = lists
        self._position = 0

    def whole(self) -> _Sequence:
        read = self._ways("")
        if len(read) > 1:
            raise TemplateFault(
                de="hat „|“ außerhalb von Klammern: bitte (eines|anderes) schreiben",
                en='has "|" outside brackets: write (one|other)',
            )
        return read[0]

    def _ways(self, closing: str) -> tuple[_Sequence, ...]:
        """Alternatives up to the closing bracket."""
        ways: list[_Sequence] = []
        parts: list[_Part] = []
        while (sign := self._next(closing)) != closing:
            if sign == "|":
                ways.append(_Sequence(tuple(parts)))
                parts = []
            else:
                parts.append(self._part(sign))
        return (*ways, _Sequence(tuple(parts)))

    def _part(self, sign: str) -> _Part:
        if sign == "(":
            return _Choice(self._ways(")"))
        if sign == "[":
            return _Choice((*self._ways("]"), _Sequence(())))
        if sign == "{":
            return self._list()
        if sign in ")]}":
            raise TemplateFault(
                de=f"hat ein „{sign}“, das nichts öffnet: bitte entfernen, oder die öffnende Klammer ergänzen",
                en=f'has a "{sign}" that nothing opens: remove it, or add the opening bracket',
            )
        return sign

    def _list(self) -> _Choice:
        name = self._next("}")
        if self._next("}") != "}" or name not in self._lists:
            raise TemplateFault(
                de=f"nennt mit „{{{name}}}“ keinen Begriff: bitte einen Begriff aus lexicon.yaml nennen",
                en=f'names no concept with "{{{name}}}": write the id of a concept of lexicon.yaml',
                concept=name,
            )
        if not self._lists[name]:
            raise TemplateFault(
                de=f"steht für nichts: der Begriff „{name}“ hat in lexicon.yaml keine Wörter in dieser Sprache",
                en=f'stands for nothing: the concept "{name}" has no words of this language in lexicon.yaml',
                concept=name,
            )
        return _Choice(tuple(_Sequence((phrase,)) for phrase in self._lists[name]))

    def _next(self, closing: str) -> str:
        if self._position == len(self._signs):
            if closing:
                raise TemplateFault(
                    de=f"schließt nicht mit „{closing}“: bitte ergänzen", en=f'lacks its closing "{closing}": add it'
                )
            return ""
        self._position += 1
        return self._signs[self._position - 1]


def _tidy(text: str) -> str:
    """One space between words, none before a full stop: what was left out leaves a gap."""
    return _BEFORE_SIGN.sub(r"\1", _SPACES.sub(" ", text).strip())
