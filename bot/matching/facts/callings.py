"""Whether somebody says with a calling who they are: "Friseurin hier", "als Hebamme", "Nagelstudio: …".

A place or body ("Arztpraxis") is hardly named but by those of it; a calling is. "Der Dachdecker hat Fotos gemacht"
tells nothing of the asker, so that a calling counts only where it introduces whoever writes.
"""

from collections.abc import Sequence

from bot.knowledge.lexicon import Lexicon
from bot.matching.facts.clause import CALLED, Clause, Phrase
from bot.matching.facts.kinds import Part
from bot.matching.normalise import all_words
from bot.matching.phrases import PhraseBook
from bot.matching.spelling import EVERY_WORD

#: "Als Trainer hat er mich …": so many words after a calling are enough to name another one.
WORDS_UP_TO_ANOTHER = 2
#: "Der Verein von nebenan macht": so many after a body are enough for what it does.
WORDS_UP_TO_DEED = 3


def is_called(phrase: Phrase) -> bool:
    return CALLED in phrase.meaning


class Callings:
    """Tells it by the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._closers = PhraseBook(dict.fromkeys(lexicon.calling_closers.all), EVERY_WORD)
        self._keeping = all_words(lexicon.keeping.all)
        self._no_longer = all_words(lexicon.no_longer.all)
        self._not_so = self._no_longer | all_words(lexicon.not_yet.all)
        self._working = all_words(lexicon.working.all)
        self._others = all_words(lexicon.another.all)
        self._deeds = all_words(lexicon.deeds.all)
        self._articles = all_words(lexicon.articles.all)
        self._copulas = all_words(lexicon.copulas.all)
        self._pronouns = self._others | all_words(lexicon.articles.all)
        self._leads = all_words(
            (*lexicon.calling_leads.all, *lexicon.lead_ins.all, *lexicon.fillers.all, *lexicon.connectors.all)
        )
        #: "als" is a preposition too, and says what somebody is.
        self._naming = all_words(lexicon.role_openers.all)
        self._joiners = all_words(lexicon.connectors.all) - all_words(lexicon.alternatives.all)
        self._prepositions = all_words(lexicon.prepositions.all)
        self._negations = all_words(lexicon.negations.all)
        self._askers = all_words(lexicon.asker_acts.all)
        self._acted_on = all_words(lexicon.asker_acted_on.all)
        self._speaking = self._askers | self._acted_on | all_words(lexicon.asker_owns.all)

    def is_present(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether it is so now: not "früher war ich Lehrerin", and not "ich will Lehrerin werden"."""
        end = phrase.positions[-1] + 1
        return self._no_longer.isdisjoint(clause.words[:end]) and self._not_so.isdisjoint(clause.words[end:][-1:])

    def is_beside(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether the asker was with somebody of the calling: "ich war bei einer Heilpraktikerin"."""
        before = clause.words[: phrase.positions[0]]
        return any(word in self._prepositions and word not in self._naming for word in before)

    def is_opened(self, clause: Clause, phrase: Phrase, at: Sequence[int]) -> bool:
        """Whether the opener at some positions says of the asker that they are it."""
        said = clause.words
        between = said[at[-1] + 1 : phrase.positions[0]]
        before = [word for word in said[: at[0]] if word not in self._leads]
        after = said[phrase.positions[-1] + 1 :][:WORDS_UP_TO_ANOTHER]
        if not self._keeping.isdisjoint(said[each] for each in at) or not self.is_present(clause, phrase):
            return False
        if any(word in self._prepositions or word in self._negations for word in between):
            return False
        is_askers = not before or before[-1] in self._working or not self._speaking.isdisjoint(said)
        return is_askers and not (self._others - self._speaking).intersection(after)

    def is_closed(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether "hier" or "bin ich" follows right after it: "Friseurin hier"."""
        after = clause.words[phrase.positions[-1] + 1 :]
        begins = self._leads.issuperset(clause.words[: phrase.positions[0]])
        return begins and self._closers.at_start(after) is not None

    def head(self, parts: Sequence[Part]) -> int:
        """The number of the part that heads a message: the first that is no greeting."""
        heads = (number for number, part in enumerate(parts) if not self._leads.issuperset(part.words))
        return next(heads, -1)

    def is_heading(self, clause: Clause, phrase: Phrase, after: Part | None) -> bool:
        """Whether it stands at the head of a message by itself, or with where: "Friseurin in Köln, darf ich …"."""
        start, end = phrase.positions[0], phrase.positions[-1] + 1
        rest = clause.words[end:]
        if not self._leads.issuperset(clause.words[:start]) or not self.is_present(clause, phrase):
            return False
        if after is not None and self._is_of_another(after):
            return False
        if not rest:
            return True
        others = {each.positions[0] for each in clause.found if is_called(each)}
        goes_on = rest[0] in self._prepositions or rest[0] in self._joiners or end in others
        return goes_on and (self._deeds | self._acted_on).isdisjoint(rest)

    def is_of_a_third(self, clause: Clause, phrase: Phrase) -> bool:
        """Whether a clause without the asker says what a body does, or what somebody is: "der Verein dort macht es",
        "Facebook ist eine Firma"."""
        said = clause.words
        if not self._speaking.isdisjoint(said):
            return False
        start, end = phrase.positions[0], phrase.positions[-1] + 1
        is_pointed_at = not self._articles.isdisjoint(said[max(0, start - 1) : start + 1])
        acts = not self._deeds.isdisjoint(said[end : end + WORDS_UP_TO_DEED])
        before = said[: start + 1]
        is_said_of = any(
            word in self._copulas and at > 0 and said[at - 1] not in self._pronouns for at, word in enumerate(before)
        )
        return (is_pointed_at and acts) or is_said_of

    def _is_of_another(self, after: Part) -> bool:
        """Whether a message goes on about somebody else: "Nagelstudio, die schicken mir Werbung"."""
        if after.kind == "question":
            return not self._acted_on.isdisjoint(after.words) and self._askers.isdisjoint(after.words)
        first, second = (*after.words[:2], "", "")[:2]
        # "Der" may be one's own: "Kantorin, der Chor hat eine Gruppe".
        is_pronoun = first in self._others and (first not in self._articles or second in self._deeds | self._acted_on)
        return is_pronoun or first in self._deeds
