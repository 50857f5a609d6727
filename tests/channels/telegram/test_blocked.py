"""People who want the bot no more: it writes nothing to them and keeps nothing of them, over HTTP."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.knowledge.model import Knowledge
from bot.understanding import Understanding
from tests.bot_api import BotApiServer, blocked, rate_limited
from tests.bot_api.fixtures import Pauses, Setup, running
from tests.channels.telegram.answers import echo
from tests.channels.telegram.stores import counted, sqlite_store

QUESTION = "Was kostet der Eintritt ins Freibad?"
NOTHING = {"inbox": 0, "sessions": 0, "outbox": 0}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "s.sqlite3"


@asynccontextmanager
async def at_work(
    bot_api: BotApiServer, small: Knowledge, small_understanding: Understanding, path: Path
) -> AsyncIterator[None]:
    """The whole bot with a store in this file."""
    async with (
        sqlite_store(path) as store,
        running(bot_api, Assistant(small, small_understanding, store, "de"), Setup(store=store)),
    ):
        yield


async def test_a_refusal_to_hear_the_bot_deletes_all_of_that_chat_and_nothing_of_others(
    bot_api: BotApiServer, small: Knowledge, small_understanding: Understanding, path: Path
) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    async with at_work(bot_api, small, small_understanding, path):
        await anna.asks(QUESTION)
        await bert.asks(QUESTION)
        assert counted(path)["sessions"] == 2
        bot_api.fails("sendMessage", blocked(), chat=7, times=2)
        anna.says_all(["Kind", "und der Hund?"])
        await bot_api.until(lambda: counted(path) == {**NOTHING, "sessions": 1}, "the chat to be forgotten")
        await bert.presses("Kind")
    assert counted(path) == {**NOTHING, "sessions": 1}
    assert len(anna.messages) == 1


async def test_blocking_the_bot_deletes_all_of_that_chat_at_once(
    bot_api: BotApiServer, small: Knowledge, small_understanding: Understanding, path: Path
) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    async with at_work(bot_api, small, small_understanding, path):
        await anna.asks(QUESTION)
        await bert.asks(QUESTION)
        anna.blocks_bot()
        await bot_api.until(lambda: counted(path)["sessions"] == 1, "the chat to be forgotten")
    assert counted(path) == {**NOTHING, "sessions": 1}
    assert [call.chat for call in bot_api.calls("sendMessage")] == [7, 8]


async def test_replies_that_wait_for_a_person_who_blocks_the_bot_are_deleted(
    bot_api: BotApiServer, pauses: Pauses, path: Path
) -> None:
    anna = bot_api.user(7)
    bot_api.fails("sendMessage", rate_limited(5000))
    pauses.hold()
    async with sqlite_store(path) as store, running(bot_api, echo, Setup(store=store, pauses=pauses)):
        anna.says("Hallo")
        await bot_api.until(lambda: pauses.seconds)
        anna.blocks_bot()
        await bot_api.until(lambda: not bot_api.state.updates)
        assert counted(path)["outbox"] == 1
        pauses.release()
        await bot_api.until(lambda: counted(path) == NOTHING, "the chat to be forgotten")
    assert anna.messages == []


async def test_a_group_that_throws_the_bot_out_is_forgotten_with_everybody_in_it(
    bot_api: BotApiServer, small: Knowledge, small_understanding: Understanding, path: Path
) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    group = bot_api.group(-100)
    async with at_work(bot_api, small, small_understanding, path):
        await anna.at(group).asks(f"@hofbot {QUESTION}")
        await bert.at(group).asks(f"@hofbot {QUESTION}")
        await bert.asks(QUESTION)
        assert counted(path)["sessions"] == 3
        anna.removes_bot_from(group)
        await bot_api.until(lambda: counted(path)["sessions"] == 1, "the group to be forgotten")
    assert counted(path) == {**NOTHING, "sessions": 1}


async def test_who_comes_back_is_answered(bot_api: BotApiServer, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    anna = bot_api.user(7)
    async with running(bot_api, echo):
        await anna.asks("Hallo")
        anna.blocks_bot()
        await bot_api.until(lambda: "what was stored of it is gone" in caplog.text)
        anna.unblocks_bot()
        anna.opens_link()
        assert (await anna.hears())[0].text == "commanded start"


async def test_who_blocked_the_bot_and_came_back_while_it_was_away_is_answered(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    anna.blocks_bot()
    anna.unblocks_bot()
    anna.says("Hallo")
    async with running(bot_api, echo):
        assert (await anna.hears())[0].text == "said Hallo"


async def test_a_new_member_is_not_talked_at(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    group = bot_api.group(-100)
    async with running(bot_api, echo):
        anna.joins(group)
        assert (await anna.asks("Hallo")).text == "said Hallo"
    assert [call.chat for call in bot_api.calls("sendMessage")] == [7]
