"""What a text can say about a time, and the rules that find it. Knows no words of its own, and no "now" but a date."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Ago:
    """So long before now."""

    span: timedelta


@dataclass(frozen=True, slots=True)
class Day:
    """A day; `recurs` in so many days, if it is named by what recurs ("Friday")."""

    date: date
    recurs: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a day: the hour it begins at, and how an hour of twelve is read in it.

    A "night" goes on into the next day ("Freitagnacht um eins"), "nights" do not ("am 28.11. nachts um eins")."""

    hour: int
    half: Literal["am", "noon", "pm", "night", "nights"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `is_open` if it may be meant before noon or after, `is_bare` if only a day beside it makes it
    one: "um 8 Kunden" names no time."""

    hour: int
    minute: int = 0
    is_open: bool = False
    is_bare: bool = False


Meaning: TypeAlias = Ago | Day | Part | Clock


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that a text says about a time, and where it stands."""

    start: int
    end: int
    meaning: Meaning


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern in folded text, and what a match means; nothing, if it only looks like a time.

    It is compiled when the first text is read, and kept by `re`: the bot starts without.
    """

    pattern: str
    meant: Callable[[re.Match[str], date], tuple[Meaning, ...]]


#: Stands where a rule has been: no pattern goes on across it.
TAKEN = "\0"


def rule(pattern: str, meant: Callable[[re.Match[str], date], tuple[Meaning, ...]]) -> Rule:
    return Rule(rf"\b(?:{pattern})", meant)


def pieces(text: str, today: date, rules: Iterable[Rule]) -> list[Piece]:
    """The pieces of a folded text in order; of two rules that want the same words the first has them."""
    found: list[Piece] = []
    for each in rules:
        for match in re.finditer(each.pattern, text):
            found += [Piece(*match.span(), meaning) for meaning in each.meant(match, today)]
            text = f"{text[: match.start()]}{TAKEN * len(match[0])}{text[match.end() :]}"
    return sorted(found, key=lambda piece: piece.start)


def nothing(_match: re.Match[str], _today: date) -> tuple[Meaning, ...]:
    """What is no time although it looks like one: "guten Abend"."""
    return ()
