"""A store in memory: for the terminal and for tests. It ends with the process; its key does, too."""

import secrets
import sqlite3

from bot.sessions.sqlite import SqliteStore
from bot.sessions.sqlite.file import prepare
from bot.sessions.sqlite.place import Place
from bot.sessions.store import Retention
from bot.sessions.vault import KEY_BYTES, Vault


class MemoryStore(SqliteStore):
    """See `Store`."""

    def __init__(self, retention: Retention) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        vault = Vault([secrets.token_bytes(KEY_BYTES)])
        prepare(connection, vault, "the store in memory")
        super().__init__(connection, Place(), vault, retention, None)
