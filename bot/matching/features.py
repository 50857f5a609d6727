"""Text -> named features: stems and their pairs, concepts of the lexicon and their pairs, letter groups, negations.

Every feature has a block; `index` weighs features by rarity and blocks against each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.knowledge.model import Knowledge
from bot.matching.normalise import stem, words
from bot.matching.vocabulary import Vocabulary, count_words
from bot.messages import LANGUAGES, Language

#: Two words further apart than this say little about each other.
PAIR_WINDOW = 5
#: So many content words after a negation count as negated ("ohne schriftliche Einwilligung").
NEGATED_WORDS = 2
LONGEST_PHRASE = 4
#: How sure we are of a word: known as it stands, known in its parts, or only after repair.
KNOWN, COMPOUND, REPAIRED, UNKNOWN_WORD = 1.0, 0.8, 0.5, 0.0
_FUNCTION_WEIGHT = 0.25


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it is read: possibly repaired, stemmed; how sure it is known, and whether it carries content."""

    word: str
    stem: str
    trust: float
    is_content: bool


@dataclass(frozen=True, slots=True)
class Features:
    """Feature counts per block, and the tokens they came from."""

    blocks: Mapping[str, Mapping[str, float]]
    tokens: tuple[Token, ...]


class Reader:
    """Reads texts with the knowledge's words: built once per knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        lexicon = knowledge.lexicon
        self._functions = {w for phrase in lexicon.function_words.all for w in words(phrase)}
        self._negations = {w for phrase in lexicon.negations.all for w in words(phrase)}
        self._concepts = _concept_phrases(knowledge)
        self.vocabulary = Vocabulary(count_words(map(words, _known_texts(knowledge))))

    def read(self, text: str, language: Language) -> Features:
        """The features of a text in a language; a text without words has empty blocks."""
        tokens = tuple(self._tokens(text, language))
        concepts = self._concepts_in([token.word for token in tokens], language)
        blocks = {
            "words": _counted([*_stems(tokens), *self._negated(tokens)]),
            "pairs": _counted(_pairs(tokens)),
            "concepts": _counted([*concepts, *_concept_pairs(concepts)]),
            "letters": _counted(_letters(tokens)),
        }
        return Features(blocks, tokens)

    def _tokens(self, text: str, language: Language) -> Iterator[Token]:
        for word in words(text):
            known, trust = self._recognise(word)
            for part in known:
                yield Token(part, stem(part, language), trust, self.is_content(part))

    def is_content(self, word: str) -> bool:
        """Whether a word is more than grammar."""
        return word not in self._functions and word not in self._negations

    def _recognise(self, word: str) -> tuple[tuple[str, ...], float]:
        """A known word as it is; an unknown one by its parts, else by its nearest known word, else as it is."""
        if word in self.vocabulary or word in self._functions or word in self._negations:
            return (word,), KNOWN
        parts = self.vocabulary.parts(word)
        if len(parts) > 1:
            return parts, COMPOUND
        repaired = self.vocabulary.repair(word)
        if repaired:
            return (repaired,), REPAIRED
        return ((word, *parts), COMPOUND / 2) if parts else ((word,), UNKNOWN_WORD)

    def _concepts_in(self, read: Sequence[str], language: Language) -> list[str]:
        """The concepts that a text names, longest phrases first, each word used once."""
        found: list[str] = []
        position = 0
        while position < len(read):
            length, concept = self._concept_at(read, position, language)
            found += [concept] if concept else []
            position += length
        return found

    def _concept_at(self, read: Sequence[str], position: int, language: Language) -> tuple[int, str]:
        for length in range(min(LONGEST_PHRASE, len(read) - position), 0, -1):
            phrase = read[position : position + length]
            concept = self._concepts.get(" ".join(phrase)) or self._concepts.get(_stemmed(phrase, language))
            if concept:
                return length, concept
        return 1, ""

    def _negated(self, tokens: Sequence[Token]) -> Iterator[str]:
        for position, token in enumerate(tokens):
            if token.word in self._negations:
                yield "not"
                following = [t.stem for t in tokens[position + 1 :] if t.is_content][:NEGATED_WORDS]
                yield from (f"not {each}" for each in following)

    def weight(self, token: Token) -> float:
        """How much a token says about the topic, before its rarity."""
        return 1.0 if token.is_content else _FUNCTION_WEIGHT


def _concept_phrases(knowledge: Knowledge) -> dict[str, str]:
    """Each phrase of each concept, as it stands and stemmed in its language; what stands as it is wins."""
    plain: dict[str, str] = {}
    stemmed: dict[str, str] = {}
    for concept, phrases in knowledge.lexicon.concepts.items():
        for language in LANGUAGES:
            for phrase in map(words, phrases[language]):
                plain.setdefault(" ".join(phrase), concept)
                stemmed.setdefault(_stemmed(phrase, language), concept)
    return {**stemmed, **plain}


def _stemmed(phrase: Sequence[str], language: Language) -> str:
    # Marked, so that a stem is never taken for a word that happens to be spelt like it.
    return "~" + " ".join(stem(word, language) for word in phrase)


def _known_texts(knowledge: Knowledge) -> Iterator[str]:
    """Every text whose words count as known. Not the out-of-scope questions: their words must stay strange."""
    for entry in knowledge.entries.values():
        yield from entry.asked_as.all
        yield from (entry.title.de, entry.title.en)
    for phrases in knowledge.lexicon.concepts.values():
        yield from phrases.all
    for fact in knowledge.facts.values():
        for option in fact.options.values():
            yield from option.said_as.all


def _stems(tokens: Sequence[Token]) -> Iterator[str]:
    yield from (token.stem for token in tokens)
    yield from (f"{one.stem} {other.stem}" for one, other in pairwise(tokens))


def _pairs(tokens: Sequence[Token]) -> Iterator[str]:
    content = [token.stem for token in tokens if token.is_content]
    for position, one in enumerate(content):
        for other in content[position + 1 : position + PAIR_WINDOW]:
            yield "+".join(sorted((one, other)))


def _concept_pairs(concepts: Sequence[str]) -> Iterator[str]:
    yield from (f"{one}+{other}" for one, other in combinations(sorted(set(concepts)), 2))


def _letters(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.is_content:
            padded = f" {token.word} "
            yield from (padded[i : i + n] for n in (3, 4) for i in range(len(padded) - n + 1))


def _counted(features: Sequence[str] | Iterator[str]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for feature in features:
        counts[feature] = counts.get(feature, 0.0) + 1.0
    return counts
