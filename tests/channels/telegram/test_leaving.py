"""Leaving: what is finished, what is left to the next start, and how long it takes, over HTTP."""

import asyncio
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.messages import Incoming, Reply
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from tests.bot_api import BotApiServer, Fault, bad_gateway, rate_limited, silent
from tests.bot_api.fixtures import Pauses, Setup, running
from tests.bot_api.waiting import DEADLINE_SECONDS, wait_until
from tests.channels.telegram.answers import echo, reply
from tests.channels.telegram.stores import counted, sqlite_store
from tests.processes import ended

ROOT = Path(__file__).parents[3]


async def test_running_turns_are_finished_and_everything_is_confirmed_before_leaving(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def slow(_: Incoming) -> Sequence[Reply]:
        begun.set()
        await go_on.wait()
        return [reply("fertig")]

    anna.says_all(["eins", "zwei"])
    async with running(bot_api, slow):
        await begun.wait()
        asyncio.get_running_loop().call_later(0.05, go_on.set)
    assert [sent.text for sent in anna.messages] == ["fertig", "fertig"]
    assert bot_api.state.updates == []


async def test_turns_that_do_not_end_do_not_keep_the_bot_from_leaving(
    bot_api: BotApiServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.channels.telegram.service.STOP_SECONDS", 0.01)
    begun = asyncio.Event()

    async def endless(_: Incoming) -> Sequence[Reply]:
        begun.set()
        await asyncio.Event().wait()
        return []

    async with running(bot_api, endless):
        bot_api.user(7).says_all(["eins", "zwei"])
        await begun.wait()
    assert "unfinished turns" in caplog.text


@pytest.mark.parametrize("fault", [rate_limited(5000), bad_gateway()])
async def test_a_chat_that_waits_does_not_keep_the_bot_and_gets_its_reply_from_the_next(
    bot_api: BotApiServer, pauses: Pauses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Fault
) -> None:
    # So long that only who does not wait for it leaves within the deadline.
    monkeypatch.setattr("bot.channels.telegram.service.STOP_SECONDS", 10 * DEADLINE_SECONDS)
    anna, bert, path = bot_api.user(7), bot_api.user(8), tmp_path / "s.sqlite3"
    bot_api.fails("sendMessage", fault, chat=7, times=99)
    pauses.hold()
    async with sqlite_store(path) as store, running(bot_api, echo, Setup(store=store, pauses=pauses)):
        anna.says("Hallo")
        await bot_api.until(lambda: pauses.seconds, "the bot to wait")
        await bert.asks("Hallo")
    assert (counted(path)["outbox"], anna.messages) == (1, [])
    bot_api.state.faults.clear()
    async with sqlite_store(path) as store, running(bot_api, echo, Setup(store=store)):
        assert (await anna.hears())[0].text == "said Hallo"
    assert counted(path)["outbox"] == 0


async def test_what_is_asked_after_leaving_is_answered_by_the_next_start(bot_api: BotApiServer) -> None:
    anna, store = bot_api.user(7), MemoryStore(Retention(timedelta(hours=24)))
    async with running(bot_api, echo, Setup(store=store)):
        await anna.asks("eins")
    anna.says("zwei")
    async with running(bot_api, echo, Setup(store=store)):
        assert (await anna.hears())[0].text == "said zwei"
    await store.close()


PROGRAM = """
import asyncio, sys
from datetime import timedelta
from bot.channels.telegram import TelegramConfig, run
from bot.delivery import Metrics
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from tests.bot_api.fixtures import PROFILE, backend_of
from tests.channels.telegram.answers import echo

async def main():
    store = MemoryStore(Retention(timedelta(hours=24)))
    await run(TelegramConfig(sys.argv[1], PROFILE, sys.argv[2]), backend_of(echo, store, Metrics()))
    await store.close()

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signals for the event loop there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_process_in_peace(bot_api: BotApiServer, number: signal.Signals) -> None:
    anna = bot_api.user(7)
    command = [sys.executable, "-c", PROGRAM, bot_api.token, bot_api.url]
    with ended(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)) as process:
        anna.says("Hallo")
        assert anna.waits_for()[0].text == "said Hallo"
        process.send_signal(number)
        output, _ = process.communicate(timeout=DEADLINE_SECONDS)
    assert (process.returncode, output) == (0, b"")
    assert bot_api.state.updates == []


@pytest.mark.skipif(sys.platform == "win32", reason="no signals for the event loop there")
def test_a_signal_ends_a_process_that_still_waits_for_its_first_answer(bot_api: BotApiServer) -> None:
    bot_api.fails("getMe", silent(), times=9)
    command = [sys.executable, "-c", PROGRAM, bot_api.token, bot_api.url]
    with ended(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)) as process:
        wait_until(bot_api.state, lambda: bot_api.calls("getMe"))
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=DEADLINE_SECONDS)
    assert (process.returncode, output) == (0, b"")
