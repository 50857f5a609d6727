"""The matcher: everything that reads text, built once from a knowledge and then only asked."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bot.knowledge.model import Knowledge
from bot.matching.decision import LEAST_SHARE_OFFERED, MOST_OFFERED, Decider, Kind, Labelled, Scored
from bot.matching.facts import FactReader
from bot.matching.features import Features, Reader
from bot.matching.index import Example, Index
from bot.matching.language import LanguageDetector
from bot.messages import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry and the probability (0 to 1) that it is the right one."""

    entry: str
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What a question comes to: one entry, a round of choices, or nothing."""

    kind: Kind
    candidates: tuple[Candidate, ...]

    @property
    def entry(self) -> str | None:
        return self.candidates[0].entry if self.kind == "matched" else None

    @property
    def offered(self) -> tuple[str, ...]:
        """The entries of a round of choices: the best, and those that are not far behind."""
        likely = [each for each in self.candidates if each.score >= self.candidates[0].score * LEAST_SHARE_OFFERED]
        return tuple(each.entry for each in likely[:MOST_OFFERED])


class Matcher:
    """Ranks a question against the entries of one knowledge."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._entries = tuple(entry.id for entry in knowledge.sorted_entries())
        self._reader = Reader(knowledge)
        self.words = self._reader.vocabulary
        self.languages = LanguageDetector(knowledge)
        self.facts = FactReader(knowledge, self.words)
        examples = list(self._examples(knowledge))
        self._index = Index(examples, len(self._entries))
        self._decider = Decider([*self._left_out(examples), *self._checked(knowledge)])

    def decide(self, text: str, language: Language | None = None, related: Collection[str] = ()) -> Decision:
        """The decision for a question; the language is detected unless given.

        Entries in `related`, of which the person has just read, are somewhat more likely to be meant.
        """
        spoken = language or self.languages.detect(text) or "de"
        favoured = frozenset(position for position, entry in enumerate(self._entries) if entry in related)
        ranked = self._decider.decide(self._scored(self._reader.read(text, spoken)), favoured)
        candidates = tuple(Candidate(self._entries[each], round(score, 4)) for each, score in ranked.candidates)
        return Decision(ranked.kind, candidates)

    def words_besides_facts(self, text: str) -> int:
        """How many words of a text carry content and tell no fact."""
        return sum(self._reader.is_content(word) for word in self.facts.other_words(text))

    def _scored(self, features: Features) -> Scored:
        shared = self._index.shared_concepts(features)
        return Scored(self._index.scores(features), self._known_share(features), shared)

    def _known_share(self, features: Features, own: int = 0) -> float:
        """The share of the text's rarity mass that other training texts know; a repaired word counts in part."""
        masses = [t.weight * self._index.rarity(t.stem, own) for t in features.tokens]
        known = [t.trust if self._index.knows(t.stem, own) else 0.0 for t in features.tokens]
        total = sum(masses)
        return sum(mass * share for mass, share in zip(masses, known, strict=True)) / total if total else 0.0

    def _examples(self, knowledge: Knowledge) -> Iterator[Example]:
        for position, entry in enumerate(knowledge.sorted_entries()):
            for language in LANGUAGES:
                for text in (*entry.asked_as[language], entry.title[language]):
                    yield Example(self._reader.read(text, language), position)
                for text in entry.not_asked_as[language]:
                    yield Example(self._reader.read(text, language), None, is_judged=False)
        for language in LANGUAGES:
            for text in knowledge.checks.out_of_scope[language]:
                yield Example(self._reader.read(text, language), None)

    def _left_out(self, examples: Sequence[Example]) -> Iterator[Labelled]:
        for example, scores in zip(examples, self._index.left_out, strict=True):
            if example.is_judged:
                known = self._known_share(example.features, own=1)
                shared = self._index.shared_concepts(example.features, example.entry)
                yield Labelled(Scored(np.asarray(scores), known, shared), example.entry)

    def _checked(self, knowledge: Knowledge) -> Iterator[Labelled]:
        positions = {entry: position for position, entry in enumerate(self._entries)}
        for checks in knowledge.checks.entries:
            for language in LANGUAGES:
                for text in checks.questions[language]:
                    yield Labelled(self._scored(self._reader.read(text, language)), positions[checks.entry])
