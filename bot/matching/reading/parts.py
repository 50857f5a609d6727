"""Which parts of a message ask, and which only tell the story before it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.knowledge.lexicon import Lexicon
from bot.matching.normalise import all_words, sentences, words
from bot.matching.talk.utterances import Phrasing

#: What a sentence that only tells counts, when another one asks.
STORY_WEIGHT = 0.4
#: Without a question in sight, so many sentences at the end count in full.
LAST_SENTENCES = 2
#: A dictated text has no full stops: after so many words "darf ich" or "can we" begins the question.
FEWEST_BEFORE = 6

#: A question of fewer content words is about what was said before it.
ENOUGH_WORDS = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text and how much it counts (0 to 1)."""

    text: str
    weight: float


class Parts:
    """Cuts texts with the question words of a lexicon. `is_content` tells a word from grammar."""

    def __init__(self, lexicon: Lexicon, is_content: Callable[[str], bool]) -> None:
        self._is_content = is_content
        self._phrasing = Phrasing(lexicon)
        self._question_words = all_words(lexicon.question_words.all)
        self._askers = all_words((*lexicon.asker_acts.all, *lexicon.anyone.all))

    def of(self, text: str) -> tuple[Part, ...]:
        """The parts of a text in order; never empty."""
        found = [part for sentence in sentences(text) for part in self._opened(sentence)]
        if len(found) <= 1:
            return (Part(text, 1.0),)
        full = self._in_full(found)
        return tuple(Part(part, 1.0 if position in full else STORY_WEIGHT) for position, part in enumerate(found))

    def _in_full(self, parts: Sequence[str]) -> set[int]:
        """The positions of what asks, each with what comes before it if it says too little: "Geht das?"."""
        asking = {position for position, part in enumerate(parts) if self._phrasing.is_question(part)}
        asking = asking or set(range(max(0, len(parts) - LAST_SENTENCES), len(parts)))
        return asking | {position - 1 for position in asking if position and self._says_little(parts[position])}

    def _says_little(self, part: str) -> bool:
        return sum(map(self._is_content, words(part))) < ENOUGH_WORDS

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
