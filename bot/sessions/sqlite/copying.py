"""Copies of the SQLite file: made while the bot writes to it, and put back while it does not.

Owns that a copy is whole and one file. Refuses to read what is in it: a copy is as sealed as the store, and the key is
never in it.
"""

import errno
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal, TypeAlias

from bot.sessions.sqlite import statements
from bot.sessions.sqlite.file import hand_over
from bot.sessions.vault import Vault

#: How long to wait for a program that holds the file, in seconds.
_BUSY_SECONDS = 30.0
_LOGS = ("-wal", "-shm", "-journal")

#: There is no such file or folder; it is no store; SQLite finds it damaged; it was sealed with a key that is not there;
#: the rights do not suffice; another program holds it; the disk is full; the disk fails.
Reason: TypeAlias = Literal["missing", "foreign", "damaged", "key", "denied", "busy", "full", "disk"]

_OF_SQLITE: dict[int, Reason] = {
    sqlite3.SQLITE_BUSY: "busy",
    sqlite3.SQLITE_LOCKED: "busy",
    sqlite3.SQLITE_FULL: "full",
    sqlite3.SQLITE_CANTOPEN: "denied",
    sqlite3.SQLITE_READONLY: "denied",
    sqlite3.SQLITE_PERM: "denied",
    sqlite3.SQLITE_NOTADB: "foreign",
    sqlite3.SQLITE_CORRUPT: "damaged",
}
_OF_SYSTEM: dict[int, Reason] = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EROFS: "denied",
}
#: The low byte of SQLite's extended codes is the primary one.
_PRIMARY = 0xFF


class CopyFailed(Exception):
    """A copy could not be made or put back, and nothing has changed."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason

    @property
    def may_pass(self) -> bool:
        """Whether to try again later can help."""
        return self.reason in ("busy", "full", "disk")


def copy(store: Path, target: Path) -> None:
    """Copy a store that may be in use; the target is there whole or not at all. Raises CopyFailed."""
    _transfer(store, target, None)


def restore(copied: Path, store: Path, vault: Vault) -> None:
    """Put a copy in the place of the store, which nobody may use meanwhile. Raises CopyFailed."""
    _transfer(copied, store, vault)


def _transfer(source: Path, target: Path, vault: Vault | None) -> None:
    """With a vault only what it can open, and in place of what is there with its logs."""
    with _faults(), _unfinished(target) as made:
        with _reading(source) as reading, closing(sqlite3.connect(made)) as writing:
            _prove_ours(reading, vault)
            # In one step, from one moment's state: step by step, each write of the bot would begin it anew.
            reading.backup(writing, pages=-1)
            # One file, without a log beside it.
            writing.execute("PRAGMA journal_mode = DELETE").fetchall()
            if writing.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                raise CopyFailed("damaged")
        _flush(made)
        if vault is not None:
            _make_room(made, target)
        made.replace(target)
        _flush(target.parent)


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    if not path.is_file():
        raise CopyFailed("missing")
    # Never made by looking for it. Not read-only: who reads a log must be able to write its index.
    address = f"{path.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, timeout=_BUSY_SECONDS, uri=True)) as opened:
        yield opened


def _prove_ours(reading: sqlite3.Connection, vault: Vault | None) -> None:
    if reading.execute("SELECT 1 FROM sqlite_master WHERE name = 'store_key'").fetchone() is None:
        raise CopyFailed("foreign")
    known = reading.execute(statements.READ_KEY).fetchone()
    if vault is not None and (known is None or known[0] not in vault.fingerprints):
        raise CopyFailed("key")


@contextmanager
def _unfinished(target: Path) -> Iterator[Path]:
    """A file beside the target that is gone at the end, unless it has become the target."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    os.close(handle)
    try:
        yield Path(name)
    finally:
        for log in ("", *_LOGS):
            Path(f"{name}{log}").unlink(missing_ok=True)


def _make_room(made: Path, target: Path) -> None:
    """The logs belong to what was there before."""
    for log in _LOGS:
        Path(f"{target}{log}").unlink(missing_ok=True)
    hand_over(made)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _faults() -> Iterator[None]:
    """Every fault of SQLite and of the disk as a reason."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0)
        raise CopyFailed(_OF_SQLITE.get(code & _PRIMARY, "disk")) from error
    except OSError as error:
        raise CopyFailed(_OF_SYSTEM.get(error.errno or 0, "disk")) from error
