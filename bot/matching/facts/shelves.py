"""The phrases of a knowledge's facts, in the books that they are looked up in."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from bot.knowledge.model import UNKNOWN, Fact, Knowledge, Option
from bot.matching.facts.clause import CALLED, OTHERS, Book, Told
from bot.matching.normalise import all_words, words
from bot.matching.phrases import Pattern, PhraseBook, pattern
from bot.messages import LANGUAGES

Shelved = Iterable[tuple[str, Told | None]]


class FactBook(PhraseBook[tuple[Told, ...]]):
    """Phrases that tell facts; what several of them say alike tells all that each does."""

    def _joined(self, meanings: Sequence[tuple[Told, ...]]) -> tuple[Told, ...]:
        # What tells a fact anywhere is no mere calling, whatever else the same words may be.
        is_said = any(CALLED not in each for each in meanings if each)
        alike = dict.fromkeys(told for each in meanings for told in each)
        return tuple(told for told in alike if told != CALLED or not is_said)


class Shelves:
    """Makes the books of one knowledge. `known` words are never taken for misspelt ones; `barred` stand in no gap. What
    only looks like a word of a phrase is taken for none."""

    def __init__(self, knowledge: Knowledge, known: Collection[str], barred: Collection[str]) -> None:
        self._knowledge = knowledge
        self._whole = all_words(knowledge.lexicon.lookalikes.all)
        lexicon = knowledge.lexicon
        #: What a slot of a template stands for.
        self._classes = {
            f"{{{language}:{name}}}": phrases[language]
            for name, phrases in {**lexicon.concepts, **lexicon.classes}.items()
            for language in LANGUAGES
        }
        self._patterns: dict[str, Pattern] = {}
        self._known = known
        self._barred = barred

    def anywhere(self) -> tuple[Book, ...]:
        """The phrases that tell facts anywhere, by the book they belong in.

        One for nearly all facts: in "evangelische Gemeinde" the church uses the word up, and no municipality is told.
        Only what stands apart has its own: "bei der Stadt Köln" is an authority by its first words, and of a Land by
        its last.
        """
        facts = self._knowledge.facts.values()
        together = [each for fact in facts if not fact.is_apart for each in (*_anywhere(fact), *_following(fact))]
        others = ((phrase, OTHERS) for phrase in self._knowledge.lexicon.third_parties.all)
        return (self._book((*together, *others)), *(self._book(_anywhere(fact)) for fact in facts if fact.is_apart))

    def answers(self, fact: Fact) -> Book:
        """What counts in answer to a fact's question: all that tells it, the buttons, loose words, yes and no."""
        idle = ((phrase, None) for phrase in self._knowledge.lexicon.idle_negations.all)
        return self._book((*_said(fact), *_called(fact), *self._implying(fact), *self._answered(fact), *idle))

    def supposed(self, fact: Fact) -> Book:
        """What does nothing but suppose a fact that is at hand."""
        only = (
            (phrase, (fact.name, option.id)) for option in fact.options.values() for phrase in option.supposed_as.all
        )
        return self._book(only)

    def labels(self) -> Book:
        """What stands for an option when it is all that is said: "Behörde". Of the person's own facts, and every whole
        label: a mere "ja" or "alle" answers whatever was asked."""
        facts = self._knowledge.facts.values()
        whole = [each for fact in facts for each in _labels(fact) if fact.about == "asker" or len(words(each[0])) > 1]
        grammar = all_words(self._knowledge.lexicon.function_words.all)
        askers = [fact for fact in facts if fact.about == "asker"]
        parts = [each for fact in askers for each in _label_words(fact) if each[0] not in grammar]
        loose = [each for fact in askers for each in (*_said(fact), *_marked(fact), *_loose(fact))]
        # A button's own words before part of them, and those before what else people say.
        known: set[Pattern] = set()
        named: list[tuple[str, Told]] = []
        for shelf in (whole, parts, loose):
            named += [(phrase, told) for phrase, told in shelf if self._pattern(phrase) not in known]
            known |= {self._pattern(phrase) for phrase, _ in shelf}
        return self._book(named)

    def _implying(self, fact: Fact) -> Iterator[tuple[str, Told]]:
        """What tells another fact of which this one follows: a ministry is an authority."""
        for other in self._knowledge.facts.values():
            for option in other.options.values():
                implied = option.implies.get(fact.name)
                phrases = (*option.said_as.all, *option.called_as.all)
                yield from ((phrase, (fact.name, implied)) for phrase in phrases if implied)

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
        meanings: dict[Pattern, tuple[Told, ...]] = {}
        for phrase, told in phrases:
            key = self._pattern(phrase)
            meanings[key] = tuple(dict.fromkeys((*meanings.get(key, ()), *([told] if told else []))))
        return FactBook(meanings, self._known, self._barred, whole=self._whole, classes=self._classes)

    def _pattern(self, phrase: str) -> Pattern:
        known = self._patterns.get(phrase)
        if known is None:
            known = self._patterns[phrase] = pattern(phrase)
        return known


def _said(fact: Fact) -> Iterator[tuple[str, Told]]:
    for option in fact.options.values():
        yield from ((phrase, (fact.name, option.id)) for phrase in option.said_as.all)


def _called(fact: Fact) -> Iterator[tuple[str, Told]]:
    for option in fact.options.values():
        yield from ((phrase, (fact.name, option.id)) for phrase in option.called_as.all)


def _marked(fact: Fact) -> Iterator[tuple[str, Told]]:
    """Callings with their mark."""
    for phrase, told in _called(fact):
        yield from ((phrase, told), (phrase, CALLED))


def _anywhere(fact: Fact) -> Iterator[tuple[str, Told | None]]:
    yield from _said(fact)
    yield from _marked(fact)
    yield from ((phrase, None) for phrase in fact.untold_as.all)


def _following(fact: Fact) -> Iterator[tuple[str, Told]]:
    """What else a phrase tells by what follows from its option: a ministry is an authority."""
    for option in fact.options.values():
        phrases = (*option.said_as.all, *option.called_as.all)
        yield from ((phrase, told) for told in option.implies.items() for phrase in phrases)


def _labels(fact: Fact) -> Iterator[tuple[str, Told]]:
    for option in fact.options.values():
        labels = (option.label.de, option.label.en, option.stated.de, option.stated.en)
        yield from ((label, (fact.name, option.id)) for label in labels if label)


def _loose(fact: Fact) -> Iterator[tuple[str, Told]]:
    for option in fact.options.values():
        yield from ((phrase, (fact.name, option.id)) for phrase in option.answered_as.all)


def _label_words(fact: Fact) -> Iterator[tuple[str, Told]]:
    for option in fact.options.values():
        yield from ((word, (fact.name, option.id)) for word in all_words((option.label.de, option.label.en)))
