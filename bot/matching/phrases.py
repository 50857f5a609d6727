"""Recognising phrases in a text: whole words, in order, the longest first, one typo in a longer word forgiven."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.normalise import words

#: From this length on, one wrong letter is forgiven.
SHORTEST_FORGIVEN = 6

MeaningT = TypeVar("MeaningT")


@dataclass(frozen=True, slots=True)
class Found(Generic[MeaningT]):
    """A phrase in a text: what it means, and which words it covers."""

    meaning: MeaningT
    start: int
    end: int


class PhraseBook(Generic[MeaningT]):
    """Phrases with their meanings. A word in `known` is correct as it is, never a misspelt word of a phrase."""

    def __init__(self, phrases: Mapping[str, MeaningT], known: Collection[str] = ()) -> None:
        split = {tuple(words(phrase)): meaning for phrase, meaning in phrases.items()}
        self._meanings = {phrase: meaning for phrase, meaning in split.items() if phrase}
        self._known = known
        self._longest = max(map(len, self._meanings), default=0)
        self._words = {word for phrase in self._meanings for word in phrase}
        self._long_words = sorted(word for word in self._words if len(word) >= SHORTEST_FORGIVEN)

    def find(self, text: str) -> list[Found[MeaningT]]:
        """The phrases in a text from left to right, not overlapping."""
        return list(self._find([self._forgiven(word) for word in words(text)]))

    def _find(self, read: list[str]) -> Iterator[Found[MeaningT]]:
        position = 0
        while position < len(read):
            found = self._at(read, position)
            if found:
                yield found
            position = found.end if found else position + 1

    def _at(self, read: list[str], start: int) -> Found[MeaningT] | None:
        for end in range(min(len(read), start + self._longest), start, -1):
            phrase = tuple(read[start:end])
            if phrase in self._meanings:
                return Found(self._meanings[phrase], start, end)
        return None

    def _forgiven(self, word: str) -> str:
        if word in self._words or word in self._known or len(word) < SHORTEST_FORGIVEN:
            return word
        near = process.extractOne(word, self._long_words, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near and near[0][0] == word[0] else word
