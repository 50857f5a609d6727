"""Messages that are changed afterwards: an answer corrects what it told, a question begins anew, the rest stands.

Channels number messages; where they do not, only what the change itself says counts.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.assistant import Assistant
from bot.dialogue.session import Session, State
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Commanded, Content, Conversation, Incoming, Said, Tapped
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from bot.understanding import Understanding

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
SOMEBODY = Conversation("a")
PRICE = "Was kostet der Eintritt ins Freibad?"
DOGS = "Darf mein Hund mit ins Freibad?"
CORRECTED = "Ich habe Ihre Änderung übernommen."
ANEW = "Sie haben Ihre Frage geändert; ich lese sie neu."
LEFT_ALONE = "Ihre Änderung habe ich gesehen."


class Chat:
    """A chat whose messages are numbered, one after the other, and keep their numbers when they are changed."""

    def __init__(self, assistant: Assistant, store: MemoryStore) -> None:
        self._assistant = assistant
        self._store = store
        self._last = 0

    async def says(self, text: str) -> str:
        self._last += 1
        return await self._send(Said(text, number=str(self._last)))

    async def edits(self, number: int, text: str) -> str:
        return await self._send(Said(text, is_edit=True, number=str(number)))

    async def sends(self, content: Content) -> str:
        return await self._send(content)

    async def _send(self, content: Content) -> str:
        replies = await self._assistant.answer(Incoming(SOMEBODY, content, NOW))
        return "\n".join(line.text for reply in replies for block in reply.blocks for line in block.lines)

    async def stands(self, session: Session) -> None:
        """Let the dialogue stand there."""
        async with self._store.turn(SOMEBODY, NOW) as turn:
            turn.keep(session)

    @property
    async def session(self) -> Session:
        async with self._store.turn(SOMEBODY, NOW) as turn:
            assert turn.session is not None
            return turn.session


@pytest.fixture(scope="module")
def understanding(small: Knowledge, small_matcher: Matcher) -> Understanding:
    return Understanding(small, small_matcher)


@pytest.fixture
async def chat(small: Knowledge, understanding: Understanding) -> AsyncIterator[Chat]:
    store = MemoryStore(Retention(timedelta(hours=24)))
    yield Chat(Assistant(small, understanding, store, "de"), store)
    await store.close()


@pytest.fixture
async def answered(chat: Chat) -> Chat:
    """Message 1 asked, 2 said who, 3 that there is no season ticket."""
    await chat.says(PRICE)
    await chat.says("Erwachsene")
    assert "Nein, Erwachsene zahlen fünf Euro." in await chat.says("Nein")
    return chat


# --- an answer that was changed ---


async def test_the_last_answer_is_corrected(answered: Chat) -> None:
    told = await answered.edits(3, "Ja")
    assert told.startswith(CORRECTED)
    assert "Sie sagen jetzt: mit Saisonkarte. Dann gilt:" in told
    assert (await answered.session).facts == {"visitor": "adult", "ticket": "yes"}


async def test_an_earlier_answer_is_corrected_though_the_dialogue_has_moved_on(answered: Chat) -> None:
    told = await answered.edits(2, "Kind")
    assert told.startswith(CORRECTED)
    assert "Sie sagen jetzt: Kind. Dann gilt:" in told
    assert "Ja, für Kinder ist der Eintritt frei." in told
    assert (await answered.session).facts["visitor"] == "child"


async def test_a_correction_that_ends_the_next_question_is_answered(chat: Chat) -> None:
    await chat.says(PRICE)
    await chat.says("Erwachsene")
    assert "Ja, für Kinder ist der Eintritt frei." in await chat.edits(2, "Kind")
    assert (await chat.session).state is State.ANSWERED


async def test_a_correction_asks_what_then_matters(chat: Chat) -> None:
    await chat.says(PRICE)
    await chat.says("Kind")
    told = await chat.edits(2, "Erwachsene")
    assert "Haben Sie eine Saisonkarte?" in told
    session = await chat.session
    assert (session.state, session.pending, session.facts) == (State.ASKING, "ticket", {"visitor": "adult"})


async def test_an_answer_can_be_corrected_more_than_once(answered: Chat) -> None:
    await answered.edits(3, "Ja")
    await answered.edits(2, "Kind")
    await answered.edits(2, "Erwachsene")
    told = await answered.edits(3, "Nein")
    assert "Nein, Erwachsene zahlen fünf Euro." in told
    assert (await answered.session).facts == {"visitor": "adult", "ticket": "no"}


async def test_an_answer_is_corrected_to_not_knowing(answered: Chat) -> None:
    told = await answered.edits(3, "weiß nicht")
    assert "Nicht bekannt: Haben Sie eine Saisonkarte?" in told


async def test_an_answer_is_corrected_after_something_else_was_said(answered: Chat) -> None:
    await answered.says("danke")
    await answered.says("Quelle?")
    assert "Ja, mit der Saisonkarte ist alles bezahlt." in await answered.edits(3, "Ja")


async def test_an_answer_that_was_changed_by_a_button_since_is_corrected_all_the_same(answered: Chat) -> None:
    await answered.sends(Tapped("a:de:pool-price:ticket:yes"))
    assert "Nein, Erwachsene zahlen fünf Euro." in await answered.edits(3, "Nein")


async def test_an_answer_that_became_a_question_is_asked_anew(answered: Chat) -> None:
    told = await answered.edits(3, DOGS)
    assert told.startswith(ANEW)
    assert "Nein, Hunde bleiben draußen." in told


@pytest.mark.parametrize("text", ["danke", "tschüss"])
async def test_an_answer_that_became_small_talk_is_met_with_silence(text: str, answered: Chat) -> None:
    before = await answered.session
    assert await answered.edits(2, text) == ""
    assert await answered.session == before


async def test_an_answer_of_a_topic_that_was_left_is_left_alone(answered: Chat) -> None:
    await answered.says(DOGS)
    before = await answered.session
    assert (await answered.edits(3, "Ja")).startswith(LEFT_ALONE)
    assert await answered.session == before


async def test_after_everything_was_forgotten_an_answer_corrects_nothing(answered: Chat) -> None:
    await answered.sends(Commanded("reset"))
    assert (await answered.edits(3, "Ja")).startswith(LEFT_ALONE)


# --- the last message ---


async def test_the_last_message_is_read_in_the_present_dialogue(answered: Chat) -> None:
    await answered.says("und mit Saisonkarte?")
    told = await answered.edits(4, "und wenn ich ein Kind bin?")
    assert "Ja, für Kinder ist der Eintritt frei." in told
    assert CORRECTED in told


async def test_the_last_message_stays_the_last_when_an_earlier_one_is_changed(answered: Chat) -> None:
    await answered.says("und mit Saisonkarte?")
    await answered.edits(2, "Erwachsene")
    assert CORRECTED in await answered.edits(4, "und wenn ich ein Kind bin?")


async def test_a_choice_that_was_changed_before_it_was_understood_is_made(chat: Chat) -> None:
    """Message 2 was no choice that could be understood; changed to one, it is."""
    await chat.stands(Session("de", State.CHOOSING, candidates=("pool-dogs", "pool-hours"), numbers={"": "7"}))
    told = await chat.edits(7, "2")
    assert told.startswith(CORRECTED)
    assert (await chat.session).entry == "pool-hours"


# --- a question that was changed ---


async def test_the_question_begins_anew_with_what_was_answered_since(answered: Chat) -> None:
    told = await answered.edits(1, f"{PRICE} Mit Saisonkarte.")
    assert told.startswith(ANEW)
    assert "Ja, mit der Saisonkarte ist alles bezahlt." in told


async def test_another_question_takes_its_place(answered: Chat) -> None:
    told = await answered.edits(1, DOGS)
    assert told.startswith(ANEW)
    assert "Nein, Hunde bleiben draußen." in told
    assert (await answered.session).entry == "pool-dogs"


async def test_a_question_that_nothing_answers_is_declined_anew(answered: Chat) -> None:
    told = await answered.edits(1, "Wie backe ich ein gutes Brot?")
    assert told.startswith(ANEW)
    assert "raten will ich nicht" in told


async def test_an_old_message_that_now_tells_a_fact_changes_the_answer(answered: Chat) -> None:
    await answered.says("danke")
    told = await answered.edits(1, "Wir haben doch eine, also mit Saisonkarte")
    assert "Ja, mit der Saisonkarte ist alles bezahlt." in told


# --- left alone ---


@pytest.mark.parametrize("number", [1, 99])
@pytest.mark.parametrize("text", ["Ja", "2", "zurück", "alles löschen", "🎉"])
async def test_something_old_that_tells_nothing_is_left_alone(text: str, number: int, answered: Chat) -> None:
    before = await answered.session
    assert (await answered.edits(number, text)).startswith(LEFT_ALONE)
    assert await answered.session == before


async def test_a_number_of_another_chat_means_nothing_here(answered: Chat) -> None:
    before = await answered.session
    assert (await answered.edits(42, "Ja")).startswith(LEFT_ALONE)
    assert await answered.session == before


async def test_where_messages_have_no_numbers_an_answer_cannot_be_corrected(answered: Chat) -> None:
    before = await answered.session
    assert (await answered.sends(Said("Ja", is_edit=True))).startswith(LEFT_ALONE)
    assert await answered.session == before


async def test_no_text_is_kept_to_compare_with(answered: Chat) -> None:
    session = await answered.session
    assert session.numbers == {"visitor": "2", "ticket": "3", "": "3"}
