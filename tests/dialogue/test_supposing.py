"""What is only supposed: answered for that case, told as supposed, and never taken for told."""

from typing import cast

import pytest

from bot.dialogue import codes, events
from bot.dialogue.acts import Ask, Tell, TellBriefly
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State, afresh
from bot.messages import Language
from tests.dialogue.conftest import Talk

PAYING = {"visitor": "adult", "ticket": "no"}


@pytest.fixture
def paying(talk: Talk) -> Talk:
    """An adult without a season ticket has been told the answer."""
    return talk(events.Matched("pool-price", PAYING))


@pytest.mark.parametrize(
    ("language", "supposed", "conclusion"),
    [
        ("de", "mit Saisonkarte", "Ja, mit der Saisonkarte ist alles bezahlt."),
        ("en", "with a season ticket", "Yes, the season ticket covers it."),
    ],
)
def test_the_case_supposed_is_answered_as_supposed_and_nothing_of_it_is_kept_as_told(
    language: Language, supposed: str, conclusion: str, paying: Talk
) -> None:
    paying(events.LanguageChosen(language))(events.Supposed({"ticket": "yes"}))
    assert paying.words("supposed", facts=supposed) in paying.text
    assert conclusion in paying.text
    assert paying.session.facts == PAYING
    assert paying.session.supposed == {"ticket": "yes"}


def test_what_is_supposed_is_not_said_to_be_assumed_as_well(paying: Talk) -> None:
    paying(events.Supposed({"ticket": "yes"}))
    assumed = [line for line in paying.text.splitlines() if "gehe davon aus" in line]
    assert assumed == ["Ich gehe davon aus: Erwachsene"]


def test_what_was_told_is_no_supposition_when_it_is_supposed_once_more(paying: Talk) -> None:
    paying(events.Supposed({"ticket": "yes"}))(events.Supposed({"ticket": "no"}))
    assert paying.session.supposed == {}
    assert "Angenommen" not in paying.text
    assert "Erwachsene zahlen fünf Euro" in paying.text


def test_one_supposition_can_be_added_to_another(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive", {"skill": "none", "depth": "deep"}))
    grown_talk(events.Supposed({"skill": "some"}))
    assert isinstance(grown_talk.acts[-1], Ask)
    grown_talk(events.Answered("visitor", "child"))
    assert "Besser nicht ohne Eltern." in grown_talk.text
    grown_talk(events.Supposed({"visitor": "adult"}))
    assert "Angenommen: schwimmt etwas · Erwachsene" in grown_talk.text
    assert "Ja, wenn die Aufsicht zusieht." in grown_talk.text
    assert grown_talk.session.facts == {"skill": "none", "depth": "deep", "visitor": "child"}


def test_telling_what_was_supposed_makes_it_so(paying: Talk) -> None:
    paying(events.Supposed({"ticket": "yes"}))(events.Revised({"ticket": "yes"}))
    assert paying.session.supposed == {}
    assert paying.session.facts["ticket"] == "yes"
    assert "Angenommen" not in paying.text


LEAVING: list[Event] = [
    events.Matched("pool-dogs"),
    events.Picked("pool-hours"),
    events.Cancelled(),
    events.NewQuestionAsked(),
    events.Reset(),
    events.Requested("start"),
    events.Ambiguous(("pool-dogs", "pool-hours")),
]


@pytest.mark.parametrize("event", LEAVING, ids=lambda event: type(event).__name__)
def test_a_supposition_ends_with_its_topic(event: Event, paying: Talk) -> None:
    paying(events.Supposed({"ticket": "yes"}))(event)
    assert paying.session.supposed == {}


def test_asked_again_the_question_is_answered_for_what_was_told(paying: Talk) -> None:
    paying(events.Supposed({"ticket": "yes"}))(events.Matched("pool-price"))
    assert "Erwachsene zahlen fünf Euro" in paying.text
    assert "Angenommen" not in paying.text


# --- back ---


def test_back_tells_the_answer_without_what_was_supposed(paying: Talk) -> None:
    paying(events.Supposed({"ticket": "yes"}))(events.WentBack())
    assert "Erwachsene zahlen fünf Euro" in paying.text
    assert "Angenommen" not in paying.text
    assert (paying.session.state, dict(paying.session.supposed)) == (State.ANSWERED, {})
    assert paying.session.facts == PAYING


def test_back_from_a_question_that_only_the_supposition_asks_leads_to_the_answer(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Answered("visitor", "child"))(events.Supposed({"visitor": "adult"}))
    assert talk.session.pending == "ticket"
    talk(events.WentBack())
    assert "für Kinder ist der Eintritt frei" in talk.text
    assert (talk.session.state, talk.session.facts) == (State.ANSWERED, {"visitor": "child"})


def test_back_goes_over_what_was_asked_since_before_it_undoes_the_supposition(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "child"}))(events.Supposed({"visitor": "adult"}))
    talk(events.Answered("ticket", "yes"))(events.WentBack())
    assert (talk.session.pending, dict(talk.session.supposed)) == ("ticket", {"visitor": "adult"})
    talk(events.WentBack())
    assert "für Kinder ist der Eintritt frei" in talk.text


