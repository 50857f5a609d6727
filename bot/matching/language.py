"""Is a text German or English, or neither? Learnt from the knowledge's own texts, so it knows their words.

What a knowledge of one language is asked in the other is told apart, too, by the words that every knowledge has.
"""

from collections.abc import Iterator
from math import log

from bot.knowledge.model import Knowledge
from bot.matching.normalise import all_words, words
from bot.messages import LANGUAGES, Language

#: One word alone never decides more than this (in nats): a name or a quoted title must not outweigh the sentence.
MOST_PER_WORD = 2.5
#: Below this much evidence the text is neither.
LEAST_EVIDENCE = 0.7
LEAST_TO_SWITCH = 2.2
#: Where no word of grammar is among it, the words may be names: "Cloud-API via Dienstleister".
LEAST_TO_SWITCH_BY_NAMES = 3.5
#: From here on a written text is in the other language: 97 of 100 that are reach it, and hardly any that is not.
LEAST_TO_CONTRADICT = 4.0
#: From this share of unheard-of letter groups on, a text is gibberish.
STRANGE_SHARE = 0.5
_FUNCTION_WORD = 2.0
_OTHER: dict[Language, Language] = {"de": "en", "en": "de"}
_UMLAUTS = frozenset("äöüßÄÖÜ")
_UMLAUT_EVIDENCE = 1.5


class LanguageDetector:
    """Weighs function words and the letter groups of all others; positive is German, negative English."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._spoken = knowledge.languages
        functions = knowledge.lexicon.function_words
        negations = knowledge.lexicon.negations
        # "No" is English, whatever it may be in a German dialect.
        german, english = (all_words((*functions[language], *negations[language])) for language in LANGUAGES)
        self._functions = dict.fromkeys(german - english, _FUNCTION_WORD)
        self._functions |= dict.fromkeys(english - german, -_FUNCTION_WORD)
        counts = {language: _trigram_counts(_vocabulary(knowledge, language)) for language in LANGUAGES}
        self._odds = _log_odds(counts["de"], counts["en"])

    def detect(self, text: str) -> Language | None:
        """The language to read a text in, or None if it does not tell (a name, a number); the only one if there is but
        one."""
        if len(self._spoken) == 1:
            return self._spoken[0]
        evidence = self._total(text)
        if abs(evidence) < LEAST_EVIDENCE:
            return None
        return "de" if evidence > 0 else "en"

    def continue_in(self, text: str, current: Language) -> Language:
        """The language to go on in: leaving the current one takes more evidence than a loanword or a "no" has."""
        if len(self._spoken) == 1:
            return self._spoken[0]
        evidence = self._against(text, current)
        least = LEAST_TO_SWITCH if self._has_function_word(text, _OTHER[current]) else LEAST_TO_SWITCH_BY_NAMES
        return current if evidence < least else _OTHER[current]

    def _has_function_word(self, text: str, language: Language) -> bool:
        sign = _FUNCTION_WORD if language == "de" else -_FUNCTION_WORD
        return any(self._functions.get(word) == sign for word in words(text))

    def contradicts(self, text: str, language: Language) -> bool:
        """Whether a text that should be in a language is almost certainly in the other."""
        return self._against(text, language) >= LEAST_TO_CONTRADICT

    def is_foreign(self, text: str) -> bool:
        """Whether a text is in a language that the knowledge is not written in."""
        return len(self._spoken) == 1 and self._against(text, self._spoken[0]) >= LEAST_TO_SWITCH

    def _against(self, text: str, language: Language) -> float:
        evidence = self._total(text)
        return -evidence if language == "de" else evidence

    def _total(self, text: str) -> float:
        evidence = sum(self._evidence(word) for word in words(text))
        return evidence + _UMLAUT_EVIDENCE * any(letter in _UMLAUTS for letter in text)

    def is_strange(self, text: str) -> bool:
        """Whether a text looks like no German or English at all: most of its letter groups occur in no known word."""
        grams = [gram for word in words(text) if word not in self._functions for gram in trigrams(word)]
        has_function_word = any(word in self._functions for word in words(text))
        strange = sum(gram not in self._odds for gram in grams)
        return not has_function_word and strange >= STRANGE_SHARE * max(1, len(grams))

    def _evidence(self, word: str) -> float:
        if word in self._functions:
            return self._functions[word]
        odds = [self._odds.get(gram, 0.0) for gram in trigrams(word)]
        mean = sum(odds) / len(odds) if odds else 0.0
        return max(-MOST_PER_WORD, min(MOST_PER_WORD, mean))


def trigrams(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)] if word.isalpha() else []


def _vocabulary(knowledge: Knowledge, language: Language) -> set[str]:
    """Every word the knowledge has in a language, once: frequent brand names must not count often."""
    return all_words(_texts(knowledge, language))


def _texts(knowledge: Knowledge, language: Language) -> Iterator[str]:
    asides = (aside.said_as for aside in knowledge.asides.values())
    checks = (knowledge.checks.out_of_scope, *knowledge.checks.everyday.values())
    for phrases in (*checks, *knowledge.lexicon.concepts.values(), *asides):
        yield from phrases[language]
    if language in knowledge.languages:
        yield from _own_texts(knowledge, language)


def _own_texts(knowledge: Knowledge, language: Language) -> Iterator[str]:
    yield from knowledge.texts[language].values()
    for entry in knowledge.entries.values():
        yield from (*entry.asked_as[language], entry.title[language])
        for outcome in entry.outcomes:
            yield from (statement.text[language] for statement in outcome.statements)


def _trigram_counts(vocabulary: set[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in sorted(vocabulary):
        for gram in trigrams(word):
            counts[gram] = counts.get(gram, 0) + 1
    return counts


def _log_odds(german: dict[str, int], english: dict[str, int]) -> dict[str, float]:
    grams = german.keys() | english.keys()
    totals = (sum(german.values()) + len(grams), sum(english.values()) + len(grams))
    return {
        gram: log((german.get(gram, 0) + 1) / totals[0]) - log((english.get(gram, 0) + 1) / totals[1]) for gram in grams
    }
