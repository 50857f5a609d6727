"""Votes and donated questions: counted once, stored as seen, taken back at will; the dialogue stays where it is."""

from datetime import timedelta

import pytest

from bot.dialogue import acts, codes, events
from bot.dialogue.events import Event
from bot.dialogue.respond import respond
from bot.dialogue.scene import Notice, Scene
from bot.dialogue.session import Session, State, afresh
from bot.knowledge.model import Knowledge
from bot.messages import CHOICE_CODE_BYTES, LANGUAGES, Language
from tests.dialogue.conftest import TODAY, Talk

QUESTION = "Wie backe ich Brot?"
GIVEN: list[Event] = [
    events.Rated("pool-dogs", has_helped=True),
    events.DonationOffered(QUESTION),
    events.DonationConfirmed(QUESTION),
    events.DonationRefused(),
    events.DonationWithdrawn("id"),
    events.DataRequested(),
]


def read(talk: Talk, label: str) -> Event:
    return codes.read(talk.code(label), talk.knowledge)[0]


@pytest.mark.parametrize(("label", "has_helped"), [("👍", True), ("👎", False)])
def test_a_vote_is_counted(label: str, has_helped: bool, talk: Talk) -> None:
    talk(events.Matched("pool-dogs"))
    talk(read(talk, label))
    assert talk.acts == (acts.CountVote("pool-dogs", has_helped),)
    assert "das ist gezählt" in talk.text


def test_the_same_vote_counts_once(talk: Talk) -> None:
    talk(events.Rated("pool-dogs", has_helped=True))(events.Rated("pool-dogs", has_helped=True))
    assert talk.acts == (acts.Say("vote_known"),)
    assert talk.session.rated == {"pool-dogs": "helpful"}


def test_a_vote_can_be_changed(talk: Talk) -> None:
    talk(events.Rated("pool-dogs", has_helped=True))(events.Rated("pool-dogs", has_helped=False))
    assert talk.acts == (acts.CountVote("pool-dogs", has_helped=False, is_changed=True),)
    assert talk.session.rated == {"pool-dogs": "unhelpful"}
    assert "geändert" in talk.text


def test_who_was_not_helped_is_asked_once_what_was_missing(talk: Talk) -> None:
    talk(events.Matched("pool-dogs"))(read(talk, "👎"))
    assert talk.labels[:3] == ["Zu lang", "Nicht meine Frage", "Zu allgemein"]
    talk(read(talk, "Zu lang"))
    assert talk.acts == (acts.CountComplaint("pool-dogs", "too-long"),)
    again = talk(events.Complained("pool-dogs", "too-long")).acts
    assert again == (acts.Say("vote_known"),)


def test_each_answer_has_a_vote_of_its_own(talk: Talk) -> None:
    talk(events.Rated("pool-dogs", has_helped=True))(events.Rated("pool-price", has_helped=False))
    assert talk.acts == (acts.CountVote("pool-price", has_helped=False),)
    assert talk.session.rated == {"pool-dogs": "helpful", "pool-price": "unhelpful"}


TURNS: list[list[Event]] = [
    [events.Matched("pool-hours")],
    [events.Matched("pool-price"), events.Cancelled()],
    [events.Matched("pool-price"), events.Matched("pool-dogs"), events.Answered("visitor", "child")],
    [events.Ambiguous(("pool-price", "pool-dogs")), events.PickedNone()],
    [events.Unmatched(), events.Unmatched()],
    [events.Matched("pool-price", {"visitor": "adult", "ticket": "no"}), events.ChangeAsked(), events.WentBack()],
    [events.LanguageChosen("en"), events.Revised({"visitor": "adult"})],
]


@pytest.mark.parametrize("turns", TURNS, ids=lambda turns: "-".join(type(each).__name__ for each in turns))
def test_a_vote_is_remembered_for_as_long_as_the_dialogue(turns: list[Event], talk: Talk) -> None:
    talk(events.Rated("pool-dogs", has_helped=True))
    for event in turns:
        talk(event)
    assert talk.session.rated == {"pool-dogs": "helpful"}


def test_a_vote_is_remembered_when_its_question_is_edited() -> None:
    assert afresh(Session("de", rated={"pool-dogs": "helpful"})).rated == {"pool-dogs": "helpful"}


@pytest.mark.parametrize("event", GIVEN, ids=lambda event: type(event).__name__)
def test_giving_and_asking_leave_the_dialogue_where_it_is(event: Event, talk: Talk) -> None:
    before = talk(events.Matched("pool-price", {"visitor": "adult"})).session
    talk(event)
    after = talk.session
    assert (after.state, after.entry, after.pending, after.facts, after.asked, after.misses) == (
        before.state,
        before.entry,
        before.pending,
        before.facts,
        before.asked,
        before.misses,
    )


