"""What matching learns from and is judged by: texts with the entry each belongs to, and the words of the lexicon.

Everything that the trained index depends on is in here, and so in its fingerprint; answers and sources are not.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Knowledge
from bot.knowledge.templates import SLOT
from bot.matching.learning.everyday import everyday_lines
from bot.messages import Language

#: All phrasings that one template stands for count as so many that were written out.
MOST_OF_A_LINE = 4.0


@dataclass(frozen=True, slots=True)
class Example:
    """A text in a language and the position of the entry it belongs to; None if no entry answers it."""

    text: str
    language: Language
    entry: int | None
    #: What it counts in training: the expansions of one template together count as a few phrasings.
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Corpus:
    """The texts of one knowledge by their use.

    `phrasings` and `outside` (questions that no entry answers) are learnt from; held out in turn, they are judged too.
    `near_misses` are learnt from as what their entry does not answer; another may, so they are not judged. `held_out`
    texts are only judged. `further_words` are correct words, too.
    """

    entries: tuple[str, ...]
    phrasings: tuple[Example, ...]
    near_misses: tuple[Example, ...] = ()
    outside: tuple[Example, ...] = ()
    held_out: tuple[Example, ...] = ()
    lexicon: Lexicon = field(default_factory=Lexicon)
    further_words: tuple[str, ...] = ()

    def fingerprint(self) -> str:
        """The same for the same texts in the same order, on every machine (SHA-256, hexadecimal)."""
        lexicon = self.lexicon
        lists = [
            phrases.all
            for phrases in (
                lexicon.function_words,
                lexicon.negations,
                lexicon.question_words,
                lexicon.asker_acts,
                lexicon.asker_acted_on,
                lexicon.anyone,
                lexicon.instead_of,
            )
        ]
        concepts = [(name, lexicon.kinds.get(name), phrases.all) for name, phrases in lexicon.concepts.items()]
        parts = (self.entries, lists, concepts, lexicon.exclusive_kinds, self.further_words)
        examples = [
            [(each.text, each.language, each.entry, each.weight) for each in group]
            for group in (self.phrasings, self.near_misses, self.outside, self.held_out)
        ]
        return hashlib.sha256(repr((parts, examples)).encode()).hexdigest()


def corpus_of(knowledge: Knowledge) -> Corpus:
    """The corpus of a knowledge, its entries in the order of their ids."""
    entries = tuple(entry.id for entry in knowledge.sorted_entries())
    return Corpus(
        entries=entries,
        phrasings=tuple(_phrasings(knowledge)),
        near_misses=tuple(_near_misses(knowledge)),
        outside=tuple(_outside(knowledge)),
        held_out=tuple(_held_out(knowledge, {entry: position for position, entry in enumerate(entries)})),
        lexicon=knowledge.lexicon,
        further_words=tuple(_further_words(knowledge)),
    )


def _phrasings(knowledge: Knowledge) -> Iterator[Example]:
    for position, entry in enumerate(knowledge.sorted_entries()):
        for language in knowledge.languages:
            yield Example(entry.title[language], language, position)
            for text, weight in zip(entry.asked_as[language], _weights(entry.asked_as.lines(language)), strict=True):
                yield Example(text, language, position, weight)


def _weights(lines: Sequence[int]) -> Iterator[float]:
    """The weight of each phrase: those of one line together count as a few phrasings."""
    counts = Counter(lines)
    yield from (min(1.0, MOST_OF_A_LINE / counts[line]) for line in lines)


def _near_misses(knowledge: Knowledge) -> Iterator[Example]:
    for position, entry in enumerate(knowledge.sorted_entries()):
        for language in knowledge.languages:
            weights = _weights(entry.not_asked_as.lines(language))
            for text, weight in zip(entry.not_asked_as[language], weights, strict=True):
                yield Example(text, language, position, weight)


def _outside(knowledge: Knowledge) -> Iterator[Example]:
    for language in knowledge.languages:
        lines = (*knowledge.checks.out_of_scope[language], *everyday_lines(knowledge, language))
        yield from (Example(text, language, None) for text in lines)


def _held_out(knowledge: Knowledge, positions: dict[str, int]) -> Iterator[Example]:
    for checks in knowledge.checks.entries:
        for language in knowledge.languages:
            yield from (Example(text, language, positions[checks.entry]) for text in checks.questions[language])


def _further_words(knowledge: Knowledge) -> Iterator[str]:
    """What tells facts, with every word that stands in a slot."""
    said = [
        phrase for fact in knowledge.facts.values() for option in fact.options.values() for phrase in option.said_as.all
    ]
    yield from (SLOT.sub(" ", phrase) for phrase in said)
    lists = {**knowledge.lexicon.concepts, **knowledge.lexicon.classes}
    for slot in sorted({slot for phrase in said for slot in SLOT.findall(phrase)}):
        language, name = slot[1:-1].split(":")
        yield from lists[name].de if language == "de" else lists[name].en
