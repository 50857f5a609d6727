"""The actions of the state machine: what becomes of the session, and what the bot does, for each row of the table."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from bot.dialogue import acts, events
from bot.dialogue.acts import Act
from bot.dialogue.questions import given_facts, next_question, with_implied
from bot.dialogue.session import Session, State, Suspended
from bot.knowledge.model import Entry, Knowledge

#: After so many misses in a row the bot stops guessing.
MISSES_UNTIL_HELP = 2


@dataclass(frozen=True, slots=True)
class Step:
    """What a turn leads to: the session to keep, and what to do."""

    session: Session
    acts: tuple[Act, ...]


# The table pairs each action with the one event type it reads, which no static type can say of a dictionary.
Action: TypeAlias = Callable[[Session, Any, Knowledge], Step]


def start(session: Session, event: events.Matched | events.Picked, knowledge: Knowledge) -> Step:
    """Take up a topic, with the facts said in the question."""
    told = event.facts if isinstance(event, events.Matched) else {}
    return _pursue(_with_facts(_on_topic(session, event.entry, knowledge), told, knowledge), knowledge)


def digress(session: Session, event: events.Matched | events.Picked, knowledge: Knowledge) -> Step:
    """Another question in the middle of a question: answer it, then the pending one comes back."""
    if event.entry == session.entry:
        told = event.facts if isinstance(event, events.Matched) else {}
        return _pursue(_with_facts(session, told, knowledge), knowledge, lead="still_asking")
    return start(_suspending(session), event, knowledge)


def offer(session: Session, event: events.Ambiguous, knowledge: Knowledge) -> Step:
    left = _off_topic(_suspending(session), knowledge)
    chosen = replace(left, state=State.CHOOSING, candidates=event.entries, misses=0)
    known = _with_facts(chosen, event.facts, knowledge)
    return Step(known, (_offer(known),))


def choose_again(session: Session, event: events.Ambiguous, knowledge: Knowledge) -> Step:
    """One round of choices is enough: asked the same again, the bot takes the best."""
    if set(event.entries) <= set(session.candidates):
        return start(session, events.Matched(event.entries[0], event.facts), knowledge)
    return offer(session, event, knowledge)


def leave_choice(session: Session, _: events.PickedNone, knowledge: Knowledge) -> Step:
    missed = replace(session, state=State.IDLE, candidates=(), misses=session.misses + 1)
    return _resume(missed, (_decline(missed, knowledge),), knowledge)


def offer_again(session: Session, event: events.Unmatched, knowledge: Knowledge) -> Step:
    """Neither one of the choices nor another question: show the choices once more, then let go."""
    known = _with_facts(session, event.facts, knowledge)
    missed = replace(known, misses=session.misses + 1)
    if missed.misses >= MISSES_UNTIL_HELP:
        return decline(session, event, knowledge)
    return Step(missed, (acts.Say("choose_one"), _offer(missed)))


def decline(session: Session, event: events.Unmatched, knowledge: Knowledge) -> Step:
    known = _with_facts(session, event.facts, knowledge)
    state = State.ANSWERED if session.state in (State.ANSWERED, State.CHANGING) else State.IDLE
    missed = replace(known, state=state, candidates=(), misses=session.misses + 1)
    return _resume(missed, (_decline(missed, knowledge),), knowledge)


def _decline(session: Session, knowledge: Knowledge) -> acts.Decline:
    """What is related to the topic at hand is offered with the refusal."""
    entry = knowledge.entries.get(session.entry or "")
    related = entry.see_also if entry and session.state is State.ANSWERED else ()
    return acts.Decline(session.misses, related)


def ask_again(session: Session, _: events.Unmatched, knowledge: Knowledge) -> Step:
    """Not understood as an answer: say so, and from the second time on what else the person can do."""
    missed = replace(session, misses=session.misses + 1)
    if missed.misses >= MISSES_UNTIL_HELP:
        return Step(missed, (acts.Decline(missed.misses), _question(missed, "resumed")))
    return Step(missed, (_question(missed, "not_understood"),))


def take_answer(session: Session, event: events.Answered, knowledge: Knowledge) -> Step:
    """A fact for this topic, or for the topic of an older button, which is then taken up."""
    entry = event.entry or session.entry
    if entry is None:
        return note_facts(session, events.Revised({event.fact: event.option}), knowledge)
    told = {**event.facts, event.fact: event.option}
    is_elsewhere = entry != session.entry
    current = _on_topic(_suspending(session), entry, knowledge) if is_elsewhere else session
    known = _with_facts(current, told, knowledge)
    asked = tuple(name for name in known.asked if name != event.fact)
    return _pursue(replace(known, asked=(*asked, event.fact), candidates=(), misses=0), knowledge)


def revise(session: Session, event: events.Revised, knowledge: Knowledge) -> Step:
    """Facts said in passing: answer anew if they matter to this topic, else say that they make no difference."""
    known = _with_facts(replace(session, misses=0), event.facts, knowledge)
    told = with_implied(knowledge.facts, event.facts)
    if any(name in _topic(session, knowledge).facts for name in told):
        return _pursue(known, knowledge)
    related = tuple(
        each
        for each in _topic(session, knowledge).see_also
        if any(name in knowledge.entries[each].facts for name in told)
    )
    said = acts.Say("no_difference", related if session.state is not State.ASKING else ())
    return Step(known, (said, *_reminder(known, knowledge)))


def note_facts(session: Session, event: events.Revised, knowledge: Knowledge) -> Step:
    known = _with_facts(replace(session, misses=0), event.facts, knowledge)
    reminder = _reminder(known, knowledge)
    return Step(known, reminder or (acts.Say("noted"),))


def explain(session: Session, event: events.WhyAsked, knowledge: Knowledge) -> Step:
    fact = event.fact or (session.pending if session.state is State.ASKING else None)
    if fact is None:
        key = "why_choose" if session.state is State.CHOOSING else "nothing_asked"
        return Step(session, (acts.Say(key), *_reminder(session, knowledge)))
    return Step(session, (acts.ExplainWhy(fact), *_reminder(session, knowledge)))


def go_back(session: Session, _: events.WentBack, knowledge: Knowledge) -> Step:
    if session.state is State.ASKING and session.pending in session.facts:
        # A fact that was to be changed: back leads to where the person came from.
        return _pursue(session, knowledge)
    if session.asked:
        earlier = replace(session.without(session.asked[-1]), asked=session.asked[:-1])
        return _ask(earlier, session.asked[-1])
    if session.suspended:
        return _resume(session, (), knowledge)
    return Step(session, (acts.Say("nothing_before"), *_reminder(session, knowledge)))


def pursue_again(session: Session, _: events.WentBack, knowledge: Knowledge) -> Step:
    return _pursue(session, knowledge)


def cancel(session: Session, _: Any, knowledge: Knowledge) -> Step:
    """Leave the topic; the facts stay, so that the next question need not ask them again."""
    left = _off_topic(session, knowledge)
    return Step(session.anew(left.facts), (acts.Say("cancelled"),))


def say_nothing_open(session: Session, _: Any, __: Knowledge) -> Step:
    return Step(session, (acts.Say("nothing_open"),))


def reset(session: Session, _: events.Reset, __: Knowledge) -> Step:
    return Step(Session(session.language), (acts.Say("reset"),))


def change(session: Session, event: events.ChangeAsked, knowledge: Knowledge) -> Step:
    """Ask one fact anew; the others stay, and only what depends on it is asked again."""
    entry = event.entry or session.entry
    if entry is None:
        return Step(session, (acts.Say("nothing_to_change"), *_reminder(session, knowledge)))
    current = session if entry == session.entry else _on_topic(_suspending(session), entry, knowledge)
    topic = knowledge.entries[entry]
    names = (event.fact,) if event.fact else given_facts(topic, knowledge.facts, current.facts)
    if not names:
        return Step(session, (acts.Say("nothing_to_change"), *_reminder(session, knowledge)))
    if len(names) == 1:
        return _ask(current, names[0])
    return Step(
        replace(current, state=State.CHANGING, pending=None), (acts.AskWhichChange(entry, names, current.facts),)
    )


def switch_language(session: Session, event: events.LanguageChosen, knowledge: Knowledge) -> Step:
    """Say the last thing again in the new language; without a language, show which there are, if there are any."""
    if len(knowledge.languages) == 1:
        return Step(session, (acts.Say("only_language"), *_reminder(session, knowledge)))
    if event.language is None:
        return Step(session, (acts.ShowPage("language"),))
    switched = replace(session, language=event.language)
    if switched.state is State.ANSWERED and switched.entry:
        return Step(switched, (acts.Say("language_switched"), acts.Tell(switched.entry, switched.facts)))
    return Step(switched, (acts.Say("language_switched"), *_reminder(switched, knowledge)))


def show_quote(session: Session, event: events.QuoteAsked, _: Knowledge) -> Step:
    return Step(session, (acts.ShowQuote(event.reference),))


def unfold(session: Session, event: events.Unfolded, _: Knowledge) -> Step:
    return Step(session, (acts.Unfold(event.entry, event.facts, event.layer),))


def reply_aside(session: Session, event: events.AsideMade, knowledge: Knowledge) -> Step:
    return Step(session, (acts.SayAside(event.aside), *_reminder(session, knowledge)))


def explain_question(session: Session, _: events.NotUnderstood, knowledge: Knowledge) -> Step:
    """The question was not understood: why it is asked, and the question again."""
    said = (acts.Say("confused_asking"), acts.ExplainWhy(session.pending or ""))
    return Step(session, (*said, *_reminder(session, knowledge)))


def tell_briefly(session: Session, _: events.NotUnderstood, __: Knowledge) -> Step:
    """The answer was not understood: what it comes to."""
    return Step(session, (acts.Say("confused_answered"), acts.TellBriefly(session.entry or "", session.facts)))


def help_on(session: Session, _: events.NotUnderstood, knowledge: Knowledge) -> Step:
    key = {State.CHOOSING: "confused_choosing", State.CHANGING: "choose_one"}.get(session.state, "confused")
    return Step(session, (acts.Say(key), *_reminder(session, knowledge)))


def show_page(session: Session, event: events.Requested, knowledge: Knowledge) -> Step:
    if event.page == "answer_sources":
        is_answered = session.state is State.ANSWERED and session.entry
        cited = acts.CiteAgain(session.entry or "", session.facts) if is_answered else acts.ShowPage("sources")
        return Step(session, (cited, *_reminder(session, knowledge)))
    if event.page == "start":
        return Step(session.anew({}), (acts.ShowPage("start"),))
    return Step(session, (acts.ShowPage(event.page), *_reminder(session, knowledge)))


def say_unreadable(session: Session, event: events.Unreadable, knowledge: Knowledge) -> Step:
    return Step(session, (acts.Say(event.text), *_reminder(session, knowledge)))


def say_outdated(session: Session, _: Any, knowledge: Knowledge) -> Step:
    return Step(session, (acts.Say("outdated_choice"), *_reminder(session, knowledge)))


def _topic(session: Session, knowledge: Knowledge) -> Entry:
    return knowledge.entries[session.entry or ""]


def _with_facts(session: Session, told: events.Facts, knowledge: Knowledge) -> Session:
    """What was told, as far as it is about the asker or matters to the topic or those offered; without any, all."""
    topics = (session.entry,) if session.entry else session.candidates
    matters = {name for topic in topics for name in knowledge.entries[topic].facts} if topics else set(knowledge.facts)
    all_told = with_implied(knowledge.facts, told)
    kept = {n: v for n, v in all_told.items() if n in matters or knowledge.facts[n].about == "asker"}
    return replace(session, facts={**session.facts, **kept})


def _on_topic(session: Session, entry: str, knowledge: Knowledge) -> Session:
    """The session at the start of a topic. Coming from none, what was told before it belongs to it."""
    left = _off_topic(session, knowledge) if session.entry not in (None, entry) else session
    is_taken_up = session.suspended is not None and session.suspended.entry == entry
    suspended = None if is_taken_up else session.suspended
    return replace(left, entry=entry, pending=None, asked=(), candidates=(), suspended=suspended, misses=0)


def _off_topic(session: Session, knowledge: Knowledge) -> Session:
    """The session without its topic and what was only about that."""
    kept = {name: value for name, value in session.facts.items() if knowledge.facts[name].about == "asker"}
    return replace(session, entry=None, pending=None, asked=(), facts=kept)


def _suspending(session: Session) -> Session:
    """The session with its open question set aside, to come back later. Only the first is kept, as a person would."""
    if session.state is not State.ASKING or session.suspended is not None or session.entry is None:
        return session
    return replace(session, suspended=Suspended(session.entry, session.facts))


def _pursue(session: Session, knowledge: Knowledge, lead: str = "") -> Step:
    """Ask what still matters, or tell the answer."""
    fact = next_question(_topic(session, knowledge), knowledge.facts, session.facts)
    if fact is not None:
        return _ask(session, fact, lead)
    told = acts.Tell(session.entry or "", session.facts)
    answered = replace(session, state=State.ANSWERED, pending=None, misses=0)
    return _resume(answered, (told,), knowledge)


def _resume(session: Session, done: tuple[Act, ...], knowledge: Knowledge) -> Step:
    """Go on with the suspended topic, if there is one, after what was done."""
    if session.suspended is None:
        return Step(session, done)
    waiting = session.suspended
    resumed = _on_topic(replace(session, state=State.IDLE), waiting.entry, knowledge)
    # What the person told in the meantime about themselves is newer than what was known then.
    resumed = replace(resumed, facts={**waiting.facts, **resumed.facts})
    following = _pursue(resumed, knowledge, lead="resumed")
    return Step(replace(following.session, misses=session.misses), (*done, *following.acts))


def _ask(session: Session, fact: str, lead: str = "") -> Step:
    asking = replace(session, state=State.ASKING, pending=fact, candidates=())
    return Step(asking, (_question(asking, lead),))


def _question(session: Session, lead: str = "") -> acts.Ask:
    can_go_back = bool(session.asked or session.suspended)
    known = {name: value for name, value in session.facts.items() if name != session.pending}
    return acts.Ask(session.entry or "", session.pending or "", known, lead, can_go_back)


def _offer(session: Session) -> acts.Offer:
    return acts.Offer(session.candidates, session.facts)


def _reminder(session: Session, knowledge: Knowledge) -> tuple[Act, ...]:
    """What was open before this turn, said again so that an aside does not lose it."""
    if session.state is State.ASKING:
        return (_question(session, "resumed"),)
    if session.state is State.CHOOSING:
        return (_offer(session),)
    if session.state is State.CHANGING and session.entry:
        names = given_facts(_topic(session, knowledge), knowledge.facts, session.facts)
        return (acts.AskWhichChange(session.entry, names, session.facts),)
    return ()
