"""Who is two things at once: "ein Verein mit eigener Praxis". Of options that are joined the strictest decides."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TypeAlias

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Fact
from bot.matching.facts.clause import Clause, Phrase
from bot.matching.normalise import all_words
from bot.matching.phrases import PhraseBook

#: "als Verein und Praxis schreiben wir": the asker is named after what they are, with the verb between.
WORDS_UP_TO_ASKER = 2
#: So many words of what follows are enough to tell how it goes on.
WORDS_READ_AFTER = 4

#: A phrase, and the number of its clause in a text.
Named: TypeAlias = tuple[int, Phrase]


class Joining:
    """Tells phrases that are joined from such as merely follow each other."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._joiners = PhraseBook(dict.fromkeys(lexicon.joiners.all))
        self._fillers = all_words(lexicon.fillers.all)
        self._question_words = all_words(lexicon.question_words.all)
        self._askers = all_words(lexicon.asker_acts.all)

    def run(self, clause: Clause, first: int) -> list[Phrase]:
        """The phrase at a place among those found, and those joined to it that tell the same fact."""
        named = [clause.found[first]]
        facts = {fact for fact, _ in named[0].meaning if fact}
        for one, other in pairwise(clause.found[first:]):
            # What joins them stands between, or the phrase begins with it ("mit Praxis").
            between = clause.words[one.positions[-1] + 1 : other.positions[0]] or clause.words[other.positions[0] :][:1]
            if not self._joins(between) or facts.isdisjoint(fact for fact, _ in other.meaning):
                break
            named.append(other)
        return named

    def is_closed(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether a joined phrase is still about the asker, whatever follows: in "wir sind ein Hofladen und eine Schule
        hat bestellt" it begins something new."""
        end = phrase.positions[-1] + 1
        after = clause.words[end : end + WORDS_READ_AFTER]
        is_asked = any(word in self._askers for word in after[:WORDS_UP_TO_ASKER])
        goes_on = any(each.positions[0] == 0 for each in self._joiners.find_in(after))
        return not after or after[0] in self._question_words or is_asked or goes_on

    def joins_all(self, clauses: Sequence[Clause], named: Iterable[Named]) -> bool:
        """Whether nothing but joiners stands between the phrases of an answer; a comma joins, too."""
        places = [(number, position) for number, phrase in named for position in phrase.positions]
        first, last = min(places), max(places)
        between = [
            word
            for number, clause in enumerate(clauses)
            for position, word in enumerate(clause.free)
            if word and first < (number, position) < last
        ]
        return self._joins(between)

    def _joins(self, said: Sequence[str]) -> bool:
        """Whether words do nothing but join what stands around them."""
        joining = {position for each in self._joiners.find_in(said) for position in each.positions}
        return all(position in joining or word in self._fillers for position, word in enumerate(said))


def strictest(fact: Fact, options: Iterable[str]) -> str | None:
    """The option that decides if somebody is all of these; None if the fact does not order them."""
    wanted, order = set(options), fact.strictest_first
    return min(wanted, key=order.index) if wanted and wanted.issubset(order) else None
