"""Sessions in one SQLite file: for one process that may be restarted at any time.

Only facts and state are stored, never what a person wrote.
"""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiosqlite

from bot.dialogue.session import Session
from bot.sessions import codec
from bot.sessions.store import ConversationLocks, StoreUnavailable, Turn, is_expired

_SCHEMA = """
CREATE TABLE IF NOT EXISTS sessions (
    conversation TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    touched_at REAL NOT NULL  -- seconds since 1970, UTC
) STRICT;
CREATE INDEX IF NOT EXISTS sessions_touched_at ON sessions (touched_at);
"""
_SAVE = """
INSERT INTO sessions (conversation, session, touched_at) VALUES (?, ?, ?)
ON CONFLICT (conversation) DO UPDATE SET session = excluded.session, touched_at = excluded.touched_at
"""
#: How long a write waits for another process that holds the file, in seconds.
_BUSY_TIMEOUT_SECONDS = 10.0


class SqliteStore:
    """See `SessionStore`. Made by `open`; one per file and process."""

    def __init__(self, connection: aiosqlite.Connection, lifetime: timedelta) -> None:
        self._connection = connection
        self._lifetime = lifetime
        self._locks = ConversationLocks()

    @classmethod
    async def open(cls, path: Path, lifetime: timedelta) -> "SqliteStore":
        """Open or create the file. Raises StoreUnavailable if it cannot be read and written."""
        try:
            _prepare(path)
        except (OSError, sqlite3.Error) as error:
            raise StoreUnavailable(_message(path)) from error
        # Autocommit: every statement below is a transaction of its own.
        connection = await aiosqlite.connect(path, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None)
        # Deleted sessions are overwritten, not merely marked as free.
        await connection.execute("PRAGMA secure_delete = ON")
        return cls(connection, lifetime)

    @asynccontextmanager
    async def turn(self, conversation: str, at: datetime) -> AsyncIterator[Turn]:
        async with self._locks.hold(conversation):
            turn = Turn(await self._read(conversation, at))
            yield turn
            if turn.kept is not None:
                await self._connection.execute(_SAVE, (conversation, codec.encode(turn.kept), at.timestamp()))

    async def _read(self, conversation: str, at: datetime) -> Session | None:
        query = "SELECT session, touched_at FROM sessions WHERE conversation = ?"
        async with self._connection.execute(query, (conversation,)) as cursor:
            row = await cursor.fetchone()
        if row is None or is_expired(datetime.fromtimestamp(row[1], UTC), at, self._lifetime):
            return None
        return codec.decode(row[0])

    async def delete_expired(self, at: datetime) -> int:
        oldest = (at - self._lifetime).timestamp()
        cursor = await self._connection.execute("DELETE FROM sessions WHERE touched_at <= ?", (oldest,))
        return cursor.rowcount

    async def close(self) -> None:
        await self._connection.close()


def _prepare(path: Path) -> None:
    """Make the file and its table. Not through aiosqlite: a connection that it cannot open leaves its thread behind."""
    with closing(sqlite3.connect(path, timeout=_BUSY_TIMEOUT_SECONDS)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)


def _message(path: Path) -> str:
    advice = "name a file in a folder that exists and can be written"
    return f"BOT_STORE: {path} cannot be opened as an SQLite database: {advice}"
