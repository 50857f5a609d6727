"""People who have not understood the bot: it is no question, and it is answered with what helps at that point."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.assistant import Assistant
from bot.dialogue import events
from bot.dialogue.session import Session, State
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Conversation, Incoming, Reply, Said
from bot.sessions.memory import MemoryStore
from bot.understanding import Understanding
from tests.channels.telegram.stores import RETENTION

AT = datetime(2026, 11, 23, tzinfo=UTC)
PRICE = "Was kostet der Eintritt ins Freibad?"
STATES = {
    State.IDLE: Session("de"),
    State.ASKING: Session("de", State.ASKING, entry="pool-price", pending="ticket"),
    State.CHOOSING: Session("de", State.CHOOSING, candidates=("pool-price", "pool-dogs")),
    State.CHANGING: Session("de", State.CHANGING, entry="pool-price", facts={"visitor": "adult", "ticket": "no"}),
    State.ANSWERED: Session("de", State.ANSWERED, entry="pool-price", facts={"visitor": "child"}),
}


@pytest.fixture(scope="module")
def understanding(small: Knowledge, small_matcher: Matcher) -> Understanding:
    return Understanding(small, small_matcher)


@pytest.fixture
async def assistant(small: Knowledge, understanding: Understanding) -> AsyncIterator[Assistant]:
    store = MemoryStore(RETENTION)
    yield Assistant(small, understanding, store, "de")
    await store.close()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "text",
    [
        "Das habe ich nicht verstanden.",
        "Hää? Versteh ich nicht!!",
        "Das hab ich jetzt leider nicht verstanden, bitte",
        "das verstehe ich leider nciht",
        "Ich verstehe nicht, was Sie meinen.",
        "Das ergibt für mich keinen Sinn",
        "Was heißt das jetzt konkret?",
        "i versteh di ned",
        "What do you mean?",
        "I didn't get that.",
        "I dont undestand the question",
        "That makes no sense to me.",
    ],
)
def test_it_is_told_from_questions_and_answers_wherever_the_dialogue_stands(
    understanding: Understanding, state: State, text: str
) -> None:
    meant = understanding.of(STATES[state], Said(text), AT).event
    is_about_answer = state is State.ANSWERED and meant in (
        events.AnswerAsked("simpler"),
        events.AnswerAsked("next_steps"),
    )
    assert meant == events.NotUnderstood() or is_about_answer


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "text",
    [
        "Geht das auch einfacher?",
        "Viel zu kompliziert!",
        "too complicated",
        "Could you explain it more simply, please?",
    ],
)
def test_what_is_too_complicated_is_the_answer_if_there_is_one(
    understanding: Understanding, state: State, text: str
) -> None:
    meant = understanding.of(STATES[state], Said(text), AT).event
    assert meant == (events.AnswerAsked("simpler") if state is State.ANSWERED else events.NotUnderstood())


@pytest.mark.parametrize("text", ["?", "???", "?!", "¿?"])
def test_a_mere_question_mark_means_what_the_bot_has_said(understanding: Understanding, text: str) -> None:
    for state in (State.ASKING, State.ANSWERED, State.CHOOSING):
        assert understanding.of(STATES[state], Said(text), AT).event == events.NotUnderstood()
    assert understanding.of(STATES[State.IDLE], Said(text), AT).event == events.Unreadable("gibberish")


@pytest.mark.parametrize(
    "text",
    [
        "Verstehe ich das richtig, dass mein Hund nicht ins Freibad darf?",
        "Was bedeutet das Schild mit dem Hund am Freibad?",
        "Geht das Freibad auch am Sonntag auf?",
        "What does the pool cost?",
    ],
)
def test_a_question_of_ones_own_stays_one(understanding: Understanding, text: str) -> None:
    assert isinstance(understanding.of(STATES[State.ANSWERED], Said(text), AT).event, events.Matched | events.Ambiguous)


@pytest.mark.parametrize(("text", "event"), [("weiß nicht", "unknown"), ("nein", "no"), ("ja", "yes")])
def test_who_does_not_know_has_understood(understanding: Understanding, text: str, event: str) -> None:
    assert understanding.of(STATES[State.ASKING], Said(text), AT).event == events.Answered("ticket", event)


async def said(assistant: Assistant, text: str) -> Reply:
    return (await assistant.answer(Incoming(Conversation("anna"), Said(text), AT)))[0]


def shown(reply: Reply) -> str:
    return "\n".join(line.text for block in reply.blocks for line in block.lines)


async def test_a_question_that_was_not_understood_is_explained_and_asked_again(
    assistant: Assistant, small: Knowledge
) -> None:
    await said(assistant, PRICE)
    told = await said(assistant, "Das habe ich nicht verstanden.")
    assert small.texts["de"]["confused_asking"] in shown(told)
    assert "Kinder zahlen nichts." in shown(told)
    assert "Wer möchte baden?" in shown(told)
    assert "Kind" in [choice.label for choice in told.choices]


async def test_an_answer_that_was_not_understood_is_told_in_short_with_its_source(
    assistant: Assistant, small: Knowledge
) -> None:
    await said(assistant, "Was kostet der Eintritt ins Freibad für meine Eltern?")
    await said(assistant, "Nein")
    told = await said(assistant, "Das habe ich nicht verstanden.")
    assert small.texts["de"]["confused_answered"] in shown(told)
    assert "Nein, Erwachsene zahlen fünf Euro." in shown(told)
    assert "Faltblatt" not in shown(told)
    assert [citation.claim for citation in told.citations] == ["price-adult"]
    # The answer is still at hand: what is said next is about it.
    assert "Saisonkarte" in shown(await said(assistant, "und mit Saisonkarte?"))


async def test_in_english_it_is_told_in_english(assistant: Assistant, small: Knowledge) -> None:
    await said(assistant, "How much is the entry to the pool?")
    assert small.texts["en"]["confused_asking"] in shown(await said(assistant, "I don't understand"))
