"""Answered first, asked later: what holds whatever the answer is told at once; what could only make it more precise is
offered. And how many questions there are at most."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from bot.dialogue import codes, events
from bot.dialogue.acts import Ask, Tell
from bot.dialogue.answering import Answer
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State
from bot.knowledge.model import UNKNOWN, Knowledge, Verdict
from bot.messages import LANGUAGES, Block, Language, Reply
from tests.dialogue.conftest import Talk


def block(reply: Reply, kind: str) -> Block:
    return next(each for each in reply.blocks if each.kind == kind)


@pytest.fixture
def learning(grown_talk: Talk) -> Talk:
    """Whoever cannot swim may not dive, into whichever pool."""
    return grown_talk(events.Matched("pool-dive", {"skill": "none"}))


@pytest.mark.parametrize(
    ("language", "verdict", "question", "options"),
    [
        ("de", "Nein", "In welches Becken?", ["Flaches Becken", "Tiefes Becken"]),
        ("en", "No", "Into which pool?", ["Shallow pool", "Deep pool"]),
    ],
)
def test_what_holds_in_every_open_case_is_told_at_once_with_what_would_be_more_precise(
    language: Language, verdict: str, question: str, options: list[str], grown_talk: Talk
) -> None:
    grown_talk.session = Session(language)
    (reply,) = grown_talk(events.Matched("pool-dive", {"skill": "none"})).replies
    assert grown_talk.session.state is State.ANSWERED
    assert block(reply, "verdict").lines[0].text == grown_talk.words("in_every_case", verdict=verdict)
    assert block(reply, "question").lines[0].text == grown_talk.words("more_precisely", question=question)
    assert grown_talk.labels[:2] == options
    assert grown_talk.session.pending == "depth"


def test_each_open_case_is_told_with_its_source_and_the_reason_that_they_share(learning: Talk) -> None:
    (reply,) = learning.replies
    told = [(line.text, line.marks) for line in block(reply, "list").lines]
    assert told == [
        ("Flaches Becken: Nein, dort ist es zu flach.", (1,)),
        ("Tiefes Becken: Nein, erst lernen Sie schwimmen.", (1,)),
    ]
    assert [line.text for line in block(reply, "reasons").lines] == ["Das Brett hat die Aufsicht im Blick."]


def test_a_button_makes_the_answer_more_precise(learning: Talk) -> None:
    learning.press("Tiefes Becken")
    assert learning.session.facts == {"skill": "none", "depth": "deep"}
    (reply,) = learning.replies
    assert block(reply, "verdict").lines[0].text == "Nein, erst lernen Sie schwimmen."
    assert not any(each.kind == "question" for each in reply.blocks)
    assert learning.session.pending is None


def test_an_answer_in_words_counts_as_well(learning: Talk) -> None:
    learning(events.Answered("depth", "shallow"))
    assert learning.session.facts == {"skill": "none", "depth": "shallow"}
    assert "Nein, dort ist es zu flach." in learning.text


def test_who_does_not_know_what_would_be_more_precise_is_told_the_same_and_not_asked(learning: Talk) -> None:
    learning(events.Answered("depth", "unknown"))
    assert learning.session.state is State.ANSWERED
    assert learning.words("in_every_case", verdict="Nein") in learning.text
    assert "Genauer:" not in learning.text


def test_back_after_what_was_more_precise_asks_that_question(learning: Talk) -> None:
    learning(events.Answered("depth", "deep"))(events.WentBack())
    assert (learning.session.state, learning.session.pending) == (State.ASKING, "depth")
    assert learning.session.facts == {"skill": "none"}


def test_where_the_conclusion_is_the_same_sentence_it_is_told_as_it_stands(grown: Knowledge) -> None:
    """Two rows that end in the same words."""
    talk = Talk(with_outcomes(grown, short_of=0))(events.Matched("pool-dive", {"skill": "none"}))
    assert block(talk.replies[0], "verdict").lines[0].text == "Nein, dort ist es zu flach."


def with_outcomes(knowledge: Knowledge, verdict: Verdict | None = None, short_of: int | None = None) -> Knowledge:
    """The knowledge, with all outcomes on diving of one verdict, or in the words of one of them."""
    entry = knowledge.entries["pool-dive"]
    outcomes = tuple(
        replace(
            each,
            verdict=verdict or each.verdict,
            short=each.short if short_of is None else entry.outcomes[short_of].short,
        )
        for each in entry.outcomes
    )
    return replace(knowledge, entries={**knowledge.entries, entry.id: replace(entry, outcomes=outcomes)})


@pytest.mark.parametrize("verdict", ["yes", "yes-if", "rather-not", "no"])
def test_whoever_hears_the_same_in_every_case_is_not_asked_before(verdict: Verdict, grown: Knowledge) -> None:
    talk = Talk(with_outcomes(grown, verdict))(events.Matched("pool-dive"))
    (told,) = talk.acts
    assert isinstance(told, Tell)


@pytest.mark.parametrize("verdict", ["info", "it-depends"])
def test_what_only_informs_or_depends_says_nothing_by_itself_and_is_asked(verdict: Verdict, grown: Knowledge) -> None:
    talk = Talk(with_outcomes(grown, verdict))(events.Matched("pool-dive"))
    (asked,) = talk.acts
    assert isinstance(asked, Ask)


def test_an_answer_that_only_informs_differently_is_asked_for(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course"))
    assert (grown_talk.session.state, grown_talk.session.pending) == (State.ASKING, "skill")
    grown_talk(events.Answered("skill", "unknown"))
    (reply,) = grown_talk.replies
    assert [line.text for line in block(reply, "list").lines] == [
        "Nichtschwimmer: Der Kurs für Anfänger ist montags.",
        "schwimmt etwas oder mit Schwimmabzeichen: Der Kurs für Geübte ist dienstags.",
    ]


# --- at most four lines ---


def test_many_cases_are_told_by_their_verdicts_the_strictest_first(grown_talk: Talk) -> None:
    unknown = {"skill": UNKNOWN, "depth": UNKNOWN, "visitor": UNKNOWN}
    (reply,) = grown_talk(events.Matched("pool-dive", unknown)).replies
    told = [line.text.partition(":")[0] for line in block(reply, "list").lines]
    assert told == ["Nein", "Besser nicht", "Nur unter Bedingungen", "Ja"]
    assert block(reply, "list").lines[0].text == "Nein: Flaches Becken; Nichtschwimmer · Tiefes Becken"


def test_many_cases_that_end_alike_are_not_told_one_by_one(grown: Knowledge) -> None:
    (reply,) = Talk(with_outcomes(grown, "no"))(events.Matched("pool-dive")).replies
    assert not any(each.kind == "list" for each in reply.blocks)
    assert block(reply, "question").lines[0].text == "Genauer: Wie gut schwimmen Sie?"


def open_cases(knowledge: Knowledge) -> Iterator[tuple[str, dict[str, str]]]:
    """Each entry with each of its facts either known as its first option, or not known."""
    for entry in knowledge.entries.values():
        first = [next(iter(knowledge.facts[name].options)) for name in entry.facts]
        for values in product(*((each, UNKNOWN) for each in first)):
            yield entry.id, dict(zip(entry.facts, values, strict=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_answer_of_the_real_knowledge_tells_more_open_cases_than_can_be_read_at_once(
    language: Language, real: Knowledge
) -> None:
    for entry, known in open_cases(real):
        reply = Answer(real, language, real.entries[entry], known).brief()
        told = [line.text for each in reply.blocks if each.kind == "list" for line in each.lines]
        assert len(told) <= 4, (entry, known, told)


# --- how many questions ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_says_which_of_how_many_at_most_it_is(language: Language, grown_talk: Talk) -> None:
    grown_talk.session = Session(language)
    turns: list[Event] = [
        events.Matched("pool-dive"),
        events.Answered("skill", "some"),
        events.Answered("depth", "deep"),
    ]
    for number, event in enumerate(turns, 1):
        grown_talk(event)
        assert grown_talk.words("progress", number=number, most=3) in grown_talk.text


def test_the_most_there_can_be_shrinks_with_what_is_known(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive", {"visitor": "child"}))
    assert "(Frage 1 von höchstens 2)" in grown_talk.text
    grown_talk(events.WentBack())
    assert "(Frage 1 von höchstens 2)" in grown_talk.text


def test_back_counts_back(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive"))(events.Answered("skill", "some"))(events.WentBack())
    assert "(Frage 1 von höchstens 3)" in grown_talk.text


def test_what_is_not_known_counts_as_answered(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive"))(events.Answered("skill", "unknown"))
    assert "(Frage 2 von höchstens 3)" in grown_talk.text


def test_a_single_question_is_not_counted(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-course"))
    assert "höchstens" not in grown_talk.text


def test_the_button_of_a_refining_question_leads_to_it_in_any_session(learning: Talk) -> None:
    event, _ = codes.read(learning.code("Tiefes Becken"), learning.knowledge)
    assert event == events.Answered("depth", "deep", "pool-dive")
    fresh = Talk(learning.knowledge)(event)
    assert (fresh.session.entry, fresh.session.pending) == ("pool-dive", "skill")
    assert fresh.session.facts == {"depth": "deep"}
