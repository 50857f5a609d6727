"""Which of a few lines a question is about: "muss ich das melden?" is about the one that says what to report.

Owns that a line is named by a word that few of them have. Refuses to guess: a tie is about none.
"""

from collections.abc import Collection, Sequence

from bot.matching.normalise import stem, words
from bot.matching.reading.features import Reader
from bot.messages import Language

#: Words that share so many letters at their beginning are forms of one: "melden", "meldepflichtig".
SHARED_LETTERS = 4
#: A word that more lines have says nothing about one of them.
MOST_LINES = 2


class Lines:
    """A few lines of one language."""

    def __init__(self, lines: Sequence[str], language: Language, reader: Reader) -> None:
        self._reader = reader
        self._language = language
        self._lines = [self._stems(line) for line in lines]

    def about(self, text: str) -> int | None:
        """The position of the line that a text is about, if there is one."""
        said = self._stems(text)
        found = [self._named(said, line) for line in self._lines]
        best = max(found, default=0.0)
        return found.index(best) if best > 0 and found.count(best) == 1 else None

    def _named(self, said: Collection[str], line: Collection[str]) -> float:
        """How much of a text names this line: a word the more, the fewer lines have it."""
        shared = [word for word in said if _has(line, word)]
        counts = [sum(_has(each, word) for each in self._lines) for word in shared]
        return sum(1 / count for count in counts if count <= MOST_LINES)

    def _stems(self, text: str) -> frozenset[str]:
        content = (word for word in words(text) if self._reader.is_content(word))
        return frozenset(stem(word, self._language) for word in content)


def _has(line: Collection[str], word: str) -> bool:
    return any(_is_form_of(word, other) for other in line)


def _is_form_of(one: str, other: str) -> bool:
    if one == other:
        return True
    return min(len(one), len(other)) >= SHARED_LETTERS and one[:SHARED_LETTERS] == other[:SHARED_LETTERS]
