"""Topics that wait: other questions come first, and what was left open comes back, the last one first."""

import pytest

from bot.dialogue import acts, events
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State, Suspended
from bot.knowledge.model import Knowledge
from bot.messages import Language
from tests.dialogue.conftest import Talk


def lines(talk: Talk) -> list[str]:
    return [line.text for reply in talk.replies for block in reply.blocks for line in block.lines]


def waiting(talk: Talk) -> list[str]:
    return [each.entry for each in talk.session.waiting]


def test_two_digressions_come_back_one_after_the_other_the_last_one_first(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price"))(events.Matched("pool-course"))
    assert (grown_talk.session.pending, waiting(grown_talk)) == ("skill", ["pool-price"])
    grown_talk(events.Matched("pool-badge"))
    assert (grown_talk.session.pending, waiting(grown_talk)) == ("proof", ["pool-course", "pool-price"])
    grown_talk(events.Answered("proof", "yes"))
    assert "Ja, die Bescheinigung zählt." in lines(grown_talk)
    assert "Zurück zu „Schwimmkurse im Freibad“." in lines(grown_talk)
    grown_talk(events.Answered("skill", "none"))
    assert "Der Kurs für Anfänger ist montags." in lines(grown_talk)
    assert any(line.startswith("Zurück zu „Eintritt ins Freibad“.") for line in lines(grown_talk))
    grown_talk(events.Answered("visitor", "child"))
    assert (grown_talk.session.state, waiting(grown_talk)) == (State.ANSWERED, [])


def test_what_was_known_of_each_topic_comes_back_with_it_and_what_was_told_of_the_person_since_counts(
    grown_talk: Talk,
) -> None:
    grown_talk(events.Matched("pool-dive", {"skill": "some"}))(events.Matched("pool-price", {"ticket": "no"}))
    assert grown_talk.session.facts == {"ticket": "no"}
    grown_talk(events.Answered("visitor", "adult"))
    assert grown_talk.session.facts == {"skill": "some", "visitor": "adult"}
    assert "Ich gehe davon aus: schwimmt etwas · Erwachsene" in lines(grown_talk)


def test_a_topic_that_is_answered_by_what_was_told_in_the_meantime_is_told_and_named(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price", {"ticket": "no"}))(events.Matched("pool-dogs", {"visitor": "child"}))
    told, announced, resumed = grown_talk.acts
    assert isinstance(told, acts.Tell)
    assert announced == acts.Announce("next_topic", ("pool-price",))
    assert isinstance(resumed, acts.Tell)
    assert "Nun zu: Eintritt." in lines(grown_talk)
    assert "Ja, für Kinder ist der Eintritt frei." in lines(grown_talk)


def test_who_asks_again_what_waits_has_it_at_hand_and_it_waits_no_longer(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price"))(events.Matched("pool-course"))(events.Matched("pool-price"))
    assert grown_talk.session.entry == "pool-price"
    assert waiting(grown_talk) == ["pool-course"]


def test_the_open_question_asked_again_goes_on(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Matched("pool-price", {"visitor": "adult"}))
    assert (talk.session.pending, waiting(talk)) == ("ticket", [])
    assert "Es geht weiter um: Eintritt ins Freibad" in talk.text


def test_no_more_than_four_topics_wait_and_the_oldest_is_let_go(grown: Knowledge) -> None:
    talk = Talk(grown)
    old = tuple(Suspended(entry, {}) for entry in ("pool-course", "pool-badge", "pool-dogs", "pool-hours"))
    talk.session = Session("de", State.ASKING, entry="pool-price", pending="visitor", waiting=old)
    talk(events.Matched("pool-dive"))
    assert waiting(talk) == ["pool-price", "pool-course", "pool-badge", "pool-dogs"]


def test_of_many_questions_in_one_message_the_first_wait(grown_talk: Talk) -> None:
    later = ("pool-price", "pool-badge", "pool-dogs", "pool-hours", "pool-slide")
    grown_talk(events.Matched("pool-course", later=later))
    assert waiting(grown_talk) == list(later[:4])


# --- several questions in one message ---


@pytest.mark.parametrize(("language", "label"), [("de", "Hunde"), ("en", "Dogs")])
def test_a_second_question_is_announced_and_taken_up_when_the_first_is_answered(
    language: Language, label: str, talk: Talk
) -> None:
    talk.session = Session(language)
    talk(events.Matched("pool-price", {"ticket": "no"}, later=("pool-dogs",)))
    assert lines(talk)[0] == talk.words("later", titles=label)
    assert (talk.session.state, waiting(talk)) == (State.ASKING, ["pool-dogs"])
    talk(events.Answered("visitor", "adult"))
    assert talk.words("next_topic", titles=label) in lines(talk)
    assert (talk.session.state, talk.session.entry, waiting(talk)) == (State.ANSWERED, "pool-dogs", [])


def test_what_can_be_answered_at_once_is_and_need_not_be_announced(talk: Talk) -> None:
    talk(events.Matched("pool-hours", later=("pool-dogs",)))
    assert [type(act) for act in talk.acts] == [acts.Tell, acts.Announce, acts.Tell]
    assert "kommt danach" not in talk.text
    assert lines(talk).index("Nun zu: Hunde.") < lines(talk).index("Nein, Hunde bleiben draußen.")


def test_what_was_told_of_the_asker_counts_for_each_of_the_questions(grown_talk: Talk) -> None:
    told = {"visitor": "child"}
    grown_talk(events.Matched("pool-dive", {**told, "skill": "some"}, later=("pool-price",)))
    assert grown_talk.session.waiting == (Suspended("pool-price", told),)


def test_the_questions_of_one_message_come_in_its_order(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course", later=("pool-badge", "pool-price")))
    assert "Ihre weitere Frage (Abzeichen · Eintritt) kommt danach." in lines(grown_talk)
    grown_talk(events.Answered("skill", "none"))
    assert grown_talk.session.entry == "pool-badge"
    grown_talk(events.Answered("proof", "no"))
    assert grown_talk.session.entry == "pool-price"


def test_several_questions_in_the_middle_of_a_question_come_before_it(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price"))(events.Matched("pool-hours", later=("pool-badge",)))
    assert (grown_talk.session.entry, waiting(grown_talk)) == ("pool-badge", ["pool-price"])


# --- asked for ---


def test_the_question_that_waits_can_be_asked_for_and_the_open_one_comes_after_it(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price", later=("pool-course",)))(events.WaitingAsked())
    assert (grown_talk.session.pending, waiting(grown_talk)) == ("skill", ["pool-price"])
    grown_talk(events.Answered("skill", "none"))
    assert (grown_talk.session.pending, waiting(grown_talk)) == ("visitor", [])


def test_the_question_that_waits_is_asked_with_what_was_known_of_it(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive", {"skill": "some"}))(events.Matched("pool-price"))(events.WaitingAsked())
    assert grown_talk.session.facts == {"skill": "some"}
    assert grown_talk.session.pending == "depth"


@pytest.mark.parametrize("before", [[], [events.Matched("pool-price")], [events.Matched("pool-dogs")]])
def test_where_none_waits_it_is_said(before: list[Event], talk: Talk) -> None:
    for event in before:
        talk(event)
    stood = talk.session
    talk(events.WaitingAsked())
    assert lines(talk)[0] == talk.knowledge.texts["de"]["nothing_waiting"]
    assert talk.session == stood


def test_back_in_the_first_question_of_a_digression_goes_back_to_what_waits(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price"))(events.Matched("pool-course"))(events.WentBack())
    assert (grown_talk.session.entry, grown_talk.session.pending, waiting(grown_talk)) == ("pool-price", "visitor", [])


# --- all of the choices ---


def test_all_of_the_choices_are_answered_one_after_the_other(talk: Talk) -> None:
    talk(events.Ambiguous(("pool-dogs", "pool-hours")))(events.PickedAll())
    assert "Nein, Hunde bleiben draußen." in lines(talk)
    assert "Geöffnet ist von neun bis zwanzig Uhr." in lines(talk)
    assert (talk.session.state, talk.session.candidates, waiting(talk)) == (State.ANSWERED, (), [])


def test_all_of_the_choices_with_a_question_first_wait_for_it(talk: Talk) -> None:
    talk(events.Ambiguous(("pool-price", "pool-dogs"), {"visitor": "adult"}))(events.PickedAll())
    assert "Ihre weitere Frage (Hunde) kommt danach." in lines(talk)
    assert talk.session.facts == {"visitor": "adult"}
    talk(events.Answered("ticket", "no"))
    assert "Nein, Hunde bleiben draußen." in lines(talk)


# --- a new question, and everything forgotten ---


def test_a_new_question_keeps_what_is_about_the_asker_and_what_was_denied(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price"))(events.Matched("pool-dive", {"visitor": "adult", "depth": "deep"}))
    grown_talk(events.Excluded({"skill": ("none",)}))(events.NewQuestionAsked())
    session = grown_talk.session
    assert lines(grown_talk) == [grown_talk.knowledge.texts["de"]["new_question"]]
    assert (session.state, session.entry, session.pending, session.waiting) == (State.IDLE, None, None, ())
    assert session.facts == {"visitor": "adult"}
    assert session.excluded == {"skill": ("none",)}
    assert session.told is None


KEPT = Session(
    "en",
    State.ANSWERED,
    entry="pool-price",
    facts={"visitor": "adult", "ticket": "no"},
    supposed={"ticket": "yes"},
    excluded={"visitor": ("child",)},
    asked=("ticket",),
    told=Suspended("pool-price", {"visitor": "adult"}),
    country="austria",
    numbers={"ticket": "7", "": "7"},
    said="abc",
    repeats=2,
    rated={"pool-dogs": "helpful"},
    donated=("9",),
    is_reminded=True,
)


def test_what_is_about_the_dialogue_itself_outlives_a_question(small: Knowledge) -> None:
    talk = Talk(small)
    talk.session = KEPT
    talk(events.NewQuestionAsked())
    assert talk.session == Session(
        "en",
        facts={"visitor": "adult"},
        excluded={"visitor": ("child",)},
        country="austria",
        said="abc",
        repeats=2,
        rated={"pool-dogs": "helpful"},
        donated=("9",),
        is_reminded=True,
    )


@pytest.mark.parametrize("event", [events.Reset(), events.ErasureRequested()], ids=["reset", "erasure"])
def test_who_wants_everything_forgotten_keeps_the_language_alone(event: Event, small: Knowledge) -> None:
    talk = Talk(small)
    talk.session = KEPT
    talk(event)
    assert talk.session == Session("en")


# --- go on ---


@pytest.mark.parametrize(
    ("before", "last"),
    [
        (events.Matched("pool-price"), "Wer möchte baden?"),
        (events.Ambiguous(("pool-price", "pool-dogs")), "Was davon meinen Sie?"),
    ],
    ids=["asking", "choosing"],
)
def test_go_on_goes_on_with_what_is_open(before: Event, last: str, talk: Talk) -> None:
    talk(before)(events.Continued())
    assert lines(talk)[-1] == last


def test_go_on_without_anything_open_asks_for_a_question(talk: Talk) -> None:
    talk(events.Matched("pool-dogs"))(events.Continued())
    assert lines(talk) == [talk.knowledge.texts["de"]["nothing_open"]]
