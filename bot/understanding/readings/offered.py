"""What people say to a round of choices."""

from collections.abc import Sequence

from bot.dialogue import events
from bot.dialogue.events import Event
from bot.dialogue.session import State
from bot.matching.normalise import clauses, words
from bot.understanding import positions
from bot.understanding.choosing import Candidates
from bot.understanding.readings.heard import Heard
from bot.understanding.readings.sizes import MOST_OTHER_WORDS

#: What takes the only one that is offered.
_TAKING_IT = ("yes", "assent", "okay", "both_of_them", "continue")


def choice(heard: Heard) -> Event | None:
    """One of the entries offered: by number, by title, by assent, by a word that names it, by a fact it asks."""
    if heard.state is not State.CHOOSING:
        # What was named beside a refusal can be chosen by its number, too.
        is_beside = heard.session.candidates and heard.state in (State.IDLE, State.ANSWERED)
        return _as_numbered_choice(heard) if is_beside else None
    return _as_numbered_choice(heard) or plain_choice(heard) or _as_named_choice(heard) or wrong_number(heard)


def _as_numbered_choice(heard: Heard) -> Event | None:
    candidates = heard.session.candidates
    chosen = positions.at(heard.text, len(candidates))
    if chosen is not None:
        return events.Picked(candidates[chosen])
    several = [candidates[index] for index in positions.every_at(heard.text, len(candidates))]
    if several:
        return events.Matched(several[0], later=tuple(several[1:]))
    return events.PickedNone() if positions.position(heard.text) == len(candidates) + 1 else None


def plain_choice(heard: Heard) -> Event | None:
    """None of them, all, or the only one."""
    candidates = heard.session.candidates
    if heard.is_aside("none", "no"):
        return events.PickedNone()
    if len(candidates) > 1:
        return events.PickedAll() if heard.is_aside("both_of_them") else None
    return events.Picked(candidates[0]) if heard.is_aside(*_TAKING_IT) else None


def _as_named_choice(heard: Heard) -> Event | None:
    """One that is named, denied, or answered; something else, if that is named."""
    candidates = Candidates(heard.session.candidates, heard.knowledge, heard.matcher, heard.language)
    if (titled := candidates.titled(heard.text)) is not None:
        return events.Picked(titled)
    if heard.decision.kind == "matched" and heard.decision.entry not in heard.session.candidates:
        return None
    several = candidates.named_several(heard.text)
    if several and not _denies(heard.text, heard):
        return events.Matched(several[0], heard.said.told, later=several[1:])
    named = candidates.named(heard.text)
    if _denies(heard.text, heard):
        return _as_affirmed_choice(heard, candidates) or _as_denied_choice(heard, named)
    told = heard.said.told
    if told and (named is None or heard.other_words <= MOST_OTHER_WORDS):
        # "business app" picks the one entry to which that matters.
        named = candidates.asking(told) or named or heard.session.candidates[0]
    if named is not None:
        return events.Matched(named, told)
    return _as_other_choice(heard) or _as_choice_with_answer(heard, candidates)


def _as_choice_with_answer(heard: Heard, candidates: Candidates) -> Event | None:
    """ "Ja, schriftlich": the first whose question that answers. A bare yes answers none that was not asked yet."""
    is_bare = heard.is_aside("yes", "no", "unknown", "assent", "okay")
    answered = None if is_bare or heard.phrasing.is_question(heard.text) else candidates.answered(heard.text)
    return events.Matched(answered[0], {**heard.said.told, answered[1]: answered[2]}) if answered else None


def _as_affirmed_choice(heard: Heard, candidates: Candidates) -> Event | None:
    """ "Not the ads, the group thing": what one part names after another has denied."""
    parts = clauses(heard.text)
    affirmed = (candidates.named(part) for part in parts if not _denies(part, heard)) if len(parts) > 1 else ()
    named = next((each for each in affirmed if each is not None), None)
    return events.Matched(named, heard.said.told) if named is not None else None


def _as_denied_choice(heard: Heard, denied: str | None) -> Event | None:
    """ "Nicht die Gruppe": one of the others, or something else that is named."""
    if heard.said.told:
        # "Neither, I'm the customer", "no, nobody signed": the best of them, with that.
        return events.Matched(heard.session.candidates[0], heard.said.told, is_assumed=True)
    if heard.said.excluded:
        return events.Excluded(heard.excluded)
    others = tuple(each for each in heard.session.candidates if each != denied)
    if denied is None or not others:
        return _as_other_choice(heard) or events.PickedNone()
    return events.Picked(others[0]) if len(others) == 1 else events.Ambiguous(others, heard.said.told)


def _as_other_choice(heard: Heard) -> Event | None:
    """Something that was not offered: what the text resembles most, if a word of its title names it."""
    others = [each.entry for each in heard.decision.candidates if each.entry not in heard.session.candidates]
    named = named_among(heard, others[:1], heard.text)
    return events.Matched(named, heard.said.told) if named else None


def _denies(text: str, heard: Heard) -> bool:
    return any(word in heard.reader.negations for word in words(text))


def named_among(heard: Heard, entries: Sequence[str], text: str) -> str | None:
    if not entries:
        return None
    return Candidates(entries, heard.knowledge, heard.matcher, heard.language).named(text)


def wrong_number(heard: Heard) -> Event | None:
    return events.Unreadable("choose_one") if positions.position(heard.text) is not None else None
