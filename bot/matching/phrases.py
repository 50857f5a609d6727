"""Recognising phrases in a text: whole words, in order, the longest first, one typo in a longer word forgiven.

A phrase may have one gap, written "…": "haben … zugestimmt" is found in "haben der Werbung zugestimmt".
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeAlias, TypeVar

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.matching.normalise import words

#: From this length on, one wrong letter is forgiven.
SHORTEST_FORGIVEN = 6
#: So many words a gap may span.
LONGEST_GAP = 9
GAP = "…"
#: The parts of a compound of which the last is taken for the whole.
SHORTEST_FIRST_PART = 4
SHORTEST_HEAD = 6
#: No word that anybody writes is longer; what is would cost the square of its length for nothing.
LONGEST_WORD = 60

MeaningT = TypeVar("MeaningT")
_Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[MeaningT]):
    """A phrase in a text: what it means, and the positions of its words in order."""

    meaning: MeaningT
    positions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Rest(Generic[MeaningT]):
    """What follows a gap; the number tells which was learnt first."""

    number: int
    words: _Words
    meaning: MeaningT


class PhraseBook(Generic[MeaningT]):
    """Phrases with their meanings.

    A word in `known` is correct as it is, never a misspelt word of a phrase; one in `barred` never stands in a gap. If
    the book `is_exact`, nothing is forgiven: words of grammar are too like each other ("kennen", "können").
    """

    def __init__(
        self,
        phrases: Mapping[str, MeaningT],
        known: Collection[str] = (),
        barred: Collection[str] = (),
        *,
        is_exact: bool = False,
    ) -> None:
        self._meanings: dict[_Words, MeaningT] = {}
        #: By the words before the gap, then by the first word after it: all that may follow is looked for at once.
        self._gapped: dict[_Words, dict[str, list[_Rest[MeaningT]]]] = {}
        for phrase, meaning in phrases.items():
            self._learn(phrase, meaning)
        self._is_exact = is_exact
        self._known = known
        self._barred = barred
        self._lengths = _lengths((*self._meanings, *self._gapped))
        self._words = {word for phrase in phrases for word in words(phrase)}
        self._long_words: dict[str, list[str]] = {}
        for word in sorted(word for word in self._words if len(word) >= SHORTEST_FORGIVEN):
            self._long_words.setdefault(word[0], []).append(word)

    def _learn(self, phrase: str, meaning: MeaningT) -> None:
        before, gap, after = phrase.partition(GAP)
        first, second = tuple(words(before)), tuple(words(after))
        if gap and first and second:
            rests = self._gapped.setdefault(first, {})
            number = sum(map(len, rests.values()))
            rests.setdefault(second[0], []).append(_Rest(number, second, meaning))
        elif first or second:
            self._meanings[first or second] = meaning

    def find(self, text: str) -> list[Found[MeaningT]]:
        """The phrases in a text from left to right, no word in two of them."""
        return self.find_in(words(text))

    def find_in(self, read: Sequence[str]) -> list[Found[MeaningT]]:
        """The phrases in words, as `find`."""
        if self._is_exact:
            return list(self._find(read))
        forgiven = {word: self._forgiven(word) for word in set(read)}
        return list(self._find([forgiven[word] for word in read]))

    def _find(self, read: Sequence[str]) -> Iterator[Found[MeaningT]]:
        taken: set[int] = set()
        for start in range(len(read)):
            possible = [each for each in self._at(read, start) if taken.isdisjoint(each.positions)]
            if possible:
                longest = max(possible, key=lambda each: len(each.positions))
                taken.update(longest.positions)
                yield longest

    def _at(self, read: Sequence[str], start: int) -> Iterator[Found[MeaningT]]:
        room = len(read) - start
        for end in (start + length for length in self._lengths.get(read[start], ()) if length <= room):
            phrase = tuple(read[start:end])
            if phrase in self._meanings:
                yield Found(self._meanings[phrase], tuple(range(start, end)))
            rests = self._gapped.get(phrase)
            if rests:
                yield from self._resumed(read, start, end, rests)

    def _resumed(
        self, read: Sequence[str], start: int, end: int, rests: Mapping[str, Sequence[_Rest[MeaningT]]]
    ) -> Iterator[Found[MeaningT]]:
        """The phrases that go on after their gap, each where it does so first, in the order they were learnt in."""
        found: dict[int, Found[MeaningT]] = {}
        for position in range(end, min(len(read), end + LONGEST_GAP + 1)):
            for rest in rests.get(read[position], ()):
                last = position + len(rest.words)
                if rest.number not in found and tuple(read[position:last]) == rest.words:
                    found[rest.number] = Found(rest.meaning, (*range(start, end), *range(position, last)))
            if read[position] in self._barred:
                break
        return iter([found[number] for number in sorted(found)])

    def _forgiven(self, word: str) -> str:
        if word in self._words or word in self._known or not SHORTEST_FORGIVEN <= len(word) <= LONGEST_WORD:
            return word
        # Hardly anybody misses a word's first letter.
        alike = self._long_words.get(word[0], ())
        near = process.extractOne(word, alike, scorer=OSA.distance, score_cutoff=1)
        return near[0] if near else self._head(word) or word

    def _head(self, word: str) -> str | None:
        """The longest phrase that an unknown compound ends in: who is an "Antiquitätenhändler" is a "Händler"."""
        ends = (word[start:] for start in range(SHORTEST_FIRST_PART, len(word) - SHORTEST_HEAD + 1))
        return next((end for end in ends if (end,) in self._meanings), None)


def _lengths(phrases: Iterable[_Words]) -> dict[str, list[int]]:
    """How many words the phrases have that begin with a word, the longest first: most words begin none."""
    found: dict[str, set[int]] = {}
    for phrase in phrases:
        found.setdefault(phrase[0], set()).add(len(phrase))
    return {word: sorted(lengths, reverse=True) for word, lengths in found.items()}
