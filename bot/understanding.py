"""What a message meant, given where its dialogue stands: content -> one event and the language to reply in.

This is where matching meets the dialogue; the order of the readings below is the policy. Nothing is worded here.
"""

from collections.abc import Callable
from dataclasses import dataclass

from bot.dialogue import codes, events
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State
from bot.knowledge.model import UNKNOWN, Knowledge
from bot.matching.matcher import Decision, Matcher
from bot.matching.normalise import words
from bot.matching.utterances import Phrasing, UtteranceBook
from bot.messages import Commanded, Content, Language, Said, Tapped, Unreadable

#: Longer texts are declined kindly: nobody needs so much for a question, and much of it would be about people.
LONGEST_TEXT = 4000
#: A message of at most this many words besides the facts it tells is about those facts, not a question of its own.
MOST_OTHER_WORDS = 1
#: A round of choices can be answered by number.
_ORDINALS = {"1": 0, "2": 1, "3": 2, "erste": 0, "zweite": 1, "dritte": 2, "first": 0, "second": 1, "third": 2}

_COMMANDS: dict[str, Event] = {
    "reset": events.Reset(),
    "cancel": events.Cancelled(),
    "back": events.WentBack(),
    "why": events.WhyAsked(),
    "change": events.ChangeAsked(),
    "none": events.PickedNone(),
    "german": events.LanguageChosen("de"),
    "english": events.LanguageChosen("en"),
    "language": events.LanguageChosen(),
    "sources": events.Requested("sources"),
    "privacy": events.Requested("privacy"),
    "abilities": events.Requested("help"),
}
_PAGES: dict[str, Event] = {
    "start": events.Requested("start"),
    "help": events.Requested("help"),
    "unknown": events.Requested("help"),
    "sources": events.Requested("sources"),
    "privacy": events.Requested("privacy"),
    "reset": events.Reset(),
    "language": events.LanguageChosen(),
}


@dataclass(frozen=True, slots=True)
class Meaning:
    """The event of a message, and the language to go on in."""

    event: Event
    language: Language


class Understanding:
    """Understands messages with one knowledge and its matcher."""

    def __init__(self, knowledge: Knowledge, matcher: Matcher) -> None:
        self.knowledge = knowledge
        self.matcher = matcher
        self.utterances = UtteranceBook(knowledge)
        self.phrasing = Phrasing(knowledge.lexicon)

    def of(self, session: Session, content: Content) -> Meaning:
        if isinstance(content, Tapped):
            event, language = codes.read(content.code, self.knowledge)
            return Meaning(event, language or session.language)
        if isinstance(content, Commanded):
            return Meaning(self._commanded(content), session.language)
        if isinstance(content, Unreadable):
            return Meaning(events.Unreadable(), session.language)
        return self._said(session, content)

    def _commanded(self, command: Commanded) -> Event:
        # A link such as t.me/bot?start=whatsapp-advertising opens that entry.
        if command.name == "start" and command.argument in self.knowledge.entries:
            return events.Picked(command.argument)
        return _PAGES[command.name]

    def _said(self, session: Session, said: Said) -> Meaning:
        text = said.text.strip()
        if not words(text):
            return Meaning(events.Unreadable("empty" if not text else "gibberish"), session.language)
        if len(text) > LONGEST_TEXT:
            return Meaning(events.Unreadable("too_long"), self.matcher.languages.detect(text) or session.language)
        reading = _Reading(session, text, self)
        return Meaning(reading.event(), reading.language)


