"""How a phrase stands in its clause: denied, of the person's own doing, somebody else's, or what is asked about."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from bot.knowledge.lexicon import Lexicon
from bot.matching.facts.callings import Callings, is_called
from bot.matching.facts.clause import OTHERS, Clause, Phrase
from bot.matching.normalise import all_words, words
from bot.matching.phrases import PhraseBook
from bot.matching.spelling import EVERY_WORD

#: So many words may stand between "als" and what somebody is: "als kleiner regionaler Hofladen".
WORDS_AFTER_ROLE = 2
#: So many may stand between a negation and what it negates: "nicht zu unserer Werkstatt".
WORDS_AFTER_NEGATION = 2
#: And so many between "unser" and what is ours, or "mit" and what it is done with: "mit der normalen App".
WORDS_AFTER_OWNER = 2


class Frames:
    """Tells them by the words of a lexicon."""

    def __init__(self, lexicon: Lexicon, known: Collection[str]) -> None:
        # Not those of several words: "one" of "no one" denies nothing by itself.
        self.negations = {read[0] for phrase in lexicon.negations.all if len(read := words(phrase)) == 1}
        self.fillers = all_words(lexicon.fillers.all)
        self.grammar = self.fillers | all_words(lexicon.function_words.all)
        self._roles = PhraseBook(dict.fromkeys(lexicon.role_openers.all), known)
        self.callings = Callings(lexicon)
        self._keeping = all_words(lexicon.keeping.all)
        self._askers = all_words(lexicon.asker_acts.all)
        self._owners = all_words(lexicon.asker_owns.all)
        self._speaking = self._askers | self._owners | all_words(lexicon.asker_acted_on.all)
        self._prepositions = all_words(lexicon.prepositions.all)
        self._asking = all_words((*lexicon.whether_openers.all, *lexicon.question_words.all))
        self._whether = all_words(lexicon.whether_openers.all)
        #: Whether what is asked is what a thing is, however it is named.
        self._asked_about = PhraseBook(
            {**dict.fromkeys(lexicon.asked_about.all, False), **dict.fromkeys(lexicon.asked_meaning.all, True)},
            EVERY_WORD,
        )
        self._alternatives = all_words(lexicon.alternatives.all)
        self._unfamiliar = PhraseBook(dict.fromkeys(lexicon.unfamiliar.all), EVERY_WORD)

    def is_negated(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether a negation stands before a phrase, at most one word of any kind or two of grammar between them."""
        start = phrase.positions[0]
        before = clause.free[max(0, start - WORDS_AFTER_NEGATION - 1) : start]
        is_near = any(word in self.negations for word in before[-WORDS_AFTER_NEGATION:])
        between = before[1:]
        return is_near or (before[:1] != [] and before[0] in self.negations and self.grammar.issuperset(between))

    def is_excluded(self, clause: Clause, phrase: Phrase, *, is_identity: bool) -> bool:
        """Whether a negated phrase is what is denied: not the club in "kein eingetragener Verein", and nobody in "haben
        keine Praxis"."""
        if not is_identity:
            return True
        before = clause.free[: phrase.positions[0]]
        denied = max((at for at, word in enumerate(before) if word in self.negations), default=None)
        if denied is None:
            return True
        is_held = not self._keeping.isdisjoint(clause.words[max(0, denied - 1) : phrase.positions[0]])
        return not is_held and all(word in self.grammar or not word for word in before[denied + 1 :])

    def roles(self, clause: Clause) -> Iterator[tuple[int, bool]]:
        """The phrases, by their number, that say what somebody is: right after "als", "wir sind ein". And whether the
        asker stands right before it: "wir als Verein" is no supposition."""
        # The furthest that any phrase so far goes: in a gap another may end before the one around it.
        lasts = list(accumulate((each.positions[-1] for each in clause.found), max))
        untold = {at for each in clause.found if not each.meaning for at in each.positions}
        openers = (
            [each for each in self._roles.find_in(clause.words) if untold.isdisjoint(each.positions)] if lasts else []
        )
        asked = {at for each in self._asked_about.find_in(clause.words) for at in each.positions} if openers else set()
        for opener in openers:
            opening = opener.positions[-1] + 1
            # The first that follows, or that begins with the opener itself ("als Händler").
            first = bisect_left(lasts, opening)
            for each in clause.found[first : first + 1]:
                is_near = each.positions[0] <= opening + WORDS_AFTER_ROLE
                if is_called(each) and not self.callings.is_opened(clause, each, opener.positions):
                    continue
                if is_near and asked.isdisjoint(opener.positions) and not self.is_negated(clause, each):
                    before = clause.words[: opener.positions[0]][-1:]
                    is_apposed = clause.words[opener.positions[0]] in self._prepositions
                    yield first, is_apposed and bool(before) and before[0] in self._askers

    def is_own(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether it is the asker's: "unsere kleine Metzgerei"."""
        start = phrase.positions[0]
        near = (*clause.words[max(0, start - WORDS_AFTER_OWNER) : start], clause.words[start])
        return any(word in self._owners for word in near)

    def is_asker_in(self, said: Sequence[str]) -> bool:
        return not self._askers.isdisjoint(said)

    def speaks_of_asker(self, clause: Clause, phrase: Phrase) -> bool:
        return any(clause.words[at] in self._speaking for at in phrase.positions)

    def is_done_with(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether the asker does something with it: "darf ich mit der Business App …"."""
        return not self._askers.isdisjoint(clause.words) and self.has_preposition(clause, phrase)

    def has_preposition(self, clause: Clause, phrase: Phrase) -> bool:
        start = phrase.positions[0]
        near = (*clause.words[max(0, start - WORDS_AFTER_OWNER) : start], clause.words[start])
        return any(word in self._prepositions for word in near)

    def asks_whether(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether the very thing is asked: "haben die Kunden zugestimmt", "sind alle einverstanden"."""
        first = clause.words[0]
        return first in self._whether or (phrase.positions[0] == 0 and first in self._asking)

    def asks_about(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether the thing itself is asked about: "was ist die Business App", "kostet die API etwas"."""
        found = self._asked_about.find_in(clause.words)
        if not found or any(each.meaning for each in found):
            return bool(found)
        start = phrase.positions[0]
        near = range(max(0, start - WORDS_AFTER_OWNER), start + 1)
        asked = {at for each in found for at in each.positions}
        # What is asked of it is of another thing: "was ist mit der API zu beachten"; not so in "Unterschied zwischen".
        return not any(clause.words[at] in self._prepositions and at not in asked for at in near)

    def is_alternative(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether it is one of several things of which a question wants one: "App oder API?"."""
        start, end = phrase.positions[0], phrase.positions[-1] + 1
        near = (*clause.words[max(0, start - WORDS_AFTER_OWNER) : start], *clause.words[end : end + WORDS_AFTER_OWNER])
        return not self._alternatives.isdisjoint(near)

    def is_unfamiliar(self, clause: Clause) -> bool:
        """Whether the person says that they do not know it: "kenne die Business App nicht"."""
        return bool(self._unfamiliar.find_in(clause.words))

    def is_of_others(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether somebody else is named before it, and nobody who asks: "mein Nachbar ist ein Verein"."""
        before = [each for each in clause.found if each.positions[0] < phrase.positions[0] and OTHERS in each.meaning]
        if not before:
            return False
        between = clause.words[before[-1].positions[-1] + 1 : phrase.positions[-1] + 1]
        return self._speaking.isdisjoint(between)
