"""What a message that nothing understands most probably says about the answer before it: a guess by cues.

Owns which cue tells which aside in either language, and when a guess is clear enough; refuses whatever is long.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress

from rapidfuzz.distance import OSA

from bot.knowledge.model import Knowledge
from bot.knowledge.templates import TemplateFault
from bot.matching.normalise import all_words, words
from bot.matching.reading.vocabulary import Vocabulary
from bot.matching.talk.cues import Cues
from bot.matching.talk.gists import GistReader
from bot.messages import LANGUAGES, Language

#: Who writes more tells a story or asks a question.
MOST_WORDS = 26
#: So much tells against an aside for each word that is not in its cues: one that nobody needs to talk about an answer,
#: and one that a question of its own is made with.
STRANGE = 0.9
OWN = 1.3
#: So much, if it is in the cues of others.
TALK = 0.5
#: What is no longer is no word that tells anything: "a", "n", "i".
LONGEST_SLIGHT = 2
#: So much tells for each that something is said of "that", whatever it is.
POINTING = 0.3
#: The least that must tell for an aside after all.
ENOUGH = 1.25
#: So far ahead of the next is the one that is meant.
AHEAD = 0.1
#: In shorter words a typo makes another word too often.
SHORTEST_REPAIRED = 5
#: As often where a letter is another.
SHORTEST_DOUBTED = 9

#: Who asks what is allowed or due asks about more than an answer.
_OWN: Mapping[Language, frozenset[str]] = {
    "de": frozenset(words("darf darfst dürfen dürfte dürft muss müssen musst müsst")),
    "en": frozenset(words("may must shall should")),
}
_POINTING: Mapping[Language, frozenset[str]] = {
    "de": frozenset(words("das des dies es dazu dafür davon darüber daran damit dagegen darauf drauf dat dös antwort")),
    "en": frozenset(words("that this it answer")),
}


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
        self._topical = _concepts(knowledge)
        self._known = told.union(*self._small.values(), self._topical)
        self._vocabulary = Vocabulary({word: 1 for word in told if len(word) >= SHORTEST_REPAIRED})

    def _learn(self, name: str, lines: Iterable[str], cues: Cues) -> None:
        for line in lines:
            # What is no template hints at nothing.
            with suppress(TemplateFault):
                cues.learn(name, line)

    def _small_words(self, knowledge: Knowledge, language: Language) -> set[str]:
        """What carries a message, whatever it is about."""
        lexicon = knowledge.lexicon
        lists = (lexicon.function_words, lexicon.negations, lexicon.question_words, lexicon.fillers)
        reader = self._readers[language]
        return all_words(text for each in lists for text in each[language]) | reader.known | reader.chatter

    def hinted(self, text: str) -> str | None:
        """The one aside that a message most probably means; None if two may be meant, or none."""
        said = words(text.replace("§", " paragraph "))
        if not 0 < len(said) <= MOST_WORDS:
            return None
        weights: dict[str, float] = {}
        for language in LANGUAGES:
            for name, weight in self._weights(language, said).items():
                weights[name] = max(weight, weights.get(name, weight))
        return _clearest(weights)

    def _weights(self, language: Language, said: Sequence[str]) -> dict[str, float]:
        full = [self._mended(word) for word in self._readers[language].spelled_out(said)]
        against = [self._against(word, language) for word in full]
        found = self._cues[language].weights(full, against)
        pointing = POINTING if self._points(full, language) else 0.0
        return {name: weight + pointing for name, weight in found.items()}

    def _points(self, said: Sequence[str], language: Language) -> bool:
        """Whether something is said of "that"; in "that shop" it is of the shop."""
        following = (*said[1:], "")
        return any(
            word in _POINTING[language] and (not after or after in self._small[language])
            for word, after in zip(said, following, strict=True)
        )

    def _against(self, word: str, language: Language) -> float:
        if word in _OWN[language]:
            return OWN
        if word in self._small[language] or len(word) <= LONGEST_SLIGHT:
            return 0.0
        if word in self._topical:
            return OWN
        return TALK if self._cues[language].has(word) else STRANGE

    def _mended(self, word: str) -> str:
        """The word with its typo mended; one letter is another in long words alone: "lonely" is not "lovely"."""
        if len(word) < SHORTEST_REPAIRED or word in self._known:
            return word
        found = self._vocabulary.repair(word)
        if found is None or OSA.distance(word, found) > 1:
            return word
        has_other_letter = len(found) == len(word) and sorted(found) != sorted(word)
        return word if has_other_letter and len(word) < SHORTEST_DOUBTED else found


def _concepts(knowledge: Knowledge) -> set[str]:
    """What is written correctly as it stands."""
    return all_words(phrase for phrases in knowledge.lexicon.concepts.values() for phrase in phrases.all)


def _clearest(weights: Mapping[str, float]) -> str | None:
    """The one that is clearly ahead of all others, if enough tells for it."""
    ranked = sorted(weights.items(), key=lambda each: (-each[1], each[0]))
    if not ranked or ranked[0][1] < ENOUGH:
        return None
    is_clear = len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= AHEAD
    return ranked[0][0] if is_clear else None
