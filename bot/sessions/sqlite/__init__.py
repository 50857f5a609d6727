"""A store in one SQLite file: for one process that may be killed at any time.

Every write is on the disk before its caller goes on (WAL, synchronous). Texts and names are sealed by the vault; what
lies open in the file are update numbers, entry ids of votes, and times.

    file        made or proved to be ours, and held by one process
    place       where it lies, and what is wrong there when it cannot be used
    database    one connection in a thread of its own; what is asked for at once shares a transaction
    statements  the schema and the SQL
    keyring     which keys are still needed; copying: copies of the file
    turns       what a turn finds and leaves; lane: the work of one chat
"""

import secrets
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

from filelock import FileLock

from bot.messages import Conversation
from bot.sessions.keyring import KeyUse, missing
from bot.sessions.sealing import Sealer
from bot.sessions.sqlite import file, keyring, statements
from bot.sessions.sqlite.database import Database
from bot.sessions.sqlite.lane import SqliteLane
from bot.sessions.sqlite.place import Place
from bot.sessions.sqlite.turns import Occasion, Turns
from bot.sessions.store import (
    ANSWERED_LIFETIME,
    MOST_LANES,
    ConversationLocks,
    Depth,
    Donation,
    Expired,
    InboxUpdate,
    Retention,
    StoreUnavailable,
    Turn,
    Vote,
)
from bot.sessions.vault import Vault

__all__ = ["SqliteLane", "SqliteStore"]


class SqliteStore:
    """See `Store`. Made by `open`."""

    sweep_seconds = 30.0

    def __init__(
        self, connection: sqlite3.Connection, place: Place, vault: Vault, retention: Retention, guard: FileLock | None
    ) -> None:
        self._database = Database(connection, place)
        self._vault = vault
        self._sealer = Sealer(vault)
        self._turns = Turns(self._database, vault, retention)
        self._retention = retention
        self._guard = guard
        self._locks = ConversationLocks()
        self._process = secrets.token_hex(8)

    @classmethod
    async def open(cls, path: Path, vault: Vault, retention: Retention, *, is_exclusive: bool = False) -> "SqliteStore":
        """Open or create the file; exclusively for a process that works on its inbox. Raises StoreUnavailable if it
        cannot be read and written, belongs to another such process or was sealed with another key."""
        guard = file.guard(path) if is_exclusive else None
        try:
            return cls(file.connect(path, vault), Place.of(path), vault, retention, guard)
        except StoreUnavailable:
            if guard is not None:
                guard.release()
            raise

    def lane_of(self, chat: str) -> str:
        return self._vault.pseudonym(chat)

    async def enqueue(self, updates: Sequence[tuple[str, InboxUpdate]], at: datetime) -> None:
        rows = [
            (update.number, self.lane_of(chat), self._sealer.seal_update(update), at.timestamp())
            for chat, update in updates
        ]
        await self._database.run(lambda connection: connection.executemany(statements.ENQUEUE, rows) and None)

    async def waiting_lanes(self) -> Sequence[str]:
        rows = await self._database.run(
            lambda connection: connection.execute(statements.WAITING_LANES, (MOST_LANES,)).fetchall()
        )
        return [lane for (lane,) in rows]

    @asynccontextmanager
    async def hold(self, lane: str) -> AsyncIterator[SqliteLane | None]:
        async with self._locks.hold(f"lane {lane}"):
            yield SqliteLane(lane, self._process, self._database, self._sealer, self._turns, self._locks)

    @asynccontextmanager
    async def turn(self, conversation: Conversation, at: datetime) -> AsyncIterator[Turn]:
        occasion = Occasion(conversation, at)
        async with self._locks.hold(conversation.id):
            turn = await self._turns.begin(occasion)
            yield turn
            await self._turns.save(turn, occasion)

    async def delete_expired(self, at: datetime) -> Expired:
        times = statements.Times(
            sessions=(at - self._retention.sessions).timestamp(),
            donations=(at - self._retention.donations).timestamp(),
            answered=(at - max(self._retention.sessions, ANSWERED_LIFETIME)).timestamp(),
        )
        expired = await self._database.run(partial(_delete_expired, times))
        await self._database.empty_log()
        return expired

    async def probe(self) -> None:
        await self._database.run(lambda connection: connection.execute(statements.PROBE) and None)

    async def depth(self) -> Depth:
        return Depth(*await self._database.run(lambda connection: connection.execute(statements.DEPTH).fetchone()))

    async def donations(self) -> Sequence[Donation]:
        rows = await self._database.run(lambda connection: connection.execute(statements.DONATIONS).fetchall())
        return [self._sealer.donation(id_, body) for id_, body in rows]

    async def delete_donations(self, ids: Sequence[str]) -> int:
        deleted = await self._database.run(partial(_delete_donations, ids))
        await self._database.empty_log()
        return deleted

    async def votes(self) -> dict[str, dict[Vote, int]]:
        rows = await self._database.run(lambda connection: connection.execute(statements.VOTES).fetchall())
        counted: dict[str, dict[Vote, int]] = {}
        for entry, vote, count in rows:
            counted.setdefault(entry, {})[vote] = count
        return counted

    async def key_uses(self) -> Sequence[KeyUse]:
        return await self._database.run(lambda connection: keyring.key_uses(connection, self._vault))

    async def missing_keys(self) -> Sequence[KeyUse]:
        return missing(await self.key_uses())

    async def reseal(self) -> int:
        return await self._database.run(keyring.resealing(self._vault))

    async def discard_unreadable(self) -> int:
        discarded = await self._database.run(keyring.discarding(self._vault))
        await self._database.empty_log()
        return discarded

    async def close(self) -> None:
        await self._database.close()
        if self._guard is not None:
            self._guard.release()


def _delete_expired(times: statements.Times, connection: sqlite3.Connection) -> Expired:
    connection.execute(statements.DELETE_ANSWERED, (times.answered,))
    return Expired(
        sessions=connection.execute(statements.DELETE_SESSIONS, (times.sessions,)).rowcount,
        updates=connection.execute(statements.DELETE_UPDATES, (times.sessions,)).rowcount,
        messages=connection.execute(statements.DELETE_MESSAGES, (times.sessions,)).rowcount,
        donations=connection.execute(statements.DELETE_DONATIONS, (times.donations,)).rowcount,
    )


def _delete_donations(ids: Sequence[str], connection: sqlite3.Connection) -> int:
    return connection.executemany(statements.WITHDRAW, [(each,) for each in ids]).rowcount
