"""One lane of the SQLite store. Nobody can take it over: the file is this process's alone."""

import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.messages import Conversation
from bot.sessions.sealing import Sealer
from bot.sessions.sqlite import statements
from bot.sessions.sqlite.database import Database
from bot.sessions.sqlite.turns import Occasion, Turns, forget_lanes
from bot.sessions.store import ConversationLocks, InboxUpdate, OutboxMessage, Pending, Turn


@dataclass(frozen=True, slots=True)
class _Found:
    """The rows of what waits, and how many other processes have begun the first update, if its turn is due."""

    messages: list[tuple[int, int, bytes]]
    updates: list[tuple[int, bytes]]
    deaths: int | None


class SqliteLane:
    """See `Lane`."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of the store that a lane works with
        self, lane: str, process: str, database: Database, sealer: Sealer, turns: Turns, locks: ConversationLocks
    ) -> None:
        self._lane = lane
        self._process = process
        self._database = database
        self._sealer = sealer
        self._turns = turns
        self._locks = locks
        #: Of what is noted as begun: how many others have begun it.
        self._deaths: dict[int, int] = {}
        self.has_more = False

    def check(self) -> None:
        pass

    async def pending(self) -> Pending:
        found = await self._database.run(partial(_read_pending, self._lane, self._process), is_durable=False)
        if found.deaths is not None:
            self._deaths = {found.updates[0][0]: found.deaths}
        return Pending(
            tuple(self._sealer.message(*row) for row in found.messages),
            tuple(self._sealer.update(*row) for row in found.updates),
        )

    def has_begun(self, update: InboxUpdate) -> bool:
        return update.number in self._deaths

    async def begin(self, update: InboxUpdate) -> int:
        if not self.has_begun(update):
            begun = partial(_begin, update.number, self._process)
            self._deaths = {update.number: await self._database.run(begun, is_durable=False)}
        return self._deaths[update.number]

    async def put_off(self, updates: Sequence[InboxUpdate]) -> None:
        self._deaths = {}
        await self._database.run(partial(_put_off, updates), is_durable=False)

    @asynccontextmanager
    async def turn(self, update: InboxUpdate, conversation: Conversation, at: datetime) -> AsyncIterator[Turn]:
        occasion = Occasion(conversation, at, update, self._lane)
        # During a change of keys a chat has two lanes.
        async with self._locks.hold(conversation.id):
            turn = await self._turns.begin(occasion)
            yield turn
            await self._turns.save(turn, occasion)

    async def drop(self, update: InboxUpdate) -> None:
        await self._write(statements.ANSWERED, update.number)

    async def delivered(self, message: OutboxMessage) -> None:
        await self._write(statements.DELIVERED, message.id)

    async def give_up(self, message: OutboxMessage) -> None:
        await self._write(statements.GIVE_UP, self._lane, message.update_number, message.id)

    async def forget(self, update_number: int) -> None:
        await self._database.run(partial(forget_lanes, (self._lane,), update_number))
        await self._database.empty_log()

    async def _write(self, statement: str, *values: str | int) -> None:
        await self._database.run(lambda connection: connection.execute(statement, values) and None)


def _read_pending(lane: str, process: str, connection: sqlite3.Connection) -> _Found:
    messages = connection.execute(statements.MESSAGES, (lane,)).fetchall()
    updates = connection.execute(statements.UPDATES, (lane,)).fetchall()
    is_due = updates and not messages
    return _Found(messages, updates, _begin(updates[0][0], process, connection) if is_due else None)


def _begin(number: int, process: str, connection: sqlite3.Connection) -> int:
    row = connection.execute(statements.BEGIN, {"process": process, "number": number}).fetchone()
    return int(row[0]) if row else 0


def _put_off(updates: Sequence[InboxUpdate], connection: sqlite3.Connection) -> None:
    connection.executemany(statements.PUT_OFF, [(update.number,) for update in updates])
