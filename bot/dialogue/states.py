"""The state machine: one table from (state, event) to an action, and `step`, which looks it up.

Actions are in `actions` and `giving`; they are pure functions from a session and an event to the next session and what
to do.
"""

from typing import Any

from bot.dialogue import actions, events, giving
from bot.dialogue.actions import Action, Step
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State, reconcile
from bot.knowledge.model import Knowledge

ANY = tuple(State)
_TOPICAL = (State.ANSWERED, State.CHANGING)

#: (states, event, action), the first that fits counts. Every pair of state and event has a row (a test proves it).
TRANSITIONS: tuple[tuple[tuple[State, ...], type[Any], Action], ...] = (
    ((State.ASKING,), events.Matched, actions.digress),
    (ANY, events.Matched, actions.start),
    ((State.ASKING,), events.Picked, actions.digress),
    (ANY, events.Picked, actions.start),
    ((State.CHOOSING,), events.Ambiguous, actions.choose_again),
    (ANY, events.Ambiguous, actions.offer),
    ((State.CHOOSING,), events.PickedNone, actions.leave_choice),
    (ANY, events.PickedNone, actions.say_outdated),
    ((State.ASKING,), events.Unmatched, actions.ask_again),
    ((State.CHOOSING,), events.Unmatched, actions.offer_again),
    (ANY, events.Unmatched, actions.decline),
    (ANY, events.Answered, actions.take_answer),
    ((State.ASKING, *_TOPICAL), events.Revised, actions.revise),
    (ANY, events.Revised, actions.note_facts),
    (ANY, events.WhyAsked, actions.explain),
    ((State.ASKING, State.ANSWERED), events.WentBack, actions.go_back),
    ((State.CHANGING,), events.WentBack, actions.pursue_again),
    ((State.IDLE,), events.WentBack, actions.say_nothing_open),
    (ANY, events.WentBack, actions.cancel),
    ((State.IDLE,), events.Cancelled, actions.say_nothing_open),
    (ANY, events.Cancelled, actions.cancel),
    (ANY, events.Reset, actions.reset),
    (ANY, events.ChangeAsked, actions.change),
    (ANY, events.LanguageChosen, actions.switch_language),
    (ANY, events.QuoteAsked, actions.show_quote),
    (ANY, events.Unfolded, actions.unfold),
    (ANY, events.AsideMade, actions.reply_aside),
    ((State.ASKING,), events.NotUnderstood, actions.explain_question),
    ((State.ANSWERED,), events.NotUnderstood, actions.tell_briefly),
    (ANY, events.NotUnderstood, actions.help_on),
    (ANY, events.Requested, actions.show_page),
    (ANY, events.Rated, giving.rate),
    (ANY, events.DonationOffered, giving.preview),
    (ANY, events.DonationConfirmed, giving.donate),
    (ANY, events.DonationRefused, giving.keep_to_oneself),
    (ANY, events.DonationWithdrawn, giving.withdraw),
    (ANY, events.DataRequested, giving.tell_held),
    (ANY, events.ErasureRequested, giving.erase),
    (ANY, events.Unreadable, actions.say_unreadable),
    (ANY, events.Outdated, actions.say_outdated),
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
