"""What is said beside questions, from the words to the reply: details, denials, what if, words, countries, alarms."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.assistant import Assistant
from bot.dialogue import events
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State, Suspended
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Conversation, Incoming, Said
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from bot.understanding import Understanding

AT = datetime(2026, 10, 24, 12, tzinfo=UTC)
PRICE = "Was kostet der Eintritt ins Freibad?"
DOGS = "Darf mein Hund mit ins Freibad?"
LEARNING = {"skill": "none"}
IDLE = Session("de")
ASKING = Session("de", State.ASKING, entry="pool-course", pending="skill")
#: Told that they may not dive, whichever pool it is; which one would be more precise.
REFINING = Session(
    "de", State.ANSWERED, entry="pool-dive", facts=LEARNING, pending="depth", told=Suspended("pool-dive", LEARNING)
)
PAYING = {"visitor": "adult", "ticket": "no"}
ANSWERED = Session("de", State.ANSWERED, entry="pool-price", facts=PAYING, told=Suspended("pool-price", PAYING))


@pytest.fixture(scope="module")
def understanding(grown: Knowledge, grown_matcher: Matcher) -> Understanding:
    return Understanding(grown, grown_matcher)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Tiefes Becken", events.Answered("depth", "deep")),
        ("ins tiefe Becken", events.Answered("depth", "deep")),
        ("into the shallow pool", events.Answered("depth", "shallow")),
        ("das erste", events.Answered("depth", "shallow")),
        ("2", events.Answered("depth", "deep")),
    ],
)
def test_what_would_be_more_precise_is_answered_in_words_and_by_number(
    text: str, event: Event, understanding: Understanding
) -> None:
    assert understanding.of(REFINING, Said(text), AT).event == event


@pytest.mark.parametrize("text", ["danke", "weiß nicht", "Quelle?", DOGS, "7"])
def test_what_is_no_answer_to_it_is_read_as_after_any_answer(text: str, understanding: Understanding) -> None:
    assert not isinstance(understanding.of(REFINING, Said(text), AT).event, events.Answered)


@pytest.mark.parametrize(
    ("session", "text", "event"),
    [
        (ASKING, "ich bin kein Nichtschwimmer", events.Excluded({"skill": ("none",)})),
        (ASKING, "nicht mit Schwimmabzeichen", events.Excluded({"skill": ("badge",)})),
        (ASKING, "not a non-swimmer", events.Excluded({"skill": ("none",)})),
        (IDLE, "Ich bin kein Kind", events.Excluded({"visitor": ("child",)})),
    ],
)
def test_what_is_denied_is_no_answer_and_no_question(
    session: Session, text: str, event: Event, understanding: Understanding
) -> None:
    assert understanding.of(session, Said(text), AT).event == event


@pytest.mark.parametrize(
    ("text", "supposed"),
    [
        ("und mit Saisonkarte?", {"ticket": "yes"}),
        ("was wäre mit Saisonkarte?", {"ticket": "yes"}),
        ("und wenn ich ein Kind wäre?", {"visitor": "child"}),
        ("and what if it was with a season ticket?", {"ticket": "yes"}),
    ],
)
def test_what_if_is_a_supposition_and_tells_nothing(
    text: str, supposed: dict[str, str], understanding: Understanding
) -> None:
    assert understanding.of(ANSWERED, Said(text), AT).event == events.Supposed(supposed)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("Was ist eine Saisonkarte?", "season-ticket"),
        ("Was heißt Dauerkarte?", "season-ticket"),
        ("Was bedeutet Saisonkarte plus?", "season-ticket-plus"),
        ("What is a season ticket?", "season-ticket"),
        ("What does attendant mean?", "attendant"),
    ],
)
@pytest.mark.parametrize("session", [IDLE, ASKING, ANSWERED], ids=["idle", "asking", "answered"])
def test_a_word_is_asked_for_wherever_the_dialogue_stands(
    session: Session, text: str, term: str, understanding: Understanding
) -> None:
    assert understanding.of(session, Said(text), AT).event == events.TermAsked(term)


# --- through the assistant ---


class Chat:
    def __init__(self, knowledge: Knowledge, understanding: Understanding, store: MemoryStore) -> None:
        self._assistant = Assistant(knowledge, understanding, store, "de")

    async def __call__(self, text: str) -> list[str]:
        """The lines of all replies."""
        replies = await self._assistant.answer(Incoming(Conversation("a"), Said(text), AT))
        return [line.text for reply in replies for block in reply.blocks for line in block.lines]


@pytest.fixture
async def chat(grown: Knowledge, understanding: Understanding) -> AsyncIterator[Chat]:
    store = MemoryStore(Retention(timedelta(hours=24)))
    yield Chat(grown, understanding, store)
    await store.close()


ABROAD = "Ich kenne nur die Badeordnung hier."


async def test_a_country_is_remarked_on_once_before_the_answer(chat: Chat) -> None:
    told = await chat("Darf mein Hund in Wien ins Freibad?")
    assert told[0] == ABROAD
    assert "Nein, Hunde bleiben draußen." in told
    again = await chat("Und wann hat das Freibad in Wien offen?")
    assert ABROAD not in again
    assert "Geöffnet ist von neun bis zwanzig Uhr." in again


async def test_a_country_alone_is_an_answer_and_the_open_question_comes_back(chat: Chat) -> None:
    await chat(PRICE)
    told = await chat("Gilt das auch in Österreich?")
    assert told[0] == ABROAD
    assert told[-1] == "Wer möchte baden?"
    # It was said already, and need not be said beside the next answer.
    assert ABROAD not in await chat("Darf mein Hund in Wien ins Freibad?")


async def test_an_alarm_comes_first_with_its_deadline_and_the_open_question_after_it(
    chat: Chat, grown: Knowledge
) -> None:
    await chat(PRICE)
    told = await chat("Hilfe, seit 10 Uhr ertrinkt jemand!")
    assert told[:2] == ["Jemand ist in Not", "Rufen Sie die Aufsicht."]
    # Saturday at ten; a night later the clock has been put back by an hour.
    assert any(
        "am Samstag, 24.10.2026 um 10:00 Uhr" in line and "am Sonntag, 25.10.2026 um 09:00 Uhr" in line for line in told
    )
    assert told[-1] == "Wer möchte baden?"


async def test_nothing_is_said_twice_in_a_row_in_the_same_words(chat: Chat) -> None:
    said = [tuple(await chat("danke")) for _ in range(3)]
    assert len(set(said)) == 3


async def test_what_was_supposed_is_told_back_and_forth(chat: Chat) -> None:
    await chat(PRICE)
    await chat("Erwachsene")
    await chat("Nein")
    assert "Angenommen: mit Saisonkarte" in await chat("und mit Saisonkarte?")
    told = await chat("zurück")
    assert "Nein, Erwachsene zahlen fünf Euro." in told
    assert not any("Angenommen" in line for line in told)


async def test_the_second_question_of_a_message_is_taken_up(chat: Chat) -> None:
    told = await chat("Was kostet der Eintritt ins Freibad? Darf mein Hund mit ins Freibad?")
    assert told[0] == "Ihre weitere Frage (Hunde) kommt danach."
    assert "Nein, Hunde bleiben draußen." in await chat("Kind")
