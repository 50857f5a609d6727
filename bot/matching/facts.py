"""Facts that a text tells: said anywhere ("als Stadtverwaltung"), or in answer to a follow-up question ("jo, alle")."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.knowledge.model import UNKNOWN, Fact, Knowledge, Option
from bot.matching.normalise import clauses, words
from bot.matching.phrases import Found, PhraseBook

#: (fact, option)
Told = tuple[str, str]


class FactReader:
    """Reads facts; built once per knowledge. `known` words are never taken for a misspelt phrase."""

    def __init__(self, knowledge: Knowledge, known: Collection[str]) -> None:
        lexicon = knowledge.lexicon
        self._facts = knowledge.facts
        self._negations = {w for phrase in lexicon.negations.all for w in words(phrase)}
        self._reservations = {w for phrase in lexicon.reservations.all for w in words(phrase)}
        self._grammar = {w for p in (*lexicon.function_words.all, *lexicon.fillers.all) for w in words(p)}
        # One book for all facts: in "evangelische Gemeinde" the church uses the word up, and no municipality is told.
        self._said = _book((each for fact in knowledge.facts.values() for each in _said(fact)), known)
        self._answers = {
            name: _book((*_said(fact), *_answered(fact, knowledge)), known) for name, fact in knowledge.facts.items()
        }

    def told(self, text: str) -> dict[str, str]:
        """Facts said in passing. A fact with two options in one text ("App oder API?") is not told, and neither is one
        that another contradicts: a federal agency that speaks of its "Kunden" is to be asked who it is."""
        options: dict[str, set[str]] = {}
        for fact, option in self._meant(self._said, text):
            options.setdefault(fact, set()).add(option)
            for name, implied in self._facts[fact].options[option].implies.items():
                options.setdefault(name, set()).add(implied)
        told = {fact: found.pop() for fact, found in options.items() if len(found) == 1}
        return {fact: option for fact, option in told.items() if self._agrees(fact, option, told)}

    def _agrees(self, fact: str, option: str, told: Mapping[str, str]) -> bool:
        return all(told.get(name) == value for name, value in self._facts[fact].options[option].implies.items())

    def other_words(self, text: str) -> list[str]:
        """The words of a text that tell no facts."""
        return [
            word
            for clause in clauses(text)
            for word in _without_phrases(words(clause), self._said.find(clause))
            if word
        ]

    def answer(self, fact: str, text: str) -> str | None:
        """The option that a text chooses when asked for a fact: one, `unknown` if it is undecided, or None."""
        book = self._answers[fact]
        options = {option for _, option in self._meant(book, text)}
        chosen = options.pop() if len(options) == 1 else _outweighing(book.find(text))
        option = self._facts[fact].options.get(chosen or "")
        return None if option and option.needs_certainty and not self._is_certain(book, text) else chosen

    def _is_certain(self, book: PhraseBook[tuple[Told, ...]], text: str) -> bool:
        """Whether a text affirms and does nothing else: no reservation, no negation, no question, no further content
        beside a bare "ja"."""
        if "?" in text:
            return False
        found = [each for clause in clauses(text) for each in book.find(clause)]
        others = [
            word for clause in clauses(text) for word in _without_phrases(words(clause), book.find(clause)) if word
        ]
        is_bare = all(each.end - each.start == 1 for each in found)
        doubts = self._negations | self._reservations
        return not any(word in doubts or (is_bare and word not in self._grammar) for word in others)

    def _meant(self, book: PhraseBook[tuple[Told, ...]], text: str) -> Iterator[Told]:
        for clause in clauses(text):
            found = book.find(clause)
            # "ohne Einwilligung als Verein": a negation inside a phrase negates no other.
            free = _without_phrases(words(clause), found)
            for each in found:
                if not any(word in self._negations for word in free[max(0, each.start - 2) : each.start]):
                    yield from each.meaning


def _without_phrases(read: list[str], found: list[Found[tuple[Told, ...]]]) -> list[str]:
    """The words of a clause, those of its phrases blanked."""
    covered = {position for each in found for position in range(each.start, each.end)}
    return ["" if position in covered else word for position, word in enumerate(read)]


def _outweighing(found: list[Found[tuple[Told, ...]]]) -> str | None:
    """Of several options the one with the clearly longest phrase: "ja, aber nicht alle" says "nicht alle"."""
    by_length = sorted(found, key=lambda each: each.start - each.end)
    if len(by_length) < 2 or by_length[0].end - by_length[0].start == by_length[1].end - by_length[1].start:
        return None
    return by_length[0].meaning[0][1]


def _book(phrases: Iterable[tuple[str, Told]], known: Collection[str]) -> PhraseBook[tuple[Told, ...]]:
    meanings: dict[str, tuple[Told, ...]] = {}
    for phrase, told in phrases:
        key = " ".join(words(phrase))
        meanings[key] = tuple(dict.fromkeys((*meanings.get(key, ()), told)))
    return PhraseBook(meanings, known)


def _said(fact: Fact) -> Iterator[tuple[str, Told]]:
    for option in fact.options.values():
        yield from ((phrase, (fact.name, option.id)) for phrase in option.said_as.all)


def _answered(fact: Fact, knowledge: Knowledge) -> Iterator[tuple[str, Told]]:
    """What counts only in answer to the fact's question: the buttons, loose words, and yes and no where they fit."""
    yield from ((phrase, (fact.name, UNKNOWN)) for phrase in fact.undecided_as.all)
    for option in fact.options.values():
        labels = (option.label.de, option.label.en, option.stated.de, option.stated.en)
        phrases = (*labels, *option.answered_as.all, *_plain_answers(option, knowledge))
        yield from ((phrase, (fact.name, option.id)) for phrase in phrases)


def _plain_answers(option: Option, knowledge: Knowledge) -> tuple[str, ...]:
    aside = knowledge.asides.get(option.id) if option.id in ("yes", "no") else None
    return aside.said_as.all if aside else ()
