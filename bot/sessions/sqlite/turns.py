"""What a turn finds in the database and what it leaves there, in one transaction."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from bot.dialogue.held import Held, HeldSession
from bot.dialogue.session import Session
from bot.messages import Conversation
from bot.sessions.sealing import Sealer
from bot.sessions.sqlite import statements
from bot.sessions.sqlite.database import Database
from bot.sessions.store import Donation, InboxUpdate, OutboxMessage, Retention, Turn, is_expired
from bot.sessions.vault import Vault

#: No update has a higher one.
_LAST_NUMBER = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a turn is about: whose dialogue, when, and the update and its lane, if an update has begun it."""

    conversation: Conversation
    at: datetime
    update: InboxUpdate | None = None
    lane: str | None = None

    @property
    def number(self) -> int:
        """The update's number; 0 without one."""
        return self.update.number if self.update is not None else 0


class Turns:
    """Reads and saves turns."""

    def __init__(self, database: Database, vault: Vault, retention: Retention) -> None:
        self._database = database
        self._vault = vault
        self._sealer = Sealer(vault)
        self._retention = retention

    async def begin(self, occasion: Occasion) -> Turn:
        """The turn with the session as it is."""
        return Turn(await self._session(occasion), partial(self._held, occasion))

    async def save(self, turn: Turn, occasion: Occasion) -> None:
        """All that the turn leaves behind; its messages are then ready for delivery."""
        turn.queued = await self._database.run(partial(self._save, turn, occasion))
        if turn.is_forgotten or turn.is_erased or turn.withdrawn:
            await self._database.empty_log()

    async def _session(self, occasion: Occasion) -> Session | None:
        names = self._vault.pseudonyms(occasion.conversation.id)
        found = await self._database.run(partial(_read_session, names))
        if found is None or self._is_expired(found[2], occasion.at):
            return None
        return self._sealer.session(found[0], found[1])

    async def _held(self, occasion: Occasion) -> Held:
        conversation = occasion.conversation
        owners = self._vault.pseudonyms(conversation.owner)
        lanes = () if conversation.is_group else self._vault.pseudonyms(conversation.lane)
        rows, updates, messages = await self._database.run(partial(_read_held, owners, lanes))
        found = [(self._sealer.session(name, body), touched) for name, body, touched in rows]
        sessions = tuple(
            self._held_session(session, touched)
            for session, touched in found
            if session is not None and not self._is_expired(touched, occasion.at)
        )
        # The message that asks is none that waits.
        return Held(sessions, max(0, updates - (occasion.update is not None)), messages)

    def _held_session(self, session: Session, touched: float) -> HeldSession:
        touched_at = datetime.fromtimestamp(touched, UTC)
        return HeldSession(session, touched_at, touched_at + self._retention.sessions)

    def _is_expired(self, touched: float, at: datetime) -> bool:
        return is_expired(datetime.fromtimestamp(touched, UTC), at, self._retention.sessions)

    def _save(self, turn: Turn, occasion: Occasion, connection: sqlite3.Connection) -> tuple[OutboxMessage, ...]:
        self._save_session(turn, occasion, connection)
        connection.executemany(statements.COUNT_VOTE, [(*vote, vote[-1]) for vote in turn.votes])
        connection.executemany(statements.DONATE, [self._donation_row(each) for each in turn.donations])
        connection.executemany(statements.WITHDRAW, [(each,) for each in turn.withdrawn])
        if occasion.update is not None:
            answered = (occasion.update, *turn.also_answered)
            connection.executemany(statements.ANSWERED, [(update.number,) for update in answered])
        return tuple(self._post(body, occasion, connection) for body in turn.outgoing)

    def _save_session(self, turn: Turn, occasion: Occasion, connection: sqlite3.Connection) -> None:
        names = [(name,) for name in self._vault.pseudonyms(occasion.conversation.id)]
        if turn.is_erased:
            self._erase(occasion, connection)
        elif turn.is_forgotten:
            connection.executemany(statements.FORGET, names)
        elif turn.kept is not None:
            # Under an earlier key it had another name.
            connection.executemany(statements.FORGET, names[1:])
            connection.execute(statements.SAVE, self._session_row(turn.kept, occasion))

    def _erase(self, occasion: Occasion, connection: sqlite3.Connection) -> None:
        conversation = occasion.conversation
        owners = self._vault.pseudonyms(conversation.owner)
        connection.executemany(statements.ERASE_OWNER, [(each,) for each in owners])
        if not conversation.is_group:
            last = occasion.update.number if occasion.update is not None else _LAST_NUMBER
            forget_lanes(self._vault.pseudonyms(conversation.lane), last, connection)

    def _session_row(self, session: Session, occasion: Occasion) -> tuple[str | bytes | float, ...]:
        conversation = occasion.conversation
        name, lane, owner = map(self._vault.pseudonym, (conversation.id, conversation.lane, conversation.owner))
        return (name, lane, owner, self._sealer.seal_session(name, session), occasion.at.timestamp())

    def _donation_row(self, donation: Donation) -> tuple[str | bytes | float, ...]:
        return (donation.id, self._sealer.seal_donation(donation), donation.at.timestamp())

    def _post(self, body: str, occasion: Occasion, connection: sqlite3.Connection) -> OutboxMessage:
        # A lane of an earlier key is emptied by whoever holds it: what it answers stays in it.
        lane = occasion.lane or self._vault.pseudonym(occasion.conversation.lane)
        row = (lane, occasion.number, self._sealer.seal_message(occasion.number, body), occasion.at.timestamp())
        ((id_,),) = connection.execute(statements.QUEUE, row).fetchall()
        return OutboxMessage(id_, occasion.number, body)


def forget_lanes(lanes: Sequence[str], update_number: int, connection: sqlite3.Connection) -> None:
    """Delete everything of these lanes but the updates that came after this one."""
    for statement in statements.FORGET_LANE:
        connection.executemany(statement, [(lane,) for lane in lanes])
    connection.executemany(statements.FORGET_UPDATES, [(lane, update_number) for lane in lanes])


def _read_session(names: Sequence[str], connection: sqlite3.Connection) -> tuple[str, bytes, float] | None:
    """The row under the newest name that has one, and that name."""
    for name in names:
        row = connection.execute(statements.READ, (name,)).fetchone()
        if row is not None:
            return (name, *row)
    return None


def _read_held(
    owners: Sequence[str], lanes: Sequence[str], connection: sqlite3.Connection
) -> tuple[list[tuple[str, bytes, float]], int, int]:
    rows = [row for owner in owners for row in connection.execute(statements.OWNED, (owner,))]
    updates = sum(connection.execute(statements.UPDATES_IN, (lane,)).fetchone()[0] for lane in lanes)
    messages = sum(connection.execute(statements.MESSAGES_IN, (lane,)).fetchone()[0] for lane in lanes)
    return rows, updates, messages
