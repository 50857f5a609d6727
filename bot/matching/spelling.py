"""Which word of a phrase a word is meant for: itself, misspelt or stretched, or at the end of a compound."""

import re
from collections.abc import Collection, Container
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: From this length on, one wrong letter is forgiven.
SHORTEST_FORGIVEN = 6
#: So many words that are like a word are looked at.
MOST_LIKE = 8
#: The parts of a compound of which the last is taken for the whole.
SHORTEST_FIRST_PART = 4
SHORTEST_HEAD = 6
#: A compound of which the end alone is a phrase needs less of a first part: "Bauamt".
SHORTEST_BEFORE_END = 3
END = "-"
#: No word that anybody writes is longer; what is would cost the square of its length for nothing.
LONGEST_WORD = 60
#: What somebody stretches: "jaaa", "neeein".
_STRETCHED = re.compile(r"([a-z])\1{2,}|([a-z])\2+$")


#: What lies side by side on a keyboard, German or English, or sounds alike.
_ROWS = ("qwertzuiop", "qwertyuiop", "asdfghjkl", "yxcvbnm", "zxcvbnm")
_BELOW = (("qwertzuiop", "asdfghjkl"), ("qwertyuiop", "asdfghjkl"), ("asdfghjkl", "yxcvbnm"), ("asdfghjkl", "zxcvbnm"))
#: What sounds alike.
_ALIKE = ("dt", "bp", "gk", "fv", "vw", "sz", "ck", "mn", "iy")
#: In what words differ that are inflected.
_ENDINGS = ("", *"emnrs")
_SIDE_BY_SIDE = frozenset(
    frozenset(pair)
    for pair in (
        *(pair for row in _ROWS for pair in pairwise(row)),
        *(pair for upper, lower in _BELOW for shift in (0, 1) for pair in zip(upper[shift:], lower, strict=False)),
        *_ALIKE,
    )
)


class _EveryWord:
    """Takes every word for correct."""

    def __contains__(self, word: object) -> bool:
        return True


#: For a book of grammar, whose words are too like each other to forgive anything: "kennen" and "können".
EVERY_WORD: Container[str] = _EveryWord()


class Spelling:
    """Knows the words of phrases. `heads` are phrases of one word, `known` words correct, and `whole` no compounds."""

    def __init__(
        self, in_phrases: Collection[str], heads: Container[str], known: Container[str], whole: Container[str]
    ) -> None:
        ends = {word for word in in_phrases if word.startswith(END)}
        self._words = set(in_phrases) - ends
        self._ends = {word.removeprefix(END) for word in ends}
        self._end_lengths = sorted({len(word) for word in self._ends}, reverse=True)
        self._heads = heads
        self._known = known
        self._whole = whole
        self._long_words: dict[str, list[str]] = {}
        for word in sorted(word for word in self._words if len(word) >= SHORTEST_FORGIVEN):
            self._long_words.setdefault(word[0], []).append(word)

    def meant(self, word: str) -> str:
        """The word of a phrase that is meant, or the word itself."""
        if word in self._words or word in self._known or len(word) > LONGEST_WORD or self.end(word):
            return word
        if len(word) < SHORTEST_FORGIVEN or _STRETCHED.search(word):
            return self._unstretched(word) or word
        # Hardly anybody misses a word's first letter.
        alike = self._long_words.get(word[0], ())
        near = process.extract(word, alike, scorer=OSA.distance, score_cutoff=1, limit=MOST_LIKE)
        meant = next((other for other, _, _ in sorted(near, key=lambda each: each[1:]) if _is_slip(word, other)), None)
        return meant or (self._head(word) if word not in self._whole else None) or word

    def _unstretched(self, word: str) -> str | None:
        shorter = _STRETCHED.sub(lambda found: found[1] or found[2], word)
        return shorter if shorter in self._words else None

    def end(self, word: str) -> str | None:
        """The longest end of a compound that a word has."""
        if word in self._whole:
            return None
        lengths = (length for length in self._end_lengths if length + SHORTEST_BEFORE_END <= len(word))
        return next((END + word[-length:] for length in lengths if word[-length:] in self._ends), None)

    def _head(self, word: str) -> str | None:
        """The longest phrase that an unknown compound ends in: who is an "Antiquitätenhändler" is a "Händler"."""
        ends = (word[start:] for start in range(SHORTEST_FIRST_PART, len(word) - SHORTEST_HEAD + 1))
        return next((end for end in ends if end in self._heads), None)


def _is_slip(typed: str, meant: str) -> bool:
    """Whether a word that differs in one place may be a slip of the fingers (a letter left out, doubled, swapped with
    the next one, or hit beside its key) or has another ending. "Schuhe" are no "Schule", "Kirschen" no "Kirchen"."""
    at = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), len(meant))
    if len(typed) < len(meant) or (at >= len(meant) - 1 and typed[at:] in _ENDINGS and meant[at:] in _ENDINGS):
        return True
    if len(typed) > len(meant):
        around = {*typed[max(0, at - 1) : at], *typed[at + 1 : at + 2]}
        return any(typed[at] == each or _beside(typed[at], each) for each in around)
    is_swapped = typed[at : at + 2] == meant[at : at + 2][::-1]
    return is_swapped or _beside(typed[at], meant[at])


def _beside(one: str, other: str) -> bool:
    return frozenset((one, other)) in _SIDE_BY_SIDE
