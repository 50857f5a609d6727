"""A store in one SQLite file: for one process that may be killed at any time.

Every write is on the disk before its caller goes on (WAL, synchronous). Texts and names are sealed by the vault; what
lies open in the file are update numbers, entry ids of votes, and times.
"""

import os
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from bot.dialogue.held import Held, HeldSession
from bot.dialogue.session import Session
from bot.messages import Conversation
from bot.sessions import codec, statements
from bot.sessions.database import Database
from bot.sessions.store import (
    ANSWERED_LIFETIME,
    ConversationLocks,
    Depth,
    Donation,
    Expired,
    Letter,
    Parcel,
    Pending,
    Retention,
    StoreUnavailable,
    Turn,
    Vote,
    is_expired,
)
from bot.sessions.vault import Sealed, Vault

#: How long a write waits for another process that holds the file, in seconds.
_BUSY_TIMEOUT_SECONDS = 10.0
#: Only the account that runs the bot may read the file.
_FILE_MODE = 0o600


class SqliteStore:
    """See `Store`. Made by `open`."""

    sweep_seconds = 30.0

    def __init__(
        self, connection: sqlite3.Connection, message: str, vault: Vault, retention: Retention, guard: FileLock | None
    ) -> None:
        self._database = Database(connection, message)
        self._vault = vault
        self._retention = retention
        self._guard = guard
        self._locks = ConversationLocks()

    @classmethod
    async def open(cls, path: Path, vault: Vault, retention: Retention, *, is_exclusive: bool = False) -> "SqliteStore":
        """Open or create the file; exclusively for a process that works on its inbox. Raises StoreUnavailable if it
        cannot be read and written, belongs to another such process or was sealed with another key."""
        guard = _guard(path) if is_exclusive else None
        try:
            return cls(_connected(path, vault), _message(path), vault, retention, guard)
        except (OSError, sqlite3.Error) as error:
            _release(guard)
            raise StoreUnavailable(_message(path)) from error
        except StoreUnavailable:
            _release(guard)
            raise

    def lane_of(self, chat: str) -> str:
        return self._vault.pseudonym(chat)

    async def take(self, letters: Sequence[tuple[str, Letter]], at: datetime) -> None:
        rows = [
            (letter.number, self.lane_of(chat), self._sealed("inbox", letter.number, letter.body), at.timestamp())
            for chat, letter in letters
        ]
        await self._database.run(lambda connection: connection.executemany(statements.TAKE, rows) and None)

    async def waiting_lanes(self) -> Sequence[str]:
        rows = await self._database.run(lambda connection: connection.execute(statements.WAITING_LANES).fetchall())
        return [lane for (lane,) in rows]

    @asynccontextmanager
    async def hold(self, lane: str) -> AsyncIterator["SqliteLane | None"]:
        async with self._locks.hold(f"lane {lane}"):
            yield SqliteLane(self, lane)

    @asynccontextmanager
    async def turn(self, conversation: Conversation, at: datetime) -> AsyncIterator[Turn]:
        async with self._locks.hold(conversation.id), self.saved_turn(None, conversation, at) as turn:
            yield turn

    @asynccontextmanager
    async def saved_turn(self, letter: Letter | None, conversation: Conversation, at: datetime) -> AsyncIterator[Turn]:
        """A turn, saved whole at its end; its caller sees to it that it is the conversation's only one."""
        turn = Turn(await self.session(conversation, at), partial(self._held, letter, conversation, at))
        yield turn
        turn.parcels = await self._database.run(partial(self._save, turn, letter, conversation, at))
        if turn.is_forgotten or turn.is_erased:
            await self._database.empty_log()

    async def session(self, conversation: Conversation, at: datetime) -> Session | None:
        """The session of a conversation, if it has one that has not expired."""
        key = self._vault.pseudonym(conversation.id)
        row = await self._database.run(lambda connection: connection.execute(statements.READ, (key,)).fetchone())
        if row is None or is_expired(datetime.fromtimestamp(row[1], UTC), at, self._retention.sessions):
            return None
        return self._opened_session(key, row[0])

    async def pending(self, lane: str) -> Pending:
        """All that waits in a lane."""
        parcels, letters = await self._database.run(partial(_read_pending, lane))
        return Pending(
            tuple(Parcel(id_, letter, self._opened("outbox", letter, body)) for id_, letter, body in parcels),
            tuple(Letter(number, self._opened("inbox", number, body)) for number, body in letters),
        )

    async def write(self, statement: str, values: tuple[str | int | float, ...]) -> None:
        """Run one statement, durably."""
        await self._database.run(lambda connection: connection.execute(statement, values) and None)

    async def forget_lane(self, lane: str) -> None:
        """Delete everything of a chat, and from the log, too."""
        await self._database.run(partial(_forget_lane, (lane,)))
        await self._database.empty_log()

    async def delete_expired(self, at: datetime) -> Expired:
        times = statements.Times(
            sessions=(at - self._retention.sessions).timestamp(),
            donations=(at - self._retention.donations).timestamp(),
            answered=(at - max(self._retention.sessions, ANSWERED_LIFETIME)).timestamp(),
        )
        expired = await self._database.run(partial(_delete_expired, times))
        await self._database.empty_log()
        return expired

    async def depth(self) -> Depth:
        return Depth(*await self._database.run(lambda connection: connection.execute(statements.DEPTH).fetchone()))

    async def donations(self) -> Sequence[Donation]:
        rows = await self._database.run(lambda connection: connection.execute(statements.DONATIONS).fetchall())
        return [codec.decode_donation(id_, self._opened("donation", id_, body)) for id_, body in rows]

    async def delete_donations(self, ids: Sequence[str]) -> int:
        deleted = await self._database.run(partial(_delete_donations, ids))
        await self._database.empty_log()
        return deleted

    async def votes(self) -> dict[str, dict[Vote, int]]:
        rows = await self._database.run(lambda connection: connection.execute(statements.VOTES).fetchall())
        counted: dict[str, dict[Vote, int]] = {}
        for entry, vote, count in rows:
            counted.setdefault(entry, {})[vote] = count
        return counted

    async def close(self) -> None:
        await self._database.close()
        _release(self._guard)

    async def _held(self, letter: Letter | None, conversation: Conversation, at: datetime) -> Held:
        owners = self._vault.pseudonyms(conversation.owner)
        lanes = () if conversation.is_group else self._vault.pseudonyms(conversation.lane)
        rows, letters, parcels = await self._database.run(partial(_read_held, owners, lanes))
        found = [(self._opened_session(key, body), datetime.fromtimestamp(touched, UTC)) for key, body, touched in rows]
        lifetime = self._retention.sessions
        sessions = tuple(
            HeldSession(session, touched, touched + lifetime)
            for session, touched in found
            if session is not None and not is_expired(touched, at, lifetime)
        )
        # The message that asks is none that waits.
        return Held(sessions, max(0, letters - (letter is not None)), parcels)

    def _save(
        self,
        turn: Turn,
        letter: Letter | None,
        conversation: Conversation,
        at: datetime,
        connection: sqlite3.Connection,
    ) -> tuple[Parcel, ...]:
        """All that a turn leaves behind, in the transaction of the caller."""
        if turn.is_erased:
            self._erase(conversation, connection)
        elif turn.is_forgotten:
            connection.execute(statements.FORGET, (self._vault.pseudonym(conversation.id),))
        elif turn.kept is not None:
            connection.execute(statements.SAVE, self._session_row(turn.kept, conversation, at))
        connection.executemany(statements.COUNT_VOTE, turn.votes)
        connection.executemany(statements.DONATE, [self._donation_row(each) for each in turn.donations])
        connection.executemany(statements.WITHDRAW, [(each,) for each in turn.withdrawn])
        if letter is not None:
            connection.execute(statements.ANSWERED, (letter.number,))
        number = letter.number if letter is not None else 0
        return tuple(self._post(number, body, conversation, at, connection) for body in turn.posted)

    def _erase(self, conversation: Conversation, connection: sqlite3.Connection) -> None:
        owners = self._vault.pseudonyms(conversation.owner)
        connection.executemany(statements.ERASE_OWNER, [(each,) for each in owners])
        if not conversation.is_group:
            _forget_lane(self._vault.pseudonyms(conversation.lane), connection)

    def _session_row(
        self, session: Session, conversation: Conversation, at: datetime
    ) -> tuple[str | bytes | float, ...]:
        key = self._vault.pseudonym(conversation.id)
        body = self._sealed("session", key, codec.encode(session))
        lane, owner = self.lane_of(conversation.lane), self._vault.pseudonym(conversation.owner)
        return (key, lane, owner, body, at.timestamp())

    def _donation_row(self, donation: Donation) -> tuple[str | bytes | float, ...]:
        sealed = self._sealed("donation", donation.id, codec.encode_donation(donation))
        return (donation.id, sealed, donation.at.timestamp())

    def _post(
        self, letter: int, body: str, conversation: Conversation, at: datetime, connection: sqlite3.Connection
    ) -> Parcel:
        row = (self.lane_of(conversation.lane), letter, self._sealed("outbox", letter, body), at.timestamp())
        ((id_,),) = connection.execute(statements.POST, row).fetchall()
        return Parcel(id_, letter, body)

    def _sealed(self, kind: str, key: str | int, text: str) -> bytes:
        return self._vault.seal(text, f"{kind} {key}")

    def _opened(self, kind: str, key: str | int, body: bytes) -> str:
        try:
            return self._vault.open(body, f"{kind} {key}")
        except Sealed as error:
            raise StoreUnavailable(
                "BOT_STORE_KEY: something in the store was sealed with another key; set that key, too"
            ) from error

    def _opened_session(self, key: str, body: bytes) -> Session | None:
        # A session that cannot be read begins anew, whatever the reason.
        with suppress(Sealed):
            return codec.decode(self._vault.open(body, f"session {key}"))
        return None


