"""A question is asked, or left; topics wait and come back."""

from dataclasses import replace
from typing import Any

from bot.dialogue import acts, events
from bot.dialogue.actions.going import (
    Step,
    await_topic,
    changes_answer,
    decline,
    off_topic,
    on_topic,
    own_facts,
    pursue,
    reminder,
    resume,
    say,
    suspending,
    with_facts,
)
from bot.dialogue.acts import Act
from bot.dialogue.session import Session, State, Suspended
from bot.knowledge.model import Knowledge


def start(session: Session, event: events.Matched | events.Picked, knowledge: Knowledge) -> Step:
    """Take up a topic, with the facts said in the question; what was asked in the same breath waits."""
    match = event if isinstance(event, events.Matched) else events.Matched(event.entry)
    begun = with_facts(on_topic(session, match.entry, knowledge), match.facts, knowledge)
    begun = replace(begun, supposed=own_facts(match.supposed, match.entry, knowledge))
    for entry in reversed(match.later):
        begun = await_topic(begun, Suspended(entry, _of_the_asker(begun, knowledge)))
    following = _once_more(session, begun, knowledge) or pursue(begun, knowledge)
    announced = (acts.Announce("assumed_topic", (match.entry,)),) if match.is_assumed else ()
    later = (acts.Announce("later", match.later),) if match.later and following.session.waiting else ()
    return Step(following.session, (*announced, *later, *following.acts))


def _once_more(before: Session, begun: Session, knowledge: Knowledge) -> Step | None:
    """The answer that was just told, asked for in other words: its conclusion, and not all of it again."""
    last = before.told
    if before.state is not State.ANSWERED or before.pending or last is None or last.entry != begun.entry:
        return None
    if own_facts(begun.case, last.entry, knowledge) != own_facts(last.facts, last.entry, knowledge):
        return None
    told = acts.TellBriefly(last.entry, begun.case, "told_above", supposed=tuple(begun.supposed))
    return Step(replace(begun, state=State.ANSWERED), (told,))


def _of_the_asker(session: Session, knowledge: Knowledge) -> dict[str, str]:
    return {name: value for name, value in session.facts.items() if knowledge.facts[name].is_lasting}


def digress(session: Session, event: events.Matched | events.Picked, knowledge: Knowledge) -> Step:
    """Another question in the middle of a question: answer it, then the pending one comes back."""
    if event.entry == session.entry:
        told = event.facts if isinstance(event, events.Matched) else {}
        return pursue(with_facts(session, told, knowledge), knowledge, lead="still_asking")
    return start(suspending(session), event, knowledge)


def miss(session: Session, event: events.Unmatched, knowledge: Knowledge) -> Step:
    """Nothing answers it; what it tells of the topic at hand makes that answer another one, which is said."""
    known = with_facts(session, event.facts, knowledge)
    if session.state is State.ANSWERED and changes_answer(session, known, knowledge):
        return pursue(known, knowledge)
    state = State.ANSWERED if session.state in (State.ANSWERED, State.CHANGING) else State.IDLE
    missed = replace(known, state=state, candidates=(), misses=session.misses + 1)
    declined = decline(missed, knowledge, event.nearest)
    return resume(replace(missed, candidates=declined.related), _refusal(session, event, declined), knowledge)


def _refusal(session: Session, event: events.Unmatched, declined: acts.Decline) -> tuple[Act, ...]:
    """At first in the words of what was said before: of an emergency, of an answer to which something is told."""
    if event.nearest or session.misses:
        return (declined,)
    if session.alarm:
        return (acts.Say("declined_alarm"), acts.TellHelpers({**session.facts, **event.facts}))
    if event.is_statement and session.told and session.state in (State.ANSWERED, State.CHANGING):
        return (acts.LeaveUnplaced(session.told.entry, session.told.facts, declined.related),)
    return (declined,)


def cancel(session: Session, _: Any, knowledge: Knowledge) -> Step:
    """Leave the topic; what is known of the person stays, so that the next question need not ask it again."""
    return _left(session, "cancelled", knowledge)


def ask_anew(session: Session, _: events.NewQuestionAsked, knowledge: Knowledge) -> Step:
    """Room for another question."""
    return _left(session, "new_question", knowledge)


def _left(session: Session, key: str, knowledge: Knowledge) -> Step:
    left = off_topic(session, knowledge)
    return Step(replace(left.anew(left.facts), excluded=left.excluded), (acts.Say(key),))


def reset(session: Session, _: events.Reset, __: Knowledge) -> Step:
    return Step(Session(session.language), (acts.Say("reset"),))


def take_waiting(session: Session, _: events.WaitingAsked, knowledge: Knowledge) -> Step:
    """The topic that waits comes now, and the open question after it."""
    if not session.waiting:
        return say(session, "nothing_waiting", knowledge)
    following, *others = session.waiting
    current = replace(session, waiting=tuple(others))
    return start(suspending(current), events.Matched(following.entry, following.facts), knowledge)


def go_on(session: Session, _: events.Continued, knowledge: Knowledge) -> Step:
    """With what is open, or with a new question."""
    open_now = reminder(session, knowledge)
    return Step(session, open_now or (acts.Say("nothing_open"),))


def say_nothing_open(session: Session, _: Any, __: Knowledge) -> Step:
    return Step(session, (acts.Say("nothing_open"),))
