"""One lane of the SQLite store. Nobody can take it over: the file is this process's alone."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import partial

from bot.messages import Conversation
from bot.sessions.sealing import Sealer
from bot.sessions.sqlite import statements
from bot.sessions.sqlite.database import Database
from bot.sessions.sqlite.turns import Occasion, Turns, forget_lanes
from bot.sessions.store import ConversationLocks, Letter, Parcel, Pending, Turn

_Rows = tuple[list[tuple[int, int, bytes]], list[tuple[int, bytes]]]


class SqliteLane:
    """See `Lane`."""

    def __init__(self, lane: str, database: Database, sealer: Sealer, turns: Turns, locks: ConversationLocks) -> None:
        self._lane = lane
        self._database = database
        self._sealer = sealer
        self._turns = turns
        self._locks = locks
        self.has_more = False

    def check(self) -> None:
        pass

    async def pending(self) -> Pending:
        parcels, letters = await self._database.run(partial(_read_pending, self._lane))
        return Pending(
            tuple(self._sealer.parcel(*row) for row in parcels), tuple(self._sealer.letter(*row) for row in letters)
        )

    @asynccontextmanager
    async def turn(self, letter: Letter, conversation: Conversation, at: datetime) -> AsyncIterator[Turn]:
        occasion = Occasion(conversation, at, letter, self._lane)
        # During a change of keys a chat has two lanes.
        async with self._locks.hold(conversation.id):
            turn = await self._turns.begin(occasion)
            yield turn
            await self._turns.save(turn, occasion)

    async def drop(self, letter: Letter) -> None:
        await self._write(statements.ANSWERED, letter.number)

    async def delivered(self, parcel: Parcel) -> None:
        await self._write(statements.DELIVERED, parcel.id)

    async def give_up(self, parcel: Parcel) -> None:
        await self._write(statements.GIVE_UP, self._lane, parcel.letter, parcel.id)

    async def forget(self, letter: int) -> None:
        await self._database.run(partial(forget_lanes, (self._lane,), letter))
        await self._database.empty_log()

    async def _write(self, statement: str, *values: str | int) -> None:
        await self._database.run(lambda connection: connection.execute(statement, values) and None)


def _read_pending(lane: str, connection: sqlite3.Connection) -> _Rows:
    parcels = connection.execute(statements.PARCELS, (lane,)).fetchall()
    return parcels, connection.execute(statements.LETTERS, (lane,)).fetchall()
