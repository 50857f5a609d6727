"""Talk about the answer, about words, countries, emergencies and the bot; what was open stays open."""

from dataclasses import replace
from typing import Any

from bot.dialogue import acts, events
from bot.dialogue.actions.answering import explain
from bot.dialogue.actions.going import Step, changes_answer, pursue, question, reminder, say, with_facts
from bot.dialogue.acts import Act
from bot.dialogue.session import Session, State, Suspended
from bot.knowledge.model import Knowledge

#: What is asked about an answer while its question is still open is answered with what the question is for.
_ABOUT_QUESTION = {"repeat": "again", "simpler": "again", "brief": "again"}


def tell_about(session: Session, event: events.AnswerAsked, knowledge: Knowledge) -> Step:
    """About the answer that was told last, wherever the dialogue has got to; the open question comes back."""
    if event.facts:
        return _tell_about_with(event.facts, session, event, knowledge)
    if session.state is State.ASKING and _is_about_the_question(session, event):
        return _about_question(session, event, knowledge)
    if session.alarm:
        return Step(session, (_about_alarm(session, event.aspect), *reminder(session, knowledge)))
    if event.aspect == "sources" and session.told is None:
        return Step(session, (acts.ShowPage("sources"), *reminder(session, knowledge)))
    if session.told is None:
        return _about_nothing(session, event, knowledge)
    return Step(session, (_about(session, session.told, event.aspect), *reminder(session, knowledge)))


def _tell_about_with(facts: events.Facts, session: Session, event: events.AnswerAsked, knowledge: Knowledge) -> Step:
    """What was told beside it comes first: it may make another answer of the one that is asked about."""
    known = with_facts(session, facts, knowledge)
    if session.state is State.ANSWERED and not session.alarm and changes_answer(session, known, knowledge):
        return pursue(known, knowledge)
    return tell_about(known, replace(event, facts={}), knowledge)


def _about_alarm(session: Session, aspect: events.Aspect) -> Act:
    return acts.TellHelpers(session.facts) if aspect == "helpers" else acts.TellAboutAlarm(session.alarm, aspect)


def _about_nothing(session: Session, event: events.AnswerAsked, knowledge: Knowledge) -> Step:
    if event.aspect == "helpers":
        return Step(session, (acts.TellHelpers(session.facts), *reminder(session, knowledge)))
    return say(session, "nothing_told", knowledge)


def _about(session: Session, told: Suspended, aspect: events.Aspect) -> Act:
    if aspect == "repeat":
        return acts.Tell(told.entry, told.facts, supposed=_supposed(session, told))
    if aspect == "helpers":
        # Who helps depends on who asks, which may have been told since.
        return acts.TellAbout(told.entry, {**told.facts, **session.facts}, aspect)
    return acts.TellAbout(told.entry, told.facts, aspect)


def _supposed(session: Session, told: Suspended) -> tuple[str, ...]:
    """What an answer rests on that is only supposed."""
    if told.entry != session.entry:
        return ()
    return tuple(name for name, value in session.supposed.items() if told.facts.get(name) == value)


def _is_about_the_question(session: Session, event: events.AnswerAsked) -> bool:
    """Whether it is about the open question, which stands last; after another answer only the verdict is."""
    if session.told is not None and session.told.entry != session.entry:
        return event.aspect == "verdict"
    return event.aspect in (*_ABOUT_QUESTION, "verdict", "reasons")


def _about_question(session: Session, event: events.AnswerAsked, knowledge: Knowledge) -> Step:
    if event.aspect == "reasons":
        return explain(session, events.WhyAsked(), knowledge)
    if event.aspect == "verdict":
        # What holds so far, case by case.
        so_far = acts.TellBriefly(session.entry or "", session.case, "so_far", supposed=tuple(session.supposed))
        return Step(session, (so_far, *reminder(session, knowledge)))
    return Step(session, (question(session, "again"),))


