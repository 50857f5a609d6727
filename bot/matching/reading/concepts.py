"""Which ideas of the lexicon a text names, and whether the asker acts or is acted on."""

from collections.abc import Callable, Iterator, Sequence

from bot.knowledge.lexicon import Lexicon
from bot.matching.normalise import all_words, stem, words
from bot.messages import LANGUAGES, Language

LONGEST_PHRASE = 4
#: So many words may stand between "statt" and what is not meant.
WORDS_AFTER_INSTEAD = 2
#: "ich schreibe dem Kunden" and "der Kunde schreibt mir": the asker acts, or is acted on.
ACTING, ACTED_ON = "asker acts", "asker acted on"


class ConceptReader:
    """Finds the concepts of one lexicon. `is_content` tells a word from grammar."""

    def __init__(self, lexicon: Lexicon, is_content: Callable[[str], bool]) -> None:
        self._is_content = is_content
        self._concepts = _phrases(lexicon)
        self._longest = min(LONGEST_PHRASE, max((len(phrase.split()) for phrase in self._concepts), default=0))
        self._acting = all_words(lexicon.asker_acts.all)
        self._acted_on = all_words(lexicon.asker_acted_on.all)
        self._exclusive = frozenset().union(*lexicon.exclusive_concepts())
        self._instead_of = all_words(lexicon.instead_of.all)

    def named(self, read: Sequence[str], language: Language) -> list[str]:
        """The concepts that words name, longest phrases first, each word used once; and the asker's part in it."""
        found = list(self._direction(read))
        position = 0
        while position < len(read):
            length, concept = self._at(read, position, language)
            if concept and not self._is_set_aside(concept, read[max(0, position - WORDS_AFTER_INSTEAD) : position]):
                found.append(concept)
            position += length
        return found

    def _is_set_aside(self, concept: str, before: Sequence[str]) -> bool:
        """Whether a service is named as the one that is not meant: "statt per WhatsApp", "nicht über WhatsApp"."""
        return concept in self._exclusive and any(word in self._instead_of for word in before)

    def _at(self, read: Sequence[str], position: int, language: Language) -> tuple[int, str]:
        for length in range(min(self._longest, len(read) - position), 0, -1):
            phrase = read[position : position + length]
            concept = self._concepts.get(" ".join(phrase)) or self._inflected(phrase, language)
            if concept:
                return length, concept
        return 1, ""

    def _inflected(self, phrase: Sequence[str], language: Language) -> str:
        """The concept of an inflected phrase. Grammar is not inflected: "wir" is no form of "Wire"."""
        has_content = any(self._is_content(word) for word in phrase)
        return self._concepts.get(_stemmed(phrase, language), "") if has_content else ""

    def _direction(self, read: Sequence[str]) -> Iterator[str]:
        # Who says "I" acts, whatever is also done to them: "darf ich mir … schicken lassen".
        if any(word in self._acting for word in read):
            yield ACTING
        elif any(word in self._acted_on for word in read):
            yield ACTED_ON


def _phrases(lexicon: Lexicon) -> dict[str, str]:
    """Each phrase of each concept, as it stands and stemmed in its language; what stands as it is wins."""
    plain: dict[str, str] = {}
    stemmed: dict[str, str] = {}
    for concept, phrases in lexicon.concepts.items():
        for language in LANGUAGES:
            for phrase in map(words, phrases[language]):
                plain.setdefault(" ".join(phrase), concept)
                stemmed.setdefault(_stemmed(phrase, language), concept)
    return {**stemmed, **plain}


def _stemmed(phrase: Sequence[str], language: Language) -> str:
    # Marked, so that a stem is never taken for a word that happens to be spelt like it.
    return "~" + " ".join(stem(word, language) for word in phrase)
