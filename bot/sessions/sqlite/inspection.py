"""A look at the SQLite file from outside, also while a bot works on it.

Owns that looking changes nothing: no file, table or key is made. Refuses to open what is sealed.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.sessions.keyring import KeyUse
from bot.sessions.sqlite import statements
from bot.sessions.sqlite.keyring import key_uses
from bot.sessions.sqlite.reasons import FileUnusable, faults
from bot.sessions.vault import Vault

_BUSY_SECONDS = 10.0
#: Written and committed, and as it was.
_TOUCH = "UPDATE store_key SET fingerprint = fingerprint"
_LOCKS = Path("/proc/locks")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What each key seals, and whether the key that is in use is one of those that are set."""

    uses: tuple[KeyUse, ...]
    is_key_set: bool


def inspect(path: Path, vault: Vault) -> Inspection:
    """Read the file, and write a row to it that changes nothing. Raises FileUnusable."""
    with faults(), opened(path, _BUSY_SECONDS) as connection:
        if not is_ours(connection):
            raise FileUnusable("foreign")
        known = connection.execute(statements.READ_KEY).fetchone()
        found = Inspection(key_uses(connection, vault), known is None or known[0] in vault.fingerprints)
        with connection:
            connection.execute(_TOUCH)
    return found


@contextmanager
def opened(path: Path, busy_seconds: float) -> Iterator[sqlite3.Connection]:
    """A connection to a file that exists. Raises FileUnusable or sqlite3.Error."""
    if not path.is_file():
        raise FileUnusable("missing")
    # Never made by looking for it. Not read-only: who reads a log must be able to write its index.
    address = f"{path.absolute().as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, timeout=busy_seconds, uri=True)) as connection:
        yield connection


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether it has the tables of a store. Raises sqlite3.Error."""
    return connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'store_key'").fetchone() is not None


def is_held(path: Path) -> bool:
    """Whether a bot works on the file, as far as this system tells. The lock is not tried: a bot that starts at this
    moment would find it taken."""
    try:
        inode = os.stat(f"{path}.lock").st_ino
        held = _LOCKS.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return False
    # "1: FLOCK  ADVISORY  WRITE 4711 00:2d:1234 0 EOF"; behind "->" stands who waits for it.
    locks = [line.split() for line in held if "->" not in line]
    return any(words[1] == "FLOCK" and words[5].rpartition(":")[2] == str(inode) for words in locks)
