"""Personal data in what a person wrote: where it stands, and the text without it.

A pure function of the text. Finds what is certain: by a check digit, a numbering plan, or a word beside it. Refuses to
guess: a law, a date, a price or a company must not be taken for a person's data, and most names cannot be told from
other words. So what is left is not anonymous; it only shows less.

    plain       other digits, spaces and hyphens, invisible characters
    findings    what a detector reports
    runs        runs of digits, and numbers in them
    checksums   check digits
    vocabulary  words that are names, and words that are none
    contacts, places, numbers, birthdays, phones, addresses, persons: the detectors
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from bot.understanding.personal_data import addresses, birthdays, contacts, numbers, persons, phones, places
from bot.understanding.personal_data.findings import Detector, Found, Kind
from bot.understanding.personal_data.plain import plain

__all__ = ["Found", "Kind", "blank", "find"]

#: What these find has a digit in it, or the filling of a machine-readable line; most texts have neither.
_OF_DIGITS: tuple[Detector, ...] = (
    *places.DETECTORS,
    *numbers.DETECTORS,
    *birthdays.DETECTORS,
    *phones.DETECTORS,
    *addresses.DETECTORS,
)
#: In this order: each sees only what those before it have left.
_DETECTORS: tuple[Detector, ...] = (*contacts.DETECTORS, *_OF_DIGITS, *persons.DETECTORS)
_WITHOUT_DIGITS: tuple[Detector, ...] = (*contacts.DETECTORS, *persons.DETECTORS)
_DIGIT = re.compile(r"\d|<<")
#: A finding taken out may leave another beside it. One round is enough for what people write.
_MOST_ROUNDS = 4


def find(text: str) -> tuple[Found, ...]:
    """The personal data in a text, in its order and without overlaps."""
    seen = plain(text)
    found = sorted(_found(seen.text), key=lambda each: each.start)
    return tuple(Found(each.kind, *seen.original(each.start, each.end)) for each in found)


def blank(text: str, labels: Mapping[Kind, str]) -> str:
    """The text with "[label]" in place of each finding."""
    parts, end = list[str](), 0
    for each in find(text):
        parts += [text[end : each.start], f"[{labels[each.kind]}]"]
        end = each.end
    return "".join(parts) + text[end:]


def _found(text: str) -> Iterator[Found]:
    detectors = _DETECTORS if _DIGIT.search(text) else _WITHOUT_DIGITS
    for _ in range(_MOST_ROUNDS):
        before = text
        for detect in detectors:
            found = tuple(detect(text))
            yield from found
            text = _masked(text, found)
        if text == before:
            return


def _masked(text: str, found: Iterable[Found]) -> str:
    """Brackets for what is found: they end every pattern, as the label in its place will."""
    for each in found:
        text = text[: each.start] + "[" * (each.end - each.start) + text[each.end :]
    return text
