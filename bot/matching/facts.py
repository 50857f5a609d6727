"""Facts that a text tells: said anywhere ("als Stadtverwaltung"), or in answer to a follow-up question ("jo, alle")."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate

from bot.knowledge.model import UNKNOWN, Fact, Knowledge, Option
from bot.matching.clause import Book, Clause, Phrase, Told, read
from bot.matching.joining import Joining, Named, strictest
from bot.matching.normalise import all_words, sentences, words
from bot.matching.phrases import GAP, PhraseBook

#: So many words may stand between "als" and what somebody is: "als kleiner regionaler Hofladen".
WORDS_AFTER_ROLE = 2
#: So many may stand between a negation and what it negates: "nicht zu unserer Werkstatt".
WORDS_AFTER_NEGATION = 2


class FactReader:
    """Reads facts; built once per knowledge. `known` words are never taken for a misspelt phrase."""

    def __init__(self, knowledge: Knowledge, known: Collection[str]) -> None:
        lexicon = knowledge.lexicon
        self._facts = knowledge.facts
        self._negations = all_words(lexicon.negations.all)
        self._reservations = all_words(lexicon.reservations.all)
        self._fillers = all_words(lexicon.fillers.all)
        self._whether_openers = all_words(lexicon.whether_openers.all)
        self._grammar = self._fillers | all_words(lexicon.function_words.all)
        self._joining = Joining(lexicon)
        barred = self._negations | self._reservations
        self._said = tuple(_book(phrases, known, barred) for phrases in _shelved(knowledge))
        self._answers = {
            name: _book((*_said(fact), *_answered(fact, knowledge)), known, barred)
            for name, fact in knowledge.facts.items()
        }
        self._roles = _book(((phrase, None) for phrase in lexicon.role_openers.all), known, ())
        #: What may stand beside the phrases of a fact.
        self._fitting = {
            name: (self._grammar | _words_of(fact.beside, knowledge)) - barred for name, fact in knowledge.facts.items()
        }

    def told(self, text: str) -> dict[str, str]:
        """Facts said in passing. A fact with two options in one text ("App oder API?") is not told, and neither is one
        that another contradicts: a federal agency that speaks of its "Kunden" is to be asked who it is."""
        options: dict[str, set[str]] = {}
        roles: dict[str, set[str]] = {}
        for sentence in sentences(text):
            for clause in (each for book in self._said for each in read(book, sentence)):
                for fact, option in self._certainly_said(clause, is_asked=sentence.endswith("?")):
                    _tell(options, self._facts, fact, option)
                for fact, option in self._in_role(clause):
                    _tell(roles, self._facts, fact, option)
        # Who says "als Hofladen" is one, whomever else the text names.
        options = {fact: roles[fact] if len(roles.get(fact, ())) == 1 else found for fact, found in options.items()}
        told = {fact: found.pop() for fact, found in options.items() if len(found) == 1}
        return {fact: option for fact, option in told.items() if self._agrees(fact, option, told)}

    def _in_role(self, clause: Clause) -> Iterator[Told]:
        """What a clause tells right after "als", "wir sind ein" or "we are a"."""
        # The furthest that any phrase so far goes: in a gap another may end before the one around it.
        lasts = list(accumulate((each.positions[-1] for each in clause.found), max))
        for opener in self._roles.find_in(clause.words):
            opening = opener.positions[-1] + 1
            # The first that follows, or that begins with the opener itself ("als Händler").
            first = bisect_left(lasts, opening)
            for each in clause.found[first : first + 1]:
                if each.positions[0] <= opening + WORDS_AFTER_ROLE and not self._is_negated(clause, each):
                    yield from self._joined(clause, first)

    def _joined(self, clause: Clause, first: int) -> Iterator[Told]:
        """What a phrase tells, or the strictest of those joined to it. All that they tell if none is, or if it is not
        sure that they are joined: then they contradict each other, and the asker is asked."""
        ordered = (name for name, _ in clause.found[first].meaning if self._facts[name].strictest_first)
        fact = next(ordered, None)
        run = self._joining.run(clause, first)
        if fact and len(run) > 1 and self._joining.is_closed(clause, run[-1]):
            chosen = strictest(self._facts[fact], (o for each in run for name, o in each.meaning if name == fact))
            run = [each for each in run if chosen is None or (fact, chosen) in each.meaning]
        for each in run:
            yield from each.meaning

    def _certainly_said(self, clause: Clause, *, is_asked: bool) -> Iterator[Told]:
        """What a clause tells; what needs certainty only if it tells nothing else ("müssen alle zugestimmt haben") and
        does not ask whether it is so ("haben die Kunden zugestimmt?")."""
        asks_whether = is_asked and any(word in self._whether_openers for word in clause.words[:1])
        for fact, option in self._meant(clause):
            if not self._needs_certainty(fact, option) or (not asks_whether and self._is_plain([clause], fact)):
                yield fact, option

    def _is_plain(self, clauses: Iterable[Clause], fact: str) -> bool:
        """Whether what stands beside the phrases is grammar or what the fact is about, and no reservation or negation.

        "für Termine haben sie zugestimmt" is consent to something else, "die haben alle meine Karte" to nothing.
        """
        others = frozenset().union(*(clause.others for clause in clauses))
        return others <= self._fitting[fact]

    def _agrees(self, fact: str, option: str, told: Mapping[str, str]) -> bool:
        return all(told.get(name) == value for name, value in self._facts[fact].options[option].implies.items())

    def other_words(self, text: str) -> list[str]:
        """The words of a text that tell no facts."""
        same_clauses = zip(*(read(book, text) for book in self._said), strict=True)
        return [
            alike[0]
            for clauses in same_clauses
            for alike in zip(*(clause.free for clause in clauses), strict=True)
            if all(alike)
        ]

    def answer(self, fact: str, text: str) -> str | None:
        """The option that a text chooses when asked for a fact: one, `unknown` if it is undecided, or None."""
        said = read(self._answers[fact], text)
        options = {option for clause in said for _, option in self._meant(clause)}
        possible = {each for each in options if len(options) == 1 or not self._needs_certainty(fact, each)}
        chosen = possible.pop() if len(possible) == 1 else self._strictest(fact, said) or _outweighing(said)
        is_doubtful = self._needs_certainty(fact, chosen) and ("?" in text or not self._is_certain(fact, said, chosen))
        return None if is_doubtful else chosen

    def _strictest(self, fact: str, said: list[Clause]) -> str | None:
        """Of several options that an answer joins ("Verein und Betrieb") the strictest, if the fact orders them."""
        named: list[Named] = []
        options: set[str] = set()
        for number, clause in enumerate(said):
            for each in (each for each in clause.found if not self._is_negated(clause, each)):
                told = {option for _, option in each.meaning if option != UNKNOWN}
                options |= told
                named += [(number, each)] if told else []
        chosen = strictest(self._facts[fact], options)
        return chosen if chosen and self._joining.joins_all(said, named) else None

    def supposed(self, fact: str, text: str) -> str | None:
        """The option that a "what if" supposes: an answer, though asked, with nothing but grammar beside it."""
        is_alone = all(clause.others <= self._grammar for clause in read(self._answers[fact], text))
        # Its words alone: with its question mark it would count as doubtful.
        return self.answer(fact, " ".join(words(text))) if is_alone else None

    def _needs_certainty(self, fact: str, option: str | None) -> bool:
        found = self._facts[fact].options.get(option or "")
        return found is not None and found.needs_certainty

    def _is_certain(self, fact: str, said: list[Clause], chosen: str | None) -> bool:
        """Whether a text affirms and does nothing else: no phrase of another option, nothing beside it."""
        found = [each for clause in said for each in clause.found]
        if any(option != chosen for each in found for _, option in each.meaning):
            return False
        # A single word such as "alle" says too little to stand beside anything: "das machen doch alle so".
        is_bare = all(len(each.positions) == 1 for each in found)
        is_alone = all(clause.others <= self._fillers for clause in said)
        return is_alone if is_bare else self._is_plain(said, fact)

    def _is_negated(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether a negation stands before a phrase, at most one word of any kind or two of grammar between them."""
        start = phrase.positions[0]
        before = clause.free[max(0, start - WORDS_AFTER_NEGATION - 1) : start]
        is_near = any(word in self._negations for word in before[-WORDS_AFTER_NEGATION:])
        between = before[1:]
        return is_near or (before[:1] != [] and before[0] in self._negations and self._grammar.issuperset(between))

    def _meant(self, clause: Clause) -> Iterator[Told]:
        for each in clause.found:
            if not self._is_negated(clause, each):
                yield from each.meaning


