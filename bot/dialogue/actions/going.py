"""What actions share: taking up a topic, asking what still matters, telling the answer, going on with what waits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.dialogue import acts
from bot.dialogue.acts import Act
from bot.dialogue.events import Facts
from bot.dialogue.questions import agreed_verdict, changeable_facts, next_question, outcome_of, with_implied
from bot.dialogue.session import Session, State, Suspended
from bot.knowledge.model import UNKNOWN, Entry, Knowledge

#: So many topics wait at most; of more, nobody remembers the first.
MOST_WAITING = 4
#: So many related entries are named with a refusal.
MOST_RELATED = 3


@dataclass(frozen=True, slots=True)
class Step:
    """What a turn leads to: the session to keep, and what to do."""

    session: Session
    acts: tuple[Act, ...]


# The table pairs each action with the one event type it reads, which no static type can say of a dictionary.
Action: TypeAlias = Callable[[Session, Any, Knowledge], Step]


def say(session: Session, key: str, knowledge: Knowledge) -> Step:
    """A text, and what was open before."""
    return Step(session, (acts.Say(key), *reminder(session, knowledge)))


def topic(session: Session, knowledge: Knowledge) -> Entry:
    return knowledge.entries[session.entry or ""]


def with_facts(session: Session, told: Facts, knowledge: Knowledge) -> Session:
    """What was told, as far as it is about the asker or matters to the topic or those offered; without any, all. It
    takes the place of what was supposed or denied before."""
    topics = (session.entry,) if session.entry else session.candidates
    matters = {name for topic in topics for name in knowledge.entries[topic].facts} if topics else set(knowledge.facts)
    all_told = with_implied(knowledge.facts, told)
    kept = {n: v for n, v in all_told.items() if n in matters or knowledge.facts[n].is_lasting}
    return replace(
        session,
        facts={**session.facts, **kept},
        supposed={name: value for name, value in session.supposed.items() if name not in kept},
        excluded={name: options for name, options in session.excluded.items() if name not in kept},
    )


def changes_answer(before: Session, now: Session, knowledge: Knowledge) -> bool:
    """Whether what is known now makes another case of the topic at hand."""
    return any(before.case.get(name) != now.case.get(name) for name in topic(before, knowledge).facts)


def own_facts(facts: Facts, entry: str, knowledge: Knowledge) -> dict[str, str]:
    """Those of the facts that matter for an entry, with what they imply."""
    implied = with_implied(knowledge.facts, facts)
    return {name: value for name, value in implied.items() if name in knowledge.entries[entry].facts}


def on_topic(session: Session, entry: str, knowledge: Knowledge) -> Session:
    """The session at the start of a topic. Coming from none, what was told before it belongs to it."""
    left = off_topic(session, knowledge) if session.entry not in (None, entry) else session
    waiting = tuple(each for each in session.waiting if each.entry != entry)
    begun = replace(left, state=State.IDLE, entry=entry, pending=None, asked=(), candidates=())
    return replace(begun, supposed={}, waiting=waiting, misses=0, alarm="")


def off_topic(session: Session, knowledge: Knowledge) -> Session:
    """The session without its topic and what was only about that."""
    kept = {name: value for name, value in session.facts.items() if knowledge.facts[name].is_lasting}
    return replace(session, entry=None, pending=None, asked=(), facts=kept, supposed={}, numbers={})


def suspending(session: Session) -> Session:
    """The session with its open question set aside, to come back later."""
    if session.state is not State.ASKING or session.entry is None:
        return session
    return await_topic(session, Suspended(session.entry, session.facts))


def await_topic(session: Session, topic: Suspended) -> Session:
    """The session with a topic that comes next, before the others that wait."""
    others = tuple(each for each in session.waiting if each.entry != topic.entry)
    return replace(session, waiting=(topic, *others)[:MOST_WAITING])


def pursue(session: Session, knowledge: Knowledge, lead: str = "") -> Step:
    """Ask what can still change the verdict, or tell it; what could only make it more precise is offered."""
    entry = topic(session, knowledge)
    fact = next_question(entry, knowledge.facts, session.case)
    if fact is not None and agreed_verdict(entry, knowledge.facts, session.case) is None:
        return ask(session, fact, lead)
    answered = replace(session, state=State.ANSWERED, pending=fact, misses=0)
    return resume(told(answered, session.case), (_telling(session, knowledge),), knowledge)


def told(session: Session, case: Mapping[str, str]) -> Session:
    return replace(session, told=Suspended(session.entry or "", case), alarm="")


def _telling(session: Session, knowledge: Knowledge) -> Act:
    """The answer; if only another case leads to the same as before, that nothing changes."""
    entry, case = topic(session, knowledge), session.case
    before = session.told if session.told and session.told.entry == entry.id else None
    changed = tuple(name for name in _changed(before.facts, case) if name in entry.facts) if before else ()
    supposed = tuple(name for name in session.supposed if name in entry.facts)
    if before and changed and _leads_to_the_same(entry, before.facts, case, knowledge):
        return acts.TellBriefly(entry.id, case, "unchanged", supposed=supposed)
    return acts.Tell(entry.id, case, changed, supposed)


def _changed(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """What is another one than when the answer was told, or is no longer known."""
    told = (name for name, value in now.items() if value != before.get(name) and (value != UNKNOWN or name in before))
    gone = (name for name in before if name not in now)
    return (*told, *gone)


def _leads_to_the_same(entry: Entry, before: Mapping[str, str], now: Mapping[str, str], knowledge: Knowledge) -> bool:
    outcome = outcome_of(entry, knowledge.facts, before)
    return outcome is not None and outcome is outcome_of(entry, knowledge.facts, now)


def resume(session: Session, done: tuple[Act, ...], knowledge: Knowledge) -> Step:
    """Go on with the topic that waits next, if there is one, after what was done."""
    if not session.waiting:
        return Step(session, done)
    waiting = session.waiting[0]
    resumed = on_topic(session, waiting.entry, knowledge)
    # What the person told in the meantime about themselves is newer than what was known then.
    resumed = replace(resumed, facts={**waiting.facts, **resumed.facts})
    following = pursue(resumed, knowledge, lead="resumed")
    return Step(replace(following.session, misses=session.misses), (*done, *_introduced(following, waiting.entry)))


def _introduced(following: Step, entry: str) -> tuple[Act, ...]:
    """What follows an answer: a question says itself what it comes back to."""
    is_asked = isinstance(following.acts[0], acts.Ask)
    return following.acts if is_asked else (acts.Announce("next_topic", (entry,)), *following.acts)


def ask(session: Session, fact: str, lead: str = "") -> Step:
    asking = replace(session, state=State.ASKING, pending=fact, candidates=())
    return Step(asking, (question(asking, lead),))


def question(session: Session, lead: str = "") -> acts.Ask:
    pending = session.pending or ""
    known = {name: value for name, value in session.case.items() if name != pending}
    answered = {name for name in session.asked if name != pending and name not in session.supposed}
    return acts.Ask(
        session.entry or "",
        pending,
        known,
        lead,
        can_go_back=bool(session.asked or session.waiting),
        excluded=session.excluded.get(pending, ()),
        answered=len(answered),
        present=session.case.get(pending, ""),
        supposed=tuple(session.supposed),
    )


def offered(session: Session) -> acts.Offer:
    return acts.Offer(session.candidates, session.facts)


def reminder(session: Session, knowledge: Knowledge) -> tuple[Act, ...]:
    """What was open before this turn, said again so that an aside does not lose it."""
    if session.state is State.ASKING:
        return (question(session, "resumed"),)
    if session.state is State.CHOOSING:
        return (offered(session),)
    if session.state is State.CHANGING and session.entry:
        return (change_review(session, knowledge),)
    return ()


def change_review(session: Session, knowledge: Knowledge) -> acts.AskWhichChange:
    entry = topic(session, knowledge)
    return acts.AskWhichChange(entry.id, changeable_facts(entry, knowledge.facts, session.case), session.case)


def decline(session: Session, knowledge: Knowledge, nearest: tuple[str, ...] = ()) -> acts.Decline:
    """A refusal; what comes nearest is offered with it, and what is related to the topic at hand."""
    related = dict.fromkeys((*nearest, *_related(session, knowledge)))
    return acts.Decline(session.misses, tuple(related)[:MOST_RELATED], is_near=bool(nearest))


def _related(session: Session, knowledge: Knowledge) -> tuple[str, ...]:
    if session.alarm:
        return knowledge.emergencies[session.alarm].entries
    entry = knowledge.entries.get(session.entry or "")
    return entry.see_also if entry and session.state is State.ANSWERED else ()
