"""One text in one state of a dialogue -> the event it means. The order of the readings is the policy."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import get_args

from bot.computed import computed_once
from bot.dialogue import events
from bot.dialogue.events import Aspect, Event
from bot.dialogue.questions import changeable_facts
from bot.dialogue.session import Session, State
from bot.knowledge.model import UNKNOWN, Entry, Knowledge
from bot.matching.countries import Countries
from bot.matching.emergencies import Emergencies
from bot.matching.facts import Said as SaidFacts
from bot.matching.matcher import Decision, Matcher
from bot.matching.moments import moment
from bot.matching.normalise import all_words, words
from bot.matching.terms import Terms
from bot.matching.utterances import Phrasing, UtteranceBook
from bot.messages import Language
from bot.understanding import positions
from bot.understanding.choosing import Candidates
from bot.understanding.several import Questions

#: A message of at most this many words besides the facts it tells is about those facts, not a question of its own.
MOST_OTHER_WORDS = 1
#: So many entries are named beside an emergency.
MOST_BESIDE_ALARM = 2
#: From this probability on, the only entry that comes into question is answered without asking whether it is meant.
SURE_ENOUGH = 0.65
#: In the middle of a dialogue its subject is known, and to ask back interrupts it.
SURE_ENOUGH_IN_DIALOGUE = 0.4

_COMMANDS: Mapping[str, Event] = {
    "reset": events.Reset(),
    "new_question": events.NewQuestionAsked(),
    "second_question": events.WaitingAsked(),
    "cancel": events.Cancelled(),
    "continue": events.Continued(),
    "back": events.WentBack(),
    "change": events.ChangeAsked(),
    "german": events.LanguageChosen("de"),
    "english": events.LanguageChosen("en"),
    "language": events.LanguageChosen(),
    "privacy": events.Requested("privacy"),
    "abilities": events.Requested("help"),
    "topics": events.Requested("topics"),
    "my_data": events.DataRequested(),
    "forget": events.ErasureRequested(),
}
_ASPECTS: Collection[Aspect] = get_args(Aspect)


@dataclass(frozen=True, slots=True)
class Meaning:
    """The event of a message, and the language to go on in."""

    event: Event
    language: Language
    #: The kinds of personal data in the text, which nobody needs for an answer.
    personal: tuple[str, ...] = ()
    #: Another country that the person speaks of.
    country: str = ""


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


class Reading:
    """One text in one state."""

    def __init__(self, session: Session, text: str, at: datetime, reader: Reader) -> None:
        self._session = session
        self._text = text
        self._at = at
        self._reader = reader
        self._knowledge = reader.knowledge
        self._matcher = reader.matcher
        self._phrasing = reader.phrasing
        self._asides = reader.utterances.all(text)
        self._language = self._spoken(reader.utterances)
        self._entry: Entry | None = self._knowledge.entries.get(session.entry or "")
        self._said: SaidFacts = self._matcher.facts.read(text, self._entry.facts if self._entry else ())

    def meaning(self) -> Meaning:
        country = self._reader.countries.named(self._text) or ""
        return Meaning(self._event(), self._language, country=country)

    def _event(self) -> Event:
        """The first reading that fits. An answer to the open question comes before small talk ("nein" is both)."""
        readings: list[Callable[[], Event | None]] = [
            self._as_command,
            self._as_emergency,
            self._as_not_understood,
            self._as_choice,
            self._as_fact_to_change,
            self._as_answer,
            self._as_country,
            self._as_term,
            self._as_about_answer,
            self._as_aside,
            self._as_foreign,
            self._as_gibberish,
            self._as_supposition,
            self._as_revision,
            self._as_denial,
            self._as_neighbour,
        ]
        found = (reading() for reading in readings)
        return next((event for event in found if event is not None), None) or self._as_question()

    def _spoken(self, utterances: UtteranceBook) -> Language:
        """The language to reply in. A first "hello" has no sentence to tell it by, but is said in one language only."""
        is_opening = self._session.state is State.IDLE and self._session.told is None
        if is_opening and (said := utterances.language(self._text)):
            return self._knowledge.spoken(said)
        return self._matcher.languages.continue_in(self._text, self._session.language)

    @property
    def _state(self) -> State:
        return self._session.state

    def _is(self, *asides: str) -> bool:
        return any(each in self._asides for each in asides)

    def _as_command(self) -> Event | None:
        if positions.position(self._text) is not None and (self._session.candidates or self._state is not State.IDLE):
            # "Die zweite" chooses, where anything can be chosen.
            return None
        if self._state is State.CHOOSING and (plain := self._as_plain_choice()):
            # "Go on then" takes the only one that is offered.
            return plain
        if self._is("why") and self._state in (State.ASKING, State.CHOOSING):
            return events.WhyAsked()
        if self._is("terms") and not self._is("brief"):
            return events.TermsAsked()
        return next((_COMMANDS[each] for each in self._asides if each in _COMMANDS), None)

    def _as_emergency(self) -> Event | None:
        """Whatever else the message holds; what the bot knows about it is named beside."""
        raised = self._reader.emergencies.raised(self._text)
        if raised is None:
            return None
        when = moment(self._text, self._at)
        known = () if self._decision.kind == "unmatched" else self._decision.offered[:MOST_BESIDE_ALARM]
        return events.Alarmed(raised, when.at if when else None, when.is_rough if when else False, known)

    def _as_not_understood(self) -> Event | None:
        """Before an answer: the "nicht" of "verstehe ich nicht" is no "no". "Geht das einfacher?" is about an answer, if
        there is one."""
        is_about_answer = self._aspect is not None and self._state is State.ANSWERED
        return events.NotUnderstood() if self._is("confused") and not is_about_answer else None

    def _as_choice(self) -> Event | None:
        """One of the entries offered: by number, by title, by assent, by a word that names it, by a fact it asks."""
        if self._state is not State.CHOOSING:
            # What was named beside a refusal can be chosen by its number, too.
            return self._as_numbered_choice() if self._session.candidates and self._state is State.ANSWERED else None
        return (
            self._as_numbered_choice() or self._as_plain_choice() or self._as_named_choice() or self._as_wrong_number()
        )

    def _as_numbered_choice(self) -> Event | None:
        candidates = self._session.candidates
        chosen = positions.at(self._text, len(candidates))
        if chosen is not None:
            return events.Picked(candidates[chosen])
        return events.PickedNone() if positions.position(self._text) == len(candidates) + 1 else None

    def _as_plain_choice(self) -> Event | None:
        """None of them, all, or the only one."""
        candidates = self._session.candidates
        if self._is("none", "no"):
            return events.PickedNone()
        if len(candidates) > 1:
            return events.PickedAll() if self._is("both_of_them") else None
        return events.Picked(candidates[0]) if self._is("yes", "assent", "okay", "both_of_them") else None

    def _as_named_choice(self) -> Event | None:
        """One that is named, denied, or answered; something else, if that is named."""
        candidates = Candidates(self._session.candidates, self._knowledge, self._matcher, self._language)
        if (titled := candidates.titled(self._text)) is not None:
            return events.Picked(titled)
        if self._decision.kind == "matched" and self._decision.entry not in self._session.candidates:
            return None
        several = candidates.named_several(self._text)
        if several and not self._denies():
            return events.Matched(several[0], self._said.told, later=several[1:])
        named = candidates.named(self._text)
        if self._denies():
            return self._as_denied_choice(named)
        told = self._said.told
        if told and (named is None or self._other_words <= MOST_OTHER_WORDS):
            # "business app" picks the one entry to which that matters.
            named = candidates.asking(told) or named or self._session.candidates[0]
        if named is not None:
            return events.Matched(named, told)
        return self._as_other_choice() or self._as_choice_with_answer(candidates)

    def _as_choice_with_answer(self, candidates: Candidates) -> Event | None:
        """ "Ja, schriftlich": the first whose question that answers. A bare yes answers none that was not asked yet."""
        is_bare = self._is("yes", "no", "unknown", "assent", "okay")
        answered = None if is_bare or self._phrasing.is_question(self._text) else candidates.answered(self._text)
        return events.Matched(answered[0], {**self._said.told, answered[1]: answered[2]}) if answered else None

    def _as_denied_choice(self, denied: str | None) -> Event | None:
        """ "Nicht die Gruppe": one of the others, or something else that is named."""
        if any(self._knowledge.facts[name].is_identity for name in self._said.told):
            # "Neither, I'm the customer": the best of them, from that side.
            return events.Matched(self._session.candidates[0], self._said.told, is_assumed=True)
        others = tuple(each for each in self._session.candidates if each != denied)
        if denied is None or not others:
            return self._as_other_choice() or events.PickedNone()
        return events.Picked(others[0]) if len(others) == 1 else events.Ambiguous(others, self._said.told)

    def _as_other_choice(self) -> Event | None:
        """Something that was not offered: what the text resembles most, if a word of its title names it."""
        others = [each.entry for each in self._decision.candidates if each.entry not in self._session.candidates]
        named = self._named_among(others[:1], self._text)
        return events.Matched(named, self._said.told) if named else None

    def _denies(self) -> bool:
        return any(word in self._reader.negations for word in words(self._text))

    def _as_wrong_number(self) -> Event | None:
        return events.Unreadable("choose_one") if positions.position(self._text) is not None else None

    def _as_fact_to_change(self) -> Event | None:
        """A fact named by the value it has now ("Betrieb"), as its button says."""
        if self._state is not State.CHANGING:
            return None
        case = self._session.case
        names = changeable_facts(self._entry, self._knowledge.facts, case) if self._entry else ()
        chosen = positions.at(self._text, len(names))
        if chosen is not None:
            return events.ChangeAsked(names[chosen])
        facts = self._knowledge.facts
        stated = {name: facts[name].stated(case[name], self._language) for name in names}
        named = [name for name, said in stated.items() if words(said) == words(self._text)]
        return events.ChangeAsked(named[0]) if named else self._as_wrong_number()

    def _as_answer(self) -> Event | None:
        """The option of the open question that the text chooses, unless it is a question of its own."""
        fact = self._open_fact
        if fact is None or self._is_other_question():
            return None
        # "weiß nicht" comes first: it is no "no", even where the words of an option look like it.
        option = UNKNOWN if self._is("unknown") and not self._is_refined() else self._option(fact)
        others = {name: value for name, value in self._said.told.items() if name != fact}
        if any(self._session.facts.get(name, value) != value for name, value in others.items()):
            # "nein moment, normale App" corrects what was told before; its "nein" answers nothing.
            return events.Revised(others)
        return events.Answered(fact, option, facts=others) if option else self._as_unread_answer(fact)

    @property
    def _open_fact(self) -> str | None:
        """The fact that is asked, or that would make the answer more precise."""
        return self._session.pending if self._state in (State.ASKING, State.ANSWERED) else None

    def _is_refined(self) -> bool:
        return self._state is State.ANSWERED

    def _option(self, fact: str) -> str | None:
        options = [
            each for each in self._knowledge.facts[fact].options if each not in self._session.excluded.get(fact, ())
        ]
        chosen = positions.at(self._text, len(options))
        if chosen is not None:
            return options[chosen]
        if positions.position(self._text) == len(options) + 1:
            # "I don't know" stands right after the options.
            return UNKNOWN
        return self._matcher.facts.answer(fact, self._text)

    def _as_unread_answer(self, fact: str) -> Event | None:
        """A denial excludes; a bare "ja", "nein" or number that answers nothing here asks to choose, it is no miss."""
        if self._state is not State.ASKING:
            return None
        denied = self._said.excluded.get(fact)
        if denied:
            return events.Excluded({name: tuple(o) for name, o in self._said.excluded.items()}, self._said.told)
        if self._is("no", "none", "yes", "assent", "okay") or positions.position(self._text) is not None:
            return events.Unmatched()
        return None

    def _is_other_question(self) -> bool:
        """Whether the text asks something rather than answering us: a question that an entry answers, or one that
        begins with a question word ("was meinen Sie mit …"); or whether it only supposes something."""
        if self._said.kind in ("question", "supposition", "report") and len(words(self._text)) > 1:
            return True
        is_question = self._phrasing.is_question(self._text) and self._decision.kind != "unmatched"
        return is_question and self._decision.candidates[0].entry != self._session.entry

    def _as_term(self) -> Event | None:
        term = self._reader.terms.asked(self._text)
        return events.TermAsked(term) if term else None

    def _as_about_answer(self) -> Event | None:
        """Something about the answer, or, in the middle of a question, about that."""
        rated = self._session.told.entry if self._session.told else None
        if rated and self._is("thumbs_up", "thumbs_down"):
            return events.Rated(rated, has_helped=self._is("thumbs_up"))
        aspect = self._aspect
        if aspect is None:
            return None
        entry = self._knowledge.asides[aspect].entry
        if entry and self._session.entry != entry:
            return events.Matched(entry, self._said.told)
        return events.AnswerAsked(aspect)

    @property
    def _aspect(self) -> Aspect | None:
        """What the whole message asks about an answer."""
        return next((each for each in _ASPECTS if each in self._asides), None)

    def _as_aside(self) -> Event | None:
        if not self._asides:
            return None
        with_reply = [each for each in self._asides if self._knowledge.asides[each].reply is not None]
        if with_reply:
            return events.AsideMade(with_reply[0])
        return events.WhyAsked() if self._is("why") else events.Unreadable("nothing_open")

    def _as_country(self) -> Event | None:
        """Nothing but the question whether it holds elsewhere."""
        country = self._reader.countries.named(self._text)
        return events.CountryAsked(country) if country and self._reader.countries.is_only(self._text) else None

    def _as_foreign(self) -> Event | None:
        """A question in a language that the knowledge lacks, unless it is understood all the same."""
        is_lost = self._matcher.languages.is_foreign(self._text) and self._decision.kind == "unmatched"
        return events.Unreadable("only_language") if is_lost else None

    def _as_gibberish(self) -> Event | None:
        return events.Unreadable("gibberish") if self._matcher.languages.is_strange(self._text) else None

    def _as_supposition(self) -> Event | None:
        """ "Und wenn sie nicht zustimmen?": another case of the topic at hand."""
        if self._entry is None or not self._said.supposed:
            return None
        own = {name: value for name, value in self._said.supposed.items() if name in self._entry.facts}
        is_another = self._decision.entry not in (None, self._session.entry)
        if own:
            return events.Supposed(own) if not (self._is_own() and is_another) else None
        # "Und als Verein?" makes no difference to this topic, which is to be said.
        is_follow_up = self._phrasing.is_elliptical(self._text) and not is_another
        return events.Supposed(self._said.supposed) if is_follow_up and self._other_words <= MOST_OTHER_WORDS else None

    def _as_revision(self) -> Event | None:
        """Facts of the topic and hardly anything else: "und mit der Business API?", "wir sind ein Verein"."""
        facts = self._facts_besides_answer()
        is_about_facts = self._other_words <= MOST_OTHER_WORDS or self._states_of_topic(facts)
        return events.Revised(facts) if is_about_facts and self._tells_of_topic(facts) and not self._is_own() else None

    def _states_of_topic(self, facts: Mapping[str, str]) -> bool:
        """Whether a text states, in however many words, something that the topic at hand asks and another question does
        not: "Moment, ich hab mich vertan, die haben doch nicht zugestimmt"."""
        is_statement = self._said.kind == "statement" and not self._phrasing.is_question(self._text)
        is_of_topic = self._entry is not None and any(name in self._entry.facts for name in facts)
        return is_statement and is_of_topic and self._decision.entry in (None, self._session.entry)

    def _as_denial(self) -> Event | None:
        is_denial = self._said.excluded and not self._is_own() and self._decision.kind != "matched"
        excluded = {name: tuple(options) for name, options in self._said.excluded.items()}
        return events.Excluded(excluded, self._said.told) if is_denial else None

    def _as_neighbour(self) -> Event | None:
        """ "Und als Kanal?", "and backups?": something that is named by a word of its title, what is related first."""
        is_follow_up = self._state in (State.ASKING, State.ANSWERED) and self._phrasing.is_elliptical(self._text)
        if not is_follow_up or self._entry is None or self._decision.kind == "matched":
            return None
        text = self._phrasing.without_opener(self._text)
        named = self._named_among(self._entry.see_also, text) or self._named_among(tuple(self._knowledge.entries), text)
        return events.Matched(named, self._said.told) if named and named != self._entry.id else None

    def _named_among(self, entries: Sequence[str], text: str) -> str | None:
        if not entries:
            return None
        return Candidates(entries, self._knowledge, self._matcher, self._language).named(text)

    def _is_own(self) -> bool:
        """Whether the text is a whole question, not one that takes up what was said before."""
        return self._phrasing.is_question(self._text) and not self._phrasing.is_elliptical(self._text)

    def _tells_of_topic(self, facts: Mapping[str, str]) -> bool:
        """Whether a fact was told that the topic asks, or one about the person; in a round of choices any will do."""
        if self._entry is None:
            return bool(facts) and self._state is State.CHOOSING
        asked = self._entry.facts
        return any(name in asked or self._knowledge.facts[name].about == "asker" for name in facts)

    @computed_once
    def _other_words(self) -> int:
        return self._matcher.words_besides_facts(self._phrasing.without_opener(self._text))

    def _as_question(self) -> Event:
        several = self._reader.questions.entries(self._text, self._language)
        if several:
            return events.Matched(several[0], self._asked_with, self._supposed_with, later=several[1:])
        decision = self._decision
        if decision.kind == "matched":
            return self._as_match(decision, is_assumed=False)
        # In the middle of a question only a question leads away from it: "lila mit Streifen" is a failed answer.
        if decision.kind == "ambiguous" and (self._state is not State.ASKING or self._phrasing.is_question(self._text)):
            return self._as_offer(decision)
        facts = self._facts_besides_answer()
        return events.Revised(facts) if self._tells_only(facts) else events.Unmatched(facts, self._asks())

    def _as_match(self, decision: Decision, *, is_assumed: bool) -> Event:
        return events.Matched(decision.candidates[0].entry, self._asked_with, self._supposed_with, is_assumed)

    @property
    def _asked_with(self) -> dict[str, str]:
        """What was told, and what a question is about, as far as that is about nothing but the question."""
        about = self._said.subject.items()
        asked = {name: option for name, option in about if self._knowledge.facts[name].about == "question"}
        return {**asked, **self._said.told}

    @property
    def _supposed_with(self) -> dict[str, str]:
        """What is supposed for a question: "ist die Business App erlaubt?" does not tell that the person uses it."""
        about = self._said.subject.items()
        asked = {name: option for name, option in about if self._knowledge.facts[name].about == "asker"}
        return {**asked, **self._said.supposed}

    def _as_offer(self, decision: Decision) -> Event:
        """What is the only one in question, and more likely than not, is answered; what was assumed is said."""
        enough = SURE_ENOUGH if self._state is State.IDLE else SURE_ENOUGH_IN_DIALOGUE
        is_clear = len(decision.offered) == 1 and decision.candidates[0].score >= enough
        return (
            self._as_match(decision, is_assumed=True)
            if is_clear
            else events.Ambiguous(decision.offered, self._said.told)
        )

    def _asks(self) -> bool:
        return self._phrasing.is_question(self._text) or self._phrasing.asks(self._text)

    def _facts_besides_answer(self) -> dict[str, str]:
        """The facts told, without the one that was asked: what did not pass as an answer to it tells nothing of it."""
        asked = self._session.pending if self._state is State.ASKING else None
        return {name: option for name, option in self._said.told.items() if name != asked}

    def _tells_only(self, facts: Mapping[str, str]) -> bool:
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
