"""The facts of an answer: told in passing, changed, supposed, denied."""

from dataclasses import replace

from bot.dialogue import acts, events
from bot.dialogue.actions.going import (
    Step,
    ask,
    change_review,
    on_topic,
    own_facts,
    pursue,
    question,
    reminder,
    say,
    suspending,
    topic,
    with_facts,
)
from bot.dialogue.questions import given_facts, with_implied
from bot.dialogue.session import Session, State
from bot.knowledge.model import Knowledge


def revise(session: Session, event: events.Revised, knowledge: Knowledge) -> Step:
    """Facts said in passing: answer anew if they matter to this topic, else say that they make no difference."""
    known = with_facts(replace(session, misses=0), event.facts, knowledge)
    told = with_implied(knowledge.facts, event.facts)
    if any(name in topic(session, knowledge).facts for name in told):
        return pursue(known, knowledge)
    return _making_no_difference(known, told, knowledge)


def _making_no_difference(session: Session, told: events.Facts, knowledge: Knowledge) -> Step:
    """Said, with what is related and does depend on it."""
    related = [each for each in topic(session, knowledge).see_also if not _is_free_of(each, told, knowledge)]
    said = acts.Say("no_difference", tuple(related) if session.state is not State.ASKING else ())
    return Step(session, (said, *reminder(session, knowledge)))


def _is_free_of(entry: str, told: events.Facts, knowledge: Knowledge) -> bool:
    return not any(name in knowledge.entries[entry].facts for name in told)


def note_facts(session: Session, event: events.Revised, knowledge: Knowledge) -> Step:
    known = with_facts(replace(session, misses=0), event.facts, knowledge)
    open_now = reminder(known, knowledge)
    return Step(known, open_now or (acts.Say("noted"),))


def suppose(session: Session, event: events.Supposed, knowledge: Knowledge) -> Step:
    """What if: the answer for another case, which stays only supposed. In the middle of a question, in short."""
    entry = event.entry or session.entry
    if entry is None:
        return note_facts(session, events.Revised({}), knowledge)
    supposed = own_facts(event.facts, entry, knowledge)
    if not supposed and entry == session.entry:
        return _making_no_difference(session, event.facts, knowledge)
    case = {**own_facts(event.known, entry, knowledge), **supposed}
    if session.state is State.ASKING and session.entry == entry:
        return _in_short(replace(session, misses=0), case, knowledge)
    current = session if entry == session.entry else on_topic(suspending(session), entry, knowledge)
    return pursue(_supposing(current, event, case, knowledge), knowledge)


def _supposing(session: Session, event: events.Supposed, case: events.Facts, knowledge: Knowledge) -> Session:
    """The session in another case. What an older answer rested on is told by its button, unless something else has been
    told since: then that is only supposed as well."""
    known = own_facts(event.known, session.entry or "", knowledge)
    facts = {**known, **session.facts}
    before = {} if event.entry else session.supposed
    supposed = {name: value for name, value in {**before, **case}.items() if facts.get(name) != value}
    asked = (*session.asked, *(name for name in case if name in supposed))
    return replace(session, facts=facts, supposed=supposed, asked=asked, misses=0)


def _in_short(session: Session, supposed: events.Facts, knowledge: Knowledge) -> Step:
    names = tuple(name for name, value in supposed.items() if session.facts.get(name) != value)
    told = acts.TellBriefly(session.entry or "", {**session.case, **supposed}, "", (), names)
    return Step(session, (told, *reminder(session, knowledge)))


def exclude(session: Session, event: events.Excluded, knowledge: Knowledge) -> Step:
    """What is denied does not hold; what then holds is asked, unless only one thing is left."""
    told = with_facts(replace(session, misses=0), event.facts, knowledge)
    excluded = {name: _joined(told, name, options) for name, options in event.options.items()}
    left = {name: option for name, options in excluded.items() if (option := _last(name, options, knowledge))}
    held = {name: value for name, value in told.facts.items() if value not in excluded.get(name, ())}
    known = replace(told, facts=held, excluded={**told.excluded, **excluded})
    known = with_facts(known, left, knowledge) if left else known
    denied = acts.Deny({name: options for name, options in event.options.items() if name not in left})
    following = _after_denial(known, tuple(excluded), knowledge)
    return Step(following.session, ((denied, *following.acts) if denied.options else following.acts))


def _joined(session: Session, name: str, options: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*session.excluded.get(name, ()), *options)))


def _last(name: str, excluded: tuple[str, ...], knowledge: Knowledge) -> str | None:
    """The only option that is left; not where a yes must be said outright."""
    fact = knowledge.facts[name]
    rest = [option for option in fact.options if option not in excluded]
    return rest[0] if len(rest) == 1 and not any(o.needs_certainty for o in fact.options.values()) else None


def _after_denial(session: Session, denied: tuple[str, ...], knowledge: Knowledge) -> Step:
    entry = knowledge.entries.get(session.entry or "")
    if entry is None:
        return Step(session, reminder(session, knowledge) or (acts.Say("noted"),))
    open_facts = [name for name in denied if name in entry.facts and name not in session.facts]
    if session.state is State.ASKING and session.pending not in session.facts:
        return Step(session, (question(session, "still_asking"),))
    return ask(session, open_facts[0]) if open_facts else pursue(session, knowledge)


def change(session: Session, event: events.ChangeAsked, knowledge: Knowledge) -> Step:
    """Ask one fact anew; the others stay, and only what depends on it is asked again."""
    entry = event.entry or session.entry
    if entry is None:
        return say(session, "nothing_to_change", knowledge)
    current = session if entry == session.entry else on_topic(suspending(session), entry, knowledge)
    names = (event.fact,) if event.fact else given_facts(knowledge.entries[entry], knowledge.facts, current.case)
    if not names:
        return say(session, "nothing_to_change", knowledge)
    if event.fact:
        return ask(current, event.fact)
    changing = replace(current, state=State.CHANGING, pending=None)
    return Step(changing, (change_review(changing, knowledge),))
