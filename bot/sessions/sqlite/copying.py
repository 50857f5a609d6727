"""Copies of the SQLite file: made while the bot writes to it, and put back while it does not.

Owns that a copy is whole and one file. Refuses to read what is in it: a copy is as sealed as the store, and the key is
never in it.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.sessions.sqlite import statements
from bot.sessions.sqlite.file import hand_over
from bot.sessions.sqlite.inspection import is_ours, opened
from bot.sessions.sqlite.reasons import FileUnusable, faults
from bot.sessions.vault import Vault

#: How long to wait for a program that holds the file, in seconds.
_BUSY_SECONDS = 30.0
_LOGS = ("-wal", "-shm", "-journal")


def copy(store: Path, target: Path) -> None:
    """Copy a store that may be in use; the target is there whole or not at all. Raises FileUnusable."""
    _transfer(store, target, None)


def restore(copied: Path, store: Path, vault: Vault) -> None:
    """Put a copy in the place of the store, which nobody may use meanwhile. Raises FileUnusable."""
    _transfer(copied, store, vault)


def _transfer(source: Path, target: Path, vault: Vault | None) -> None:
    """With a vault only what it can open, and in place of what is there with its logs."""
    with faults(), _unfinished(target) as made:
        with opened(source, _BUSY_SECONDS) as reading, closing(sqlite3.connect(made)) as writing:
            _prove_ours(reading, vault)
            # In one step, from one moment's state: step by step, each write of the bot would begin it anew.
            reading.backup(writing, pages=-1)
            # One file, without a log beside it.
            writing.execute("PRAGMA journal_mode = DELETE").fetchall()
            if writing.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
                raise FileUnusable("damaged")
        _flush(made)
        if vault is not None:
            _make_room(made, target)
        made.replace(target)
        _flush(target.parent)


def _prove_ours(reading: sqlite3.Connection, vault: Vault | None) -> None:
    if not is_ours(reading):
        raise FileUnusable("foreign")
    known = reading.execute(statements.READ_KEY).fetchone()
    if vault is not None and (known is None or known[0] not in vault.fingerprints):
        raise FileUnusable("key")


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
