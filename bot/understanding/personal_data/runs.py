"""Runs of digits with little between them, in which numbers are looked for at the edges of their groups.

Linear by construction: a kind of number asks for few lengths at each group, never for all parts of a run.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.computed import computed_once

_RUN = re.compile(r"(?<!\d)\d(?:[ \t./()-]{0,3}\d)*")
#: Digits that continue a word or a file number ("B0151", "RE-0151") are no number of their own.
_CONTINUED = re.compile(r"\w-?$")
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_TIME = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
#: "25.05.2018", "1.5.-3.5.2024", "25/5/18", "2018-05-25", "05/2018", "08.00-17.00 Uhr", "10.000", "0.25"
_DATES_AND_AMOUNTS = re.compile(
    rf"(?<![\d.+])(?<!\d[/-])(?:"
    rf"{_DAY}\.{_MONTH}\.(?:(?:19|20)?\d\d(?![\d.])|(?!\d))(?: ?- ?{_DAY}\.{_MONTH}\.(?:{_YEAR})?(?!\d))?"
    rf"|{_DAY}([/-]){_MONTH}\1(?:19|20)?\d\d(?!\d|[/-]\d)"
    rf"|{_YEAR}([-/.]){_MONTH}\2{_DAY}(?!\d|[/-]\d)"
    rf"|{_MONTH}[./]{_YEAR}(?!\d)"
    rf"|{_TIME}(?: ?- ?{_TIME})?(?= (?:Uhr|h|am|pm|o'clock)\b)"
    r"|[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])"
    r"|0\.\d+(?![\d.])"
    r")",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Run:
    """The digits of a run, and where each of them stands in the text."""

    text: str
    places: tuple[int, ...]
    digits: str

    @computed_once
    def starts(self) -> tuple[int, ...]:
        first = self.places[0]
        is_continued = _CONTINUED.search(self.text[max(0, first - 2) : first])
        return self._groups[1:] if is_continued else self._groups

    @computed_once
    def ends(self) -> frozenset[int]:
        return frozenset((*self._groups[1:], len(self.digits)))

    @computed_once
    def _groups(self) -> tuple[int, ...]:
        return tuple(i for i, place in enumerate(self.places) if i == 0 or self.places[i - 1] != place - 1)

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def runs(text: str, shortest: int) -> Iterator[Run]:
    """The runs of at least so many digits."""
    for match in _RUN.finditer(text):
        places = tuple(i for i in range(match.start(), match.end()) if text[i].isdigit())
        if len(places) >= shortest:
            yield Run(text, places, "".join(text[i] for i in places))


def numbers(run: Run, length_at: Callable[[Run, int], int]) -> Iterator[tuple[int, int]]:
    """The spans of the numbers in a run: `length_at` says how many digits the number at a group has, 0 for none."""
    free = 0
    for start in run.starts:
        if start >= free and (length := length_at(run, start)):
            free = start + length
            yield run.span(start, free)


def without_dates(text: str) -> str:
    """The text with dates, times and amounts crossed out, at the same places."""
    return _DATES_AND_AMOUNTS.sub(lambda match: "#" * len(match[0]), text)