class SqliteLane:
    """See `Lane`. Nobody can take it over: the file is this process's alone."""

    def __init__(self, store: SqliteStore, lane: str) -> None:
        self._store = store
        self._lane = lane
        self.has_more = False

    def check(self) -> None:
        pass

    async def pending(self) -> Pending:
        return await self._store.pending(self._lane)

    @asynccontextmanager
    async def turn(self, letter: Letter, conversation: Conversation, at: datetime) -> AsyncIterator[Turn]:
        async with self._store.saved_turn(letter, conversation, at) as turn:
            yield turn

    async def drop(self, letter: Letter) -> None:
        await self._store.write(statements.ANSWERED, (letter.number,))

    async def delivered(self, parcel: Parcel) -> None:
        await self._store.write(statements.DELIVERED, (parcel.id,))

    async def give_up(self, parcel: Parcel) -> None:
        await self._store.write(statements.GIVE_UP, (self._lane, parcel.letter, parcel.id))

    async def forget(self) -> None:
        await self._store.forget_lane(self._lane)


def _read_pending(
    lane: str, connection: sqlite3.Connection
) -> tuple[list[tuple[int, int, bytes]], list[tuple[int, bytes]]]:
    parcels = connection.execute(statements.PARCELS, (lane,)).fetchall()
    return parcels, connection.execute(statements.LETTERS, (lane,)).fetchall()


