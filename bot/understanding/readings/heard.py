"""One text in one state of a dialogue, as far as it is read: what the readings share.

Owns what is looked up once a text; refuses to decide what the text means.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import get_args

from bot.computed import computed_once
from bot.dialogue.events import Aspect
from bot.dialogue.session import Session, State
from bot.knowledge.model import UNKNOWN, Entry, Knowledge
from bot.matching.facts.reader import Said as SaidFacts
from bot.matching.matcher import Decision, Matcher
from bot.matching.mentions.countries import Countries
from bot.matching.mentions.emergencies import Emergencies
from bot.matching.mentions.terms import Terms
from bot.matching.normalise import all_words
from bot.matching.talk.utterances import Phrasing, UtteranceBook
from bot.messages import Language
from bot.understanding.several import Questions

_ASPECTS: Collection[Aspect] = get_args(Aspect)


class Reader:
    """What texts are read with, made once of a knowledge."""

    def __init__(self, knowledge: Knowledge, matcher: Matcher) -> None:
        self.knowledge = knowledge
        self.matcher = matcher
        self.utterances = UtteranceBook(knowledge)
        self.phrasing = Phrasing(knowledge.lexicon)
        self.terms = Terms(knowledge)
        self.countries = Countries(knowledge, matcher.words)
        self.emergencies = Emergencies(knowledge, matcher.words)
        self.questions = Questions(knowledge, matcher)
        denying = (*knowledge.lexicon.negations.all, *knowledge.asides["no"].said_as.all)
        self.negations = all_words(phrase for phrase in denying if " " not in phrase)


class Heard:
    """A text that was heard, where its dialogue stands."""

    def __init__(self, session: Session, text: str, at: datetime, reader: Reader) -> None:
        self.session = session
        self.text = text
        self.at = at
        self.reader = reader
        self.knowledge = reader.knowledge
        self.matcher = reader.matcher
        self.phrasing = reader.phrasing
        self.asides = reader.utterances.all(text)
        self.language = self._spoken(reader.utterances)
        self.entry: Entry | None = self.knowledge.entries.get(session.entry or "")
        self.said: SaidFacts = self.matcher.facts.read(text, self.entry.facts if self.entry else ())

    def _spoken(self, utterances: UtteranceBook) -> Language:
        """The language to reply in. A first "hello" has no sentence to tell it by, but is said in one language only."""
        is_opening = self.session.state is State.IDLE and self.session.told is None
        if is_opening and (said := utterances.language(self.text)):
            return self.knowledge.spoken(said)
        return self.matcher.languages.continue_in(self.text, self.session.language)

    @property
    def state(self) -> State:
        return self.session.state

    def is_aside(self, *asides: str) -> bool:
        return any(each in self.asides for each in asides)

    @property
    def aspect(self) -> Aspect | None:
        """What the whole message asks about an answer."""
        return next((each for each in _ASPECTS if each in self.asides), None)

    @property
    def open_fact(self) -> str | None:
        """The fact that is asked, or that would make the answer more precise; else the last that was not known."""
        session = self.session
        if self.state is State.ASKING:
            return session.pending
        if self.state is not State.ANSWERED:
            return None
        unknown = [name for name in session.asked if session.facts.get(name) == UNKNOWN]
        return session.pending or (unknown[-1] if unknown else None)

    @property
    def is_own(self) -> bool:
        """Whether the text is a whole question, not one that takes up what was said before."""
        return self.phrasing.is_question(self.text) and not self.phrasing.is_elliptical(self.text)

    @property
    def asks(self) -> bool:
        return self.phrasing.is_question(self.text) or self.phrasing.asks(self.text)

    def tells_of_topic(self, facts: Mapping[str, str]) -> bool:
        """Whether a fact was told that the topic asks, or one about the person; in a round of choices any will do."""
        if self.entry is None:
            return bool(facts) and self.state is State.CHOOSING
        asked = self.entry.facts
        return any(name in asked or self.knowledge.facts[name].about == "asker" for name in facts)

    @property
    def facts_besides_answer(self) -> dict[str, str]:
        """What is new of the facts told, without the one that was asked: what did not pass as an answer to it tells
        nothing of it."""
        asked = self.session.pending if self.state is State.ASKING else None
        known = self.session.case
        told = self.said.told.items()
        return {name: option for name, option in told if name != asked and known.get(name) != option}

    @property
    def excluded(self) -> dict[str, tuple[str, ...]]:
        return {name: tuple(options) for name, options in self.said.excluded.items()}

    @property
    def asked_with(self) -> dict[str, str]:
        """What was told, and what a question is about, as far as that is about nothing but the question."""
        about = self.said.subject.items()
        asked = {name: option for name, option in about if not self.knowledge.facts[name].is_lasting}
        return {**asked, **self.said.told}

    @property
    def supposed_with(self) -> dict[str, str]:
        """What is supposed for a question: "ist die Business App erlaubt?" does not tell that the person uses it."""
        about = self.said.subject.items()
        asked = {name: option for name, option in about if self.knowledge.facts[name].is_lasting}
        return {**asked, **self.said.supposed}

    @computed_once
    def other_words(self) -> int:
        return self.matcher.words_besides_facts(self.phrasing.without_opener(self.text))

    @computed_once
    def decision(self) -> Decision:
        """What the text matches; after an answer, its topic and what is related are more likely to be meant."""
        if self.entry is None or self.state is not State.ANSWERED:
            return self.decision_alone
        return self.matcher.decide(self.text, self.language, (self.entry.id, *self.entry.see_also))

    @computed_once
    def decision_alone(self) -> Decision:
        """What the text matches whatever was talked about."""
        return self.matcher.decide(self.text, self.language)
