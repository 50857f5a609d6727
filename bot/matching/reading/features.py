"""Text -> named features in five blocks, read with the words and concepts of one knowledge.

words       stems, and what a negation negates
sequences   two stems in a row, with the beginning and the end
pairs       two stems near each other, in any order
concepts    ideas of the lexicon and who acts on whom, alone and in pairs
letters     one to three letters in a row, inside words
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, pairwise
from typing import Literal, TypeAlias

from bot.knowledge.lexicon import Lexicon
from bot.matching.normalise import all_words, stem, words
from bot.matching.reading.concepts import ConceptReader
from bot.matching.reading.parts import Parts
from bot.matching.reading.vocabulary import Vocabulary
from bot.messages import Language

Block: TypeAlias = Literal["words", "sequences", "pairs", "concepts", "letters"]
BLOCKS: tuple[Block, ...] = ("words", "sequences", "pairs", "concepts", "letters")

#: Two words further apart than this say little about each other.
PAIR_WINDOW = 9
#: So many content words after a negation count as negated ("ohne schriftliche Einwilligung").
NEGATED_WORDS = 2
LONGEST_LETTERS = 3
#: How sure we are of a word: known as it stands, known in its parts, or only after repair.
KNOWN, COMPOUND, REPAIRED, UNKNOWN_WORD = 1.0, 0.8, 0.5, 0.0
#: What a function word says about the topic compared to a content word.
GRAMMAR_WEIGHT = 0.25
#: More words than this are not kept for the next text; a word's reading is cheap to find again.
MOST_REMEMBERED = 20_000
_EDGE = "|"


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it is read: possibly repaired, stemmed; how sure it is known, and how much it says (0 to 1)."""

    word: str
    stem: str
    trust: float
    is_content: bool
    weight: float
    letters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Features:
    """Feature counts per block, the tokens they came from, and the concepts that are named."""

    blocks: Mapping[Block, Mapping[str, float]]
    tokens: tuple[Token, ...]
    concepts: frozenset[str]


class Reader:
    """Reads texts; built once per knowledge."""

    def __init__(self, lexicon: Lexicon, vocabulary: Vocabulary) -> None:
        self._functions = all_words(lexicon.function_words.all)
        self._negations = all_words(lexicon.negations.all)
        self._parts = Parts(lexicon, self.is_content)
        self._concepts = ConceptReader(lexicon, self.is_content)
        self._read: dict[tuple[str, Language], tuple[Token, ...]] = {}
        self.vocabulary = vocabulary

    def read(self, text: str, language: Language) -> Features:
        """The features of a text in a language; a text without words has empty blocks.

        The parts that tell a story count less than those that ask: people tell first and ask last.
        """
        blocks: dict[Block, dict[str, float]] = {block: {} for block in BLOCKS}
        tokens: list[Token] = []
        named: set[str] = set()
        for part in self._parts.of(text):
            read = [token for word in words(part.text) for token in self._tokens(word, language)]
            concepts = self._concepts.named([token.word for token in read], language)
            for block, features in self._features(read, concepts):
                _add(blocks[block], features, part.weight)
            tokens += [_weighed(token, part.weight) for token in read] if part.weight < 1 else read
            named.update(concepts)
        return Features(blocks, tuple(tokens), frozenset(named))

    def is_content(self, word: str) -> bool:
        """Whether a word is more than grammar."""
        return word not in self._functions and word not in self._negations

    def _features(self, tokens: Sequence[Token], concepts: Sequence[str]) -> Iterator[tuple[Block, Sequence[str]]]:
        stems = [token.stem for token in tokens]
        content = [token for token in tokens if token.is_content]
        yield "words", [*stems, *self._negated(tokens)]
        yield "sequences", [f"{one} {other}" for one, other in pairwise([_EDGE, *stems, _EDGE])] if stems else ()
        yield "pairs", _pairs([token.stem for token in content])
        yield "concepts", [*concepts, *_concept_pairs(concepts)]
        yield "letters", [letters for token in content for letters in token.letters]

    def _tokens(self, word: str, language: Language) -> tuple[Token, ...]:
        """A word as one token or, a compound, as several; what was read before is remembered."""
        known = self._read.get((word, language))
        if known is None:
            parts, trust = self._recognise(word, language)
            known = tuple(self._token(part, language, trust) for part in parts)
            if len(self._read) < MOST_REMEMBERED:
                self._read[word, language] = known
        return known

    def _token(self, word: str, language: Language, trust: float) -> Token:
        is_content = self.is_content(word)
        weight = 1.0 if is_content else GRAMMAR_WEIGHT
        return Token(word, stem(word, language), trust, is_content, weight, _letters(word))

    def _recognise(self, word: str, language: Language) -> tuple[tuple[str, ...], float]:
        """A known word as it is; an unknown one by its parts, else by its nearest known word, else as it is."""
        if word in self.vocabulary or not self.is_content(word):
            return (word,), KNOWN
        # English writes its compounds apart: "restaurant" is no "rant".
        parts = self.vocabulary.parts(word) if language == "de" else ()
        if len(parts) > 1:
            return parts, COMPOUND
        repaired = self.vocabulary.repair(word)
        if repaired:
            return (repaired,), REPAIRED
        return ((word, *parts), COMPOUND / 2) if parts else ((word,), UNKNOWN_WORD)

    def _negated(self, tokens: Sequence[Token]) -> Iterator[str]:
        for position, token in enumerate(tokens):
            if token.word in self._negations:
                yield "not"
                following = (each.stem for each in islice(tokens, position + 1, None) if each.is_content)
                yield from (f"not {each}" for each in islice(following, NEGATED_WORDS))


def _weighed(token: Token, weight: float) -> Token:
    return Token(token.word, token.stem, token.trust, token.is_content, token.weight * weight, token.letters)


def _pairs(stems: Sequence[str]) -> list[str]:
    return [
        f"{one}+{other}" if one < other else f"{other}+{one}"
        for position, one in enumerate(stems)
        for other in stems[position + 1 : position + 1 + PAIR_WINDOW]
    ]


def _concept_pairs(concepts: Sequence[str]) -> Iterator[str]:
    yield from (f"{one}+{other}" for one, other in combinations(sorted(set(concepts)), 2))


def _letters(word: str) -> tuple[str, ...]:
    padded = f" {word} "
    runs = (padded[i : i + n] for n in range(1, LONGEST_LETTERS + 1) for i in range(len(padded) - n + 1))
    return tuple(run for run in runs if run != " ")


def _add(counts: dict[str, float], features: Sequence[str], weight: float) -> None:
    for feature in features:
        counts[feature] = counts.get(feature, 0.0) + weight
