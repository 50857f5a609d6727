"""The state machine: one table from (state, event) to an action, and `step`, which looks it up.

Actions are in `actions` and `giving`; they are pure functions from a session and an event to the next session and what
to do.
"""

from typing import Any

from bot.dialogue import events
from bot.dialogue.actions import answering, case, giving, offers, talking, topics
from bot.dialogue.actions.going import Action, Step
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State, reconcile
from bot.knowledge.model import Knowledge

ANY = tuple(State)
_TOPICAL = (State.ANSWERED, State.CHANGING)
_WITH_TOPIC = (State.ASKING, *_TOPICAL)

#: (states, event, action), the first that fits counts. Every pair of state and event has a row (a test proves it).
TRANSITIONS: tuple[tuple[tuple[State, ...], type[Any], Action], ...] = (
    ((State.ASKING,), events.Matched, topics.digress),
    (ANY, events.Matched, topics.start),
    ((State.ASKING,), events.Picked, topics.digress),
    (ANY, events.Picked, topics.start),
    ((State.CHOOSING,), events.Ambiguous, offers.choose_again),
    (ANY, events.Ambiguous, offers.offer),
    ((State.CHOOSING,), events.PickedNone, offers.leave_choice),
    (ANY, events.PickedNone, talking.say_outdated),
    ((State.CHOOSING,), events.PickedAll, offers.take_all),
    (ANY, events.PickedAll, talking.say_outdated),
    ((State.ASKING,), events.Unmatched, answering.ask_again),
    ((State.CHOOSING,), events.Unmatched, offers.take_best),
    (ANY, events.Unmatched, topics.miss),
    (ANY, events.Answered, answering.take_answer),
    (_WITH_TOPIC, events.Revised, case.revise),
    ((State.CHOOSING,), events.Revised, offers.take_best),
    (ANY, events.Revised, case.note_facts),
    (ANY, events.Supposed, case.suppose),
    (ANY, events.Excluded, case.exclude),
    (ANY, events.WhyAsked, answering.explain),
    ((State.ASKING, State.ANSWERED), events.WentBack, answering.go_back),
    ((State.CHANGING,), events.WentBack, answering.pursue_again),
    ((State.IDLE,), events.WentBack, topics.say_nothing_open),
    (ANY, events.WentBack, topics.cancel),
    ((State.IDLE,), events.Cancelled, topics.say_nothing_open),
    (ANY, events.Cancelled, topics.cancel),
    (ANY, events.NewQuestionAsked, topics.ask_anew),
    (ANY, events.WaitingAsked, topics.take_waiting),
    (ANY, events.Continued, topics.go_on),
    (ANY, events.Reset, topics.reset),
    (ANY, events.ChangeAsked, case.change),
    (ANY, events.LanguageChosen, talking.switch_language),
    (ANY, events.QuoteAsked, talking.show_quote),
    (ANY, events.Unfolded, talking.unfold),
    (ANY, events.AnswerAsked, talking.tell_about),
    (ANY, events.TermAsked, talking.explain_term),
    (ANY, events.TermsAsked, talking.explain_terms),
    (ANY, events.Alarmed, talking.alarm),
    (ANY, events.LineAsked, talking.tell_line),
    (ANY, events.CountryAsked, talking.tell_country),
    (ANY, events.AsideMade, talking.reply_aside),
    ((State.ASKING,), events.NotUnderstood, answering.explain_question),
    ((State.ANSWERED,), events.NotUnderstood, talking.simplify),
    (ANY, events.NotUnderstood, talking.help_on),
    (ANY, events.Requested, talking.show_page),
    (ANY, events.Rated, giving.rate),
    (ANY, events.Complained, giving.complain),
    (ANY, events.DonationOffered, giving.preview),
    (ANY, events.DonationConfirmed, giving.donate),
    (ANY, events.DonationRefused, giving.keep_to_oneself),
    (ANY, events.DonationWithdrawn, giving.withdraw),
    (ANY, events.DataRequested, giving.tell_held),
    (ANY, events.ErasureRequested, giving.erase),
    (ANY, events.Unreadable, talking.say_unreadable),
    (ANY, events.Outdated, talking.say_outdated),
)


def action_for(state: State, event: type[Any]) -> Action:
    """The action of the first row that fits. Raises KeyError for a pair without a row."""
    for states, kind, action in TRANSITIONS:
        if state in states and kind is event:
            return action
    raise KeyError((state, event))


def step(session: Session, event: Event, knowledge: Knowledge) -> Step:
    """The next session and the acts of this turn. Total: any session of any knowledge and any event has one."""
    current = reconcile(session, knowledge)
    return action_for(current.state, type(event))(current, event, knowledge)
