"""Text as a reader sees it: other digits, spaces, hyphens and wide letters become plain ones, what is invisible goes.

Character by character, so that every place in the plain text is a place in the original.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

#: Combining marks and invisible characters; a mark on a letter goes too, the letter is enough to see a name by.
_DROPPED = frozenset({"Mn", "Me", "Cf"})
#: Signs that look like another one but are not compatible with it in Unicode's sense.
_LOOKS_LIKE = {"º": "°", "˚": "°", "−": "-", "’": "'", "′": "'", "″": '"', "”": '"', "ㅤ": "", "⠀": " "}


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain text, and where each of its characters stands in the original."""

    text: str
    places: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        return self.places[start], self.places[end - 1] + 1


def plain(text: str) -> Plain:
    if text.isascii():
        return Plain(text, tuple(range(len(text))))
    seen = [(character, place) for place, each in enumerate(text) if (character := _plain(each))]
    return Plain("".join(character for character, _ in seen), tuple(place for _, place in seen))


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """One character or none: an expansion ("㏂") holds no number, and could make a text many times as long."""
    if character in _LOOKS_LIKE:
        return _LOOKS_LIKE[character]
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    return _by_category(character, unicodedata.category(character))


def _by_category(character: str, category: str) -> str:
    if category in _DROPPED:
        return ""
    if category in ("Zs", "Pd"):
        return " " if category == "Zs" else "-"
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 else character
