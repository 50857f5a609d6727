"""The protocol of stores, and what all of them share.

A store keeps four things, each until its time is over and all of it sealed (see `vault`):

- the **inbox**: updates that have arrived and are not yet answered, each number once;
- **sessions**: what is known of a dialogue between two turns;
- the **outbox**: parcels, replies that are written and not yet delivered;
- what people give to the editors: **votes** on answers and **donations** of questions, neither with a person.

One chat's updates and replies keep their order: its *lane* is held by one worker at a time. A turn leaves the session,
the mark in the inbox and the replies behind in one transaction.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeAlias

from bot.dialogue.held import Held
from bot.dialogue.session import Session
from bot.messages import Conversation, Language

#: Everything a store keeps of or for people, by name; the privacy notice has a text for each.
STORED = ("inbox", "sessions", "outbox", "votes", "donations")
#: How long the number of an answered update is remembered: Telegram offers an update for 24 hours.
ANSWERED_LIFETIME = timedelta(hours=25)

#: So many lanes are looked at in one sweep; the others have their turn in the next.
MOST_LANES = 2000

Vote: TypeAlias = Literal["helpful", "unhelpful"]


class StoreUnavailable(Exception):
    """The store cannot be opened or written; the message says which and what to do, and holds no content."""


class StoreUnreachable(StoreUnavailable):
    """The store is a server, and it does not answer."""


class LaneLost(Exception):
    """Another process has taken the lane over; what was about to be written is that one's to write."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept: dialogues (and what waits in inbox and outbox), and donated questions."""

    sessions: timedelta
    donations: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Letter:
    """An update as it arrived; its number is unique."""

    number: int
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message to be delivered, as its channel wrote it, and the number of the letter that it answers."""

    id: int
    letter: int
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits in a lane: parcels first, then letters, each in order."""

    parcels: tuple[Parcel, ...] = ()
    letters: tuple[Letter, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parcels or self.letters)


@dataclass(frozen=True, slots=True)
class Donation:
    """A question that a person left for the editors, with personal data blanked; who has the id may withdraw it."""

    id: str
    text: str = field(repr=False)
    language: Language
    at: datetime


@dataclass(frozen=True, slots=True)
class Depth:
    """How much waits."""

    inbox: int = 0
    outbox: int = 0


@dataclass(frozen=True, slots=True)
class Expired:
    """How much was deleted because its time was over."""

    sessions: int = 0
    letters: int = 0
    parcels: int = 0
    donations: int = 0


async def _nothing_held() -> Held:
    return Held()


@dataclass(slots=True)
class Turn:
    """One exclusive turn: the session as it was (None if new or expired), and what the turn leaves behind."""

    session: Session | None
    held: Callable[[], Awaitable[Held]] = _nothing_held
    kept: Session | None = None
    is_forgotten: bool = False
    is_erased: bool = False
    votes: list[tuple[str, Vote]] = field(default_factory=list)
    donations: list[Donation] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    #: Filled when the turn is saved: what was posted, ready for delivery.
    parcels: tuple[Parcel, ...] = ()

    def keep(self, session: Session) -> None:
        self.kept = session

    def forget(self) -> None:
        """Delete what is stored of this dialogue."""
        self.is_forgotten = True

    def erase(self) -> None:
        """Delete everything that is stored of the person, in every chat."""
        self.is_erased = True


class Lane(Protocol):
    """One chat's work, held exclusively. Every method raises LaneLost when it is no longer ours."""

    #: Known when it is let go: whether something has arrived since it was last found empty.
    has_more: bool

    def check(self) -> None:
        """Raise LaneLost if the lane may no longer be ours: to be asked before anything that cannot be undone."""

    async def pending(self) -> Pending:
        """All that waits."""

    def turn(self, letter: Letter, conversation: Conversation, at: datetime) -> AbstractAsyncContextManager[Turn]:
        """The turn that a letter begins. Saved whole when the block ends without an exception, with the letter marked
        as answered and the posted replies in the outbox; otherwise everything stays as it was."""

    async def drop(self, letter: Letter) -> None:
        """Mark a letter as answered that needs no answer."""

    async def delivered(self, parcel: Parcel) -> None:
        """The parcel has arrived: forget it."""

    async def give_up(self, parcel: Parcel) -> None:
        """The parcel cannot be delivered: forget it and the rest of its turn, which would be a torso."""

    async def forget(self, letter: int) -> None:
        """Delete everything that is stored of this chat: sessions, waiting parcels, and letters up to this number: what
        came after it was written by somebody who wants to be answered."""


class Store(Protocol):
    """Keeps what must not be lost. All times are aware datetimes and come from the caller."""

    #: How often to look for lanes that nobody works on, in seconds.
    sweep_seconds: float

    def lane_of(self, chat: str) -> str:
        """The name of a chat's lane."""

    async def take(self, letters: Sequence[tuple[str, Letter]], at: datetime) -> None:
        """Keep letters with their chats, in one transaction a chat at least; those that are known already are not kept
        twice. When it returns they survive the death of the process."""

    async def waiting_lanes(self) -> Sequence[str]:
        """Lanes in which something waits; of very many, some."""

    def hold(self, lane: str) -> AbstractAsyncContextManager[Lane | None]:
        """Hold a lane exclusively; None if another process does."""

    def turn(self, conversation: Conversation, at: datetime) -> AbstractAsyncContextManager[Turn]:
        """A turn of a channel that needs no inbox and no outbox: exclusive, and saved as `Lane.turn` is."""

    async def delete_expired(self, at: datetime) -> Expired:
        """Delete everything whose time is over."""

    async def probe(self) -> None:
        """Prove that the store can be written. Raises StoreUnavailable."""

    async def depth(self) -> Depth:
        """How much waits; where that is costly to know, in as many lanes as `waiting_lanes` tells."""

    async def donations(self) -> Sequence[Donation]:
        """The donated questions, oldest first."""

    async def delete_donations(self, ids: Sequence[str]) -> int:
        """Delete donated questions; how many there were."""

    async def votes(self) -> dict[str, dict[Vote, int]]:
        """The votes on each entry."""

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