def reply_aside(session: Session, event: events.AsideMade, knowledge: Knowledge) -> Step:
    return Step(session, (acts.SayAside(event.aside), *reminder(session, knowledge)))


def explain_term(session: Session, event: events.TermAsked, knowledge: Knowledge) -> Step:
    return Step(session, (acts.ExplainTerm(event.term), *reminder(session, knowledge)))


def explain_terms(session: Session, event: events.TermsAsked, knowledge: Knowledge) -> Step:
    if event.entry is not None:
        return Step(session, (acts.ExplainTerms(event.entry, event.facts), *reminder(session, knowledge)))
    if session.told is None:
        return say(session, "ask_term", knowledge)
    terms = acts.ExplainTerms(session.told.entry, session.told.facts)
    return Step(session, (terms, *reminder(session, knowledge)))


def alarm(session: Session, event: events.Alarmed, knowledge: Knowledge) -> Step:
    """What to do at once stands first; what was open comes back after it."""
    told = acts.Alarm(event.emergency, event.at, event.is_rough, event.entries)
    return Step(replace(session, misses=0, alarm=event.emergency), (told, *reminder(session, knowledge)))


def tell_country(session: Session, event: events.CountryAsked, knowledge: Knowledge) -> Step:
    known = replace(session, country=event.country, misses=0)
    return Step(known, (acts.TellCountry(event.country), *reminder(known, knowledge)))


def with_country(stepped: Step, country: str) -> Step:
    """The step after a remark that other law holds in the country that was named; once a dialogue."""
    session = stepped.session
    is_told = any(isinstance(act, acts.TellCountry) for act in stepped.acts)
    if not country or is_told or country == session.country:
        return stepped
    remark = acts.TellCountry(country, is_remark=True)
    return Step(replace(session, country=country), (remark, *stepped.acts))


def simplify(session: Session, _: events.NotUnderstood, knowledge: Knowledge) -> Step:
    """The answer was too much: its conclusion in plain words; that of a question which followed comes back."""
    told = session.told or Suspended(session.entry or "", session.case)
    return Step(session, (acts.Say("confused_answered"), acts.TellAbout(told.entry, told.facts, "simpler")))


def help_on(session: Session, _: events.NotUnderstood, knowledge: Knowledge) -> Step:
    return say(
        session,
        {State.CHOOSING: "confused_choosing", State.CHANGING: "choose_one"}.get(session.state, "confused"),
        knowledge,
    )


def switch_language(session: Session, event: events.LanguageChosen, knowledge: Knowledge) -> Step:
    """Say the last thing again in the new language; without a language, show which there are, if there are any."""
    if len(knowledge.languages) == 1:
        return say(session, "only_language", knowledge)
    if event.language is None:
        return Step(session, (acts.ShowPage("language"),))
    switched = replace(session, language=event.language)
    if switched.state is State.ANSWERED and switched.entry:
        told = acts.Tell(switched.entry, switched.case, supposed=tuple(switched.supposed))
        return Step(switched, (acts.Say("language_switched"), told))
    return say(switched, "language_switched", knowledge)


def show_quote(session: Session, event: events.QuoteAsked, _: Knowledge) -> Step:
    return Step(session, (acts.ShowQuote(event.reference),))


def unfold(session: Session, event: events.Unfolded, _: Knowledge) -> Step:
    return Step(session, (acts.Unfold(event.entry, event.facts, event.layer),))


def show_page(session: Session, event: events.Requested, knowledge: Knowledge) -> Step:
    if event.page == "start":
        return Step(session.anew({}), (acts.ShowPage("start"),))
    return Step(session, (acts.ShowPage(event.page), *reminder(session, knowledge)))


def say_unreadable(session: Session, event: events.Unreadable, knowledge: Knowledge) -> Step:
    return say(session, event.text, knowledge)


def say_outdated(session: Session, _: Any, knowledge: Knowledge) -> Step:
    return say(session, "outdated_choice", knowledge)
