"""The SQLite file: nothing in it can be read, what is deleted is gone from it, one that is not ours is refused."""

import asyncio
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.dialogue.session import Session, State
from bot.messages import Conversation
from bot.sessions.sqlite import SqliteStore, statements
from bot.sessions.store import STORED, Donation, InboxUpdate, StoreUnavailable
from tests.sessions.samples import (
    ASKING,
    DAY,
    NOW,
    PRIVATE,
    RETENTION,
    alone,
    answer,
    holding,
    keep,
    pending,
    read,
    take,
    updates,
    vault,
)

CANARY = "Kanarienvogel"
PERSON = Conversation(f"p:{CANARY}-1", chat="4711004711", person="8150081500")
TOLD = Session(
    "de", State.ASKING, entry=f"entry-{CANARY}", pending=f"fact-{CANARY}", facts={f"fact-{CANARY}": f"option-{CANARY}"}
)
#: What must not be found in any file, in no notation of it.
SECRETS = (CANARY, PERSON.chat, PERSON.person, "visitor")
#: The layout before anything was sealed.
OLD_LAYOUT = """
CREATE TABLE sessions (
    conversation TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    touched_at REAL NOT NULL
) STRICT;
CREATE INDEX sessions_touched_at ON sessions (touched_at);
"""


async def opened(path: Path) -> SqliteStore:
    return await SqliteStore.open(path, vault(), RETENTION)