def test_a_vote_for_what_does_not_exist_is_outdated(small: Knowledge) -> None:
    assert codes.read(codes.rate("de", "pool-sauna", has_helped=True), small) == (events.Outdated(), "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_button_leads_back_to_what_it_says(language: Language, small: Knowledge) -> None:
    expected: dict[str, Event] = {
        codes.rate(language, "pool-dogs", has_helped=True): events.Rated("pool-dogs", has_helped=True),
        codes.rate(language, "pool-dogs", has_helped=False): events.Rated("pool-dogs", has_helped=False),
        codes.plain("g", language): events.DonationOffered(),
        codes.plain("y", language): events.DonationConfirmed(),
        codes.plain("k", language): events.DonationRefused(),
        codes.withdraw(language, "x" * 16): events.DonationWithdrawn("x" * 16),
    }
    assert {code: codes.read(code, small) for code in expected} == {
        code: (event, language) for code, event in expected.items()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_can_be_rated(language: Language, real: Knowledge) -> None:
    for entry in real.entries:
        assert len(codes.rate(language, entry, has_helped=False).encode()) <= CHOICE_CODE_BYTES


@pytest.mark.parametrize("misses", [1, 2, 3])
def test_whatever_is_declined_can_be_left_for_the_editors(misses: int, talk: Talk) -> None:
    for _ in range(misses):
        talk(events.Unmatched())
    assert talk.labels[-1] == "An die Redaktion geben"
    assert read(talk, "An die Redaktion geben") == events.DonationOffered()
    # The channel must show which message it answers: nothing of it is stored.
    assert talk.replies[-1].refers


def test_what_would_be_stored_is_shown_word_for_word_before_it_is(talk: Talk) -> None:
    talk(events.DonationOffered(QUESTION))
    assert talk.acts == (acts.PreviewDonation(QUESTION),)
    (reply,) = talk.replies
    (quoted,) = [block for block in reply.blocks if block.kind == "quote"]
    assert [line.text for line in quoted.lines] == [QUESTION]
    assert reply.refers
    assert read(talk, "Ja, so weitergeben") == events.DonationConfirmed()
    assert read(talk, "Nein, nicht weitergeben") == events.DonationRefused()


def test_what_is_confirmed_is_stored_and_can_be_withdrawn(small: Knowledge) -> None:
    assert Talk(small)(events.DonationConfirmed(QUESTION)).acts == (acts.Donate(QUESTION),)
    (reply,) = respond("de", [acts.Donate(QUESTION, "the-id")], small, TODAY)
    (choice,) = reply.choices
    assert choice.label == "Zurückziehen"
    assert codes.read(choice.code, small)[0] == events.DonationWithdrawn("the-id")
    talk = Talk(small)(events.DonationWithdrawn("the-id"))
    assert talk.acts == (acts.Withdraw("the-id"),)
    assert "nicht mehr gespeichert" in talk.text


@pytest.mark.parametrize("event", [events.DonationOffered(), events.DonationConfirmed()], ids=["offered", "confirmed"])
def test_a_question_that_is_gone_is_asked_for_again_and_nothing_is_stored(event: Event, talk: Talk) -> None:
    talk(event)
    assert talk.acts == (acts.Say("donation_lost"),)
    assert "liegt mir nicht mehr vor" in talk.text


def test_who_refuses_leaves_nothing(talk: Talk) -> None:
    talk(events.DonationRefused())
    assert talk.acts == (acts.Say("donation_refused"),)
    assert "ich behalte nichts davon" in talk.text


def test_who_refuses_what_is_given_already_is_told_so(talk: Talk) -> None:
    talk(events.DonationConfirmed(QUESTION, "17"))(events.DonationRefused("17"))
    assert talk.acts == (acts.Say("donation_known"),)
    assert "schon gespendet" in talk.text
    assert talk(events.DonationRefused("18")).acts == (acts.Say("donation_refused"),)
    # Where messages have no numbers nobody can tell.
    assert talk(events.DonationRefused()).acts == (acts.Say("donation_refused"),)


@pytest.mark.parametrize(
    ("kept", "told"), [(timedelta(days=30), "30 Tage"), (timedelta(days=1), "1 Tag"), (timedelta(hours=36), "1,5 Tage")]
)
def test_it_is_said_for_how_long_as_it_is_set(kept: timedelta, told: str, small: Knowledge) -> None:
    scene = Scene(Notice(stored=("donations",), donations=kept))
    for act in (acts.PreviewDonation(QUESTION), acts.Donate(QUESTION, "id"), acts.ShowPage("privacy")):
        replies = respond("de", [act], small, TODAY, scene)
        text = "\n".join(line.text for reply in replies for block in reply.blocks for line in block.lines)
        assert told in text, act


def test_texts_of_donations_do_not_show_by_accident() -> None:
    shown = [events.DonationOffered(QUESTION), events.DonationConfirmed(QUESTION), acts.PreviewDonation(QUESTION)]
    assert QUESTION not in repr([*shown, acts.Donate(QUESTION, "id")])


def test_erasure_ends_the_dialogue_and_keeps_the_language(talk: Talk) -> None:
    talk(events.LanguageChosen("en"))(events.Matched("pool-price", {"visitor": "adult"}))
    assert talk.session.state is State.ASKING
    talk(events.ErasureRequested())
    assert talk.session == Session("en")
    assert talk.acts == (acts.Erase(),)
