"""The facts of an answer: told in passing, changed, supposed, denied."""

from collections.abc import Collection, Mapping
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
from bot.dialogue.questions import changeable_facts, next_question, with_implied
from bot.dialogue.session import Session, State
from bot.knowledge.model import UNKNOWN, Knowledge


def revise(session: Session, event: events.Revised, knowledge: Knowledge) -> Step:
    """Facts said in passing: answer anew if they matter to this topic, else say that they make no difference."""
    known = with_facts(replace(session, misses=0), event.facts, knowledge)
    told = with_implied(knowledge.facts, event.facts)
    if any(name in topic(session, knowledge).facts for name in told):
        return pursue(known, knowledge)
    return _making_no_difference(known, told, knowledge)


def _making_no_difference(session: Session, told: Collection[str], knowledge: Knowledge) -> Step:
    """Said, with what is related and does depend on it."""
    related = [each for each in topic(session, knowledge).see_also if not _is_free_of(each, told, knowledge)]
    said = acts.Say("no_difference", tuple(related) if session.state is not State.ASKING else ())
    return Step(session, (said, *reminder(session, knowledge)))


def _is_free_of(entry: str, told: Collection[str], knowledge: Knowledge) -> bool:
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
    case = {**session.case, **supposed}
    names = tuple(name for name, value in case.items() if session.facts.get(name) != value)
    told = acts.TellBriefly(session.entry or "", case, supposed=names)
    return Step(session, (told, *reminder(session, knowledge)))


def exclude(session: Session, event: events.Excluded, knowledge: Knowledge) -> Step:
    """What is denied does not hold; what then holds is asked, unless only one thing is left."""
    told = with_facts(replace(session, misses=0), event.facts, knowledge)
    excluded = {name: _excluded(told, name, options, knowledge) for name, options in event.options.items()}
    left = {name: option for name, options in excluded.items() if (option := _left(name, options, knowledge))}
    known = with_facts(_without(told, excluded), left, knowledge)
    denied = acts.Deny({name: options for name, options in event.options.items() if name not in left})
    following = _after_denial(session, known, tuple(excluded), knowledge)
    return Step(following.session, ((denied, *following.acts) if denied.options else following.acts))


def _excluded(session: Session, name: str, options: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """What is denied of a fact by now. Who denies what was left, too, takes back what they denied before."""
    joined = tuple(dict.fromkeys((*session.excluded.get(name, ()), *options)))
    return joined if len(joined) < len(knowledge.facts[name].options) else options


def _left(name: str, excluded: tuple[str, ...], knowledge: Knowledge) -> str | None:
    """The only option that is left; not a yes that must be said outright. Who denies all of them knows none."""
    fact = knowledge.facts[name]
    rest = [option for option in fact.options.values() if option.id not in excluded]
    if not rest:
        return UNKNOWN
    return rest[0].id if len(rest) == 1 and not rest[0].needs_certainty else None


def _without(session: Session, excluded: Mapping[str, tuple[str, ...]]) -> Session:
    """The session without what was told or supposed and is denied now."""
    facts = {name: value for name, value in session.facts.items() if value not in excluded.get(name, ())}
    supposed = {name: value for name, value in session.supposed.items() if value not in excluded.get(name, ())}
    return replace(session, facts=facts, supposed=supposed, excluded={**session.excluded, **excluded})


def _after_denial(before: Session, session: Session, denied: tuple[str, ...], knowledge: Knowledge) -> Step:
    entry = knowledge.entries.get(session.entry or "")
    if entry is None:
        return Step(session, reminder(session, knowledge) or (acts.Say("noted"),))
    if session.state is State.ASKING:
        return _asking_on(before, session, knowledge)
    if all(before.case.get(name) == session.case.get(name) for name in entry.facts):
        return _making_no_difference(session, denied, knowledge)
    return pursue(session, knowledge)


def _asking_on(before: Session, session: Session, knowledge: Knowledge) -> Step:
    """The open question once more, unless it was decided or another one comes first now."""
    name = session.pending or ""
    is_changing = name in session.facts and session.facts[name] == before.facts.get(name)
    if is_changing or next_question(topic(session, knowledge), knowledge.facts, session.case) == name:
        return Step(session, (question(session, "still_asking"),))
    return pursue(session, knowledge, "still_asking")


def change(session: Session, event: events.ChangeAsked, knowledge: Knowledge) -> Step:
    """Ask one fact anew; the others stay, and only what depends on it is asked again."""
    entry = event.entry or session.entry
    if entry is None:
        return say(session, "nothing_to_change", knowledge)
    current = session if entry == session.entry else on_topic(suspending(session), entry, knowledge)
    names = (event.fact,) if event.fact else changeable_facts(knowledge.entries[entry], knowledge.facts, current.case)
    if not names:
        return say(session, "nothing_to_change", knowledge)
    if event.fact:
        return ask(current, event.fact)
    changing = replace(current, state=State.CHANGING, pending=None)
    return Step(changing, (change_review(changing, knowledge),))
