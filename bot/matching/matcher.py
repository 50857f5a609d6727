"""The matcher: everything that reads text, built once from a knowledge and then only asked."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.knowledge.model import Knowledge
from bot.matching.deciding.decision import LEAST_SHARE_OFFERED, MOST_OFFERED, Kind, Ranked
from bot.matching.deciding.model import Model
from bot.matching.deciding.scoring import scored
from bot.matching.facts.reader import FactReader
from bot.matching.language import LanguageDetector
from bot.matching.learning.corpus import Corpus, corpus_of
from bot.matching.reading.features import Reader
from bot.messages import Language


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
    #: The probability (0 to 1) that any entry answers the question.
    in_scope: float

    @property
    def entry(self) -> str | None:
        return self.candidates[0].entry if self.kind == "matched" else None

    @property
    def offered(self) -> tuple[str, ...]:
        """The entries of a round of choices: the best, and those that are not far behind."""
        likely = [each for each in self.candidates if each.score >= self.candidates[0].score * LEAST_SHARE_OFFERED]
        return tuple(each.entry for each in likely[:MOST_OFFERED])


class Ranking:
    """Ranks texts against the entries of one corpus: a trained model and the reader that goes with it."""

    def __init__(self, entries: tuple[str, ...], reader: Reader, model: Model) -> None:
        self.entries = entries
        self.reader = reader
        self.model = model

    def decide(self, text: str, language: Language, related: Collection[str] = ()) -> Decision:
        """The decision for a text. Entries in `related` are somewhat more likely to be meant."""
        favoured = frozenset(self.entries.index(entry) for entry in related if entry in self.entries)
        found = scored(self.model.index, self.reader.read(text, language))
        return self._named(self.model.decider.decide(found, language, favoured))

    def _named(self, ranked: Ranked) -> Decision:
        candidates = tuple(Candidate(self.entries[entry], round(score, 4)) for entry, score in ranked.candidates)
        return Decision(ranked.kind, candidates, ranked.in_scope)


class Matcher:
    """Reads questions with one knowledge; `model` is what was learnt from it before, else it is learnt now."""

    def __init__(self, knowledge: Knowledge, model: Model | None = None) -> None:
        self.knowledge = knowledge
        entries = tuple(entry.id for entry in knowledge.sorted_entries())
        learnt = model or _learnt(corpus_of(knowledge))
        self.words = learnt.vocabulary
        self.ranking = Ranking(entries, Reader(knowledge.lexicon, learnt.vocabulary), learnt)
        self.languages = LanguageDetector(knowledge)
        self.facts = FactReader(knowledge, self.words)

    def decide(self, text: str, language: Language | None = None, related: Collection[str] = ()) -> Decision:
        """The decision for a question; the language is detected unless given.

        Entries in `related`, of which the person has just read, are somewhat more likely to be meant.
        """
        return self.ranking.decide(text, language or self._language_of(text), related)

    def _language_of(self, text: str) -> Language:
        return self.languages.detect(text) or self.knowledge.languages[0]

    def words_besides_facts(self, text: str) -> int:
        """How many words of a text carry content and tell no fact."""
        return sum(self.ranking.reader.is_content(word) for word in self.facts.other_words(text))


def _learnt(corpus: Corpus) -> Model:
    # Only here: what is learnt already is used without the libraries for learning, which are slow to load.
    from bot.matching.learning.lessons import learn  # noqa: PLC0415

    return learn(corpus)
