"""What the commands build: the store at its address, and the bot as a process."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.cli import run
from bot.cli.run import open_store
from bot.cli.telegram import profile
from bot.dialogue.session import Session
from bot.knowledge.model import Knowledge
from bot.messages import COMMANDS
from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import StoreUnavailable
from bot.settings import Settings, StoreAddress

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def settings(path: Path | None, *, is_set: bool) -> Settings:
    return Settings(StoreAddress(path), is_set, timedelta(hours=24), "de", None, "https://api.telegram.org")


async def test_the_default_store_makes_its_folder(tmp_path: Path) -> None:
    chosen = settings(tmp_path / "data" / "s.sqlite3", is_set=False)
    async with open_store(chosen, chosen.store) as store:
        assert isinstance(store, SqliteStore)
    assert (tmp_path / "data" / "s.sqlite3").exists()


async def test_a_default_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    chosen = settings(tmp_path / "file" / "s.sqlite3", is_set=False)
    with pytest.raises(StoreUnavailable, match="set BOT_STORE"):
        async with open_store(chosen, chosen.store):
            pass


async def test_memory_needs_no_folder() -> None:
    chosen = settings(None, is_set=True)
    async with open_store(chosen, chosen.store) as store:
        assert isinstance(store, MemoryStore)


async def test_what_has_expired_is_deleted_at_start_without_anybody_writing(tmp_path: Path) -> None:
    chosen = settings(tmp_path / "s.sqlite3", is_set=True)
    async with open_store(chosen, chosen.store) as store, store.turn("a", LONG_AGO) as turn:
        turn.keep(Session("de"))
    async with open_store(chosen, chosen.store) as store, store.turn("b", LONG_AGO):
        # The first purge has run by the time a turn is opened: both go through the store's one connection, in order.
        pass
    async with open_store(chosen, chosen.store) as store, store.turn("a", LONG_AGO) as turn:
        assert turn.session is None


def test_the_profile_offers_commands_that_exist_in_both_languages(real: Knowledge) -> None:
    shown = profile(real, "de")
    for wording in shown.wordings.values():
        assert {COMMANDS[name] for name, _ in wording.commands} >= {"start", "help", "reset", "language", "privacy"}
        assert all(1 <= len(description) <= 256 for _, description in wording.commands)
        assert len(wording.description) <= 512
        assert len(wording.short_description) <= 120


class _Locked(MemoryStore):
    """A store whose file another program holds; it tells when a purge was tried a second time."""

    tries = 0
    tried_twice: asyncio.Event

    async def delete_expired(self, at: datetime) -> int:
        self.tries += 1
        if self.tries == 2:
            self.tried_twice.set()
        raise StoreUnavailable("BOT_STORE")


async def test_a_purge_that_fails_is_tried_again_and_the_store_still_closes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(_Locked, "tried_twice", asyncio.Event(), raising=False)
    monkeypatch.setattr(run, "MemoryStore", _Locked)
    monkeypatch.setattr(run, "PURGE_INTERVAL_SECONDS", 0.0)
    chosen = settings(None, is_set=True)
    async with open_store(chosen, chosen.store):
        await _Locked.tried_twice.wait()
    assert "expired sessions were not deleted" in caplog.text
