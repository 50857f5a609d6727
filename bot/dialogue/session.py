"""What is kept of a dialogue between two turns: facts and state by their stored names, never what a person wrote."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from bot.knowledge.model import UNKNOWN, Knowledge
from bot.messages import Language


class State(StrEnum):
    """Where a dialogue stands. The values are stored: rename one and old sessions restart politely."""

    IDLE = "idle"
    ASKING = "asking"
    CHOOSING = "choosing"
    CHANGING = "changing"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Suspended:
    """A topic and what was known of its case: one that waits, or that was answered last."""

    entry: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Session:
    """One dialogue. `entry` is its topic."""

    language: Language
    state: State = State.IDLE
    entry: str | None = None
    pending: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    #: What is only supposed for the topic at hand ("und wenn sie nicht zustimmen?"); it ends with the topic.
    supposed: Mapping[str, str] = field(default_factory=dict)
    #: Options that the person has denied ("kein Betrieb"), by fact.
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: The facts of this topic that the person was asked, or has supposed to be other ones, in order: what "back" goes
    #: back over.
    asked: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    #: Topics that come back, the next one first.
    waiting: tuple[Suspended, ...] = ()
    #: The case that was answered last: what people talk about when they ask "why?" or "source?".
    told: Suspended | None = None
    misses: int = 0
    #: The emergency that was told last, if nothing was answered since: what "what now?" is about.
    alarm: str = ""
    #: The country of which the person was told that other law holds there.
    country: str = ""
    #: Which message told what, by its number in the chat: what an edit of it corrects.
    numbers: Mapping[str, str] = field(default_factory=dict)
    #: A digest of what the bot said last, and how often in a row.
    said: str = ""
    repeats: int = 0
    #: The entries whose answers the person has rated, and how: one vote each.
    rated: Mapping[str, str] = field(default_factory=dict)
    #: The messages whose text the person has donated, by their numbers in the chat: once each.
    donated: tuple[str, ...] = ()
    #: Whether the person was asked to leave out personal data.
    is_reminded: bool = False

    @property
    def case(self) -> dict[str, str]:
        """What the answer at hand rests on: what was told, and what is supposed instead."""
        return {**self.facts, **self.supposed}

    def anew(self, facts: Mapping[str, str]) -> "Session":
        """The dialogue without a topic; what is about the dialogue itself, and not the case, stays."""
        begun = Session(self.language, facts=facts)
        kept = ("rated", "donated", "is_reminded", "country", "said", "repeats")
        return replace(begun, **{name: getattr(self, name) for name in kept})

    def without(self, fact: str) -> "Session":
        """The session as if the fact had not been told."""
        return replace(self, facts={name: value for name, value in self.facts.items() if name != fact})


def afresh(session: Session) -> Session:
    """The session for a question that takes the place of the one before it: what that one told is no longer so, what
    the person was asked and answered still is."""
    asked = [name for name in session.asked if name not in session.supposed]
    answered = {name: value for name, value in session.facts.items() if name in asked}
    return replace(session.anew(answered), misses=session.misses)


def reconcile(session: Session, knowledge: Knowledge) -> Session:
    """The session in terms of this knowledge: what it no longer has is dropped, and the dialogue goes on from there."""
    kept = replace(
        session,
        language=knowledge.spoken(session.language),
        facts=_known(session.facts, knowledge),
        supposed=_known(session.supposed, knowledge),
        excluded=_excluded(session.excluded, knowledge),
        waiting=tuple(kept for each in session.waiting if (kept := _reconciled(each, knowledge))),
        told=_reconciled(session.told, knowledge),
        alarm=session.alarm if session.alarm in knowledge.emergencies else "",
        country=session.country if session.country in knowledge.countries else "",
    )
    return kept if _is_consistent(kept, knowledge) else _without_topic(kept)


def _without_topic(session: Session) -> Session:
    return replace(session, state=State.IDLE, entry=None, pending=None, asked=(), candidates=())


def _reconciled(suspended: Suspended | None, knowledge: Knowledge) -> Suspended | None:
    if suspended is None or suspended.entry not in knowledge.entries:
        return None
    return Suspended(suspended.entry, _known(suspended.facts, knowledge))


def _excluded(excluded: Mapping[str, tuple[str, ...]], knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    found = {name: tuple(o for o in options if _is_known(knowledge, name, o)) for name, options in excluded.items()}
    return {name: options for name, options in found.items() if options}


def _known(facts: Mapping[str, str], knowledge: Knowledge) -> dict[str, str]:
    return {name: value for name, value in facts.items() if _is_known(knowledge, name, value)}


def _is_known(knowledge: Knowledge, name: str, value: str) -> bool:
    return name in knowledge.facts and (value == UNKNOWN or value in knowledge.facts[name].options)


def _is_consistent(session: Session, knowledge: Knowledge) -> bool:
    """Whether the state has what it works on: a question its entry and fact, a choice its candidates."""
    if session.state is State.IDLE:
        return True
    if session.state is State.CHOOSING:
        return bool(session.candidates) and all(each in knowledge.entries for each in session.candidates)
    entry = knowledge.entries.get(session.entry or "")
    if entry is None:
        return False
    asked = (session.pending,) if session.state is State.ASKING else ()
    return all(name in entry.facts for name in (*asked, *session.asked))
