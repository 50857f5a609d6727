"""Facts that change after an answer: what is new is said first, what makes no difference is said to make none."""

import pytest

from bot.dialogue import events
from bot.dialogue.acts import Ask, Say, Tell, TellBriefly
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State
from bot.messages import Language
from tests.dialogue.conftest import Talk

PAYING = {"visitor": "adult", "ticket": "no"}


def lines(talk: Talk) -> list[str]:
    return [line.text for reply in talk.replies for block in reply.blocks for line in block.lines]


@pytest.mark.parametrize(
    ("language", "title", "changed", "kept"),
    [
        ("de", "Eintritt ins Freibad", "mit Saisonkarte", "Erwachsene"),
        ("en", "Entry to the pool", "with a season ticket", "Adult"),
    ],
)
def test_what_has_changed_is_said_first_and_what_has_not_after_it(
    language: Language, title: str, changed: str, kept: str, talk: Talk
) -> None:
    talk.session = Session(language)
    talk(events.Matched("pool-price", PAYING))(events.Revised({"ticket": "yes"}))
    assert lines(talk)[:3] == [title, talk.words("changed", facts=changed), talk.words("assumed", facts=kept)]
    assert talk.session.facts == {"visitor": "adult", "ticket": "yes"}


def test_all_that_has_changed_is_said(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "child"}))(events.Revised({"visitor": "adult", "ticket": "yes"}))
    assert "Sie sagen jetzt: Erwachsene · mit Saisonkarte. Dann gilt:" in lines(talk)


def test_the_first_answer_has_changed_from_nothing(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Answered("visitor", "child"))
    assert "Sie sagen jetzt" not in talk.text
    talk(events.Matched("pool-dogs"))(events.Matched("pool-price", PAYING))
    assert "Sie sagen jetzt" not in talk.text


def test_a_button_of_the_review_changes_a_fact_in_the_same_words(talk: Talk) -> None:
    talk(events.Matched("pool-price", PAYING)).press("Ändern").press("ohne Saisonkarte").press("Ja")
    assert "Sie sagen jetzt: mit Saisonkarte. Dann gilt:" in lines(talk)


def test_the_fact_that_is_to_be_changed_shows_what_it_is_now(talk: Talk) -> None:
    talk(events.Matched("pool-price", PAYING))(events.ChangeAsked("ticket"))
    assert talk.labels[:3] == ["Ja", "● Nein", "Weiß ich nicht"]


def test_the_review_names_every_fact_with_what_it_is(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "unknown"}))(events.ChangeAsked())
    assert "Wer möchte baden? Erwachsene" in talk.text
    assert "Haben Sie eine Saisonkarte? Weiß ich nicht" in talk.text


def test_a_change_is_no_further_question_of_so_many(talk: Talk) -> None:
    talk(events.Matched("pool-price"))(events.Answered("visitor", "adult"))(events.Answered("ticket", "no"))
    talk(events.ChangeAsked("ticket"))
    assert "Haben Sie eine Saisonkarte?" in talk.text
    assert "höchstens" not in talk.text


# --- no difference ---


@pytest.mark.parametrize(
    ("language", "assumed", "conclusion"),
    [
        ("de", "mit Schwimmabzeichen", "Der Kurs für Geübte ist dienstags."),
        ("en", "with a swimming badge", "Others meet on Tuesdays."),
    ],
)
def test_where_it_ends_alike_it_is_said_that_nothing_changes_and_told_in_short(
    language: Language, assumed: str, conclusion: str, grown_talk: Talk
) -> None:
    grown_talk.session = Session(language)
    grown_talk(events.Matched("pool-course", {"skill": "some"}))(events.Revised({"skill": "badge"}))
    assert lines(grown_talk) == [
        grown_talk.words("unchanged"),
        grown_talk.words("assumed", facts=assumed),
        conclusion,
    ]
    assert grown_talk.session.facts == {"skill": "badge"}


def test_where_it_ends_alike_with_a_supposition_that_is_told_as_one(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course", {"skill": "some"}))(events.Supposed({"skill": "badge"}))
    assert lines(grown_talk)[:2] == ["Daran ändert das nichts:", "Angenommen: mit Schwimmabzeichen"]


def test_what_no_longer_matters_changes_nothing(grown_talk: Talk) -> None:
    shallow = {"skill": "some", "depth": "shallow", "visitor": "adult"}
    grown_talk(events.Matched("pool-dive", shallow))(events.Revised({"visitor": "child"}))
    (told,) = grown_talk.acts
    assert isinstance(told, TellBriefly)
    assert told.lead == "unchanged"


def test_another_outcome_of_the_same_verdict_is_told_in_full(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "yes"}))(events.Revised({"visitor": "child"}))
    (told,) = talk.acts
    assert isinstance(told, Tell)
    assert "für Kinder ist der Eintritt frei" in talk.text
    assert "Daran ändert das nichts" not in talk.text


