"""The state machine through its one function: total, reachable, and every row does what people expect."""

from dataclasses import replace
from typing import get_args

import pytest

from bot.dialogue import events
from bot.dialogue.events import Event
from bot.dialogue.layers import WORDING
from bot.dialogue.respond import respond
from bot.dialogue.session import Session, State, Suspended
from bot.dialogue.states import TRANSITIONS, action_for, step
from bot.knowledge.model import UNKNOWN, Knowledge, Reference
from tests.dialogue.conftest import TODAY, Talk

EVENTS: dict[type, Event] = {
    events.Matched: events.Matched("pool-price", {"visitor": "adult"}),
    events.Ambiguous: events.Ambiguous(("pool-price", "pool-dogs")),
    events.Unmatched: events.Unmatched(),
    events.Answered: events.Answered("visitor", "child"),
    events.Revised: events.Revised({"ticket": "no"}),
    events.Supposed: events.Supposed({"ticket": "yes"}),
    events.Excluded: events.Excluded({"visitor": ("child",)}),
    events.Picked: events.Picked("pool-dogs"),
    events.PickedNone: events.PickedNone(),
    events.PickedAll: events.PickedAll(),
    events.NewQuestionAsked: events.NewQuestionAsked(),
    events.WaitingAsked: events.WaitingAsked(),
    events.Continued: events.Continued(),
    events.AnswerAsked: events.AnswerAsked("brief"),
    events.TermAsked: events.TermAsked("season-ticket"),
    events.TermsAsked: events.TermsAsked(),
    events.Alarmed: events.Alarmed("drowning"),
    events.CountryAsked: events.CountryAsked("austria"),
    events.Complained: events.Complained("pool-dogs", "too-long"),
    events.WhyAsked: events.WhyAsked(),
    events.WentBack: events.WentBack(),
    events.Cancelled: events.Cancelled(),
    events.Reset: events.Reset(),
    events.ChangeAsked: events.ChangeAsked(),
    events.LanguageChosen: events.LanguageChosen("en"),
    events.QuoteAsked: events.QuoteAsked(Reference("old-flyer", "f1")),
    events.Unfolded: events.Unfolded("pool-price", {"visitor": "adult", "ticket": "no"}, WORDING),
    events.AsideMade: events.AsideMade("thanks"),
    events.NotUnderstood: events.NotUnderstood(),
    events.Requested: events.Requested("help"),
    events.Rated: events.Rated("pool-dogs", has_helped=True),
    events.DonationOffered: events.DonationOffered("Darf ich das?"),
    events.DonationConfirmed: events.DonationConfirmed("Darf ich das?"),
    events.DonationRefused: events.DonationRefused(),
    events.DonationWithdrawn: events.DonationWithdrawn("id"),
    events.DataRequested: events.DataRequested(),
    events.ErasureRequested: events.ErasureRequested(),
    events.Unreadable: events.Unreadable(),
    events.Outdated: events.Outdated(),
}
SESSIONS = {
    State.IDLE: Session("de"),
    State.ASKING: Session("de", State.ASKING, entry="pool-price", pending="visitor"),
    State.CHOOSING: Session("de", State.CHOOSING, candidates=("pool-price", "pool-dogs")),
    State.CHANGING: Session("de", State.CHANGING, entry="pool-price", facts={"visitor": "adult", "ticket": "no"}),
    State.ANSWERED: Session("de", State.ANSWERED, entry="pool-price", facts={"visitor": "child"}, asked=("visitor",)),
}


def standing(session: Session) -> Session:
    """Where a dialogue stands, without what was said last."""
    return replace(session, said="", repeats=0)


def test_every_event_is_tried() -> None:
    assert set(EVENTS) == set(get_args(Event))
    assert set(SESSIONS) == set(State)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: type(event).__name__)
def test_every_state_takes_every_event_and_says_something(state: State, event: Event, small: Knowledge) -> None:
    stepped = step(SESSIONS[state], event, small)
    replies = respond(stepped.session.language, stepped.acts, small, TODAY)
    assert replies
    assert all(reply.blocks for reply in replies)


def test_every_row_of_the_table_is_used() -> None:
    used = {(event, action_for(state, event)) for state in State for event in EVENTS}
    assert used == {(event, action) for _, event, action in TRANSITIONS}


