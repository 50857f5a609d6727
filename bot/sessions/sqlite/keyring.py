"""The keys that seal rows of the SQLite file: counting, sealing anew, and deleting what no key opens any more."""

import sqlite3
from collections.abc import Callable

from bot.sessions.keyring import SEALED, KeyUse, uses
from bot.sessions.sealing import Sealer
from bot.sessions.vault import ID_BYTES, Vault

_BY_KEY = {
    kind: f"SELECT lower(hex(substr(body, 1, {ID_BYTES}))), count(*) FROM {kind} WHERE body IS NOT NULL GROUP BY 1"  # noqa: S608
    for kind in SEALED
}
_UNREADABLE = "lower(hex(substr(body, 1, ?))) NOT IN (SELECT value FROM json_each(?))"
_DISCARD = (
    f"DELETE FROM sessions WHERE {_UNREADABLE}",  # noqa: S608
    # Its number stays, so that it is not answered should it come again.
    f"UPDATE inbox SET lane = NULL, body = NULL WHERE body IS NOT NULL AND {_UNREADABLE}",  # noqa: S608
    f"DELETE FROM outbox WHERE {_UNREADABLE}",  # noqa: S608
    f"DELETE FROM donations WHERE {_UNREADABLE}",  # noqa: S608
)
_FOREIGN_DONATIONS = f"SELECT id, body FROM donations WHERE lower(hex(substr(body, 1, {ID_BYTES}))) <> ?"  # noqa: S608
_RESEAL = "UPDATE donations SET body = ? WHERE id = ?"

Work = Callable[[sqlite3.Connection], int]


def key_uses(connection: sqlite3.Connection, vault: Vault) -> tuple[KeyUse, ...]:
    """Reads only. Raises sqlite3.Error."""
    found = [(kind, *row) for kind, statement in _BY_KEY.items() for row in connection.execute(statement)]
    return uses(vault, found)


def discarding(vault: Vault) -> Work:
    """Deletes what none of these keys opens; how much that was."""
    known = "[" + ",".join(f'"{each}"' for each in vault.fingerprints) + "]"
    return lambda connection: sum(connection.execute(each, (ID_BYTES, known)).rowcount for each in _DISCARD)


def resealing(vault: Vault) -> Work:
    """Seals donated questions with the first key; how many were sealed with another."""
    sealer = Sealer(vault)

    def reseal(connection: sqlite3.Connection) -> int:
        rows = connection.execute(_FOREIGN_DONATIONS, (vault.fingerprints[0],)).fetchall()
        sealed = [(sealer.seal_donation(sealer.donation(id_, body)), id_) for id_, body in rows]
        connection.executemany(_RESEAL, sealed)
        return len(sealed)

    return reseal
