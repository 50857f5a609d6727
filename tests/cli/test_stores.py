"""Opening the store that is set: at its address, with its key, and with what has expired deleted all along."""

import asyncio
import base64
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import settings
from bot.cli import stores
from bot.cli.stores import open_store
from bot.dialogue.session import Session
from bot.messages import Conversation
from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import Expired, InboxUpdate, Store, StoreUnavailable
from bot.settings import Settings, SettingsError, StoreAddress

SOMEBODY = Conversation("a")
KEY, OTHER_KEY = (base64.b64encode(letter * 32).decode() for letter in (b"k", b"o"))


def chosen(path: Path, **environment: str) -> Settings:
    return settings.read({"BOT_STORE": f"sqlite:///{path}", **environment})


def unset(path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of somebody who has not said where to keep things; the default place is this one."""
    monkeypatch.setattr(settings, "user_data_path", lambda *_, **__: path)
    return settings.read({})


async def keep(set_: Settings, session: Session) -> None:
    async with open_store(set_, set_.store) as store, store.turn(SOMEBODY, datetime.now(UTC)) as turn:
        turn.keep(session)


async def read(set_: Settings) -> Session | None:
    async with open_store(set_, set_.store) as store, store.turn(SOMEBODY, datetime.now(UTC)) as turn:
        return turn.session


async def refusal(set_: Settings) -> str:
    """The one line that opening ends with."""
    with pytest.raises((StoreUnavailable, SettingsError)) as caught:
        async with open_store(set_, set_.store):
            pass
    assert "\n" not in str(caught.value)
    return str(caught.value)


async def test_the_default_store_makes_its_folder_for_its_account_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_ = unset(tmp_path / "data", monkeypatch)
    async with open_store(set_, set_.store) as store:
        assert isinstance(store, SqliteStore)
    assert (tmp_path / "data" / "sessions.sqlite3").exists()
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


async def test_a_default_folder_that_cannot_be_made_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    assert "set BOT_STORE" in await refusal(unset(tmp_path / "file", monkeypatch))


async def test_memory_needs_no_folder_and_no_key(capsys: pytest.CaptureFixture[str]) -> None:
    set_ = settings.read({"BOT_STORE": "memory:"})
    async with open_store(set_, set_.store) as store:
        assert isinstance(store, MemoryStore)
    assert capsys.readouterr().err == ""


async def test_a_key_is_made_once_and_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    set_, key = chosen(tmp_path / "s.sqlite3"), tmp_path / "s.sqlite3.key"
    await keep(set_, Session("en"))
    told = capsys.readouterr().err
    assert str(key) in told
    assert told.count("\n") == 1
    made = key.read_text("ascii")
    assert made.strip() not in told
    assert len(base64.b64decode(made, validate=False)) == 32
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert await read(set_) == Session("en")
    assert capsys.readouterr().err == ""
    assert key.read_text("ascii") == made


async def test_each_database_has_a_key_of_its_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        await keep(chosen(tmp_path / name), Session("en"))
    assert (tmp_path / "one.key").read_text("ascii") != (tmp_path / "two.key").read_text("ascii")


async def test_a_database_is_nothing_without_its_key(tmp_path: Path) -> None:
    set_ = chosen(tmp_path / "s.sqlite3")
    await keep(set_, Session("en"))
    (tmp_path / "s.sqlite3.key").unlink()
    assert (await refusal(set_)).startswith("BOT_STORE_KEY: ")


@pytest.mark.parametrize(
    ("content", "says"), [(b"", "is empty"), (b"\n", "is empty"), (b"short", "no key"), (b"\xff\xfe", "cannot be read")]
)
async def test_a_key_file_that_holds_no_key_is_named(content: bytes, says: str, tmp_path: Path) -> None:
    key = tmp_path / "s.sqlite3.key"
    key.write_bytes(content)
    message = await refusal(chosen(tmp_path / "s.sqlite3"))
    assert message.startswith("BOT_STORE_KEY")
    assert str(key) in message
    assert says in message
    assert "short" not in message
    assert key.read_bytes() == content


async def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "s.sqlite3.key").mkdir()
    message = await refusal(chosen(tmp_path / "s.sqlite3"))
    assert message.startswith("BOT_STORE_KEY")
    assert "cannot be read" in message


async def test_a_mistyped_folder_is_told_as_the_stores(tmp_path: Path) -> None:
    assert (await refusal(chosen(tmp_path / "mistyped" / "s.sqlite3"))).startswith("BOT_STORE:")


async def test_no_key_is_made_for_what_cannot_be_a_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder").mkdir()
    assert (await refusal(chosen(tmp_path / "folder"))).startswith("BOT_STORE:")
    assert os.listdir(tmp_path) == ["folder"]
    assert capsys.readouterr().err == ""


async def test_the_key_that_is_set_is_used(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "s.sqlite3"
    await keep(chosen(path, BOT_STORE_KEY=KEY), Session("en"))
    assert await read(chosen(path, BOT_STORE_KEY=KEY)) == Session("en")
    assert "BOT_STORE_KEY" in await refusal(chosen(path, BOT_STORE_KEY=OTHER_KEY))
    assert not (tmp_path / "s.sqlite3.key").exists()
    assert capsys.readouterr().err == ""


async def test_the_key_may_come_from_a_file_with_the_old_one_below_it(tmp_path: Path) -> None:
    path, file = tmp_path / "s.sqlite3", tmp_path / "secret"
    file.write_text(f"{KEY}\n", encoding="ascii")
    await keep(chosen(path, BOT_STORE_KEY=KEY), Session("en"))
    set_ = chosen(path, BOT_STORE_KEY_FILE=str(file))
    assert await read(set_) == Session("en")
    file.write_text(f"{OTHER_KEY}\n{KEY}\n", encoding="ascii")
    # Opened once with both, the store belongs to the new one.
    await read(chosen(path, BOT_STORE_KEY_FILE=str(file)))
    assert "BOT_STORE_KEY" in await refusal(chosen(path, BOT_STORE_KEY=KEY))


async def test_redis_without_a_key_is_refused() -> None:
    message = await refusal(settings.read({"BOT_STORE": "redis://user:geheim@127.0.0.1:1/0"}))
    assert message.startswith("BOT_STORE_KEY is not set")
    assert "geheim" not in message


async def test_a_redis_that_does_not_answer_is_told_without_its_password() -> None:
    message = await refusal(settings.read({"BOT_STORE": "redis://user:geheim@127.0.0.1:1/0", "BOT_STORE_KEY": KEY}))
    assert message.startswith("BOT_STORE:")
    assert "geheim" not in message


async def test_only_one_process_may_work_on_the_inbox(tmp_path: Path) -> None:
    set_ = chosen(tmp_path / "s.sqlite3")
    async with open_store(set_, set_.store, is_exclusive=True):
        with pytest.raises(StoreUnavailable, match="another process"):
            async with open_store(set_, set_.store, is_exclusive=True):
                pass
        assert await read(set_) is None
    async with open_store(set_, set_.store, is_exclusive=True):
        pass


async def test_how_long_things_are_kept_is_as_it_is_set(tmp_path: Path) -> None:
    set_ = chosen(tmp_path / "s.sqlite3", BOT_SESSION_HOURS="2")
    async with open_store(set_, set_.store) as store:
        now = datetime.now(UTC)
        async with store.turn(SOMEBODY, now) as turn:
            turn.keep(Session("de"))
        async with store.turn(SOMEBODY, now) as turn:
            (held,) = (await turn.held()).sessions
    assert held.expires_at - held.touched_at == timedelta(hours=2)


async def fill(store: Store, at: datetime) -> None:
    """Everything that expires with the dialogues."""
    await store.enqueue([("a", InboxUpdate(1, "")), ("a", InboxUpdate(2, ""))], at)
    async with store.hold(store.lane_of("a")) as lane:
        assert lane is not None
        async with lane.turn(InboxUpdate(1, ""), SOMEBODY, at) as turn:
            turn.keep(Session("de"))
            turn.outgoing.append("reply")


async def test_what_has_expired_is_deleted_at_start_without_anybody_writing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "s.sqlite3"
    async with open_store(chosen(path, BOT_SESSION_HOURS="8760"), StoreAddress(path)) as store:
        await fill(store, datetime.now(UTC) - timedelta(days=3))
    reported: asyncio.Queue[Expired] = asyncio.Queue()
    set_ = chosen(path)
    async with open_store(set_, set_.store, report=reported.put_nowait) as store:
        assert await reported.get() == Expired(sessions=1, updates=1, messages=1)
        assert (await store.depth()).inbox == 0
    # What people have not been told must not end in silence.
    assert "expired: 1 messages not answered, 1 replies not delivered" in caplog.text


class _Locked(MemoryStore):
    """A store whose file another program holds; it tells when a purge was tried a second time."""

    tries = 0
    tried_twice: asyncio.Event

    async def delete_expired(self, at: datetime) -> Expired:
        self.tries += 1
        if self.tries == 2:
            self.tried_twice.set()
        raise StoreUnavailable("BOT_STORE")


async def test_a_purge_that_fails_is_tried_again_and_the_store_still_closes(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(_Locked, "tried_twice", asyncio.Event(), raising=False)
    monkeypatch.setattr(stores, "MemoryStore", _Locked)
    monkeypatch.setattr(stores, "PURGE_INTERVAL_SECONDS", 0.0)
    set_ = settings.read({"BOT_STORE": "memory:"})
    async with open_store(set_, set_.store):
        await _Locked.tried_twice.wait()
    assert "expired data was not deleted" in caplog.text


async def test_what_has_expired_needs_no_key_any_more(tmp_path: Path) -> None:
    """Else a bot that was off for a day would ask for a key that nothing needs."""
    path = tmp_path / "s.sqlite3"
    old, both, new = (chosen(path, BOT_STORE_KEY=keys) for keys in (KEY, f"{OTHER_KEY} {KEY}", OTHER_KEY))
    async with stores.open_only(old, old.store) as store:
        await fill(store, datetime.now(UTC) - timedelta(days=3))
    async with stores.open_only(both, both.store):
        pass
    reported: list[Expired] = []
    async with open_store(new, new.store, report=reported.append) as store:
        assert reported == [Expired(sessions=1, updates=1, messages=1)]
        assert list(await store.missing_keys()) == []
