"""Actions about what people give and what is held of them: votes, donated questions, access and erasure.

None of them moves the dialogue, except that erasure ends it.
"""

from dataclasses import replace

from bot.dialogue import acts, events
from bot.dialogue.actions.going import Step, reminder
from bot.dialogue.session import Session
from bot.knowledge.model import Knowledge


def rate(session: Session, event: events.Rated, _: Knowledge) -> Step:
    """One vote an entry and dialogue, which can be changed; the dialogue, not the vote, remembers it."""
    vote = "helpful" if event.has_helped else "unhelpful"
    before = session.rated.get(event.entry)
    if before == vote:
        return Step(session, (acts.Say("vote_known"),))
    rated = replace(session, rated={**session.rated, event.entry: vote})
    return Step(rated, (acts.CountVote(event.entry, event.has_helped, is_changed=before is not None),))


def complain(session: Session, event: events.Complained, _: Knowledge) -> Step:
    """What was wrong, once an entry and dialogue."""
    if session.rated.get(event.entry) == event.complaint:
        return Step(session, (acts.Say("vote_known"),))
    rated = replace(session, rated={**session.rated, event.entry: event.complaint})
    return Step(rated, (acts.CountComplaint(event.entry, event.complaint),))


def preview(session: Session, event: events.DonationOffered, _: Knowledge) -> Step:
    return Step(session, (acts.PreviewDonation(event.text) if event.text else acts.Say("donation_lost"),))


def donate(session: Session, event: events.DonationConfirmed, _: Knowledge) -> Step:
    """Once, however often the button is pressed."""
    if not event.text:
        return Step(session, (acts.Say("donation_lost"),))
    if event.shown and event.shown in session.donated:
        return Step(session, (acts.Say("donation_known"),))
    given = (*session.donated, event.shown) if event.shown else session.donated
    return Step(replace(session, donated=given), (acts.Donate(event.text),))


def keep_to_oneself(session: Session, event: events.DonationRefused, _: Knowledge) -> Step:
    is_given = event.shown != "" and event.shown in session.donated
    return Step(session, (acts.Say("donation_known" if is_given else "donation_refused"),))


def withdraw(session: Session, event: events.DonationWithdrawn, _: Knowledge) -> Step:
    return Step(session, (acts.Withdraw(event.id),))


def tell_held(session: Session, _: events.DataRequested, knowledge: Knowledge) -> Step:
    return Step(session, (acts.TellHeld(), *reminder(session, knowledge)))


def erase(session: Session, _: events.ErasureRequested, __: Knowledge) -> Step:
    return Step(Session(session.language), (acts.Erase(),))
