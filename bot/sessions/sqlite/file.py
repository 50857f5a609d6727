"""The file: made or proved to be ours, and held by one process that works on its inbox."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from filelock import FileLock, Timeout

from bot.sessions.sqlite import statements
from bot.sessions.sqlite.place import LOCKED, Place
from bot.sessions.store import StoreUnavailable, StoreUnreachable
from bot.sessions.vault import Vault

#: How long a write waits for another process that holds the file, in seconds.
_BUSY_TIMEOUT_SECONDS = 10.0
#: Only the account that runs the bot may read the file.
_FILE_MODE = 0o600
#: How every SQLite file begins (sqlite.org/fileformat.html).
_MAGIC = b"SQLite format 3\0"
#: The columns of the only table of the first layout.
_FIRST_LAYOUT = ["conversation", "session", "touched_at"]


def touch(path: Path) -> None:
    """Make the file if there is none. Raises StoreUnavailable if there cannot be one, or one that is no database."""
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, _FILE_MODE), "rb") as opened:
            start = opened.read(len(_MAGIC))
    except OSError as error:
        raise Place(path).fault(error) from error
    if start not in (b"", _MAGIC):
        raise Place(path).refusal("another kind of file")


def connect(path: Path, vault: Vault) -> sqlite3.Connection:
    """A connection to the file with its tables. Raises StoreUnavailable."""
    touch(path)
    try:
        # Used by the database's one thread alone, once it has been prepared here.
        connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False)
    except sqlite3.Error as error:
        raise Place(path).fault(error) from error
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        prepare(connection, vault, str(path))
    except sqlite3.Error as error:
        connection.close()
        raise Place(path).fault(error) from error
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(connection: sqlite3.Connection, vault: Vault, name: str) -> None:
    """Make the tables, or prove that they are ours and sealed with one of our keys. Raises StoreUnavailable."""
    connection.execute("PRAGMA synchronous = FULL")
    # What is deleted is overwritten, not merely marked as free.
    connection.execute("PRAGMA secure_delete = ON")
    with closing(connection.cursor()) as cursor:
        # The first layout kept sessions unsealed; they begin anew.
        if _columns(cursor, "sessions") == _FIRST_LAYOUT:
            cursor.execute("DROP TABLE sessions")
        _update_layout(cursor)
        cursor.executescript(statements.SCHEMA)
        cursor.execute(statements.READ, ("",))
        known = cursor.execute(statements.READ_KEY).fetchone()
        if known is not None and known[0] not in vault.fingerprints:
            raise StoreUnavailable(
                f"BOT_STORE_KEY: {name} was sealed with another key: set that key, or remove the file to begin anew"
            )
        cursor.execute(statements.SAVE_KEY, (vault.fingerprints[0],))


def _update_layout(cursor: sqlite3.Cursor) -> None:
    """Bring a file of the earlier layout up to date; what waits in it is kept."""
    (version,) = cursor.execute("PRAGMA user_version").fetchone()
    if version != statements.EARLIER_VERSION:
        return
    for table, old, new in statements.RENAMED:
        if old in _columns(cursor, table):
            cursor.execute(f"ALTER TABLE {table} RENAME COLUMN {old} TO {new}")
    for table, column, definition in statements.ADDED:
        if column not in _columns(cursor, table):
            cursor.execute(f"ALTER TABLE {table} ADD COLUMN {column} {definition}")


def _columns(cursor: sqlite3.Cursor, table: str) -> list[str]:
    """The columns of a table; none if there is no such table."""
    return [column for _, column, *_ in cursor.execute(f"PRAGMA table_info({table})")]


def guard(path: Path) -> FileLock:
    """Hold the file for one process that works on its inbox. Raises StoreUnavailable if another does."""
    if not path.parent.is_dir():
        # The lock would make it.
        raise Place(path).refusal("no such folder")
    held = FileLock(f"{path}.lock", mode=_FILE_MODE)
    try:
        held.acquire(blocking=False)
    except Timeout as error:
        advice = "wait until it has ended, stop it, or use redis://… for several"
        # It may be an earlier one that is about to leave.
        raise StoreUnreachable(f"BOT_STORE: another process runs on {path}: {advice}", LOCKED.reason) from error
    except OSError as error:
        raise Place(path).fault(error) from error
    hand_over(Path(held.lock_file))
    return held


def hand_over(path: Path) -> None:
    """What root makes beside the store belongs to the account whose folder it is, or the bot could not use it."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
