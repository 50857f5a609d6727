"""A turn: what is stored of it, and what becomes of a dialogue when the knowledge changed in between."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.assistant import Assistant
from bot.dialogue.session import Session, State, Suspended
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Commanded, Content, Incoming, Said, Tapped, Unreadable
from bot.sessions.memory import MemoryStore
from bot.understanding import Understanding

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
OUTDATED = [
    Session("de", State.CHOOSING, candidates=("gone", "pool-dogs")),
    Session("de", State.ASKING, entry="pool-price", pending="gone"),
    Session("de", State.ASKING, entry="gone", pending="visitor", suspended=Suspended("gone", {"gone": "x"})),
    Session("de", State.CHANGING, entry="pool-price", facts={"gone": "x", "visitor": "adult"}),
    Session("de", State.CHANGING, entry="gone"),
    Session("de", State.ANSWERED, entry="gone", facts={"visitor": "giant"}),
]


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore(timedelta(hours=24))


@pytest.fixture
def assistant(small: Knowledge, small_matcher: Matcher, store: MemoryStore) -> Assistant:
    return Assistant(small, Understanding(small, small_matcher), store, "de")


async def kept(store: MemoryStore) -> Session | None:
    async with store.turn("a", NOW) as turn:
        return turn.session


@pytest.mark.parametrize("session", OUTDATED, ids=lambda session: f"{session.state}-{session.entry}")
@pytest.mark.parametrize(
    "content",
    [
        *(
            Said(text)
            for text in ("1", "ja", "hallo", "und als Kind?", "Hunde im Freibad?", "zurück", "ändern", "🎉", "")
        ),
        Tapped("a:de:pool-price:visitor:giant"),
        Tapped("n:de"),
        Commanded("start", "gone"),
        Unreadable(),
    ],
    ids=repr,
)
async def test_a_dialogue_of_another_knowledge_goes_on(
    session: Session, content: Content, assistant: Assistant, store: MemoryStore
) -> None:
    async with store.turn("a", NOW) as turn:
        turn.keep(session)
    assert await assistant.answer(Incoming("a", content, NOW))


async def test_new_leaves_nothing_stored(assistant: Assistant, store: MemoryStore) -> None:
    await assistant.answer(Incoming("a", Said("Was kostet der Eintritt ins Freibad?"), NOW))
    assert await kept(store) is not None
    await assistant.answer(Incoming("a", Commanded("reset"), NOW))
    assert await kept(store) is None


async def test_the_language_of_the_persons_app_is_spoken_first(assistant: Assistant) -> None:
    (reply,) = await assistant.answer(Incoming("a", Commanded("start"), NOW, "en"))
    assert reply.language == "en"
