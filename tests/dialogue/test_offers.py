"""A round of choices, and what people say to it."""

import pytest

from bot.dialogue import acts, events
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State
from bot.messages import Language
from tests.dialogue.conftest import Talk

ROUND = events.Ambiguous(("pool-price", "pool-dogs"))
TITLES = ["Eintritt ins Freibad", "Hunde im Freibad", "Nichts davon"]


def lines(talk: Talk) -> list[str]:
    return [line.text for reply in talk.replies for block in reply.blocks for line in block.lines]


@pytest.fixture
def choosing(talk: Talk) -> Talk:
    return talk(ROUND)


@pytest.mark.parametrize(("language", "label"), [("de", "Eintritt"), ("en", "Entry")])
def test_what_is_neither_a_choice_nor_a_question_takes_the_best_and_says_so(
    language: Language, label: str, talk: Talk
) -> None:
    talk.session = Session(language)
    talk(ROUND)(events.Unmatched())
    assert lines(talk)[0] == talk.words("assumed_topic", titles=label)
    assert (talk.session.entry, talk.session.candidates) == ("pool-price", ())
    assert talk.session.pending == "visitor"


def test_what_is_told_with_it_counts(choosing: Talk) -> None:
    choosing(events.Unmatched({"visitor": "child"}))
    assert "Ja, für Kinder ist der Eintritt frei." in lines(choosing)


def test_what_was_told_with_the_question_counts_for_the_choice(talk: Talk) -> None:
    talk(events.Ambiguous(ROUND.entries, {"visitor": "adult", "ticket": "no"}))
    assert lines(talk)[0] == "Ich gehe davon aus: Erwachsene · ohne Saisonkarte"
    talk(events.Picked("pool-price"))
    assert "Nein, Erwachsene zahlen fünf Euro." in lines(talk)


def test_the_same_asked_again_takes_the_best_of_what_was_asked(choosing: Talk) -> None:
    choosing(events.Ambiguous(("pool-dogs", "pool-price")))
    assert choosing.acts[0] == acts.Announce("assumed_topic", ("pool-dogs",))
    assert choosing.session.entry == "pool-dogs"


def test_other_choices_are_another_round(choosing: Talk) -> None:
    choosing(events.Ambiguous(("pool-dogs", "pool-hours")))
    assert choosing.session.candidates == ("pool-dogs", "pool-hours")
    assert choosing.labels[:2] == ["Hunde im Freibad", "Öffnungszeiten des Freibads"]


def test_a_question_of_its_own_is_declined_and_the_choices_stay(choosing: Talk) -> None:
    choosing(events.Unmatched(is_question=True))
    assert choosing.acts[0] == acts.Decline(1)
    assert "raten will ich nicht" in choosing.text
    assert choosing.labels[-3:] == TITLES
    assert (choosing.session.state, choosing.session.candidates) == (State.CHOOSING, ROUND.entries)
    choosing(events.Unmatched(is_question=True))
    assert choosing.acts[0] == acts.Decline(2)
    assert "ich höre hier auf zu raten" in choosing.text


def test_none_of_them_is_declined_and_ends_the_round(choosing: Talk) -> None:
    choosing.press("Nichts davon")
    assert lines(choosing) == [choosing.words("declined_offer")]
    assert (choosing.session.state, choosing.session.candidates) == (State.IDLE, ())


def test_none_of_them_leads_back_to_what_waits(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Ambiguous(("pool-dogs", "pool-hours")))
    talk(events.PickedNone())
    assert isinstance(talk.acts[0], acts.Decline)
    assert "Wer möchte baden?" in lines(talk)
    assert (talk.session.state, talk.session.entry) == (State.ASKING, "pool-price")


@pytest.mark.parametrize("event", [events.PickedNone(), events.PickedAll()], ids=["none", "all"])
@pytest.mark.parametrize("before", [[], [events.Matched("pool-price")], [events.Matched("pool-dogs")]])
def test_without_choices_none_and_all_are_outdated(event: Event, before: list[Event], talk: Talk) -> None:
    for each in before:
        talk(each)
    stood = talk.session
    talk(event)
    assert talk.acts[0] == acts.Say("outdated_choice")
    assert talk.session == stood


@pytest.mark.parametrize(
    ("entries", "asked"), [(("pool-dogs",), "Meinen Sie das? „Ja“ genügt."), (ROUND.entries, "Was davon meinen Sie?")]
)
def test_one_choice_is_asked_as_one(entries: tuple[str, ...], asked: str, talk: Talk) -> None:
    talk(events.Ambiguous(entries))
    assert lines(talk) == [asked]


def test_back_leaves_the_round(choosing: Talk) -> None:
    choosing(events.WentBack())
    assert (choosing.session.state, choosing.session.candidates) == (State.IDLE, ())


def test_why_is_answered_for_the_round(choosing: Talk) -> None:
    choosing(events.WhyAsked())
    assert lines(choosing)[0] == choosing.knowledge.texts["de"]["why_choose"]
    assert choosing.labels == TITLES


def test_facts_told_in_a_round_are_told_for_the_best_of_the_choices(choosing: Talk) -> None:
    choosing(events.Revised({"visitor": "adult"}))
    assert lines(choosing)[0] == choosing.words("assumed_topic", titles="Eintritt")
    assert (choosing.session.entry, choosing.session.pending) == ("pool-price", "ticket")
    assert choosing.session.facts == {"visitor": "adult"}


def test_fewer_of_the_choices_are_another_round(talk: Talk) -> None:
    talk(events.Ambiguous(("pool-price", "pool-dogs", "pool-hours")))(events.Ambiguous(("pool-dogs", "pool-hours")))
    assert talk.session.candidates == ("pool-dogs", "pool-hours")


def test_what_is_related_can_still_be_chosen_after_a_refusal(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "child"}))(events.Unmatched())
    assert talk.labels[0] == "Hunde"
    assert talk.session.candidates == ("pool-dogs",)
