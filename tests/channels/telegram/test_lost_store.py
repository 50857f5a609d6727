"""The store's disk is full, or its file was taken away, while the bot runs: over HTTP, on file systems of their own."""

import asyncio
import logging
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.sessions.store import StoreLost
from tests.bot_api import BotApiServer, User
from tests.bot_api.fixtures import Setup, running
from tests.channels.telegram.answers import echo
from tests.channels.telegram.hooks import Hook, hooked, is_taken, update
from tests.channels.telegram.stores import counted, sqlite_store
from tests.disks import fill, small_disk


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr("bot.channels.telegram.readiness.PROBE_SECONDS", 0)
    caplog.set_level(logging.INFO)


async def readiness(hook: Hook) -> tuple[int, str]:
    answer = await hook.get("/readyz")
    return answer.status_code, answer.text


async def settled(bot_api: BotApiServer, person: User, path: Path) -> None:
    """A question is answered. Until the reply is known to have arrived, it waits in the file and would come again."""
    await person.asks("eins")
    await bot_api.until(lambda: counted(path)["outbox"] == 0)


async def test_on_a_full_disk_the_bot_is_not_ready_and_takes_nothing_until_there_is_room(
    bot_api: BotApiServer, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot_api.user(7)
    with small_disk(tmp_path / "disk") as disk:
        async with (
            sqlite_store(disk / "s.sqlite3") as store,
            hooked(bot_api, echo, is_polling=True, store=store) as hook,
        ):
            await settled(bot_api, anna, disk / "s.sqlite3")
            assert await readiness(hook) == (200, "ok")
            filling = fill(disk)
            # What the log has room for is still written, and then no more.
            for _ in range(5000):
                if (await readiness(hook))[0] != 200:
                    break
            assert await readiness(hook) == (503, "disk full")
            assert (await hook.get("/healthz")).status_code == 200
            anna.says("zwei" * 900)
            await bot_api.until(lambda: "cannot be kept" in caplog.text)
            assert bot_api.state.updates
            assert len(anna.messages) == 1
            filling.unlink()
            assert (await anna.hears())[0].text.startswith("said zweizwei")
            assert await readiness(hook) == (200, "ok")
    assert f"BOT_STORE: {disk}/s.sqlite3 cannot be used for now (disk full): make room on its disk" in caplog.text
    assert "zwei" not in caplog.text


async def test_a_lock_is_told_by_name_while_the_bot_runs(
    bot_api: BotApiServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.sessions.sqlite.file._BUSY_TIMEOUT_SECONDS", 0.05)
    anna, path = bot_api.user(7), tmp_path / "s.sqlite3"
    async with sqlite_store(path) as store, hooked(bot_api, echo, is_polling=True, store=store) as hook:
        await settled(bot_api, anna, path)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert await readiness(hook) == (503, "locked by another program")
        anna.says("zwei")
        await bot_api.until(lambda: "cannot be kept" in caplog.text)
        other.execute("ROLLBACK")
        other.close()
        assert (await anna.hears())[0].text == "said zwei"
    assert "(locked by another program): end what holds it" in caplog.text


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def take_away(path: Path) -> None:
    path.rename(path.with_suffix(".elsewhere"))


def replace_(path: Path) -> None:
    """By a copy of it, as from a backup."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("VACUUM INTO ?", (str(path.with_suffix(".copy")),))
    path.with_suffix(".copy").rename(path)


@pytest.mark.parametrize("change", [take_away, replace_])
async def test_what_comes_after_the_file_was_taken_away_is_left_to_the_next_start(
    bot_api: BotApiServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: object
) -> None:
    monkeypatch.setattr("bot.channels.telegram.service.LOOK_SECONDS", 0.1)
    anna, path = bot_api.user(7), tmp_path / "s.sqlite3"
    assert callable(change)

    async def life() -> None:
        async with (
            sqlite_store(path) as store,
            running(bot_api, echo, Setup(store=store)) as bot,
        ):
            await settled(bot_api, anna, path)
            monkeypatch.setattr("bot.channels.telegram.service.LOST_SECONDS", 0.3)
            change(path)
            anna.says("zwei")
            await asyncio.wait({bot})

    with pytest.raises(StoreLost, match="was deleted or replaced while the bot runs"):
        await life()
    assert len(anna.messages) == 1
    assert len(bot_api.state.updates) == 1
    # It belongs to the file that was taken away, and would be read into the next.
    assert not log_of(path).exists() or log_of(path).stat().st_size == 0
    async with sqlite_store(path) as store, running(bot_api, echo, Setup(store=store)):
        assert (await anna.hears())[0].text == "said zwei"
    assert counted(path)["inbox"] == 0


async def test_a_file_that_is_put_back_is_used_on(
    bot_api: BotApiServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.channels.telegram.service.LOOK_SECONDS", 0.05)
    anna, path = bot_api.user(7), tmp_path / "s.sqlite3"
    async with sqlite_store(path) as store, hooked(bot_api, echo, is_polling=True, store=store) as hook:
        await settled(bot_api, anna, path)
        path.rename(tmp_path / "elsewhere")
        assert await readiness(hook) == (503, "store deleted or replaced")
        anna.says("zwei")
        await bot_api.until(lambda: "cannot be kept" in caplog.text)
        assert bot_api.state.updates
        (tmp_path / "elsewhere").rename(path)
        assert (await anna.hears())[0].text == "said zwei"
        assert await readiness(hook) == (200, "ok")
    assert "was deleted or replaced while the bot runs: put it back, or start the bot anew" in caplog.text


async def test_a_webhook_takes_nothing_into_a_file_that_is_gone(
    local_api: BotApiServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.service.LOOK_SECONDS", 0.05)
    path = tmp_path / "s.sqlite3"

    async def life() -> None:
        async with sqlite_store(path) as store, hooked(local_api, echo, store=store) as hook:
            path.unlink()
            assert (await hook.post(update(1, "Hallo"))).status_code == 503
            monkeypatch.setattr("bot.channels.telegram.service.LOST_SECONDS", 0.1)
            await local_api.until(lambda: not is_taken(hook.port))

    with pytest.raises(StoreLost):
        await life()
