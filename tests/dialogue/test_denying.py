"""What people say not to be so: not offered again; what is left is asked or taken; what told it is gone."""

from typing import cast

import pytest

from bot.dialogue import events
from bot.dialogue.acts import Ask, Deny, Say
from bot.dialogue.session import State
from bot.messages import Language
from tests.dialogue.conftest import Talk

#: What every question offers besides its options.
OTHERS = ["Weiß ich nicht", "Warum?"]


def lines(talk: Talk) -> list[str]:
    return [line.text for reply in talk.replies for block in reply.blocks for line in block.lines]


@pytest.mark.parametrize(
    ("language", "denied", "question", "labels"),
    [
        ("de", "Nichtschwimmer", "Wie gut schwimmen Sie?", ["Etwas", "Mit Abzeichen"]),
        ("en", "non-swimmer", "How well do you swim?", ["A little", "With a badge"]),
    ],
)
def test_an_option_that_is_denied_is_said_and_not_offered_when_it_is_asked_again(
    language: Language, denied: str, question: str, labels: list[str], grown_talk: Talk
) -> None:
    grown_talk(events.LanguageChosen(language))(events.Matched("pool-course"))
    grown_talk(events.Excluded({"skill": ("none",)}))
    assert lines(grown_talk)[0] == grown_talk.words("denied", facts=denied)
    assert question in lines(grown_talk)
    assert grown_talk.labels == [*labels, grown_talk.words("button_unknown"), grown_talk.words("button_why")]
    assert (grown_talk.session.state, grown_talk.session.pending) == (State.ASKING, "skill")


