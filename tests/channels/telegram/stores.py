"""Stores for tests: in a file that outlives the bot, and one that fails on demand."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from datetime import datetime, timedelta
from pathlib import Path

from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteLane, SqliteStore
from bot.sessions.store import Depth, InboxUpdate, Retention, StoreUnavailable
from bot.sessions.vault import Vault

DAY = timedelta(hours=24)
RETENTION = Retention(DAY)
#: What is a person's, or waits; answered updates leave only their number.
TABLES = {
    "inbox": "SELECT count(*) FROM inbox WHERE lane IS NOT NULL OR body IS NOT NULL",
    "sessions": "SELECT count(*) FROM sessions",
    "outbox": "SELECT count(*) FROM outbox",
}


@asynccontextmanager
async def sqlite_store(path: Path) -> AsyncIterator[SqliteStore]:
    """The store as a process has it open from its start to its end."""
    store = await SqliteStore.open(path, Vault([b"k" * 32]), RETENTION, is_exclusive=True)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def unsteady_store() -> AsyncIterator["UnsteadyStore"]:
    """A store that fails on demand."""
    store = UnsteadyStore()
    try:
        yield store
    finally:
        await store.close()


def counted(path: Path) -> dict[str, int]:
    """How much lies in each table that holds something of a person."""
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(query).fetchone()[0] for name, query in TABLES.items()}


class UnsteadyStore(MemoryStore):
    """Fails while it is `down`: to take updates, to hold lanes, or to tell how much waits."""

    def __init__(self, retention: Retention = RETENTION) -> None:
        super().__init__(retention)
        self.down: set[str] = set()
        self.failures = 0

    async def count(self, table: str) -> int:
        """How much lies in one of TABLES."""
        counted: int = await self._database.run(lambda connection: connection.execute(TABLES[table]).fetchone()[0])
        return counted

    async def enqueue(self, updates: Sequence[tuple[str, InboxUpdate]], at: datetime) -> None:
        self._fail_if_down("take")
        await super().enqueue(updates, at)

    @asynccontextmanager
    async def hold(self, lane: str) -> AsyncIterator[SqliteLane | None]:
        self._fail_if_down("hold")
        async with super().hold(lane) as held:
            yield held

    async def probe(self) -> None:
        self._fail_if_down("probe")
        await super().probe()

    async def depth(self) -> Depth:
        self._fail_if_down("depth")
        return await super().depth()

    def _fail_if_down(self, name: str) -> None:
        if name in self.down:
            self.failures += 1
            raise StoreUnavailable("BOT_STORE: out of order")