class _Reading:
    """One text in one state of a dialogue."""

    def __init__(self, session: Session, text: str, with_: Understanding) -> None:
        self._session = session
        self._text = text
        self._knowledge = with_.knowledge
        self._matcher = with_.matcher
        self._phrasing = with_.phrasing
        self._asides = with_.utterances.all(text)
        self.language = self._matcher.languages.continue_in(text, session.language)
        self._facts = self._matcher.facts.told(text)
        self._decision: Decision | None = None

    def event(self) -> Event:
        """The first reading that fits. An answer to the open question comes before small talk ("nein" is both)."""
        readings: list[Callable[[], Event | None]] = [
            self._as_command,
            self._as_choice,
            self._as_answer,
            self._as_aside,
            self._as_gibberish,
            self._as_revision,
        ]
        found = (reading() for reading in readings)
        return next((event for event in found if event is not None), None) or self._as_question()

    def _as_command(self) -> Event | None:
        command = next((each for each in self._asides if each in _COMMANDS), None)
        # "nichts davon" without a round of choices is no choice but an answer, or nothing.
        if command == "none" and self._session.state is not State.CHOOSING:
            return None
        return _COMMANDS[command] if command else None

    def _as_choice(self) -> Event | None:
        if self._session.state is State.CHANGING:
            return self._as_fact_to_change()
        if self._session.state is not State.CHOOSING:
            return None
        if "no" in self._asides:
            return events.PickedNone()
        if "yes" in self._asides and len(self._session.candidates) == 1:
            return events.Picked(self._session.candidates[0])
        position = next((_ORDINALS[word] for word in words(self._text) if word in _ORDINALS), None)
        if position is not None and len(words(self._text)) <= 2 and position < len(self._session.candidates):
            return events.Picked(self._session.candidates[position])
        return self._as_title()

    def _as_fact_to_change(self) -> Event | None:
        """A fact named by the value it has now ("Betrieb"), as its button says."""
        for name, value in self._session.facts.items():
            option = self._knowledge.facts[name].options.get(value)
            if option and words(self._text) in (
                words(option.stated[self.language]),
                words(option.label[self.language]),
            ):
                return events.ChangeAsked(name)
        return None

    def _as_title(self) -> Event | None:
        """A candidate named by its title, or the only one that the text matches at all."""
        named = [c.entry for c in self._decide().candidates if c.entry in self._session.candidates]
        titles = {each: words(self._knowledge.entries[each].title[self.language]) for each in named}
        exact = [each for each, title in titles.items() if title == words(self._text)]
        return events.Picked(exact[0]) if exact else None

    def _as_answer(self) -> Event | None:
        """The option of the open question that the text chooses, unless it is a question of its own."""
        fact = self._session.pending
        if self._session.state is not State.ASKING or fact is None or self._is_other_question():
            return None
        # "weiß nicht" comes first: it is no "no", even where the words of an option look like it.
        is_unknown = "unknown" in self._asides
        option = UNKNOWN if is_unknown else self._matcher.facts.answer(fact, self._text) or self._by_position(fact)
        others = {name: value for name, value in self._facts.items() if name != fact}
        return events.Answered(fact, option, facts=others) if option else None

    def _by_position(self, fact: str) -> str | None:
        """ "2" or "die zweite" is the second option."""
        options = list(self._knowledge.facts[fact].options)
        said = words(self._text)
        number = next((_ORDINALS[word] for word in said if word in _ORDINALS), None)
        if number is None and len(said) == 1 and said[0].isdecimal():
            number = int(said[0]) - 1
        return options[number] if number is not None and len(said) <= 3 and 0 <= number < len(options) else None

    def _is_other_question(self) -> bool:
        """Whether the text asks something that an entry answers, rather than answering us."""
        if not self._phrasing.is_question(self._text):
            return False
        decision = self._decide()
        return decision.kind != "unmatched" and decision.candidates[0].entry != self._session.entry

    def _as_aside(self) -> Event | None:
        aside = next((each for each in self._asides if each in self._knowledge.asides), None)
        if aside is None:
            return None
        has_reply = self._knowledge.asides[aside].reply is not None
        return events.AsideMade(aside) if has_reply else events.Unreadable("nothing_open")

    def _as_gibberish(self) -> Event | None:
        return events.Unreadable("gibberish") if self._matcher.languages.is_strange(self._text) else None

    def _as_revision(self) -> Event | None:
        """Facts of the topic and hardly anything else: "und mit der Business API?", "wir sind ein Verein"."""
        if not self._tells_of_topic() or self._other_words() > MOST_OTHER_WORDS:
            return None
        is_own_question = self._phrasing.is_question(self._text) and not self._phrasing.is_elliptical(self._text)
        if is_own_question and self._decide().kind != "unmatched":
            return None
        return events.Revised(self._facts)

    def _tells_of_topic(self) -> bool:
        """Whether a fact was told that the topic asks, or one about the person; in a round of choices any will do."""
        entry = self._knowledge.entries.get(self._session.entry or "")
        if entry is None:
            return bool(self._facts) and self._session.state is State.CHOOSING
        return any(name in entry.facts or self._knowledge.facts[name].about == "asker" for name in self._facts)

    def _other_words(self) -> int:
        return self._matcher.words_besides_facts(self._text)

    def _as_question(self) -> Event:
        decision = self._decide()
        if decision.kind == "matched":
            return events.Matched(decision.candidates[0].entry, self._facts)
        # In the middle of a question only a question leads away from it: "lila mit Streifen" is a failed answer.
        is_asking = self._session.state is State.ASKING
        if decision.kind == "ambiguous" and (not is_asking or self._phrasing.is_question(self._text)):
            return events.Ambiguous(decision.offered, self._facts)
        return events.Revised(self._facts) if self._tells_facts_only() else events.Unmatched(self._facts)

    def _tells_facts_only(self) -> bool:
        """Facts that no question goes with: of the open topic in any number of words, else in hardly any others."""
        entry = self._knowledge.entries.get(self._session.entry or "")
        if entry is not None and self._session.state is State.ASKING:
            return any(name in entry.facts for name in self._facts)
        return bool(self._facts) and self._other_words() <= MOST_OTHER_WORDS

    def _decide(self) -> Decision:
        if self._decision is None:
            self._decision = self._matcher.decide(self._text, self.language)
        return self._decision