def test_denials_add_up_and_the_last_option_left_is_taken(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course"))(events.Excluded({"skill": ("none",)}))
    grown_talk(events.Excluded({"skill": ("badge",)}))
    assert grown_talk.session.facts == {"skill": "some"}
    assert "Der Kurs für Geübte ist dienstags." in lines(grown_talk)
    assert "Ich gehe davon aus: schwimmt etwas" in lines(grown_talk)


def test_what_is_taken_is_not_said_to_be_denied(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult"}))(events.Excluded({"ticket": ("yes",)}))
    assert not any(isinstance(act, Deny) for act in talk.acts)
    assert "Ich gehe davon aus: Erwachsene · ohne Saisonkarte" in lines(talk)
    assert "Nein, Erwachsene zahlen fünf Euro." in lines(talk)


def test_an_option_that_needs_certainty_is_not_taken_because_nothing_else_is_left(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-badge"))(events.Excluded({"proof": ("no",)}))
    assert grown_talk.session.state is State.ASKING
    assert "proof" not in grown_talk.session.facts
    assert grown_talk.labels == ["Ja", *OTHERS]


def test_where_what_needs_certainty_is_denied_the_rest_is_taken(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-badge"))(events.Excluded({"proof": ("yes",)}))
    assert grown_talk.session.facts == {"proof": "no"}
    assert "Nein, ohne Nachweis zählt es nicht." in lines(grown_talk)


def test_who_denies_everything_in_turn_is_believed_the_last(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-badge"))(events.Excluded({"proof": ("no",)}))(events.Excluded({"proof": ("yes",)}))
    assert grown_talk.session.facts == {"proof": "no"}


def test_who_denies_everything_at_once_does_not_know(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course"))(events.Excluded({"skill": ("none", "some", "badge")}))
    assert grown_talk.session.facts == {"skill": "unknown"}
    assert "Nicht bekannt: Wie gut schwimmen Sie?" in lines(grown_talk)
    assert grown_talk.session.state is State.ANSWERED


def test_what_is_told_after_a_denial_counts_and_can_be_chosen_again(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course"))(events.Excluded({"skill": ("none",)}))
    grown_talk(events.Answered("skill", "none"))
    assert "Der Kurs für Anfänger ist montags." in lines(grown_talk)
    grown_talk(events.ChangeAsked("skill"))
    assert grown_talk.labels[:3] == ["● Gar nicht", "Etwas", "Mit Abzeichen"]


def test_facts_told_with_a_denial_count(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive"))(events.Excluded({"skill": ("none",)}, {"depth": "deep"}))
    assert grown_talk.session.facts == {"depth": "deep"}
    assert grown_talk.labels[:2] == ["Etwas", "Mit Abzeichen"]


# --- of what was told ---


def test_a_denial_of_what_was_told_removes_it_and_asks(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course", {"skill": "none"}))(events.Excluded({"skill": ("none",)}))
    assert grown_talk.session.facts == {}
    assert (grown_talk.session.state, grown_talk.session.pending) == (State.ASKING, "skill")
    assert grown_talk.labels == ["Etwas", "Mit Abzeichen", *OTHERS]


def test_a_denial_of_what_was_told_leads_to_the_other_answer_where_there_is_only_one(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "no"}))(events.Excluded({"ticket": ("no",)}))
    assert talk.session.facts == {"visitor": "adult", "ticket": "yes"}
    assert "Sie sagen jetzt: mit Saisonkarte. Dann gilt:" in lines(talk)
    assert "Ja, mit der Saisonkarte ist alles bezahlt." in lines(talk)


def test_a_denial_of_what_was_supposed_ends_the_supposition(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course", {"skill": "none"}))(events.Supposed({"skill": "badge"}))
    grown_talk(events.Excluded({"skill": ("badge",)}))
    assert grown_talk.session.supposed == {}
    assert "Der Kurs für Anfänger ist montags." in lines(grown_talk)
    assert "Angenommen" not in grown_talk.text


def test_a_denial_of_another_option_leaves_what_was_told(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course", {"skill": "some"}))(events.Excluded({"skill": ("none",)}))
    assert grown_talk.session.facts == {"skill": "some"}
    assert grown_talk.session.state is State.ANSWERED


def test_a_denial_that_makes_no_difference_is_told_to_make_none(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive", {"depth": "shallow"}))(events.Excluded({"skill": ("none",)}))
    assert lines(grown_talk) == [
        "Gut, also nicht: Nichtschwimmer.",
        grown_talk.knowledge.texts["de"]["no_difference"],
    ]
    assert grown_talk.session.state is State.ANSWERED
    grown_talk(events.Matched("pool-dogs"))(events.Excluded({"visitor": ("child",)}))
    assert lines(grown_talk) == [grown_talk.knowledge.texts["de"]["no_difference"]]


# --- in the middle of a question ---


def test_a_denial_that_decides_the_answer_ends_the_question(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult"}))
    assert talk.session.pending == "ticket"
    talk(events.Excluded({"visitor": ("adult",)}))
    assert "Ja, für Kinder ist der Eintritt frei." in lines(talk)
    assert talk.session.state is State.ANSWERED


def test_a_denial_about_something_else_leaves_the_question_open(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive"))(events.Excluded({"visitor": ("adult",)}))
    asked = cast(Ask, grown_talk.acts[-1])
    assert (asked.fact, asked.known) == ("skill", {"visitor": "child"})


def test_a_denial_of_an_earlier_answer_asks_that_again_first(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive"))(events.Answered("skill", "some"))
    assert grown_talk.session.pending == "depth"
    grown_talk(events.Excluded({"skill": ("some",)}))
    assert grown_talk.session.pending == "skill"
    assert grown_talk.labels[:2] == ["Gar nicht", "Mit Abzeichen"]


def test_while_a_fact_is_changed_a_denial_of_another_option_keeps_asking(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course", {"skill": "none"}))(events.ChangeAsked("skill"))
    grown_talk(events.Excluded({"skill": ("some",)}))
    assert (grown_talk.session.state, grown_talk.session.pending) == (State.ASKING, "skill")
    assert grown_talk.labels[:2] == ["● Gar nicht", "Mit Abzeichen"]


def test_a_denial_in_the_review_of_facts_counts(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "no"}))(events.ChangeAsked())
    talk(events.Excluded({"ticket": ("no",)}))
    assert "Ja, mit der Saisonkarte ist alles bezahlt." in lines(talk)


# --- without a topic ---


def test_without_a_topic_it_is_kept_for_the_question_that_comes(grown_talk: Talk) -> None:
    grown_talk(events.Excluded({"skill": ("none",)}))
    assert isinstance(grown_talk.acts[0], Deny)
    assert grown_talk.acts[1:] == (Say("noted"),)
    grown_talk(events.Matched("pool-course"))
    assert grown_talk.labels == ["Etwas", "Mit Abzeichen", *OTHERS]


def test_in_a_round_of_choices_the_choices_stay(talk: Talk) -> None:
    talk(events.Ambiguous(("pool-price", "pool-dogs")))(events.Excluded({"visitor": ("child",)}))
    assert talk.session.candidates == ("pool-price", "pool-dogs")
    assert talk.labels[:2] == ["Eintritt ins Freibad", "Hunde im Freibad"]
    assert talk.session.facts == {"visitor": "adult"}
