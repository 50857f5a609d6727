"""Why an SQLite file cannot be used, as one of a few reasons: for those who look at it from outside."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

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


class FileUnusable(Exception):
    """The file cannot be used."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason

    @property
    def may_pass(self) -> bool:
        """Whether to try again later can help."""
        return self.reason in ("busy", "full", "disk")


@contextmanager
def faults() -> Iterator[None]:
    """Every fault of SQLite and of the disk as a FileUnusable."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0)
        raise FileUnusable(_OF_SQLITE.get(code & _PRIMARY, "disk")) from error
    except OSError as error:
        raise FileUnusable(_OF_SYSTEM.get(error.errno or 0, "disk")) from error
