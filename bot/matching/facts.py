"""Facts that a text tells: said anywhere ("als Stadtverwaltung"), or in answer to a follow-up question ("jo, alle")."""

from collections.abc import Collection, Iterable, Iterator

from bot.knowledge.model import Fact, Knowledge, Option
from bot.matching.normalise import clauses, words
from bot.matching.phrases import Found, PhraseBook

#: (fact, option)
Told = tuple[str, str]


class FactReader:
    """Reads facts; built once per knowledge. `known` words are never taken for a misspelt phrase."""

    def __init__(self, knowledge: Knowledge, known: Collection[str]) -> None:
        self._negations = {w for phrase in knowledge.lexicon.negations.all for w in words(phrase)}
        # One book for all facts: in "evangelische Gemeinde" the church uses the word up, and no municipality is told.
        self._said = _book((each for fact in knowledge.facts.values() for each in _said(fact)), known)
        self._answers = {
            name: _book((*_said(fact), *_answered(fact, knowledge)), known) for name, fact in knowledge.facts.items()
        }

    def told(self, text: str) -> dict[str, str]:
        """Facts said in passing. A fact with two options in one text ("App oder API?") is not told."""
        options: dict[str, set[str]] = {}
        for fact, option in self._meant(self._said, text):
            options.setdefault(fact, set()).add(option)
        return {fact: found.pop() for fact, found in options.items() if len(found) == 1}

    def other_words(self, text: str) -> list[str]:
        """The words of a text that tell no facts."""
        return [
            word
            for clause in clauses(text)
            for word in _without_phrases(words(clause), self._said.find(clause))
            if word
        ]

    def answer(self, fact: str, text: str) -> str | None:
        """The option that a text chooses when asked for a fact; None if none or several."""
        options = {option for _, option in self._meant(self._answers[fact], text)}
        return options.pop() if len(options) == 1 else _outweighing(self._answers[fact].find(text))

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
    for option in fact.options.values():
        labels = (option.label.de, option.label.en, option.stated.de, option.stated.en)
        phrases = (*labels, *option.answered_as.all, *_plain_answers(option, knowledge))
        yield from ((phrase, (fact.name, option.id)) for phrase in phrases)


def _plain_answers(option: Option, knowledge: Knowledge) -> tuple[str, ...]:
    aside = knowledge.asides.get(option.id) if option.id in ("yes", "no") else None
    return aside.said_as.all if aside else ()