def _tell(options: dict[str, set[str]], facts: Mapping[str, Fact], fact: str, option: str) -> None:
    options.setdefault(fact, set()).add(option)
    for name, implied in facts[fact].options[option].implies.items():
        options.setdefault(name, set()).add(implied)


def _words_of(concepts: Iterable[str], knowledge: Knowledge) -> set[str]:
    """All words of some concepts."""
    phrases = [knowledge.lexicon.concepts[concept] for concept in concepts if concept in knowledge.lexicon.concepts]
    return {word for each in phrases for word in all_words(each.all)}


def _shelved(knowledge: Knowledge) -> Iterator[list[tuple[str, Told | None]]]:
    """The phrases that tell facts anywhere, by the book they belong in.

    One for nearly all facts: in "evangelische Gemeinde" the church uses the word up, and no municipality is told. Only
    what stands apart has its own: "bei der Stadt Köln" is an authority by its first words, and of a Land by its last.
    """
    phrases = {fact.name: [*_said(fact), *_untold(fact)] for fact in knowledge.facts.values()}
    apart = [name for name, fact in knowledge.facts.items() if fact.is_apart]
    others = ((phrase, None) for phrase in knowledge.lexicon.third_parties.all)
    yield [*(each for name in phrases if name not in apart for each in phrases[name]), *others]
    yield from (phrases[name] for name in apart)


def _untold(fact: Fact) -> Iterator[tuple[str, None]]:
    yield from ((phrase, None) for phrase in fact.untold_as.all)


def _outweighing(said: list[Clause]) -> str | None:
    """Of several options the one with the clearly longest phrase: "ja, aber nicht alle" says "nicht alle"."""
    found = sorted((each for clause in said for each in clause.found), key=lambda each: -len(each.positions))
    lengths = [len(each.positions) for each in found]
    return found[0].meaning[0][1] if len(found) > 1 and lengths[0] > lengths[1] else None


def _book(phrases: Iterable[tuple[str, Told | None]], known: Collection[str], barred: Collection[str]) -> Book:
    """Phrases with all that each tells; one that tells nothing still uses its words up ("mein Friseur")."""
    meanings: dict[str, tuple[Told, ...]] = {}
    for phrase, told in phrases:
        key = GAP.join(" ".join(words(part)) for part in phrase.split(GAP))
        meanings[key] = tuple(dict.fromkeys((*meanings.get(key, ()), *([told] if told else []))))
    return PhraseBook(meanings, known, barred)


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