def test_every_state_is_reached_from_the_start(small: Knowledge) -> None:
    sessions = [SESSIONS[State.IDLE]]
    for _ in range(3):
        sessions = [step(session, event, small).session for session in sessions for event in EVENTS.values()]
    assert {session.state for session in sessions} == set(State)


def test_a_fact_that_was_said_is_not_asked(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult"}))
    assert talk.session.pending == "ticket"
    assert "Ich gehe davon aus: Erwachsene" in talk.text


def test_a_question_that_no_longer_matters_is_not_asked(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Answered("visitor", "child"))
    assert talk.session.state is State.ANSWERED
    assert "für Kinder ist der Eintritt frei" in talk.text


def test_not_knowing_leads_to_an_answer_for_every_open_case(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Answered("visitor", "unknown"))
    assert talk.session.pending == "ticket"
    talk(events.Answered("ticket", "unknown"))
    assert talk.session.state is State.ANSWERED
    assert "Kind: Ja, für Kinder" in talk.text
    assert "Erwachsene · mit Saisonkarte: Ja, mit der Saisonkarte" in talk.text
    assert "Erwachsene · ohne Saisonkarte: Nein, Erwachsene" in talk.text


def test_not_knowing_what_does_not_matter_leads_to_the_one_answer(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "child", "ticket": "unknown"}))
    assert "für Kinder ist der Eintritt frei" in talk.text


def test_another_question_is_answered_and_the_pending_one_comes_back(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Matched("pool-dogs"))
    assert "Hunde bleiben draußen" in talk.text
    assert "Zurück zu „Eintritt ins Freibad“." in talk.text
    assert (talk.session.state, talk.session.pending) == (State.ASKING, "visitor")


def test_what_was_known_of_a_suspended_question_is_kept(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"ticket": "no"}))(events.Matched("pool-dogs"))
    assert talk.session.facts == {"ticket": "no"}


def test_facts_about_a_question_end_with_it_and_those_about_the_person_stay(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "no"}))(events.Matched("pool-dogs"))
    assert talk.session.facts == {"visitor": "adult"}


def test_back_asks_the_last_question_again(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Answered("visitor", "adult"))(events.WentBack())
    assert (talk.session.pending, dict(talk.session.facts)) == ("visitor", {})
    talk(events.WentBack())
    assert "Davor gab es keine Frage" in talk.text
    assert talk.session.pending == "visitor"


def test_changing_one_fact_keeps_the_others(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "no"}))(events.ChangeAsked())
    assert talk.labels[:2] == ["Erwachsene", "ohne Saisonkarte"]
    talk(events.ChangeAsked("ticket"))
    assert (talk.session.pending, talk.session.facts["visitor"]) == ("ticket", "adult")
    talk(events.Answered("ticket", "yes"))
    assert "mit der Saisonkarte ist alles bezahlt" in talk.text


def test_a_fact_that_was_not_known_can_be_given_later(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "unknown"}))
    assert "Ändern" in talk.labels
    talk(events.ChangeAsked())
    assert "Haben Sie eine Saisonkarte?" in talk.labels


def test_an_elliptical_follow_up_revises_the_answer(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "child"}))(events.Revised({"visitor": "adult", "ticket": "yes"}))
    assert "mit der Saisonkarte ist alles bezahlt" in talk.text


def test_a_fact_that_makes_no_difference_is_told_so(talk: Talk) -> None:
    talk(events.Matched("pool-dogs"))(events.Revised({"visitor": "child"}))
    assert "Das ändert an dieser Antwort nichts" in talk.text
    assert talk.session.state is State.ANSWERED


def test_the_same_ambiguity_is_asked_once(talk: Talk) -> None:
    round_of_choices = events.Ambiguous(("pool-price", "pool-dogs"))
    talk(round_of_choices)
    assert talk.labels == ["Eintritt ins Freibad", "Hunde im Freibad", "Nichts davon"]
    talk(round_of_choices)
    assert talk.session.entry == "pool-price"


def test_two_misses_in_a_row_end_the_guessing(talk: Talk) -> None:
    talk(events.Unmatched())
    assert "raten will ich nicht" in talk.text
    talk(events.Unmatched())
    assert "ich höre hier auf zu raten" in talk.text
    assert "Sonst hilft die Kasse" in talk.text


