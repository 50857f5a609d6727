"""The words that the knowledge uses: which is known, which known word is meant, and what a compound is made of."""

from collections.abc import Iterable, Iterator, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: Shorter words are left as they are: at one edit they reach too many others.
SHORTEST_REPAIRED = 4
#: From this length on, two edits are taken for a misspelling.
LONG_WORD = 9
SHORTEST_PART = 4
#: No German compound that anybody writes is longer, and what is would cost time for nothing.
LONGEST_COMPOUND = 60
_LINKS = ("", "s", "es", "n", "en", "e", "er")


class Vocabulary:
    """Known words with how often they occur."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        self._counts = dict(sorted(counts.items()))
        #: By length and the first letter, and by length and the first two.
        self._by_start: dict[tuple[int, str], list[str]] = {}
        for word in self._counts:
            for start in {word[:1], word[:2]}:
                self._by_start.setdefault((len(word), start), []).append(word)

    def __contains__(self, word: object) -> bool:
        return word in self._counts

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)

    def count(self, word: str) -> int:
        """In how many texts a word occurs."""
        return self._counts[word]

    def repair(self, word: str) -> str | None:
        """The known word that a misspelt one most likely is, or None: the nearest, of these the most frequent."""
        if len(word) < SHORTEST_REPAIRED or not word.isalpha():
            return None
        reach = 2 if len(word) >= LONG_WORD else 1
        found = process.extract(word, self._near(word, reach), scorer=OSA.distance, score_cutoff=reach, limit=None)
        ranked = sorted(found, key=lambda each: (each[1], -self._counts[each[0]], each[0]))
        return ranked[0][0] if ranked else None

    def _near(self, word: str, reach: int) -> list[str]:
        """The known words about as long that begin alike: people hardly ever miss a word's first letter ("rundes" is
        not "bundes"), but swap the first two."""
        lengths = range(max(SHORTEST_REPAIRED, len(word) - reach), len(word) + reach + 1)
        starts = (word[0], word[1] + word[0]) if word[0] != word[1] else (word[0],)
        return [each for length in lengths for start in starts for each in self._by_start.get((length, start), ())]

    def parts(self, word: str) -> tuple[str, ...]:
        """The known words a compound is made of; if only its head (the last part) is known, that; else nothing."""
        if len(word) > LONGEST_COMPOUND:
            return ()
        whole = self._split(word)
        if whole:
            return whole
        heads = (word[start:] for start in range(SHORTEST_PART, len(word) - SHORTEST_PART))
        head = next((head for head in heads if head in self._counts), None)
        return (head,) if head else ()

    def _split(self, word: str) -> tuple[str, ...]:
        """The fewest known words that make up a word from its start to its end; nothing if none do.

        From the end backwards, each rest solved once: trying every way of cutting would take exponential time.
        """
        rests: dict[int, tuple[str, ...]] = {}
        for start in range(len(word) - SHORTEST_PART, -1, -1):
            ways: list[tuple[str, ...]] = [(word[start:],)] if word[start:] in self._counts else []
            for end, rest in rests.items():
                first = self._without_link(word[start:end])
                ways += [(first, *rest)] if first else []
            if ways:
                rests[start] = min(ways, key=len)
        whole = rests.get(0, ())
        return whole if len(whole) > 1 else ()

    def _without_link(self, part: str) -> str | None:
        stripped = (part.removesuffix(link) for link in _LINKS if part.endswith(link))
        return next((each for each in stripped if len(each) >= SHORTEST_PART and each in self._counts), None)


def count_words(texts: Iterable[Iterable[str]]) -> dict[str, int]:
    """In how many texts each word occurs."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in set(text):
            counts[word] = counts.get(word, 0) + 1
    return counts
