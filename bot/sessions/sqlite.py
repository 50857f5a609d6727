"""Sessions in one SQLite file: for one process that may be restarted at any time.

Only facts and state are stored, never what a person wrote.
"""

import os
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
_READ = "SELECT session, touched_at FROM sessions WHERE conversation = ?"
_SAVE = """
INSERT INTO sessions (conversation, session, touched_at) VALUES (?, ?, ?)
ON CONFLICT (conversation) DO UPDATE SET session = excluded.session, touched_at = excluded.touched_at
"""
_FORGET = "DELETE FROM sessions WHERE conversation = ?"
_DELETE_EXPIRED = "DELETE FROM sessions WHERE touched_at <= ?"
#: What is deleted must not live on in the write-ahead log.
_EMPTY_LOG = "PRAGMA wal_checkpoint(TRUNCATE)"
#: How long a write waits for another process that holds the file, in seconds.
_BUSY_TIMEOUT_SECONDS = 10.0
#: Only the account that runs the bot may read the file: it holds identifiers of chats.
_FILE_MODE = 0o600


class SqliteStore:
    """See `SessionStore`. Made by `open`; one per file and process."""

    def __init__(self, connection: aiosqlite.Connection, path: Path, lifetime: timedelta) -> None:
        self._connection = connection
        self._path = path
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
        return cls(connection, path, lifetime)

    @asynccontextmanager
    async def turn(self, conversation: str, at: datetime) -> AsyncIterator[Turn]:
        async with self._locks.hold(conversation):
            turn = Turn(await self._read(conversation, at))
            yield turn
            if turn.is_forgotten:
                await self._write(_FORGET, (conversation,))
                await self._write(_EMPTY_LOG)
            elif turn.kept is not None:
                await self._write(_SAVE, (conversation, codec.encode(turn.kept), at.timestamp()))

    async def _read(self, conversation: str, at: datetime) -> Session | None:
        try:
            async with self._connection.execute(_READ, (conversation,)) as cursor:
                row = await cursor.fetchone()
        except aiosqlite.Error as error:
            raise StoreUnavailable(_message(self._path)) from error
        if row is None or is_expired(datetime.fromtimestamp(row[1], UTC), at, self._lifetime):
            return None
        return codec.decode(row[0])

    async def _write(self, statement: str, values: tuple[str | float, ...] = ()) -> int:
        """Run one statement in a transaction of its own; how many rows it changed."""
        try:
            async with self._connection.execute(statement, values) as cursor:
                return cursor.rowcount
        except aiosqlite.Error as error:
            raise StoreUnavailable(_message(self._path)) from error

    async def delete_expired(self, at: datetime) -> int:
        deleted = await self._write(_DELETE_EXPIRED, ((at - self._lifetime).timestamp(),))
        await self._write(_EMPTY_LOG)
        return deleted

    async def close(self) -> None:
        await self._connection.close()


def _prepare(path: Path) -> None:
    """Make the file and its table, or prove that they are ours. Not through aiosqlite: a connection that it cannot open
    leaves its thread behind."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _FILE_MODE))
    with closing(sqlite3.connect(path, timeout=_BUSY_TIMEOUT_SECONDS)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(_SCHEMA)
        connection.execute(_READ, ("",))


def _message(path: Path) -> str:
    advice = "name a file of its own in a folder that exists and can be written, and let no other program hold it"
    return f"BOT_STORE: {path} cannot be used as an SQLite database: {advice}"
