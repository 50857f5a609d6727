"""The protocol of stores, and what all of them share.

A store keeps four things, each until its time is over and all of it sealed (see `vault`):

- the **inbox**: updates that have arrived and are not yet answered, each number once;
- **sessions**: what is known of a dialogue between two turns;
- the **outbox**: messages, which are replies that are written and not yet delivered;
- what people give to the editors: **votes** on answers and **donations** of questions, neither with a person.

One chat's updates and replies keep their order: its *lane* is held by one worker at a time. A turn leaves the session,
the mark in the inbox and the replies behind in one transaction.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, Protocol, TypeAlias, get_args

from bot.dialogue.events import Complaint
from bot.dialogue.held import Held
from bot.dialogue.session import Session
from bot.messages import Conversation, Language
from bot.sessions.keyring import KeyUse

#: Everything a store keeps of or for people, by name; the privacy notice has a text for each.
STORED = ("inbox", "sessions", "outbox", "votes", "donations")
#: How long the number of an answered update is remembered: Telegram offers an update for 24 hours.
ANSWERED_LIFETIME = timedelta(hours=25)

#: So many lanes are looked at in one sweep; the others have their turn in the next.
MOST_LANES = 2000

#: How an answer was found, and what was wrong with it.
Vote: TypeAlias = Literal["helpful", "unhelpful"] | Complaint
VOTES: tuple[Vote, ...] = ("helpful", "unhelpful", *get_args(Complaint))


class StoreUnavailable(Exception):
    """The store cannot be opened or written; the message says which and what to do, and holds no content. `reason` is
    the same for whoever may only know that much: a few words without a name or an address."""

    def __init__(self, message: str, reason: str = "the store cannot be reached") -> None:
        super().__init__(message)
        self.reason = reason


class StoreUnreachable(StoreUnavailable):
    """The store cannot be used for now: a server does not answer, a disk is full. To try again later may help."""


class StoreLost(StoreUnreachable):
    """The file under the running bot was deleted or replaced: what is written there, nobody would find again."""


class LaneLost(Exception):
    """Another process has taken the lane over; what was about to be written is that one's to write."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long things are kept: dialogues (and what waits in inbox and outbox), and donated questions."""

    sessions: timedelta
    donations: timedelta = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class InboxUpdate:
    """An update as it arrived; its number is unique."""

    number: int
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """A message to be delivered, as its channel wrote it, and the number of the update that it answers."""

    id: int
    update_number: int
    body: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Pending:
    """What waits in a lane: messages first, then updates, each in order."""

    messages: tuple[OutboxMessage, ...] = ()
    updates: tuple[InboxUpdate, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.messages or self.updates)


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
    updates: int = 0
    messages: int = 0
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
    #: The entry, the vote, and 1, or -1 for one that is taken back.
    votes: list[tuple[str, Vote, int]] = field(default_factory=list)
    donations: list[Donation] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    outgoing: list[str] = field(default_factory=list)
    #: Updates that came after the one that began the turn, and are answered by it, too.
    also_answered: list[InboxUpdate] = field(default_factory=list)
    #: Filled when the turn is saved: what is outgoing, now in the outbox and ready for delivery.
    queued: tuple[OutboxMessage, ...] = ()

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

    #: Known when it is let go: whether something has arrived since it was last found empty, or since all that was left
    #: in it was put off.
    has_more: bool

    def check(self) -> None:
        """Raise LaneLost if the lane may no longer be ours: to be asked before anything that cannot be undone."""

    async def pending(self) -> Pending:
        """All that waits. Where these are updates alone, the turn of the first is due, and noted as begun at once."""

    def has_begun(self, update: InboxUpdate) -> bool:
        """Whether it is noted already that this process begins to work on an update."""

    async def begin(self, update: InboxUpdate) -> int:
        """Note that this process begins to work on an update, unless that is noted; how many others have begun it and
        not come to its end. The note survives the death of the process, but need not survive that of the machine."""

    async def put_off(self, updates: Sequence[InboxUpdate]) -> None:
        """Leave these updates, all that waits in the lane, to a later hold: they count as not begun."""

    def turn(self, update: InboxUpdate, conversation: Conversation, at: datetime) -> AbstractAsyncContextManager[Turn]:
        """The turn that an update begins. Saved whole when the block ends without an exception, with the update marked
        as answered and the outgoing messages in the outbox; otherwise everything stays as it was."""

    async def drop(self, update: InboxUpdate) -> None:
        """Mark an update as answered that needs no answer."""

    async def delivered(self, message: OutboxMessage) -> None:
        """The message has arrived: forget it."""

    async def give_up(self, message: OutboxMessage) -> None:
        """The message cannot be delivered: forget it and the rest of its turn, which would be a torso."""

    async def forget(self, update_number: int) -> None:
        """Delete everything that is stored of this chat: sessions, waiting messages, and updates up to this number:
        what came after it was written by somebody who wants to be answered."""


class Store(Protocol):
    """Keeps what must not be lost. All times are aware datetimes and come from the caller."""

    #: How often to look for lanes that nobody works on, in seconds.
    sweep_seconds: float

    def lane_of(self, chat: str) -> str:
        """The name of a chat's lane."""

    async def enqueue(self, updates: Sequence[tuple[str, InboxUpdate]], at: datetime) -> None:
        """Keep updates with their chats, in one transaction a chat at least; those that are known already are not kept
        twice. When it returns they survive the death of the process."""

    async def waiting_lanes(self) -> Sequence[str]:
        """Lanes in which something waits; of very many, some."""

    def hold(self, lane: str) -> AbstractAsyncContextManager[Lane | None]:
        """Hold a lane exclusively, to work off what waits there at once; None if another process does."""

    def turn(self, conversation: Conversation, at: datetime) -> AbstractAsyncContextManager[Turn]:
        """A turn of a channel that needs no inbox and no outbox: exclusive, and saved as `Lane.turn` is."""

    async def delete_expired(self, at: datetime) -> Expired:
        """Delete everything whose time is over."""

    async def probe(self) -> None:
        """Prove that the store can be written, by writing. Raises StoreUnavailable."""

    async def depth(self) -> Depth:
        """How much waits; where that is costly to know, in as many lanes as `waiting_lanes` tells."""

    async def donations(self) -> Sequence[Donation]:
        """The donated questions, oldest first."""

    async def delete_donations(self, ids: Sequence[str]) -> int:
        """Delete donated questions; how many there were."""

    async def votes(self) -> dict[str, dict[Vote, int]]:
        """The votes on each entry."""

    async def key_uses(self) -> Sequence[KeyUse]:
        """What each of the store's keys seals, also those that are not set."""

    async def missing_keys(self) -> Sequence[KeyUse]:
        """Those of them that are not set although they are needed."""

    async def reseal(self) -> int:
        """Seal what lasts long with the first key; how much was sealed with another. Raises StoreUnavailable if
        something was sealed with a key that is not set."""

    async def discard_unreadable(self) -> int:
        """Delete what was sealed with keys that are not set; how much that was."""

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
