"""Text -> named features: stems and their pairs, concepts of the lexicon and their pairs, letter groups, negations.

Every feature has a block; `index` weighs features by rarity and blocks against each other.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from bot.knowledge.model import Knowledge
from bot.matching.normalise import all_words, sentences, stem, words
from bot.matching.vocabulary import Vocabulary, count_words
from bot.messages import LANGUAGES, Language

#: Two words further apart than this say little about each other.
PAIR_WINDOW = 5
#: So many content words after a negation count as negated ("ohne schriftliche Einwilligung").
NEGATED_WORDS = 2
LONGEST_PHRASE = 4
#: How sure we are of a word: known as it stands, known in its parts, or only after repair.
KNOWN, COMPOUND, REPAIRED, UNKNOWN_WORD = 1.0, 0.8, 0.5, 0.0
#: What a function word says about the topic compared to a content word.
GRAMMAR_WEIGHT = 0.25
#: How many sentences at the end of a text hold the question, and what a sentence before them counts.
QUESTION_SENTENCES = 2
STORY_WEIGHT = 0.4
BLOCKS = ("words", "pairs", "concepts", "letters")


@dataclass(frozen=True, slots=True)
class Token:
    """One word as it is read: possibly repaired, stemmed; how sure it is known, and how much it says."""

    word: str
    stem: str
    trust: float
    is_content: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Features:
    """Feature counts per block, and the tokens they came from."""

    blocks: Mapping[str, Mapping[str, float]]
    tokens: tuple[Token, ...]


class Reader:
    """Reads texts with the knowledge's words: built once per knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        lexicon = knowledge.lexicon
        self._functions = all_words(lexicon.function_words.all)
        self._negations = all_words(lexicon.negations.all)
        self._concepts = _concept_phrases(knowledge)
        self.vocabulary = Vocabulary(count_words(map(words, _known_texts(knowledge))))

    def read(self, text: str, language: Language) -> Features:
        """The features of a text in a language; a text without words has empty blocks.

        Of a longer text the story before the last sentences counts less: people tell first and ask last.
        """
        parts = sentences(text) or [text]
        blocks: dict[str, dict[str, float]] = {block: {} for block in BLOCKS}
        tokens: list[Token] = []
        for position, part in enumerate(parts):
            weight = 1.0 if position >= len(parts) - QUESTION_SENTENCES else STORY_WEIGHT
            read = tuple(self._tokens(part, language, weight))
            tokens += read
            for block, features in self._features(read, language).items():
                _add(blocks[block], features, weight)
        return Features(blocks, tuple(tokens))

    def _features(self, tokens: Sequence[Token], language: Language) -> dict[str, list[str]]:
        concepts = self._concepts_in([token.word for token in tokens], language)
        return {
            "words": [*_stems(tokens), *self._negated(tokens)],
            "pairs": list(_pairs(tokens)),
            "concepts": [*concepts, *_concept_pairs(concepts)],
            "letters": list(_letters(tokens)),
        }

    def _tokens(self, text: str, language: Language, weight: float) -> Iterator[Token]:
        for word in words(text):
            known, trust = self._recognise(word)
            for part in known:
                is_content = self.is_content(part)
                yield Token(
                    part, stem(part, language), trust, is_content, weight * (1 if is_content else GRAMMAR_WEIGHT)
                )

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
            concept = self._concepts.get(" ".join(phrase)) or self._inflected(phrase, language)
            if concept:
                return length, concept
        return 1, ""

    def _inflected(self, phrase: Sequence[str], language: Language) -> str:
        """The concept of an inflected phrase. Grammar is not inflected: "wir" is no form of "Wire"."""
        has_content = any(self.is_content(word) for word in phrase)
        return self._concepts.get(_stemmed(phrase, language), "") if has_content else ""

    def _negated(self, tokens: Sequence[Token]) -> Iterator[str]:
        for position, token in enumerate(tokens):
            if token.word in self._negations:
                yield "not"
                following = [t.stem for t in tokens[position + 1 :] if t.is_content][:NEGATED_WORDS]
                yield from (f"not {each}" for each in following)


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


def _add(counts: dict[str, float], features: Sequence[str], weight: float) -> None:
    for feature in features:
        counts[feature] = counts.get(feature, 0.0) + weight