def test_back_goes_over_the_questions_where_the_question_itself_supposed_something(talk: Talk) -> None:
    """ "Darf ein Erwachsener …?" supposes an adult from the start: what was asked last comes first."""
    talk(events.Matched("pool-price", supposed={"visitor": "adult"}))(events.Answered("ticket", "no"))
    talk(events.WentBack())
    assert (talk.session.pending, dict(talk.session.supposed)) == ("ticket", {"visitor": "adult"})


def test_a_question_that_a_supposition_leads_to_tells_it_as_supposed(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "child"}))(events.Supposed({"visitor": "adult"}))
    assert "Angenommen: Erwachsene" in talk.text
    assert "Ich gehe davon aus" not in talk.text
    assert "Haben Sie eine Saisonkarte?" in talk.text


def test_a_supposition_is_no_question_that_was_answered(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "child"}))(events.Supposed({"visitor": "adult"}))
    (asked,) = [act for act in talk.acts if isinstance(act, Ask)]
    assert asked.answered == 0


def test_what_was_supposed_to_be_otherwise_is_not_taken_for_answered_when_the_question_is_edited(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "child"}))(events.Supposed({"visitor": "adult"}))
    talk(events.Answered("ticket", "no"))
    assert afresh(talk.session).facts == {"ticket": "no"}


# --- in the middle of a question ---


@pytest.mark.parametrize(
    ("language", "conclusion", "question"),
    [
        ("de", "Nein, Erwachsene zahlen fünf Euro.", "Haben Sie eine Saisonkarte?"),
        ("en", "No, adults pay five euros.", "Do you have a season ticket?"),
    ],
)
def test_in_the_middle_of_a_question_it_is_told_in_short_and_the_question_comes_back(
    language: Language, conclusion: str, question: str, talk: Talk
) -> None:
    talk(events.LanguageChosen(language))(events.Matched("pool-price", {"visitor": "adult"}))
    before = talk.session
    talk(events.Supposed({"ticket": "no"}))
    brief, asked = talk.acts
    assert isinstance(brief, TellBriefly)
    assert isinstance(asked, Ask)
    assert conclusion in talk.text
    assert question in talk.text
    # Without reasons and steps, and with its source.
    assert {block.kind for reply in talk.replies for block in reply.blocks}.isdisjoint({"reasons", "steps"})
    assert [each.claim for reply in talk.replies for each in reply.citations] == ["price-adult"]
    assert talk.session == before


def test_in_the_middle_of_a_question_that_rests_on_a_supposition_all_that_is_supposed_is_told_as_such(
    talk: Talk,
) -> None:
    talk(events.Matched("pool-price", {"visitor": "child"}))(events.Supposed({"visitor": "adult"}))
    assert talk.session.pending == "ticket"
    talk(events.AnswerAsked("verdict"))
    assert talk.text.count("Angenommen: Erwachsene") == 2
    talk(events.Supposed({"ticket": "yes"}))
    assert "Angenommen: Erwachsene · mit Saisonkarte" in talk.text
    assert "Ich gehe davon aus" not in talk.text