def _read_held(
    owners: Sequence[str], lanes: Sequence[str], connection: sqlite3.Connection
) -> tuple[list[tuple[str, bytes, float]], int, int]:
    rows = [row for owner in owners for row in connection.execute(statements.OWNED, (owner,))]
    letters = sum(connection.execute(statements.LETTERS_IN, (lane,)).fetchone()[0] for lane in lanes)
    parcels = sum(connection.execute(statements.PARCELS_IN, (lane,)).fetchone()[0] for lane in lanes)
    return rows, letters, parcels


def _forget_lane(lanes: Sequence[str], connection: sqlite3.Connection) -> None:
    for statement in statements.FORGET_LANE:
        connection.executemany(statement, [(lane,) for lane in lanes])


def _delete_expired(times: statements.Times, connection: sqlite3.Connection) -> Expired:
    connection.execute(statements.DELETE_ANSWERED, (times.answered,))
    return Expired(
        sessions=connection.execute(statements.DELETE_SESSIONS, (times.sessions,)).rowcount,
        letters=connection.execute(statements.DELETE_LETTERS, (times.sessions,)).rowcount,
        parcels=connection.execute(statements.DELETE_PARCELS, (times.sessions,)).rowcount,
        donations=connection.execute(statements.DELETE_DONATIONS, (times.donations,)).rowcount,
    )


def _delete_donations(ids: Sequence[str], connection: sqlite3.Connection) -> int:
    return connection.executemany(statements.WITHDRAW, [(each,) for each in ids]).rowcount


def _connected(path: Path, vault: Vault) -> sqlite3.Connection:
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, _FILE_MODE))
    # Used by the database's one thread alone, once it has been prepared here.
    connection = sqlite3.connect(path, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        prepare(connection, vault, path)
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(connection: sqlite3.Connection, vault: Vault, path: Path | None = None) -> None:
    """Make the tables, or prove that they are ours and sealed with one of our keys. Raises StoreUnavailable."""
    connection.execute("PRAGMA synchronous = FULL")
    # What is deleted is overwritten, not merely marked as free.
    connection.execute("PRAGMA secure_delete = ON")
    with closing(connection.cursor()) as cursor:
        # The first layout kept sessions unsealed; they begin anew.
        if cursor.execute("PRAGMA user_version").fetchone()[0] == 0:
            cursor.execute("DROP TABLE IF EXISTS sessions")
        cursor.executescript(statements.SCHEMA)
        cursor.execute(statements.READ, ("",))
        known = cursor.execute(statements.READ_KEY).fetchone()
        if known is not None and known[0] not in vault.fingerprints:
            raise StoreUnavailable(
                f"BOT_STORE_KEY: {path} was sealed with another key: set that key, or remove the file to begin anew"
            )
        cursor.execute(statements.SAVE_KEY, (vault.fingerprints[0],))


def _guard(path: Path) -> FileLock:
    guard = FileLock(f"{path}.lock", mode=_FILE_MODE)
    try:
        guard.acquire(blocking=False)
    except Timeout as error:
        message = f"BOT_STORE: another process runs on {path}: stop it, or use redis://… for several"
        raise StoreUnavailable(message) from error
    except OSError as error:
        raise StoreUnavailable(_message(path)) from error
    return guard


def _release(guard: FileLock | None) -> None:
    if guard is not None:
        guard.release()


def _message(path: Path) -> str:
    advice = "name a file of its own in a folder that exists and can be written, and let no other program hold it"
    return f"BOT_STORE: {path} cannot be used as an SQLite database: {advice}"
