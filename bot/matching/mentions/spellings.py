"""Finding the terms of a glossary in words: as they are spelt, inflected, run together, mistyped; laws by section.

Owns which stretch of a text is which term. Refuses to say what the text wants of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TypeAlias

from rapidfuzz.distance import OSA

from bot.knowledge.model import Term
from bot.matching.mentions.frame_book import FrameBook
from bot.matching.normalise import stem, words
from bot.messages import LANGUAGES, Language

#: From so many letters on one wrong one is forgiven, and from so many two.
SHORTEST_FORGIVEN = 6
LONG = 10
#: People write apart what is one word: "Auftrags verarbeitungs vertrag".
MORE_WORDS = 2
#: What is longer is no term that anybody wrote.
LONGEST_SPELT = 60
#: What inflection changes at the end of a word; "-ung" beside "-er" is another word.
_ENDINGS = frozenset({"", "e", "en", "em", "er", "ern", "es", "n", "s", "se", "sen", "nen"})
LONGEST_ENDING = 3
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"))

_Words: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spelt:
    """A term in a text, and the positions of the first of its words and of the one behind its last."""

    term: str
    start: int
    end: int


class Spellings:
    """The spellings of some terms, in all languages together."""

    def __init__(self, terms: Mapping[str, Term], frames: FrameBook) -> None:
        self._heads, self._parts = frames.words("provisions"), frames.words("parts_of_provisions")
        self._exact: dict[_Words, str] = {}
        self._joined: dict[str, str] = {}
        self._stemmed: dict[Language, dict[_Words, list[_Words]]] = {language: {} for language in LANGUAGES}
        self._provisions: dict[_Words, str] = {}
        for term in terms.values():
            for language in LANGUAGES:
                for spelling in dict.fromkeys((term.name[language], *term.said_as[language])):
                    self._learn(term.id, spelling, language)
        self._longest = max(map(len, self._exact), default=0)
        #: What may be mistyped, by its first letter and the number of its words: a digit is never a typo.
        self._long: dict[tuple[str, int], list[_Words]] = {}
        for read in self._exact:
            if not any(sign.isdigit() for word in read for sign in word):
                self._long.setdefault((read[0][0], len(read)), []).append(read)

    def _learn(self, term: str, spelling: str, language: Language) -> None:
        read = tuple(words(spelling))
        if not read:
            return
        self._exact.setdefault(read, term)
        self._joined.setdefault("".join(read), term)
        self._stemmed[language].setdefault(_stems(read, language), []).append(read)
        core = tuple(word for word in read if word not in self._heads)
        if len(core) >= 2 and core[0][0].isdigit():
            self._provisions.setdefault(core, term)

    def in_answer(self, read: Sequence[str], language: Language) -> list[Spelt]:
        """The terms in a text that somebody wrote with care, in order, no word in two of them; the longest first."""
        found: list[Spelt] = []
        position = 0
        while position < len(read):
            spelt = self._provision_at(read, position) or self._carefully_at(read, position, language)
            found += [spelt] if spelt else []
            position = spelt.end if spelt else position + 1
        return found

    def in_question(self, read: Sequence[str]) -> list[Spelt]:
        """The terms in a message, in order, no word in two of them; what is spelt right goes before what is not."""
        taken: set[int] = set()
        found: list[Spelt] = []
        for _, spelt in sorted(self._possible(read), key=lambda each: (each[0], each[1].start - each[1].end)):
            place = set(range(spelt.start, spelt.end))
            if taken.isdisjoint(place):
                taken |= place
                found.append(spelt)
        return sorted(found, key=lambda each: each.start)

    def _possible(self, read: Sequence[str]) -> Iterator[tuple[bool, Spelt]]:
        """Every stretch that may be a term, and whether only a typo makes it one."""
        for start in range(len(read)):
            provision = self._provision_at(read, start)
            if provision:
                yield False, provision
            for end in range(start + 1, min(len(read), start + self._longest + MORE_WORDS) + 1):
                part = tuple(read[start:end])
                right = self._rightly(part)
                if right:
                    yield False, Spelt(right, start, end)
                elif meant := self._mistyped(part):
                    yield True, Spelt(meant, start, end)

    def _rightly(self, part: _Words) -> str | None:
        exact = self._exact.get(part) or self._joined.get("".join(part))
        if exact:
            return exact
        inflected = (self._inflected(part, language) for language in LANGUAGES)
        return next((term for term in inflected if term), None)

    def _mistyped(self, part: _Words) -> str | None:
        """The term that is meant: word by word, or run together ("doubleoptim")."""
        if sum(map(len, part)) > LONGEST_SPELT:
            return None
        # Hardly anybody misses a word's first letter.
        first = part[0][0]
        alike = [each for each in self._long.get((first, len(part)), ()) if all(map(_are_alike, part, each))]
        if len(part) == 1:
            run = [each for count in range(2, self._longest + 1) for each in self._long.get((first, count), ())]
            alike += [each for each in run if _is_typo(part[0], "".join(each))]
        nearest = min(alike, key=lambda each: OSA.distance("".join(part), "".join(each)), default=None)
        return self._exact[nearest] if nearest else None

    def _carefully_at(self, read: Sequence[str], start: int, language: Language) -> Spelt | None:
        for end in range(min(len(read), start + self._longest), start, -1):
            part = tuple(read[start:end])
            term = self._exact.get(part) or self._inflected(part, language)
            if term:
                return Spelt(term, start, end)
        return None

    def _inflected(self, part: _Words, language: Language) -> str | None:
        for spelling in self._stemmed[language].get(_stems(part, language), ()):
            if all(map(_are_forms, part, spelling)):
                return self._exact[spelling]
        return None

    def _provision_at(self, read: Sequence[str], start: int) -> Spelt | None:
        """A section that begins here, whichever paragraph of it is named: "Art. 6 Abs. 1 Buchst. f DSGVO"."""
        number = start + (read[start] in self._heads)
        if number >= len(read) or not read[number][0].isdigit():
            return None
        law = number + 1
        while law < len(read) and self._is_part(read[law]):
            law += 1
        for end in range(min(len(read), law + self._longest), law, -1):
            term = self._provisions.get((read[number], *read[law:end]))
            if term:
                return Spelt(term, start, end)
        return None

    def _is_part(self, word: str) -> bool:
        return word in self._parts or word.isdigit() or len(word) == 1


def _stems(read: Iterable[str], language: Language) -> _Words:
    return tuple(stem(word, language) for word in read)


def _are_alike(one: str, other: str) -> bool:
    return one == other or (one[0] == other[0] and (_is_typo(one, other) or _are_forms(one, other)))


def _is_typo(written: str, meant: str) -> bool:
    """Whether a word that is long enough to be told from others differs in a letter or, if it is long, in two."""
    reach = 2 if len(meant) >= LONG else 1
    return len(meant) >= SHORTEST_FORGIVEN and OSA.distance(written, meant, score_cutoff=reach) <= reach


def _are_forms(one: str, other: str) -> bool:
    """Whether two words with the same stem differ in nothing but their inflection."""
    plain, alike = _without_umlauts(one), _without_umlauts(other)
    stem_length = max(len(plain), len(alike)) - LONGEST_ENDING
    # Nearly all are told apart by that.
    if stem_length > 0 and plain[:stem_length] != alike[:stem_length]:
        return False
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(plain, alike, strict=False)))
    return any({plain[cut:], alike[cut:]} <= _ENDINGS for cut in range(max(0, same - LONGEST_ENDING), same + 1))


def _without_umlauts(word: str) -> str:
    for written, letter in _UMLAUTS:
        word = word.replace(written, letter)
    return word