def test_what_was_supposed_in_the_middle_of_a_question_is_forgotten_with_it(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult"}))(events.Supposed({"ticket": "no"}))
    talk(events.Answered("ticket", "yes"))
    assert "mit der Saisonkarte ist alles bezahlt" in talk.text
    assert "Angenommen" not in talk.text


def test_what_does_not_matter_here_makes_no_difference(talk: Talk) -> None:
    talk(events.Matched("pool-dogs"))(events.Supposed({"ticket": "no"}))
    assert talk.text == talk.knowledge.texts["de"]["no_difference"]
    assert talk.session.supposed == {}


# --- buttons ---


def turn(talk: Talk) -> str:
    """The code of the button below an answer that supposes something else."""
    return talk.code("mit Saisonkarte → Ja")


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_would_lead_to_another_verdict_is_a_button_each(language: Language, paying: Talk) -> None:
    paying(events.LanguageChosen(language))
    turns = [each.label for reply in paying.replies for each in reply.choices if each.group == "turns"]
    expected = {
        "de": ["Kind → Ja", "mit Saisonkarte → Ja"],
        "en": ["Child → Yes", "with a season ticket → Yes"],
    }
    assert turns == expected[language]


def test_a_button_of_an_old_answer_supposes_in_that_answers_own_case(paying: Talk) -> None:
    event, _ = codes.read(turn(paying), paying.knowledge)
    fresh = Talk(paying.knowledge)(event)
    assert "Angenommen: mit Saisonkarte" in fresh.text
    assert "Ich gehe davon aus: Erwachsene" in fresh.text
    assert "mit der Saisonkarte ist alles bezahlt" in fresh.text
    # What the old answer rested on is known again; what the button supposes is not.
    assert fresh.session.facts == PAYING
    assert fresh.session.supposed == {"ticket": "yes"}


def test_a_button_of_an_old_answer_does_not_undo_what_was_told_since(paying: Talk) -> None:
    paying.press("Ändern").press("ohne Saisonkarte").press("Ja")
    told = {"visitor": "adult", "ticket": "yes"}
    assert paying.session.facts == told
    old = Talk(paying.knowledge)(events.Matched("pool-price", PAYING))
    event, _ = codes.read(old.code("Kind → Ja"), paying.knowledge)
    paying(event)
    assert "für Kinder ist der Eintritt frei" in paying.text
    assert paying.session.facts == told
    paying(events.WentBack())
    assert "mit der Saisonkarte ist alles bezahlt" in paying.text


def test_a_button_below_a_supposed_answer_does_not_take_the_supposition_for_told(grown_talk: Talk) -> None:
    told = {"skill": "none", "depth": "deep"}
    grown_talk(events.Matched("pool-dive", told))(events.Supposed({"skill": "badge"}))
    grown_talk.press("Flaches Becken → Nein")
    assert grown_talk.session.facts == told
    assert "dort ist es zu flach" in grown_talk.text
    grown_talk(events.WentBack())
    assert "erst lernen Sie schwimmen" in grown_talk.text


def test_a_button_supposes_nothing_that_was_supposed_of_another_case(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive", {"skill": "some", "depth": "deep", "visitor": "adult"}))
    grown_talk(events.Supposed({"visitor": "child"}))
    grown_talk(events.Supposed({"depth": "shallow"}, "pool-dive", {"skill": "some", "depth": "deep"}))
    assert grown_talk.session.supposed == {"depth": "shallow"}


def test_a_button_of_an_old_answer_ends_a_round_of_choices(paying: Talk) -> None:
    event, _ = codes.read(turn(paying), paying.knowledge)
    choosing = Talk(paying.knowledge)(events.Ambiguous(("pool-dogs", "pool-hours")))
    choosing(event)
    assert "mit der Saisonkarte ist alles bezahlt" in choosing.text
    assert (choosing.session.state, choosing.session.candidates) == (State.ANSWERED, ())


def test_a_button_of_another_answer_in_the_middle_of_a_question_answers_and_comes_back(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price", PAYING))
    code = turn(grown_talk)
    grown_talk(events.Matched("pool-course"))
    assert grown_talk.session.pending == "skill"
    event, _ = codes.read(code, grown_talk.knowledge)
    told, asked = grown_talk(event).acts
    assert isinstance(told, Tell)
    assert told.supposed == ("ticket",)
    assert cast(Ask, asked).entry == "pool-course"
    assert grown_talk.session.pending == "skill"


def test_a_button_of_the_same_question_while_it_is_asked_again_keeps_the_question(paying: Talk) -> None:
    code = turn(paying)
    paying(events.ChangeAsked("ticket"))
    assert paying.session.state is State.ASKING
    event, _ = codes.read(code, paying.knowledge)
    paying(event)
    assert "mit der Saisonkarte ist alles bezahlt" in paying.text
    assert (paying.session.state, paying.session.pending) == (State.ASKING, "ticket")
    assert paying.session.facts == PAYING


def test_a_supposition_without_a_topic_is_no_error(talk: Talk) -> None:
    talk(events.Supposed({"ticket": "no"}))
    assert talk.session == Session("de")
    assert talk.text
    talk(events.Supposed({"ticket": "no"}, entry="pool-dogs"))
    assert "Hunde bleiben draußen" in talk.text
