"""The protocol of session stores, and what all of them share.

A store opens one conversation's session exclusively, hands it out for one turn, and keeps what the turn leaves behind.
A session that was not touched for longer than the store's limit is as good as gone, even before it is deleted.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.dialogue.session import Session


class StoreUnavailable(Exception):
    """The store cannot be opened or written; the message says which and what to do, and holds no content."""


@dataclass(slots=True)
class Turn:
    """One exclusive turn: the session as it was (None if new or expired), and the one to keep, or to forget it."""

    session: Session | None
    kept: Session | None = None
    is_forgotten: bool = False

    def keep(self, session: Session) -> None:
        self.kept = session

    def forget(self) -> None:
        """Delete everything that is stored of the conversation."""
        self.is_forgotten = True


class SessionStore(Protocol):
    """Keeps sessions. All times are aware datetimes and come from the caller."""

    def turn(self, conversation: str, at: datetime) -> AbstractAsyncContextManager[Turn]:
        """Open a conversation's session exclusively. What the turn keeps is saved in one transaction when the block
        ends without an exception; otherwise the session stays as it was."""

    async def delete_expired(self, at: datetime) -> int:
        """Delete every session that has expired; the number deleted."""

    async def close(self) -> None:
        """Release what the store holds open."""


class ConversationLocks:
    """One lock per conversation in use, first come first served; none are left behind."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._users: dict[str, int] = {}

    @asynccontextmanager
    async def hold(self, conversation: str) -> AsyncIterator[None]:
        lock = self._locks.setdefault(conversation, asyncio.Lock())
        self._users[conversation] = self._users.get(conversation, 0) + 1
        try:
            async with lock:
                yield
        finally:
            self._release(conversation)

    def _release(self, conversation: str) -> None:
        self._users[conversation] -= 1
        if not self._users[conversation]:
            del self._users[conversation], self._locks[conversation]


def is_expired(touched: datetime, at: datetime, lifetime: timedelta) -> bool:
    return at - touched >= lifetime
