"""Messages that are nothing but the name of an option: "Behörde", "nein, ich meinte Verein", "kein Betrieb"."""

from collections.abc import Iterable, Iterator, Sequence

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Knowledge
from bot.matching.facts.callings import is_called
from bot.matching.facts.clause import CALLED, Told, read_words
from bot.matching.facts.frames import Frames
from bot.matching.facts.kinds import Part
from bot.matching.facts.shelves import Shelves
from bot.matching.normalise import all_words

#: No name of an option is longer, with what people put around it.
MOST_WORDS = 12


class Labels:
    """Knows the names of one knowledge's options."""

    def __init__(self, knowledge: Knowledge, shelves: Shelves, frames: Frames) -> None:
        self._facts = knowledge.facts
        self._book = shelves.labels()
        self._frames = frames
        self._negations = frames.negations
        self._beside = frames.grammar | _leading(knowledge.lexicon)

    def named(self, parts: Sequence[Part]) -> Iterator[tuple[Told, bool]]:
        """What the parts of a message name, and whether they deny it; nothing if there is more to the message."""
        if sum(len(part.words) for part in parts) > MOST_WORDS or any(part.kind != "statement" for part in parts):
            return
        clauses = [read_words(self._book, part.words) for part in parts]
        if any(not each.others <= self._beside | self._negations for each in clauses):
            return
        for clause in clauses:
            callings = self._frames.callings
            named = [each for each in clause.found if is_called(each)]
            if any(callings.is_beside(clause, each) or not callings.is_present(clause, each) for each in named):
                continue
            is_denied = not self._negations.isdisjoint(clause.free)
            for told in self._only(clause.found[0].meaning if len(clause.found) == 1 else ()):
                is_identity = self._facts[told[0]].is_identity
                if not is_denied or self._frames.is_excluded(clause, clause.found[0], is_identity=is_identity):
                    yield told, is_denied

    def _only(self, meaning: Iterable[Told]) -> Sequence[Told]:
        """What a name tells, if that is one thing: "privat" is people and apps, "Stadt" an authority and its level."""
        options = dict(told for told in meaning if told != CALLED)
        of_one = [each for each in options.items() if all(self._follows(other, each) for other in options.items())]
        return of_one[:1] if len(options) == len({*meaning} - {CALLED}) else ()

    def _follows(self, told: Told, given: Told) -> bool:
        fact, option = given
        return told == given or self._facts[fact].options[option].implies.get(told[0]) == told[1]


def _leading(lexicon: Lexicon) -> set[str]:
    """What leads to a name: "nein, ich meinte", "also"."""
    return all_words((*lexicon.follow_up_openers.all, *lexicon.connectors.all, *lexicon.role_openers.all))