def test_the_same_said_again_is_no_change(talk: Talk) -> None:
    talk(events.Matched("pool-price", PAYING))(events.Revised({"ticket": "no"}))
    assert "Sie sagen jetzt" not in talk.text
    assert "Daran ändert das nichts" not in talk.text


def test_what_is_no_fact_of_the_topic_is_told_to_make_no_difference_and_leads_where_it_does(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-badge", {"proof": "yes"}))(events.Revised({"visitor": "child"}))
    assert grown_talk.text == grown_talk.knowledge.texts["de"]["no_difference"]
    assert grown_talk.labels == ["Eintritt"]
    assert grown_talk.session.facts["visitor"] == "child"


# --- not known ---


@pytest.mark.parametrize(
    ("language", "question"), [("de", "Haben Sie eine Saisonkarte?"), ("en", "Do you have a season ticket?")]
)
def test_what_is_not_known_is_named(language: Language, question: str, talk: Talk) -> None:
    talk.session = Session(language)
    talk(events.Matched("pool-price", {"visitor": "adult"}))(events.Answered("ticket", "unknown"))
    assert talk.words("not_known", questions=question) in lines(talk)


def test_all_that_is_not_known_is_named_together(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive", {"skill": "some"}))
    grown_talk(events.Answered("depth", "unknown"))(events.Answered("visitor", "unknown"))
    assert "Nicht bekannt: In welches Becken? Wer möchte baden?" in lines(grown_talk)


def test_what_is_not_known_and_does_not_matter_is_not_named(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive", {"depth": "shallow", "skill": "unknown", "visitor": "unknown"}))
    assert "Nicht bekannt" not in grown_talk.text


def test_a_fact_that_is_no_longer_known_is_named_and_the_cases_are_told(talk: Talk) -> None:
    talk(events.Matched("pool-price", PAYING))(events.ChangeAsked("ticket"))(events.Answered("ticket", "unknown"))
    assert "Nicht bekannt: Haben Sie eine Saisonkarte?" in lines(talk)
    assert "mit Saisonkarte: Ja, mit der Saisonkarte ist alles bezahlt." in lines(talk)


# --- unless somebody says otherwise ---


def test_what_holds_unless_said_is_not_asked_and_not_said_to_be_told(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-slide"))
    assert grown_talk.session.state is State.ANSWERED
    assert "Ja, die Rutsche ist offen." in lines(grown_talk)
    assert "Ich gehe davon aus" not in grown_talk.text


def test_what_is_said_otherwise_counts(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-slide"))(events.Revised({"weather": "stormy"}))
    assert lines(grown_talk)[1] == "Sie sagen jetzt: bei Gewitter. Dann gilt:"
    assert "Nein, bei Gewitter ist sie zu." in lines(grown_talk)


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (events.Revised({"weather": "sunny"}), "Sie sagen jetzt: bei Sonne. Dann gilt:"),
        (events.Supposed({"weather": "sunny"}), "Angenommen: bei Sonne"),
    ],
    ids=["told", "supposed"],
)
def test_that_it_is_as_it_is_unless_said_otherwise_is_said_where_it_was_told_otherwise_before(
    event: Event, said: str, grown_talk: Talk
) -> None:
    grown_talk(events.Matched("pool-slide", {"weather": "stormy"}))(event)
    assert said in lines(grown_talk)
    assert "Ja, die Rutsche ist offen." in lines(grown_talk)


def test_what_holds_again_because_a_supposition_is_undone_is_said_to_be_assumed(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-slide"))(events.Supposed({"weather": "stormy"}))(events.WentBack())
    assert lines(grown_talk)[:3] == ["Die Rutsche", "Ich gehe davon aus: bei Sonne", "Ja, die Rutsche ist offen."]


def test_who_does_not_know_it_is_told_both(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-slide"))(events.Revised({"weather": "unknown"}))
    assert "Nicht bekannt: Wie ist das Wetter?" in lines(grown_talk)
    assert {"bei Sonne: Ja, die Rutsche ist offen.", "bei Gewitter: Nein, bei Gewitter ist sie zu."} <= set(
        lines(grown_talk)
    )


def test_facts_told_in_the_middle_of_a_question_go_on_with_what_is_still_open(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-price"))(events.Revised({"ticket": "no"}))
    (asked,) = grown_talk.acts
    assert isinstance(asked, Ask)
    assert asked.fact == "visitor"
    grown_talk(events.Revised({"visitor": "child"}))
    assert "Ja, für Kinder ist der Eintritt frei." in lines(grown_talk)


def test_facts_without_a_topic_are_kept_for_the_next_question(talk: Talk) -> None:
    talk(events.Revised({"visitor": "child"}))
    assert talk.acts == (Say("noted"),)
    talk(events.Matched("pool-price"))
    assert "für Kinder ist der Eintritt frei" in talk.text