def everything_below(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def found_below(folder: Path) -> list[str]:
    content = everything_below(folder)
    return [secret for secret in SECRETS if secret.encode() in content or secret.encode("utf-16-le") in content]


async def fill(store: SqliteStore) -> None:
    """Everything that a store can hold of a person."""
    await keep(store, PERSON, TOLD)
    await store.enqueue([(PERSON.lane, InboxUpdate(number, f"{CANARY} {number}")) for number in (1, 2)], NOW)
    async with holding(store, PERSON) as lane, lane.turn(InboxUpdate(1, ""), PERSON, NOW) as turn:
        turn.keep(TOLD)
        turn.outgoing.append(f"{PERSON.chat}: {CANARY}")
        turn.donations.append(Donation("donation", CANARY, "de", NOW))


async def test_nothing_can_be_read_in_the_files(tmp_path: Path) -> None:
    store = await opened(tmp_path / "s.sqlite3")
    await fill(store)
    assert wal_bytes(tmp_path) > 0
    assert found_below(tmp_path) == []
    await store.close()
    assert found_below(tmp_path) == []


async def test_every_table_is_told_of_in_the_privacy_notice(tmp_path: Path) -> None:
    store = await opened(tmp_path / "s.sqlite3")
    await store.close()
    with closing(sqlite3.connect(tmp_path / "s.sqlite3")) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        tables = {name for (name,) in named}
    # A fingerprint and a count hold nothing of people.
    assert tables - {"store_key", "probe"} == set(STORED)


async def test_an_answered_update_leaves_its_number_alone(tmp_path: Path) -> None:
    store = await opened(tmp_path / "s.sqlite3")
    await answer(store, PERSON, 1)
    await store.close()
    with closing(sqlite3.connect(tmp_path / "s.sqlite3")) as connection:
        assert connection.execute("SELECT number, lane, body FROM inbox").fetchall() == [(1, None, None)]


def modes_below(folder: Path) -> dict[str, int]:
    return {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()}


def rows(path: Path) -> list[tuple[object, ...]]:
    """Every row of the tables that hold something of people."""
    queries = ("SELECT * FROM sessions", "SELECT * FROM outbox", "SELECT * FROM donations")
    with closing(sqlite3.connect(path)) as connection:
        return [row for query in queries for row in connection.execute(query)]


def wal_bytes(folder: Path) -> int:
    return (folder / "s.sqlite3-wal").stat().st_size


@pytest.mark.parametrize("way", ["forgotten", "erased", "blocked", "expired"])
async def test_what_is_deleted_is_in_no_file_any_more(way: str, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    store = await opened(path)
    await keep(store, PERSON, TOLD)
    (sealed,) = [value for row in rows(path) for value in row if isinstance(value, bytes)]
    lane = store.lane_of(PERSON.lane).encode()
    assert sealed in everything_below(tmp_path)
    assert lane in everything_below(tmp_path)
    if way == "expired":
        await store.delete_expired(NOW + DAY)
    elif way == "blocked":
        async with holding(store, PERSON) as held:
            await held.forget(2**62)
    else:
        async with store.turn(PERSON, NOW) as turn:
            turn.forget() if way == "forgotten" else turn.erase()
    assert rows(path) == []
    assert sealed not in everything_below(tmp_path)
    assert lane not in everything_below(tmp_path)
    assert wal_bytes(tmp_path) == 0
    await store.close()


async def test_a_withdrawn_donation_is_in_no_file_any_more(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    store = await opened(path)
    async with store.turn(alone("a"), NOW) as turn:
        turn.donations.append(Donation("donation", CANARY, "de", NOW))
    (sealed,) = [value for row in rows(path) for value in row if isinstance(value, bytes)]
    assert sealed in everything_below(tmp_path)
    async with store.turn(alone("a"), NOW) as turn:
        turn.withdrawn.append("donation")
    assert list(await store.donations()) == []
    assert sealed not in everything_below(tmp_path)
    await store.close()


@pytest.mark.parametrize("is_exclusive", [False, True])
async def test_only_the_bots_account_can_read_the_files(is_exclusive: bool, tmp_path: Path) -> None:
    store = await SqliteStore.open(tmp_path / "s.sqlite3", vault(), RETENTION, is_exclusive=is_exclusive)
    await fill(store)
    modes = modes_below(tmp_path)
    assert modes.keys() >= {"s.sqlite3", "s.sqlite3-wal", "s.sqlite3-shm"}
    assert set(modes.values()) == {0o600}
    await store.close()


async def test_the_sessions_of_the_old_layout_begin_anew(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(OLD_LAYOUT)
        connection.execute("INSERT INTO sessions VALUES ('4711004711', 'Kanarienvogel visitor', ?)", (NOW.timestamp(),))
        connection.commit()
    assert found_below(tmp_path) != []
    store = await opened(path)
    assert await read(store, alone("4711004711")) is None
    await keep(store, alone("a"))
    assert await read(store, alone("a")) == ASKING
    # The first purge comes right after the store is opened.
    await store.delete_expired(datetime.now(UTC))
    assert found_below(tmp_path) == []
    await store.close()


async def test_what_the_new_layout_keeps_survives_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    first = await opened(path)
    await keep(first, PRIVATE)
    await take(first, PRIVATE, 1)
    await first.close()
    second = await opened(path)
    assert await read(second, PRIVATE) == ASKING
    assert await updates(second, PRIVATE) == ["update 1"]
    await second.close()


@pytest.mark.parametrize(
    "layout",
    [
        "CREATE TABLE sessions (id INTEGER, touched_at REAL)",
        "CREATE TABLE sessions (id INTEGER, touched_at REAL); PRAGMA user_version = 1",
        "CREATE TABLE outbox (id INTEGER); PRAGMA user_version = 1",
        "CREATE TABLE inbox (number INTEGER)",
    ],
)
async def test_tables_of_another_program_are_refused_and_left_alone(layout: str, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(layout)
        connection.commit()
        before = connection.execute("SELECT name, sql FROM sqlite_master").fetchall()
    with pytest.raises(StoreUnavailable, match="a file of its own") as caught:
        await opened(path)
    assert "\n" not in str(caught.value)
    with closing(sqlite3.connect(path)) as connection:
        assert set(before) <= set(connection.execute("SELECT name, sql FROM sqlite_master").fetchall())


async def test_what_waits_in_a_file_of_an_earlier_layout_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    store = await opened(path)
    await take(store, PRIVATE, 1, 2)
    async with holding(store, PRIVATE) as lane, lane.turn(InboxUpdate(1, ""), PRIVATE, NOW) as turn:
        turn.outgoing.append("reply")
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        for table, old, new in statements.RENAMED:
            connection.execute(f"ALTER TABLE {table} RENAME COLUMN {new} TO {old}")
        for table, column, _ in statements.ADDED:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
        connection.execute(f"PRAGMA user_version = {statements.EARLIER_VERSION}")
    store = await opened(path)
    assert [each.body for each in (await pending(store, PRIVATE)).messages] == ["reply"]
    assert await updates(store, PRIVATE) == ["update 2"]
    await store.close()


async def test_a_fault_of_the_database_names_the_store(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    store = await opened(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE sessions")
        connection.commit()
    with pytest.raises(StoreUnavailable, match="BOT_STORE"):
        await read(store, alone("a"))
    with pytest.raises(StoreUnavailable, match="BOT_STORE"):
        await store.delete_expired(NOW)
    await store.close()


@pytest.mark.parametrize(
    "content", [b"not a database, and long enough to be none", b"SQLite format 3\x00" + b"x" * 5000]
)
async def test_a_file_that_is_no_database_is_refused_with_its_name_and_left_alone(
    content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    with pytest.raises(StoreUnavailable, match=r"BOT_STORE: .*notes\.txt") as caught:
        await opened(path)
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


@pytest.mark.parametrize("is_exclusive", [False, True])
async def test_a_folder_that_does_not_exist_is_not_made(is_exclusive: bool, tmp_path: Path) -> None:
    path = tmp_path / "mistyped" / "s.sqlite3"
    with pytest.raises(StoreUnavailable, match="a folder that exists"):
        await SqliteStore.open(path, vault(), RETENTION, is_exclusive=is_exclusive)
    assert not (tmp_path / "mistyped").exists()


async def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="BOT_STORE"):
        await opened(tmp_path)


def size_of_log(path: Path) -> int:
    return Path(f"{path}-wal").stat().st_size


async def test_who_reads_the_file_holds_nobody_up_and_what_was_deleted_leaves_the_log_afterwards(
    tmp_path: Path,
) -> None:
    path = tmp_path / "store.sqlite3"
    store = await SqliteStore.open(path, vault(), RETENTION)
    await keep(store, PRIVATE)
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sessions").fetchall()
        async with store.turn(PRIVATE, NOW) as turn:
            turn.forget()
        # Well before the ten seconds for which SQLite would wait for the reader.
        async with asyncio.timeout(5):
            await take(store, PRIVATE, 1)
        assert size_of_log(path) > 0
    for _ in range(1000):
        if not size_of_log(path):
            break
        await asyncio.sleep(0.01)
    assert size_of_log(path) == 0
    await store.close()
