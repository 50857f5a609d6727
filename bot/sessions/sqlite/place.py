"""Where the database lies, and what is wrong there when it cannot be used.

Owns which faults pass by themselves or once an operator has looked after the machine (no room, a lock, a read-only
file system), and which are a wrong setting. Refuses to guess from messages: codes tell.
"""

import errno
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from bot.sessions.store import StoreLost, StoreUnavailable, StoreUnreachable


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong for now, and what to do."""

    reason: str
    advice: str


FULL = Trouble("disk full", "make room on its disk")
LOCKED = Trouble("locked by another program", "end what holds it, such as a backup or an SQLite shell")
READ_ONLY = Trouble("read-only file system", "mount it for writing")
BROKEN = Trouble("input/output error", "look at the disk and at the system's log")
SHORT = Trouble("too little memory or too many open files", "give the bot more of it")

_BY_ERRNO = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EROFS: READ_ONLY,
    errno.EIO: BROKEN,
    errno.ESTALE: BROKEN,
    errno.ENOMEM: SHORT,
    errno.EMFILE: SHORT,
    errno.ENFILE: SHORT,
    errno.EAGAIN: LOCKED,
    errno.EDEADLK: LOCKED,
}
#: By the primary code (sqlite.org/rescode.html).
_BY_CODE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: LOCKED,
    sqlite3.SQLITE_LOCKED: LOCKED,
    sqlite3.SQLITE_PROTOCOL: LOCKED,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_IOERR: BROKEN,
    sqlite3.SQLITE_NOMEM: SHORT,
}
#: Behind these may stand a disk that is full or read-only; the system's own code is not told.
_OPAQUE = (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_PRIMARY = 0xFF


@dataclass(frozen=True, slots=True)
class Place:
    """A file, or memory; `identity` is the file that was opened: device and inode."""

    path: Path | None = None
    identity: tuple[int, int] | None = None

    @classmethod
    def of(cls, path: Path) -> "Place":
        """The place of a file that has just been opened."""
        return cls(path, _identity(path))

    def check(self) -> None:
        """Raise StoreLost if the path leads to another file by now, or to none: nobody would find again what is
        written."""
        if self.path is not None and self.identity is not None and _identity(self.path) != self.identity:
            message = f"BOT_STORE: {self.path} was deleted or replaced while the bot runs"
            raise StoreLost(f"{message}: put it back, or start the bot anew", "store deleted or replaced")

    def fault(self, error: Exception) -> StoreUnavailable:
        """What to tell an operator of an error of the database or of its file."""
        trouble = trouble_of(error) if isinstance(error, OSError) else self._trouble(error)
        if trouble is not None:
            message = f"BOT_STORE: {self.shown} cannot be used for now ({trouble.reason}): {trouble.advice}"
            return StoreUnreachable(message, trouble.reason)
        if isinstance(error, sqlite3.Error) and _code(error) in _DAMAGED:
            advice = "restore it from a backup, or move it away to begin anew"
            return StoreUnavailable(f"BOT_STORE: {self.shown} is damaged or no SQLite database: {advice}", "damaged")
        return self.refusal(getattr(error, "strerror", None) or "")

    def refusal(self, reason: str = "") -> StoreUnavailable:
        """What to tell an operator who has named a file that cannot be used."""
        because = f" ({reason})" if reason else ""
        advice = "name a file of its own in a folder that exists and can be written"
        return StoreUnavailable(f"BOT_STORE: {self.shown} cannot be used as an SQLite database{because}: {advice}")

    @property
    def shown(self) -> str:
        """The place in a message."""
        return str(self.path or "the store in memory")

    def _trouble(self, error: Exception) -> Trouble | None:
        code = _code(error)
        return (self._trouble_of_disk() if code in _OPAQUE else None) or _BY_CODE.get(code)

    def _trouble_of_disk(self) -> Trouble | None:
        if self.path is None or not hasattr(os, "statvfs"):
            return None
        try:
            disk = os.statvfs(self.path.parent)
        except OSError as error:
            return trouble_of(error)
        if disk.f_flag & os.ST_RDONLY:
            return READ_ONLY
        return FULL if disk.f_blocks and not disk.f_bavail else None


def file_fault(what: str, error: OSError, advice: str) -> StoreUnavailable:
    """What to tell an operator of another file or folder beside the database; `advice` is for a wrong setting."""
    trouble = trouble_of(error)
    if trouble is None:
        return StoreUnavailable(f"{what}: {advice}")
    return StoreUnreachable(f"{what} for now ({trouble.reason}): {trouble.advice}", trouble.reason)


def trouble_of(error: OSError) -> Trouble | None:
    """What is wrong for now, if a file cannot be used for that; None for a wrong setting."""
    return _BY_ERRNO.get(error.errno or 0)


def _code(error: Exception) -> int:
    # An error of the library itself and not of the database has none.
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
