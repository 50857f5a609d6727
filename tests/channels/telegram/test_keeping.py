"""Nothing is lost and nothing is answered twice, over HTTP."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.messages import Conversation, Incoming, Reply
from bot.sessions.store import InboxUpdate
from tests.bot_api import BotApiServer, bad_gateway, rate_limited
from tests.bot_api.fixtures import NOW, Pauses, Setup, running
from tests.bot_api.waiting import wait_until
from tests.channels.telegram.answers import echo, reply, told
from tests.channels.telegram.stores import counted, sqlite_store, unsteady_store
from tests.processes import ended

ROOT = Path(__file__).parents[3]


async def test_what_cannot_be_stored_is_not_confirmed_and_comes_again(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna = bot_api.user(7)
    pauses.hold()
    async with unsteady_store() as store:
        store.down = {"take"}
        async with running(bot_api, echo, Setup(store=store, pauses=pauses)):
            anna.says("Hallo")
            await bot_api.until(lambda: pauses.seconds, "the bot to wait")
            assert len(bot_api.state.updates) == 1
            assert anna.messages == []
            store.down = set()
            pauses.release()
            assert (await anna.hears())[0].text == "said Hallo"
            await bot_api.until(lambda: not bot_api.state.updates)
    assert {call.parameters["offset"] for call in bot_api.calls("getUpdates")[:2]} <= {"0", 0}
    assert len(anna.messages) == 1


async def test_a_store_that_stays_away_is_asked_with_growing_pauses(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna = bot_api.user(7)
    async with unsteady_store() as store, running(bot_api, echo, Setup(store=store, pauses=pauses)):
        store.down = {"hold"}
        anna.says("Hallo")
        await bot_api.until(lambda: store.failures >= 9)
        store.down = set()
        assert (await anna.hears())[0].text == "said Hallo"
    assert pauses.seconds[:9] == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]
    assert len(anna.messages) == 1


@pytest.mark.parametrize("is_at_once", [True, False])
async def test_the_same_update_again_is_answered_once(bot_api: BotApiServer, tmp_path: Path, is_at_once: bool) -> None:
    anna = bot_api.user(7)
    anna.says("eins")
    (update,) = bot_api.state.updates
    if is_at_once:
        bot_api.state.updates.append(update)
    async with sqlite_store(tmp_path / "s.sqlite3") as store, running(bot_api, echo, Setup(store=store)):
        await anna.hears()
    if not is_at_once:
        # As after a start whose confirmation was lost.
        bot_api.state.updates.append(update)
    async with sqlite_store(tmp_path / "s.sqlite3") as store, running(bot_api, echo, Setup(store=store)):
        assert (await anna.asks("zwei")).text == "said zwei"
    assert [sent.text for sent in anna.messages] == ["said eins", "said zwei"]


async def test_replies_that_wait_are_delivered_by_the_next_start_in_order(
    bot_api: BotApiServer, pauses: Pauses, tmp_path: Path
) -> None:
    async def two(incoming: Incoming) -> Sequence[Reply]:
        return [reply(f"{told(incoming)} a"), reply(f"{told(incoming)} b")]

    anna, path = bot_api.user(7), tmp_path / "s.sqlite3"
    bot_api.fails("sendMessage", rate_limited(5000))
    pauses.hold()
    async with sqlite_store(path) as store, running(bot_api, two, Setup(store=store, pauses=pauses)):
        anna.says_all(["eins", "zwei"])
        await bot_api.until(lambda: pauses.seconds == [5000] and not bot_api.state.updates)
    assert (counted(path)["outbox"], anna.messages) == (2, [])
    async with sqlite_store(path) as store, running(bot_api, two, Setup(store=store)):
        texts = [sent.text for sent in await anna.hears(4)]
        assert (await anna.asks("drei")).text == "said drei a"
    assert texts == ["said eins a", "said eins b", "said zwei a", "said zwei b"]
    assert counted(path) == {"inbox": 0, "sessions": 0, "outbox": 0}


async def test_a_turn_that_is_cut_off_is_taken_up_by_the_next_start(
    bot_api: BotApiServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.service.STOP_SECONDS", 0.01)
    anna, path = bot_api.user(7), tmp_path / "s.sqlite3"
    begun = asyncio.Event()

    async def endless(_: Incoming) -> Sequence[Reply]:
        begun.set()
        await asyncio.Event().wait()
        return []

    async with sqlite_store(path) as store, running(bot_api, endless, Setup(store=store)):
        anna.says("Hallo")
        await begun.wait()
    assert bot_api.state.updates == []
    assert counted(path)["inbox"] == 1
    async with sqlite_store(path) as store, running(bot_api, echo, Setup(store=store)):
        assert (await anna.hears())[0].text == "said Hallo"
    assert len(anna.messages) == 1


async def test_a_turn_that_fails_leaves_nothing_of_itself_but_the_apology(
    bot_api: BotApiServer, tmp_path: Path
) -> None:
    async def failing(_: Incoming) -> Sequence[Reply]:
        raise ValueError

    anna, path = bot_api.user(7), tmp_path / "s.sqlite3"
    async with sqlite_store(path) as store, running(bot_api, failing, Setup(store=store)):
        assert (await anna.asks("?")).text.startswith("Entschuldigung")
    assert counted(path) == {"inbox": 0, "sessions": 0, "outbox": 0}


async def test_a_reply_whose_arrival_nobody_confirmed_comes_again_rather_than_never(bot_api: BotApiServer) -> None:
    bot_api.fails("sendMessage", bad_gateway(is_executed=True))
    async with running(bot_api, echo):
        anna = bot_api.user(7)
        anna.says("Hallo")
        assert [sent.text for sent in await anna.hears(2)] == ["said Hallo"] * 2


async def test_a_message_that_nobody_can_read_does_not_keep_the_chat(bot_api: BotApiServer) -> None:
    async with unsteady_store() as store:
        async with store.turn(Conversation("telegram:7"), NOW) as turn:
            turn.outgoing += ["no message", '{"of": "another version"}']
        async with running(bot_api, echo, Setup(store=store)):
            assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"


async def test_an_update_that_nobody_can_read_does_not_keep_the_chat(bot_api: BotApiServer) -> None:
    async with unsteady_store() as store:
        await store.enqueue([("telegram:7", InboxUpdate(1, "no update")), ("telegram:7", InboxUpdate(2, "[]"))], NOW)
        async with running(bot_api, echo, Setup(store=store)):
            assert (await bot_api.user(7).asks("Hallo")).text == "said Hallo"


PROGRAM = """
import asyncio, sys
from pathlib import Path
from bot.channels.telegram import TelegramConfig, run
from bot.delivery import Metrics
from tests.bot_api.fixtures import PROFILE, backend_of
from tests.channels.telegram.stores import sqlite_store

async def hang(_):
    await asyncio.Event().wait()

async def main():
    async with sqlite_store(Path(sys.argv[3])) as store:
        await run(TelegramConfig(sys.argv[1], PROFILE, sys.argv[2]), backend_of(hang, store, Metrics()))

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL there")
def test_a_process_that_is_killed_in_a_turn_loses_nothing(bot_api: BotApiServer, tmp_path: Path) -> None:
    anna, path = bot_api.user(7), tmp_path / "s.sqlite3"
    anna.says_all(["eins", "zwei"])
    with ended(
        subprocess.Popen([sys.executable, "-c", PROGRAM, bot_api.token, bot_api.url, str(path)], cwd=ROOT)
    ) as process:
        wait_until(bot_api.state, lambda: not bot_api.state.updates, "the updates to be confirmed")
        process.send_signal(signal.SIGKILL)
    assert counted(path)["inbox"] == 2

    async def next_start() -> list[str]:
        async with sqlite_store(path) as store, running(bot_api, echo, Setup(store=store)):
            return [sent.text for sent in await anna.hears(2)]

    assert asyncio.run(next_start()) == ["said eins", "said zwei"]
