"""A round of choices, and what people say to it."""

from dataclasses import replace

from bot.dialogue import acts, events
from bot.dialogue.actions.going import Step, off_topic, offered, resume, suspending, with_facts
from bot.dialogue.actions.topics import start
from bot.dialogue.session import Session, State
from bot.knowledge.model import Knowledge


def offer(session: Session, event: events.Ambiguous, knowledge: Knowledge) -> Step:
    left = off_topic(suspending(session), knowledge)
    chosen = replace(left, state=State.CHOOSING, candidates=event.entries, misses=0)
    known = with_facts(chosen, event.facts, knowledge)
    return Step(known, (offered(known),))


def choose_again(session: Session, event: events.Ambiguous, knowledge: Knowledge) -> Step:
    """One round of choices is enough: asked the same again, the bot takes the best."""
    if set(event.entries) == set(session.candidates):
        return start(session, events.Matched(event.entries[0], event.facts, is_assumed=True), knowledge)
    return offer(session, event, knowledge)


def leave_choice(session: Session, _: events.PickedNone, knowledge: Knowledge) -> Step:
    missed = replace(session, state=State.IDLE, candidates=(), misses=session.misses + 1)
    return resume(missed, (acts.Decline(missed.misses, was_offered=True),), knowledge)


def take_all(session: Session, _: events.PickedAll, knowledge: Knowledge) -> Step:
    """One after the other."""
    first, *others = session.candidates
    return start(session, events.Matched(first, later=tuple(others)), knowledge)


def take_best(session: Session, event: events.Unmatched | events.Revised, knowledge: Knowledge) -> Step:
    """Neither one of the choices nor a question that something answers: the best of them is answered, and what is
    assumed is said. A question of its own is declined, and the choices stay."""
    if isinstance(event, events.Unmatched) and event.is_question:
        known = replace(with_facts(session, event.facts, knowledge), misses=session.misses + 1)
        return Step(known, (acts.Decline(known.misses), offered(known)))
    return start(session, events.Matched(session.candidates[0], event.facts, is_assumed=True), knowledge)
