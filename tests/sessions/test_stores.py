"""Both stores keep the same promises: exclusive turns, one save a turn, expiry, and nothing but facts and state."""

import asyncio
import sqlite3
import stat
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.dialogue.session import Session, State, Suspended
from bot.sessions import codec
from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import SessionStore, StoreUnavailable

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
DAY = timedelta(hours=24)
ASKING = Session(
    "en",
    State.ASKING,
    entry="pool-price",
    pending="ticket",
    facts={"visitor": "adult"},
    asked=("visitor",),
    candidates=("a", "b"),
    suspended=Suspended("pool-dogs", {"visitor": "child"}),
    misses=1,
)


@pytest.fixture(params=["memory", "sqlite"])
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[SessionStore]:
    made: SessionStore = MemoryStore(DAY)
    if request.param == "sqlite":
        made = await SqliteStore.open(tmp_path / "sessions.sqlite3", DAY)
    yield made
    await made.close()


async def keep(store: SessionStore, conversation: str, session: Session, at: datetime = NOW) -> None:
    async with store.turn(conversation, at) as turn:
        turn.keep(session)


async def read(store: SessionStore, conversation: str, at: datetime = NOW) -> Session | None:
    async with store.turn(conversation, at) as turn:
        return turn.session


async def test_a_session_is_kept_whole(store: SessionStore) -> None:
    await keep(store, "a", ASKING)
    assert await read(store, "a") == ASKING
    assert await read(store, "b") is None


async def test_a_turn_that_fails_leaves_the_session_as_it_was(store: SessionStore) -> None:
    await keep(store, "a", ASKING)

    async def fail() -> None:
        async with store.turn("a", NOW) as turn:
            turn.keep(Session("de"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await read(store, "a") == ASKING


async def test_an_expired_session_is_gone_before_it_is_deleted(store: SessionStore) -> None:
    await keep(store, "a", ASKING)
    assert await read(store, "a", NOW + DAY - timedelta(seconds=1)) == ASKING
    assert await read(store, "a", NOW + DAY) is None


async def test_a_turn_keeps_a_session_alive(store: SessionStore) -> None:
    await keep(store, "a", ASKING)
    await keep(store, "a", ASKING, NOW + DAY / 2)
    assert await read(store, "a", NOW + DAY) == ASKING


async def test_expired_sessions_are_deleted_without_traffic(store: SessionStore) -> None:
    await keep(store, "old", ASKING)
    await keep(store, "new", ASKING, NOW + DAY / 2)
    assert await store.delete_expired(NOW + DAY) == 1
    assert await read(store, "old", NOW) is None
    assert await read(store, "new", NOW + DAY) == ASKING


async def test_one_conversation_is_served_one_turn_at_a_time_in_order(store: SessionStore) -> None:
    order: list[int] = []

    async def turn(number: int) -> None:
        async with store.turn("a", NOW) as opened:
            before = opened.session.misses if opened.session else 0
            await asyncio.sleep(0)
            order.append(number)
            opened.keep(Session("de", misses=before + 1))

    await asyncio.gather(*(turn(number) for number in range(20)))
    assert order == list(range(20))
    session = await read(store, "a")
    assert session is not None
    assert session.misses == 20


async def test_other_conversations_are_not_held_up(store: SessionStore) -> None:
    async with store.turn("slow", NOW):
        await asyncio.wait_for(keep(store, "quick", ASKING), timeout=10)
    assert await read(store, "quick") == ASKING


async def test_a_forgotten_session_is_gone(store: SessionStore) -> None:
    await keep(store, "a", ASKING)
    async with store.turn("a", NOW) as turn:
        turn.forget()
    assert await read(store, "a") is None


def everything_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def modes_below(folder: Path) -> set[int]:
    return {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


@pytest.mark.parametrize("way", ["forgotten", "expired"])
async def test_what_is_deleted_is_in_no_file_any_more(way: str, tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "s.sqlite3", DAY)
    await keep(store, "chat-4711", ASKING)
    assert b"chat-4711" in everything_below(tmp_path)
    if way == "forgotten":
        async with store.turn("chat-4711", NOW) as turn:
            turn.forget()
    else:
        await store.delete_expired(NOW + DAY)
    assert b"chat-4711" not in everything_below(tmp_path)
    assert b"pool-price" not in everything_below(tmp_path)
    await store.close()


async def test_only_the_bots_account_can_read_the_files(tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "s.sqlite3", DAY)
    await keep(store, "a", ASKING)
    assert modes_below(tmp_path) == {0o600}
    await store.close()


async def test_a_table_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE sessions (id INTEGER, touched_at REAL)")
        connection.commit()
    with pytest.raises(StoreUnavailable, match="a file of its own"):
        await SqliteStore.open(path, DAY)


async def test_a_fault_of_the_database_names_the_store(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    store = await SqliteStore.open(path, DAY)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE sessions")
        connection.commit()
    with pytest.raises(StoreUnavailable, match="BOT_STORE"):
        await read(store, "a")
    with pytest.raises(StoreUnavailable, match="BOT_STORE"):
        await store.delete_expired(NOW)
    await store.close()


async def test_a_dialogue_goes_on_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    first = await SqliteStore.open(path, DAY)
    await keep(first, "a", ASKING)
    await first.close()
    second = await SqliteStore.open(path, DAY)
    assert await read(second, "a") == ASKING
    await second.close()


@pytest.mark.parametrize(
    "stored",
    [
        "",
        "{}",
        "[]",
        "null",
        "no json",
        '{"version":0}',
        codec.encode(ASKING).replace('"asking"', '"dreaming"'),
        codec.encode(ASKING).replace('"en"', '"fr"'),
        codec.encode(ASKING).replace('{"visitor":"adult"}', '"adult"'),
        codec.encode(ASKING).replace('"version":1', '"version":2'),
        codec.encode(ASKING).replace('"misses":1', '"misses":Infinity'),
    ],
)
async def test_a_stored_session_that_cannot_be_read_restarts_politely(stored: str, tmp_path: Path) -> None:
    path = tmp_path / "sessions.sqlite3"
    store = await SqliteStore.open(path, DAY)
    await keep(store, "a", ASKING)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE sessions SET session = ?", (stored,))
        connection.commit()
    assert await read(store, "a") is None
    await store.close()


async def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a database, and long enough to be none", encoding="utf-8")
    with pytest.raises(StoreUnavailable, match=r"BOT_STORE: .*notes\.txt"):
        await SqliteStore.open(path, DAY)


async def test_a_folder_that_does_not_exist_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="a folder that exists"):
        await SqliteStore.open(tmp_path / "mistyped" / "s.sqlite3", DAY)
    assert not (tmp_path / "mistyped").exists()


async def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="BOT_STORE"):
        await SqliteStore.open(tmp_path, DAY)
