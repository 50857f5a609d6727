"""Sessions in memory: for the terminal and for tests. They end with the process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.dialogue.session import Session
from bot.sessions.store import ConversationLocks, Turn, is_expired


class MemoryStore:
    """See `SessionStore`."""

    def __init__(self, lifetime: timedelta) -> None:
        self._lifetime = lifetime
        self._locks = ConversationLocks()
        self._sessions: dict[str, tuple[Session, datetime]] = {}

    @asynccontextmanager
    async def turn(self, conversation: str, at: datetime) -> AsyncIterator[Turn]:
        async with self._locks.hold(conversation):
            turn = Turn(self._read(conversation, at))
            yield turn
            if turn.is_forgotten:
                self._sessions.pop(conversation, None)
            elif turn.kept is not None:
                self._sessions[conversation] = (turn.kept, at)

    def _read(self, conversation: str, at: datetime) -> Session | None:
        session, touched = self._sessions.get(conversation, (None, at))
        return None if is_expired(touched, at, self._lifetime) else session

    async def delete_expired(self, at: datetime) -> int:
        late = [key for key, (_, touched) in self._sessions.items() if is_expired(touched, at, self._lifetime)]
        for key in late:
            del self._sessions[key]
        return len(late)

    async def close(self) -> None:
        self._sessions.clear()
