"""A follow-up question, and what people say to it."""

from dataclasses import replace

from bot.dialogue import acts, events
from bot.dialogue.actions.case import note_facts
from bot.dialogue.actions.going import (
    Step,
    ask,
    on_topic,
    pursue,
    question,
    reminder,
    resume,
    say,
    suspending,
    with_facts,
)
from bot.dialogue.session import Session, State
from bot.knowledge.model import UNKNOWN, Knowledge

#: After so many misses in a row the bot stops guessing.
MISSES_UNTIL_HELP = 2


def take_answer(session: Session, event: events.Answered, knowledge: Knowledge) -> Step:
    """A fact for this topic, or for the topic of an older button, which is then taken up."""
    entry = event.entry or session.entry
    if entry is None:
        return note_facts(session, events.Revised({event.fact: event.option}), knowledge)
    told = {**event.facts, event.fact: event.option}
    is_elsewhere = entry != session.entry
    current = on_topic(suspending(session), entry, knowledge) if is_elsewhere else session
    known = with_facts(current, told, knowledge)
    asked = tuple(name for name in known.asked if name != event.fact)
    return pursue(replace(known, asked=(*asked, event.fact), candidates=(), misses=0), knowledge)


def ask_again(session: Session, event: events.Unmatched, knowledge: Knowledge) -> Step:
    """Not understood as an answer: what would count as one; from the second time on what else the person can do."""
    known = with_facts(session, event.facts, knowledge)
    missed = replace(known, misses=session.misses + 1)
    if event.is_question:
        declined = acts.Decline(missed.misses, event.nearest, is_near=bool(event.nearest))
        return Step(missed, (declined, question(missed, "resumed")))
    if missed.misses > MISSES_UNTIL_HELP and session.pending not in session.facts:
        return _go_on_without(missed, knowledge)
    if missed.misses >= MISSES_UNTIL_HELP:
        return Step(missed, (acts.Say("not_understood_again"), question(missed, "resumed")))
    return Step(missed, (acts.HintAt(session.pending or ""), question(missed, "resumed")))


def _go_on_without(session: Session, knowledge: Knowledge) -> Step:
    """Asked in vain often enough: the answer as far as it goes without."""
    following = take_answer(session, events.Answered(session.pending or "", UNKNOWN), knowledge)
    return Step(following.session, (acts.Say("answered_without"), *following.acts))


def explain(session: Session, event: events.WhyAsked, knowledge: Knowledge) -> Step:
    fact = event.fact or (session.pending if session.state is State.ASKING else None)
    if fact is None:
        return say(session, "why_choose" if session.state is State.CHOOSING else "nothing_asked", knowledge)
    return Step(session, (acts.ExplainWhy(fact), *reminder(session, knowledge)))


def explain_question(session: Session, _: events.NotUnderstood, knowledge: Knowledge) -> Step:
    """The question was not understood: why it is asked, and the question again."""
    return Step(
        session,
        (acts.Say("confused_asking"), acts.ExplainWhy(session.pending or ""), *reminder(session, knowledge)),
    )


def go_back(session: Session, _: events.WentBack, knowledge: Knowledge) -> Step:
    if session.state is State.ASKING and session.pending in session.facts:
        # A fact that was to be changed: back leads to where the person came from.
        return pursue(session, knowledge)
    if session.asked and session.asked[-1] in session.supposed:
        return pursue(_without_supposition(session), knowledge)
    if session.asked:
        earlier = replace(session.without(session.asked[-1]), asked=session.asked[:-1])
        return ask(earlier, session.asked[-1])
    if session.waiting:
        return resume(session, (), knowledge)
    return say(session, "nothing_before", knowledge)


def _without_supposition(session: Session) -> Session:
    """The session before something was supposed."""
    asked = session.asked
    while asked and asked[-1] in session.supposed:
        asked = asked[:-1]
    undone = session.asked[len(asked) :]
    return replace(session, asked=asked, supposed={n: v for n, v in session.supposed.items() if n not in undone})


def pursue_again(session: Session, _: events.WentBack, knowledge: Knowledge) -> Step:
    return pursue(session, knowledge)
