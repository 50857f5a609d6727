"""One text in one state of a dialogue -> the event it means. The order of the readings is the policy."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.computed import computed_once
from bot.dialogue import events
from bot.dialogue.events import Event
from bot.dialogue.questions import given_facts
from bot.dialogue.session import Session, State
from bot.knowledge.model import UNKNOWN, Entry, Knowledge
from bot.matching.matcher import Decision, Matcher
from bot.matching.normalise import words
from bot.matching.utterances import Phrasing, UtteranceBook
from bot.messages import Language
from bot.understanding import positions

#: A message of at most this many words besides the facts it tells is about those facts, not a question of its own.
MOST_OTHER_WORDS = 1

_COMMANDS: dict[str, Event] = {
    "reset": events.Reset(),
    "cancel": events.Cancelled(),
    "back": events.WentBack(),
    "why": events.WhyAsked(),
    "change": events.ChangeAsked(),
    "german": events.LanguageChosen("de"),
    "english": events.LanguageChosen("en"),
    "language": events.LanguageChosen(),
    "sources": events.Requested("answer_sources"),
    "privacy": events.Requested("privacy"),
    "abilities": events.Requested("help"),
    "my_data": events.DataRequested(),
    "forget": events.ErasureRequested(),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """The event of a message, and the language to go on in."""

    event: Event
    language: Language
    #: The kinds of personal data in the text, which nobody needs for an answer.
    personal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """What a text is read with."""

    knowledge: Knowledge
    matcher: Matcher
    utterances: UtteranceBook
    phrasing: Phrasing


class Reading:
    """One text in one state."""

    def __init__(self, session: Session, text: str, reader: Reader) -> None:
        self._session = session
        self._text = text
        self._knowledge = reader.knowledge
        self._matcher = reader.matcher
        self._phrasing = reader.phrasing
        self._asides = reader.utterances.all(text)
        self._language = self._spoken(reader.utterances)
        self._entry: Entry | None = self._knowledge.entries.get(session.entry or "")
        self._facts = self._told()

    def meaning(self) -> Meaning:
        return Meaning(self._event(), self._language)

    def _event(self) -> Event:
        """The first reading that fits. An answer to the open question comes before small talk ("nein" is both)."""
        readings: list[Callable[[], Event | None]] = [
            self._as_command,
            self._as_not_understood,
            self._as_choice,
            self._as_fact_to_change,
            self._as_answer,
            self._as_aside,
            self._as_foreign,
            self._as_gibberish,
            self._as_supposition,
            self._as_revision,
        ]
        found = (reading() for reading in readings)
        return next((event for event in found if event is not None), None) or self._as_question()

    def _spoken(self, utterances: UtteranceBook) -> Language:
        """The language to reply in. A first "hello" has no sentence to tell it by, but is said in one language only."""
        is_opening = self._session == Session(self._session.language)
        if is_opening and (said := utterances.language(self._text)):
            return self._knowledge.spoken(said)
        return self._matcher.languages.continue_in(self._text, self._session.language)

    def _told(self) -> dict[str, str]:
        """The facts a text tells; a follow-up that leaves words out ("and to a business?") is read more freely."""
        if self._entry is None or not self._phrasing.is_elliptical(self._text):
            return self._matcher.facts.told(self._text)
        text = self._phrasing.without_opener(self._text)
        told = self._matcher.facts.told(text)
        # Not the words that tell something else: "with the private app" does not make the asker private.
        rest = " ".join(self._matcher.facts.other_words(text))
        asked = [name for name in self._entry.facts if self._knowledge.facts[name].about == "asker"]
        freely = {name: option for name in asked if (option := self._matcher.facts.answer(name, rest))}
        return {**{name: option for name, option in freely.items() if option != UNKNOWN}, **told}

    @property
    def _state(self) -> State:
        return self._session.state

    def _as_command(self) -> Event | None:
        return next((_COMMANDS[each] for each in self._asides if each in _COMMANDS), None)

    def _as_not_understood(self) -> Event | None:
        """Before an answer: the "nicht" of "verstehe ich nicht" is no "no"."""
        return events.NotUnderstood() if "confused" in self._asides else None

    def _as_choice(self) -> Event | None:
        """One of the entries offered: by number, by title, by yes or no, or by a fact that only one of them asks."""
        if self._state is not State.CHOOSING:
            return None
        candidates = self._session.candidates
        chosen = positions.at(self._text, len(candidates))
        if chosen is None and positions.position(self._text) == len(candidates) + 1:
            return events.PickedNone()
        if chosen is not None or ("yes" in self._asides and len(candidates) == 1):
            return events.Picked(candidates[chosen or 0])
        if any(each in self._asides for each in ("no", "none", "unknown")):
            return events.PickedNone()
        return self._as_title() or self._as_telling_fact() or self._as_wrong_number()

    def _as_title(self) -> Event | None:
        titles = {each: self._knowledge.entries[each].title[self._language] for each in self._session.candidates}
        exact = [each for each, title in titles.items() if words(title) == words(self._text)]
        return events.Picked(exact[0]) if exact else None

    def _as_telling_fact(self) -> Event | None:
        """ "business app", typed at a choice, picks the one entry to which that matters."""
        if not self._facts or self._other_words > MOST_OTHER_WORDS:
            return None
        entries = {each: self._knowledge.entries[each] for each in self._session.candidates}
        asking = [each for each, entry in entries.items() if any(name in entry.facts for name in self._facts)]
        return events.Matched(asking[0], self._facts) if len(asking) == 1 else None

    def _as_wrong_number(self) -> Event | None:
        is_number = positions.position(self._text) is not None or "yes" in self._asides
        return events.Unreadable("choose_one") if is_number else None

    def _as_fact_to_change(self) -> Event | None:
        """A fact named by the value it has now ("Betrieb"), as its button says."""
        if self._state is not State.CHANGING:
            return None
        names = given_facts(self._entry, self._knowledge.facts, self._session.facts) if self._entry else ()
        chosen = positions.at(self._text, len(names))
        if chosen is not None:
            return events.ChangeAsked(names[chosen])
        facts, known = self._knowledge.facts, self._session.facts
        stated = {name: facts[name].stated(known[name], self._language) for name in names}
        named = [name for name, said in stated.items() if words(said) == words(self._text)]
        return events.ChangeAsked(named[0]) if named else self._as_wrong_number()

    def _as_answer(self) -> Event | None:
        """The option of the open question that the text chooses, unless it is a question of its own."""
        fact = self._session.pending
        if self._state is not State.ASKING or fact is None or self._is_other_question():
            return None
        # "weiß nicht" comes first: it is no "no", even where the words of an option look like it.
        option = UNKNOWN if "unknown" in self._asides else self._option(fact)
        others = {name: value for name, value in self._facts.items() if name != fact}
        if any(self._session.facts.get(name, value) != value for name, value in others.items()):
            # "nein moment, normale App" corrects what was told before; its "nein" answers nothing.
            return events.Revised(others)
        return events.Answered(fact, option, facts=others) if option else self._as_wrong_number_or_no()

    def _option(self, fact: str) -> str | None:
        options = list(self._knowledge.facts[fact].options)
        chosen = positions.at(self._text, len(options))
        return options[chosen] if chosen is not None else self._matcher.facts.answer(fact, self._text)

    def _as_wrong_number_or_no(self) -> Event | None:
        """A bare "ja", "nein" or number that answers nothing here: ask to choose, it is no miss."""
        is_bare = "no" in self._asides or "none" in self._asides
        return events.Unreadable("choose_one") if is_bare else self._as_wrong_number()

    def _is_other_question(self) -> bool:
        """Whether the text asks something rather than answering us: a question that an entry answers, or one that
        begins with a question word ("was meinen Sie mit …")."""
        if self._phrasing.asks(self._text):
            return True
        is_question = self._phrasing.is_question(self._text) and self._decision.kind != "unmatched"
        return is_question and self._decision.candidates[0].entry != self._session.entry

    def _as_aside(self) -> Event | None:
        if not self._asides:
            return None
        with_reply = [each for each in self._asides if self._knowledge.asides[each].reply is not None]
        return events.AsideMade(with_reply[0]) if with_reply else events.Unreadable("nothing_open")

    def _as_foreign(self) -> Event | None:
        """A question in a language that the knowledge lacks, unless it is understood all the same."""
        is_lost = self._matcher.languages.is_foreign(self._text) and self._decision.kind == "unmatched"
        return events.Unreadable("only_language") if is_lost else None

    def _as_gibberish(self) -> Event | None:
        return events.Unreadable("gibberish") if self._matcher.languages.is_strange(self._text) else None

    def _as_supposition(self) -> Event | None:
        """ "und wenn sie zugestimmt haben?" after an answer: another answer to one of the questions it rests on."""
        if self._state is not State.ANSWERED or self._entry is None or not self._phrasing.is_elliptical(self._text):
            return None
        text = self._phrasing.without_opener(self._text)
        known = [name for name in self._entry.facts if name in self._session.facts]
        supposed = {name: option for name in known if (option := self._matcher.facts.supposed(name, text))}
        return events.Revised({**supposed, **self._facts}) if len(supposed) == 1 else None

    def _as_revision(self) -> Event | None:
        """Facts of the topic and hardly anything else: "und mit der Business API?", "wir sind ein Verein"."""
        is_short = self._other_words <= MOST_OTHER_WORDS
        facts = self._facts_besides_answer()
        return events.Revised(facts) if is_short and self._tells_of_topic(facts) and not self._is_own() else None

    def _is_own(self) -> bool:
        """Whether the text is a whole question, not one that takes up what was said before."""
        return self._phrasing.is_question(self._text) and not self._phrasing.is_elliptical(self._text)

    def _tells_of_topic(self, facts: dict[str, str]) -> bool:
        """Whether a fact was told that the topic asks, or one about the person; in a round of choices any will do."""
        if self._entry is None:
            return bool(facts) and self._state is State.CHOOSING
        asked = self._entry.facts
        return any(name in asked or self._knowledge.facts[name].about == "asker" for name in facts)

    @computed_once
    def _other_words(self) -> int:
        return self._matcher.words_besides_facts(self._phrasing.without_opener(self._text))

    def _as_question(self) -> Event:
        decision = self._decision
        if decision.kind == "matched":
            return events.Matched(decision.candidates[0].entry, self._facts)
        # In the middle of a question only a question leads away from it: "lila mit Streifen" is a failed answer.
        if decision.kind == "ambiguous" and (self._state is not State.ASKING or self._phrasing.is_question(self._text)):
            return events.Ambiguous(decision.offered, self._facts)
        facts = self._facts_besides_answer()
        return events.Revised(facts) if self._tells_only(facts) else events.Unmatched(facts)

    def _facts_besides_answer(self) -> dict[str, str]:
        """The facts told, without the one that was asked: what did not pass as an answer to it tells nothing of it."""
        asked = self._session.pending if self._state is State.ASKING else None
        return {name: option for name, option in self._facts.items() if name != asked}

    def _tells_only(self, facts: dict[str, str]) -> bool:
        """Facts that no question goes with: of the open topic in any number of words, else in hardly any others."""
        if self._is_own():
            return False
        if self._entry is not None and self._state is State.ASKING:
            return any(name in self._entry.facts for name in facts)
        return bool(facts) and self._other_words <= MOST_OTHER_WORDS

    @computed_once
    def _decision(self) -> Decision:
        """What the text matches; after an answer, its topic and what is related are more likely to be meant."""
        has_answer = self._entry is not None and self._state is State.ANSWERED
        related = (self._entry.id, *self._entry.see_also) if self._entry and has_answer else ()
        return self._matcher.decide(self._text, self._language, related)
