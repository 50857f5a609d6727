"""One SQLite connection in a thread of its own; what is asked for at the same time shares one transaction.

Sharing is what makes a synchronous disk affordable: a hundred turns at once cost one flush. Each piece of work has a
savepoint of its own, so that one that fails undoes nothing of the others'.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from bot.background import end
from bot.sessions.sqlite.place import Place
from bot.sessions.store import StoreLost, StoreUnavailable

Result = TypeVar("Result")
_EMPTYING_SECONDS = 1.0
_MOST_TRIES = 600
Work = Callable[[sqlite3.Connection], Result]


@dataclass(frozen=True, slots=True)
class _Asked:
    work: Work[Any]
    future: asyncio.Future[Any]
    is_durable: bool


class Database:
    """See the module. `place` is where the connection leads."""

    def __init__(self, connection: sqlite3.Connection, place: Place) -> None:
        self._connection = connection
        self._place = place
        self._executor = ThreadPoolExecutor(1, "store")
        self._waiting: list[_Asked] = []
        self._running: asyncio.Future[list[Any]] | None = None
        self._emptying: asyncio.Task[None] | None = None

    async def run(self, work: Work[Result], *, is_durable: bool = True) -> Result:
        """What the work returns, once it is durable: on the disk, or, if that is not needed, with the operating system,
        so that it survives this process. Raises StoreUnavailable, or what the work raises."""
        asked = _Asked(work, asyncio.get_running_loop().create_future(), is_durable)
        self._waiting.append(asked)
        if self._running is None:
            self._start()
        result: Result = await asked.future
        return result

    async def empty_log(self) -> None:
        """What is deleted must not live on in the write-ahead log. While another program reads, it has to wait."""
        if not await self._is_emptied() and self._emptying is None:
            self._emptying = asyncio.create_task(self._empty_later())

    async def _empty_later(self) -> None:
        with suppress(StoreUnavailable):
            for _ in range(_MOST_TRIES):
                await asyncio.sleep(_EMPTYING_SECONDS)
                if await self._is_emptied():
                    break
        self._emptying = None

    async def _is_emptied(self) -> bool:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._executor, self._emptied)
        except sqlite3.Error as error:
            raise self._place.fault(error) from error

    def _emptied(self) -> bool:
        """Whether nobody was in the way; nobody is waited for, for everybody would."""
        (timeout,) = self._connection.execute("PRAGMA busy_timeout").fetchone()
        self._connection.execute("PRAGMA busy_timeout = 0").fetchall()
        try:
            is_busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {int(timeout)}").fetchall()
        return not is_busy

    async def close(self) -> None:
        """After everything that was asked for."""
        if self._emptying is not None:
            await end(self._emptying)
        # What fails is told to whoever asked for it. Nothing more is asked for: it would wait for a lock once more.
        while self._running is not None:
            await asyncio.wait({self._running})
        await asyncio.get_running_loop().run_in_executor(self._executor, self._connection.close)
        self._executor.shutdown()

    def _start(self) -> None:
        batch, self._waiting = self._waiting, []
        loop = asyncio.get_running_loop()
        is_durable = any(asked.is_durable for asked in batch)
        works = [asked.work for asked in batch]
        self._running = loop.run_in_executor(self._executor, self._settled, works, is_durable)
        self._running.add_done_callback(partial(self._done, batch))

    def _done(self, batch: list[_Asked], running: asyncio.Future[list[Any]]) -> None:
        self._running = None
        if self._waiting:
            self._start()
        failure = running.exception()
        outcomes = running.result() if failure is None else [failure] * len(batch)
        for asked, outcome in zip(batch, outcomes, strict=True):
            self._tell(asked.future, outcome)

    def _tell(self, future: asyncio.Future[Any], outcome: object) -> None:
        # Whoever asked may have been cancelled meanwhile; the work is done all the same.
        if future.done():
            return
        if isinstance(outcome, sqlite3.Error):
            outcome = _from(self._place.fault(outcome), outcome)
        if isinstance(outcome, BaseException):
            future.set_exception(outcome)
        else:
            future.set_result(outcome)

    def _settled(self, works: list[Work[Any]], is_durable: bool) -> list[Any]:
        # In the write-ahead log NORMAL leaves it to the next FULL to flush (sqlite.org/pragma.html#pragma_synchronous).
        self._connection.execute(f"PRAGMA synchronous = {'FULL' if is_durable else 'NORMAL'}")
        return self._together(works)

    def _together(self, works: list[Work[Any]]) -> list[Any]:
        """The result or the exception of each; raises only if all have failed."""
        self._check()
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            outcomes = [self._one(work) for work in works]
            self._connection.execute("COMMIT")
            # Also after: what has gone into a file that is no longer there is not safe.
            self._check()
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        return outcomes

    def _check(self) -> None:
        try:
            self._place.check()
        except StoreLost:
            # So that the file is whole wherever it was taken, and another in its place does not get its log.
            with suppress(sqlite3.Error):
                self._emptied()
            raise

    def _one(self, work: Work[Any]) -> Any:
        self._connection.execute("SAVEPOINT work")
        try:
            outcome = work(self._connection)
        except Exception as error:
            # On a full disk SQLite undoes the whole transaction by itself, and with it all of the others' work.
            if not self._connection.in_transaction:
                raise
            self._connection.execute("ROLLBACK TO work")
            outcome = error
        self._connection.execute("RELEASE work")
        return outcome


def _from(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error
