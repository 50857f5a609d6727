"""Answers to a follow-up question as people give them: "jo, alle", "ja, aber nur mündlich", "App und API", 👍."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from bot.knowledge.model import UNKNOWN, Fact, Knowledge
from bot.matching.facts.clause import Book, Clause, Phrase, Told, read, read_words
from bot.matching.facts.frames import Frames
from bot.matching.facts.joining import Joining, Named, strictest
from bot.matching.facts.shelves import Shelves
from bot.matching.normalise import all_words

#: Signs that are as good as the word: what 👍 says to a button's question is what "ja" says.
_SIGNS = {"yes": "👍👌✅✔☑🆗🙆", "no": "👎❌✖🚫🙅", "unknown": "🤷"}
_SIGN_ENDINGS = "\ufe0f\u200d♀♂" + "".join(map(chr, range(0x1F3FB, 0x1F400)))


class _Books(dict[str, Book]):
    """The books of facts by their names, each made when it is first looked into: most facts are never asked for."""

    def __init__(self, facts: Mapping[str, Fact], make: Callable[[Fact], Book]) -> None:
        super().__init__()
        self._facts = facts
        self._make = make

    def __missing__(self, name: str) -> Book:
        book = self[name] = self._make(self._facts[name])
        return book


class Answers:
    """Chooses the options of one knowledge's facts."""

    def __init__(self, knowledge: Knowledge, shelves: Shelves, frames: Frames) -> None:
        lexicon = knowledge.lexicon
        self._facts = knowledge.facts
        self._frames = frames
        self._joining = Joining(lexicon)
        self._answers = _Books(knowledge.facts, shelves.answers)
        self._supposed = _Books(knowledge.facts, shelves.supposed)
        self._alternatives = all_words(lexicon.alternatives.all)
        self._signs = {
            name: next(iter(knowledge.asides[name].said_as.all), "") for name in _SIGNS if name in knowledge.asides
        }
        barred = frames.negations | all_words(lexicon.reservations.all)
        #: What is a reservation where somebody states, and grammar where somebody supposes: "hätten", "würden".
        self._supposable = frames.grammar - frames.negations
        #: What may stand beside the phrases of a fact.
        self._fitting = {
            name: (frames.grammar | _words_of(fact.beside, knowledge)) - barred
            for name, fact in knowledge.facts.items()
        }

    def chosen(self, fact: str, text: str) -> str | None:
        """The option that an answer chooses: one, `unknown` if it is undecided, or None."""
        said = read(self._answers[fact], self._spelt(text))
        chosen = self._of_several(fact, said)
        is_doubtful = self.needs_certainty(fact, chosen) and not self._is_certain(fact, said, chosen)
        return None if is_doubtful else chosen

    def supposed(self, fact: str, said: Sequence[str]) -> str | None:
        """The option that the words of a supposition name, with nothing beside it but grammar and what it is about."""
        for book in (self._supposed[fact], self._answers[fact]):
            clause = read_words(book, said)
            is_plain = all(word in self._fitting[fact] or word in self._supposable for word in clause.others)
            option = self._of_several(fact, [clause]) if is_plain else None
            if option:
                return option
        return None

    def needs_certainty(self, fact: str, option: str | None) -> bool:
        found = self._facts[fact].options.get(option or "")
        return found is not None and found.needs_certainty

    def is_plain(self, clauses: Sequence[Clause], fact: str) -> bool:
        """Whether what stands beside the phrases is grammar or what the fact is about, and no reservation or negation.

        "für Termine haben sie zugestimmt" is consent to something else, "die haben alle meine Karte" to nothing.
        """
        beside = {word for clause in clauses for word in self._beside(clause, fact)}
        return all(word in self._fitting[fact] or word.isdecimal() for word in beside)

    def _beside(self, clause: Clause, fact: str) -> Iterator[str]:
        """The words of a clause that stand beside a fact. Who somebody is does not matter to it; what else is told of
        the case does: "für Termine haben sie zugestimmt"."""
        others = {name for name, other in self._facts.items() if name != fact and other.about == "question"}
        inside = {at for each in clause.found for at in each.positions if not _tells_only(each, others)}
        return (word for at, word in enumerate(clause.words) if at not in inside)

    def _spelt(self, text: str) -> str:
        """The text, or the word for the sign that it is."""
        sign = text.strip().strip(_SIGN_ENDINGS)
        bare = {each for each in sign if each not in _SIGN_ENDINGS and not each.isspace()}
        name = next((name for name, signs in _SIGNS.items() if bare and bare <= set(signs)), "")
        return self._signs.get(name, "") or text

    def _of_several(self, fact: str, said: Sequence[Clause]) -> str | None:
        options = {option for clause in said for _, option in self._meant(clause)}
        if len(options) > 1 and any(self._alternatives.intersection(clause.free) for clause in said):
            return None
        possible = {each for each in options if len(options) == 1 or not self.needs_certainty(fact, each)}
        return possible.pop() if len(possible) == 1 else self._strictest(fact, said) or _outweighing(said)

    def _strictest(self, fact: str, said: Sequence[Clause]) -> str | None:
        """Of several options that an answer joins ("Verein und Betrieb") the strictest, if the fact orders them."""
        named: list[Named] = []
        options: set[str] = set()
        for number, clause in enumerate(said):
            for each in (each for each in clause.found if not self._frames.is_negated(clause, each)):
                told = {option for _, option in each.meaning if option != UNKNOWN}
                options |= told
                named += [(number, each)] if told else []
        chosen = strictest(self._facts[fact], options)
        return chosen if chosen and self._joining.joins_all(said, named) else None

    def _is_certain(self, fact: str, said: Sequence[Clause], chosen: str | None) -> bool:
        """Whether a text affirms and does nothing else: no phrase of another option, nothing beside it."""
        found = [each for clause in said for each in clause.found]
        if any(option != chosen for each in found for _, option in each.meaning):
            return False
        # A single word such as "alle" says too little to stand beside anything: "das machen doch alle so".
        is_bare = all(len(each.positions) == 1 for each in found)
        is_alone = all(clause.others <= self._frames.fillers for clause in said)
        return is_alone if is_bare else self.is_plain(said, fact)

    def _meant(self, clause: Clause) -> Iterator[Told]:
        for each in clause.found:
            if not self._frames.is_negated(clause, each):
                yield from each.meaning


def _tells_only(phrase: Phrase, facts: Collection[str]) -> bool:
    return bool(phrase.meaning) and all(name in facts for name, _ in phrase.meaning)


def _words_of(names: Collection[str], knowledge: Knowledge) -> set[str]:
    """All words of some concepts or classes."""
    known = {**knowledge.lexicon.concepts, **knowledge.lexicon.classes}
    return {word for name in names if name in known for word in all_words(known[name].all)}


def _outweighing(said: Sequence[Clause]) -> str | None:
    """Of several options the one with the clearly longest phrase: "ja, aber nicht alle" says "nicht alle"."""
    found = sorted((each for clause in said for each in clause.found), key=lambda each: -len(each.positions))
    lengths = [len(each.positions) for each in found]
    return found[0].meaning[0][1] if len(found) > 1 and lengths[0] > lengths[1] else None
