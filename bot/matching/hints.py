"""What a message that nothing understands most probably says about the answer before it: a guess, by the cues of asides.

Owns which cue tells which aside in either language, and when a guess is clear enough; refuses whatever is long.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress

from bot.knowledge.model import Knowledge
from bot.knowledge.templates import TemplateFault
from bot.matching.cues import Cues, clearest
from bot.matching.gists import GistReader
from bot.matching.normalise import all_words, words
from bot.matching.vocabulary import Vocabulary
from bot.messages import LANGUAGES, Language

#: Who writes more tells a story or asks a question.
MOST_WORDS = 18
#: In shorter words a typo makes another word too often.
SHORTEST_REPAIRED = 5


class Hints:
    """The cues of one knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        readers = {language: GistReader(knowledge.lexicon, language) for language in LANGUAGES}
        self._readers = readers
        self._cues = {language: Cues(readers[language]) for language in LANGUAGES}
        self._small = {language: self._small_words(knowledge, language) for language in LANGUAGES}
        for name, aside in knowledge.asides.items():
            for language in LANGUAGES:
                self._learn(name, aside.cues[language], self._cues[language])
        told = {word for each in self._cues.values() for word in each.words}
        self._known = told.union(*self._small.values(), _concepts(knowledge))
        self._vocabulary = Vocabulary({word: 1 for word in told if len(word) >= SHORTEST_REPAIRED})

    def _learn(self, name: str, lines: Iterable[str], cues: Cues) -> None:
        for line in lines:
            # What is no template hints at nothing; checking the knowledge tells of it.
            with suppress(TemplateFault):
                cues.learn(name, line)

    def _small_words(self, knowledge: Knowledge, language: Language) -> set[str]:
        """What carries a message, whatever it is about."""
        lexicon = knowledge.lexicon
        lists = (lexicon.function_words, lexicon.negations, lexicon.question_words, lexicon.fillers)
        return all_words(text for each in lists for text in each[language]) | self._readers[language].known

    def hinted(self, text: str) -> str | None:
        """The one aside that a message most probably means; None if two may be meant, or none."""
        said = words(text.replace("§", " paragraph "))
        if not 0 < len(said) <= MOST_WORDS:
            return None
        weights: dict[str, float] = {}
        for language in LANGUAGES:
            for name, weight in self._weights(language, said).items():
                weights[name] = max(weight, weights.get(name, weight))
        return clearest(weights)

    def _weights(self, language: Language, said: Sequence[str]) -> dict[str, float]:
        full = [self._mended(word) for word in self._readers[language].spelled_out(said)]
        return self._cues[language].weights(full, [word in self._small[language] for word in full])

    def _mended(self, word: str) -> str:
        if len(word) < SHORTEST_REPAIRED or word in self._known:
            return word
        return self._vocabulary.repair(word) or word


def _concepts(knowledge: Knowledge) -> set[str]:
    """What is written correctly as it stands."""
    return all_words(phrase for phrases in knowledge.lexicon.concepts.values() for phrase in phrases.all)
