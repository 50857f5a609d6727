"""A knowledge of one language: whoever would like another one is answered in this, and told so."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.assistant import Assistant
from bot.dialogue.session import Session, State
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Commanded, Content, Conversation, Incoming, Reply, Said, Tapped
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from bot.understanding import Understanding
from tests.small import only_german, write_small

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
SOMEBODY = Conversation("a")
ONLY_GERMAN = "Ich kann nur Deutsch. · Sorry, I only speak German"


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load(only_german(write_small(tmp_path_factory.mktemp("german") / "knowledge"))).knowledge


@pytest.fixture(scope="module")
def understanding(german: Knowledge) -> Understanding:
    return Understanding(german, Matcher(german))


@pytest.fixture
async def store() -> AsyncIterator[MemoryStore]:
    made = MemoryStore(Retention(timedelta(hours=24)))
    yield made
    await made.close()


@pytest.fixture
def assistant(german: Knowledge, understanding: Understanding, store: MemoryStore) -> Assistant:
    # Whoever runs it may have set another language, and people's apps are set to any.
    return Assistant(german, understanding, store, "en")


async def told(assistant: Assistant, *contents: Content) -> str:
    replies: tuple[Reply, ...] = ()
    for content in contents:
        replies = await assistant.answer(Incoming(SOMEBODY, content, NOW, "en"))
    assert {reply.language for reply in replies} == {"de"}
    lines = [line.text for reply in replies for block in reply.blocks for line in block.lines]
    return "\n".join([*lines, *(choice.label for reply in replies for choice in reply.choices)])


@pytest.mark.parametrize(
    "content",
    [
        Commanded("language"),
        Commanded("english"),
        Tapped("l:en"),
        Said("english please"),
        Said("sprache"),
        Said("Deutsch"),
    ],
)
async def test_there_is_but_one_language_to_choose(content: Content, assistant: Assistant) -> None:
    said = await told(assistant, content)
    assert said.startswith(ONLY_GERMAN)
    assert "English" not in said.replace(ONLY_GERMAN, "")


async def test_the_choice_goes_on_with_the_question_that_is_open(assistant: Assistant) -> None:
    said = await told(assistant, Said("Was kostet der Eintritt ins Freibad?"), Said("english please"))
    assert said.startswith(ONLY_GERMAN)
    assert "Wer möchte baden?" in said


async def test_a_question_in_another_language_is_declined_politely(assistant: Assistant) -> None:
    assert (await told(assistant, Said("Where is the next bus stop, and when does it go?"))).startswith(ONLY_GERMAN)


async def test_a_question_that_is_understood_all_the_same_is_answered(assistant: Assistant) -> None:
    assert "Nein, Hunde bleiben draußen." in await told(assistant, Said("Hunde im Freibad?"))
    assert "Fragen Sie mich gern etwas zum Freibad" in await told(assistant, Said("hello"))


async def test_buttons_and_dialogues_of_a_language_that_is_gone_go_on(assistant: Assistant, store: MemoryStore) -> None:
    async with store.turn(SOMEBODY, NOW) as turn:
        turn.keep(Session("en", State.ASKING, entry="pool-price", pending="visitor"))
    assert "Ja, für Kinder ist der Eintritt frei." in await told(assistant, Tapped("a:en:pool-price:visitor:child"))


async def test_the_help_speaks_of_no_other_language(assistant: Assistant) -> None:
    said = await told(assistant, Commanded("help"))
    assert "Stellen Sie mir eine Frage" in said
    assert "English" not in said


async def test_suggestions_are_in_the_one_language(assistant: Assistant) -> None:
    (card, *_) = await assistant.suggest("Hunde im Freibad", "en")
    assert card.title == "Hunde im Freibad"
    assert card.reply.language == "de"