def test_a_match_forgets_the_misses(talk: Talk) -> None:
    talk(events.Unmatched())(events.Matched("pool-dogs"))(events.Unmatched())
    assert "ich höre hier auf zu raten" not in talk.text


def test_the_third_miss_in_a_question_answers_without_it(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult"}))
    for _ in range(3):
        talk(events.Unmatched())
    assert talk.words("answered_without") in talk.text
    assert (talk.session.state, talk.session.entry) == (State.ANSWERED, "pool-price")
    assert talk.session.facts == {"visitor": "adult", "ticket": UNKNOWN}


def test_what_is_to_be_changed_is_asked_however_often_it_is_missed(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "no"}))(events.ChangeAsked("ticket"))
    for _ in range(4):
        talk(events.Unmatched())
    assert (talk.session.state, talk.session.facts["ticket"]) == (State.ASKING, "no")


def test_two_misses_in_a_question_keep_the_question(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Unmatched())
    assert "konnte ich keiner Antwort zuordnen" in talk.text
    talk(events.Unmatched())
    assert "„neue Frage“ führt hier heraus" in talk.text
    assert (talk.session.state, talk.session.pending) == (State.ASKING, "visitor")


@pytest.mark.parametrize("event", [EVENTS[events.AsideMade], EVENTS[events.Unreadable], EVENTS[events.Outdated]])
def test_small_talk_leaves_the_state_alone_and_repeats_the_question(event: Event, talk: Talk) -> None:
    before = talk(events.Matched("pool-price")).session
    talk(event)
    assert standing(talk.session) == standing(before)
    assert "Wer möchte baden?" in talk.text


def test_the_reason_of_a_question_is_told_with_the_question(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.WhyAsked())
    assert "Kinder zahlen nichts." in talk.text
    assert talk.labels[:2] == ["Erwachsene", "Kind"]


def test_the_language_switches_without_losing_facts(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult"}))(events.LanguageChosen("en"))
    assert "I assume: Adult" in talk.text
    assert talk.session.pending == "ticket"
    talk(events.Answered("ticket", "no"))(events.LanguageChosen("de"))
    assert "Erwachsene zahlen fünf Euro" in talk.text


def test_cancel_keeps_what_is_about_the_person_and_reset_nothing(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "no"}))(events.Cancelled())
    assert standing(talk.session) == Session("de", facts={"visitor": "adult"})
    talk(events.Reset())
    assert standing(talk.session) == Session("de")


def test_an_old_button_of_another_question_takes_that_question_up(talk: Talk) -> None:
    talk(events.Matched("pool-dogs"))(events.Answered("visitor", "child", entry="pool-price"))
    assert talk.session.entry == "pool-price"
    assert "für Kinder ist der Eintritt frei" in talk.text


def test_a_session_of_another_knowledge_goes_on_politely(small: Knowledge) -> None:
    stale = Session(
        "de",
        State.ASKING,
        entry="pool-sauna",
        pending="towel",
        facts={"towel": "yes", "visitor": "giant", "ticket": "no"},
        waiting=(Suspended("pool-sauna", {}),),
    )
    stepped = step(stale, events.Matched("pool-price"), small)
    assert stepped.session.facts == {"ticket": "no"}
    assert stepped.session.pending == "visitor"
    assert stepped.session.waiting == ()


@pytest.mark.parametrize(
    "broken",
    [
        {"state": State.ASKING, "entry": "pool-price", "pending": "towel"},
        {"state": State.ASKING, "entry": "pool-dogs", "pending": "visitor"},
        {"state": State.ASKING},
        {"state": State.CHOOSING},
        {"state": State.CHOOSING, "candidates": ("pool-sauna",)},
        {"state": State.ANSWERED, "entry": "pool-sauna"},
        {"state": State.CHANGING, "entry": None},
    ],
)
@pytest.mark.parametrize("event", EVENTS.values(), ids=lambda event: type(event).__name__)
def test_an_impossible_session_is_never_an_error(broken: dict[str, object], event: Event, small: Knowledge) -> None:
    stepped = step(replace(Session("de"), **broken), event, small)  # type: ignore[arg-type]
    assert respond("de", stepped.acts, small, TODAY)
