"""One transaction for what is asked for at once: what fails takes nothing else along, what is asked for is done."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.sessions.sqlite.database import Database
from bot.sessions.sqlite.place import Place
from bot.sessions.store import StoreUnavailable, StoreUnreachable

PLACE = Place()


class Counted(sqlite3.Connection):
    """A connection that counts its commits."""

    commits = 0

    def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
        self.commits += sql == "COMMIT"
        return super().execute(sql, *values)  # type: ignore[arg-type]


@pytest.fixture
def connection(tmp_path: Path) -> Counted:
    made = sqlite3.connect(tmp_path / "d.sqlite3", isolation_level=None, check_same_thread=False, factory=Counted)
    made.execute("CREATE TABLE numbers (number INTEGER PRIMARY KEY) STRICT")
    return made


@pytest.fixture
async def database(connection: Counted) -> AsyncIterator[Database]:
    made = Database(connection, PLACE)
    yield made
    await made.close()


async def insert(database: Database, number: int, *, fails: bool = False) -> None:
    def work(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO numbers VALUES (?)", (number,))
        if fails:
            raise RuntimeError

    await database.run(work)


async def numbers(database: Database) -> list[int]:
    rows = await database.run(lambda connection: connection.execute("SELECT number FROM numbers").fetchall())
    return [number for (number,) in rows]


async def test_what_is_asked_for_at_once_shares_a_transaction(database: Database, connection: Counted) -> None:
    await asyncio.gather(*(insert(database, number) for number in range(100)))
    # The first one begins at once; all that came meanwhile follow together.
    assert connection.commits == 2
    assert await numbers(database) == list(range(100))


async def test_work_that_fails_undoes_its_own_alone(database: Database, connection: Counted) -> None:
    outcomes = await asyncio.gather(
        *(insert(database, number, fails=number % 3 == 0) for number in range(30)), return_exceptions=True
    )
    assert connection.commits == 2
    assert [isinstance(each, RuntimeError) for each in outcomes] == [number % 3 == 0 for number in range(30)]
    assert await numbers(database) == [number for number in range(30) if number % 3]


async def test_a_fault_of_the_database_is_told_in_our_words_to_whom_it_befell(database: Database) -> None:
    outcomes = await asyncio.gather(*(insert(database, each) for each in (1, 2, 2, 3)), return_exceptions=True)
    assert [type(each) for each in outcomes] == [type(None), type(None), StoreUnavailable, type(None)]
    assert str(outcomes[2]) == str(PLACE.refusal())
    assert await numbers(database) == [1, 2, 3]


async def test_whoever_leaves_while_waiting_disturbs_nobody(database: Database) -> None:
    leaving = [asyncio.create_task(insert(database, number)) for number in range(5)]
    staying = [asyncio.create_task(insert(database, number)) for number in range(5, 10)]
    await asyncio.sleep(0)
    for each in leaving:
        each.cancel()
    await asyncio.gather(*staying)
    assert set(await numbers(database)) >= set(range(5, 10))


async def test_a_transaction_that_cannot_begin_is_told_to_all_and_the_next_one_is_tried(
    database: Database, connection: Counted, tmp_path: Path
) -> None:
    connection.execute("PRAGMA busy_timeout = 0")
    other = sqlite3.connect(tmp_path / "d.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    outcomes = await asyncio.gather(*(insert(database, number) for number in range(5)), return_exceptions=True)
    assert {(type(each), getattr(each, "reason", "")) for each in outcomes} == {
        (StoreUnreachable, "locked by another program")
    }
    other.execute("ROLLBACK")
    other.close()
    await insert(database, 7)
    assert await numbers(database) == [7]


async def test_what_was_asked_for_before_the_end_is_done(connection: Counted, tmp_path: Path) -> None:
    database = Database(connection, PLACE)
    asked = [asyncio.create_task(insert(database, number)) for number in range(20)]
    await asyncio.sleep(0)
    await database.close()
    outcomes = await asyncio.wait_for(asyncio.gather(*asked, return_exceptions=True), timeout=60)
    assert outcomes == [None] * 20


async def test_a_lock_is_told_to_whom_it_befell_and_does_not_disturb_the_end(
    connection: Counted, tmp_path: Path
) -> None:
    connection.execute("PRAGMA busy_timeout = 50")
    database = Database(connection, PLACE)
    other = sqlite3.connect(tmp_path / "d.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    asked = [asyncio.create_task(insert(database, number)) for number in range(3)]
    await asyncio.sleep(0)
    await database.close()
    outcomes = await asyncio.gather(*asked, return_exceptions=True)
    assert {type(each) for each in outcomes} == {StoreUnreachable}
    other.close()


async def test_a_full_disk_is_told_by_name_to_whom_it_befell(database: Database, connection: Counted) -> None:
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")

    def grow(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE large (content BLOB) STRICT")

    outcomes = await asyncio.gather(
        insert(database, 1), insert(database, 2), database.run(grow), insert(database, 3), return_exceptions=True
    )
    assert [getattr(each, "reason", None) for each in outcomes] == [None, None, "disk full", None]
    assert await numbers(database) == [1, 2, 3]


async def test_a_fault_that_undoes_the_whole_transaction_is_told_to_all_as_what_it_was(database: Database) -> None:
    """As on a full disk: there is nothing left that could be undone for one alone."""

    def undo(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT OR ROLLBACK INTO numbers VALUES (1)")

    outcomes = await asyncio.gather(
        insert(database, 1), insert(database, 2), database.run(undo), insert(database, 3), return_exceptions=True
    )
    assert [type(getattr(each, "__cause__", None)) for each in outcomes] == [type(None), *[sqlite3.IntegrityError] * 3]
    assert await numbers(database) == [1]
