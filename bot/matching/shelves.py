"""The phrases of a knowledge's facts, in the books that they are looked up in."""

from collections.abc import Collection, Iterable, Iterator

from bot.knowledge.model import UNKNOWN, Fact, Knowledge, Option
from bot.matching.clause import OTHERS, Book, Told
from bot.matching.normalise import all_words, words
from bot.matching.phrases import GAP, PhraseBook

Shelved = Iterable[tuple[str, Told | None]]


class Shelves:
    """Makes the books of one knowledge. `known` words are never taken for misspelt ones; `barred` stand in no gap."""

    def __init__(self, knowledge: Knowledge, known: Collection[str], barred: Collection[str]) -> None:
        self._knowledge = knowledge
        self._known = known
        self._barred = barred

    def anywhere(self) -> tuple[Book, ...]:
        """The phrases that tell facts anywhere, by the book they belong in.

        One for nearly all facts: in "evangelische Gemeinde" the church uses the word up, and no municipality is told.
        Only what stands apart has its own: "bei der Stadt Köln" is an authority by its first words, and of a Land by its
        last.
        """
        facts = self._knowledge.facts.values()
        together = [each for fact in facts if not fact.is_apart for each in _anywhere(fact)]
        others = ((phrase, OTHERS) for phrase in self._knowledge.lexicon.third_parties.all)
        return (self._book((*together, *others)), *(self._book(_anywhere(fact)) for fact in facts if fact.is_apart))

    def answers(self, fact: Fact) -> Book:
        """What counts in answer to a fact's question: all that tells it, the buttons, loose words, yes and no."""
        return self._book((*_said(fact), *self._answered(fact)))

    def supposed(self, fact: Fact) -> Book:
        """What supposes a fact that is at hand: its answers, and what does nothing but suppose it."""
        only = (
            (phrase, (fact.name, option.id)) for option in fact.options.values() for phrase in option.supposed_as.all
        )
        return self._book((*_said(fact), *self._answered(fact), *only))

    def labels(self) -> Book:
        """What stands for an option when it is all that is said: "Behörde". Of the person's own facts, and every whole
        label: a mere "ja" or "alle" answers whatever was asked."""
        facts = self._knowledge.facts.values()
        whole = [each for fact in facts for each in _labels(fact) if len(words(each[0])) > 1]
        return self._book((*whole, *(each for fact in facts if fact.about == "asker" for each in _named(fact))))

    def _answered(self, fact: Fact) -> Iterator[tuple[str, Told]]:
        yield from ((phrase, (fact.name, UNKNOWN)) for phrase in fact.undecided_as.all)
        yield from _labels(fact)
        for option in fact.options.values():
            phrases = (*option.answered_as.all, *self._plain_answers(option))
            yield from ((phrase, (fact.name, option.id)) for phrase in phrases)

    def _plain_answers(self, option: Option) -> tuple[str, ...]:
        aside = self._knowledge.asides.get(option.id) if option.id in ("yes", "no") else None
        return aside.said_as.all if aside else ()

    def _book(self, phrases: Shelved) -> Book:
        """Phrases with all that each tells; one that tells nothing still uses its words up."""
        meanings: dict[str, tuple[Told, ...]] = {}
        for phrase, told in phrases:
            key = GAP.join(" ".join(words(part)) for part in phrase.split(GAP))
            meanings[key] = tuple(dict.fromkeys((*meanings.get(key, ()), *([told] if told else []))))
        return PhraseBook(meanings, self._known, self._barred)


def _said(fact: Fact) -> Iterator[tuple[str, Told]]:
    for option in fact.options.values():
        yield from ((phrase, (fact.name, option.id)) for phrase in option.said_as.all)


def _anywhere(fact: Fact) -> Iterator[tuple[str, Told | None]]:
    yield from _said(fact)
    yield from ((phrase, None) for phrase in fact.untold_as.all)


def _labels(fact: Fact) -> Iterator[tuple[str, Told]]:
    for option in fact.options.values():
        labels = (option.label.de, option.label.en, option.stated.de, option.stated.en)
        yield from ((label, (fact.name, option.id)) for label in labels if label)


def _named(fact: Fact) -> Iterator[tuple[str, Told]]:
    """The words of a label ("Praxis, Klinik, Pflege"), and how else people name an option."""
    for option in fact.options.values():
        phrases = (*option.said_as.all, *option.answered_as.all, *all_words((option.label.de, option.label.en)))
        yield from ((phrase, (fact.name, option.id)) for phrase in phrases)
