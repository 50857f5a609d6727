"""Which parts of a message ask, and which only tell the story before it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.model import Lexicon
from bot.matching.normalise import all_words, sentences, words

#: What a sentence that only tells counts, when another one asks.
STORY_WEIGHT = 0.4
#: Without a question in sight, so many sentences at the end count in full.
LAST_SENTENCES = 2
#: A dictated text has no full stops: after so many words "darf ich" or "can we" begins the question.
FEWEST_BEFORE = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text and how much it counts (0 to 1)."""

    text: str
    weight: float


class Parts:
    """Cuts texts with the question words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._question_words = all_words(lexicon.question_words.all)
        self._askers = all_words((*lexicon.asker_acts.all, *lexicon.anyone.all))

    def of(self, text: str) -> tuple[Part, ...]:
        """The parts of a text in order; never empty."""
        cut = sentences(text)
        if len(cut) == 1 and len(text) < 40:
            return (Part(text, 1.0),)
        found = [part for sentence in cut for part in self._opened(sentence)]
        asking = [self._asks(part) for part in found]
        if not any(asking):
            asking = [position >= len(found) - LAST_SENTENCES for position in range(len(found))]
        return tuple(Part(p, 1.0 if a else STORY_WEIGHT) for p, a in zip(found, asking, strict=True)) or (Part(text, 1.0),)

    def _asks(self, part: str) -> bool:
        said = words(part)
        return part.rstrip().endswith("?") or (len(said) > 2 and said[0] in self._question_words)

    def _opened(self, sentence: str) -> Iterator[str]:
        """A sentence, cut where a question begins in the middle of it."""
        said = sentence.split()
        opening = self._opening([" ".join(words(word)) for word in said])
        if opening is None:
            yield sentence
            return
        yield " ".join(said[:opening])
        yield " ".join(said[opening:])

    def _opening(self, said: Sequence[str]) -> int | None:
        """Where the last "darf ich" stands after enough words; None if there is none."""
        found = [
            position
            for position in range(FEWEST_BEFORE, len(said) - 2)
            if said[position] in self._question_words and said[position + 1] in self._askers
        ]
        return found[-1] if found else None
