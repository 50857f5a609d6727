"""Conversations, sessions and times that the tests of stores share, and the few steps that each of them begins with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from bot.dialogue.session import Session, State, Suspended
from bot.messages import Conversation
from bot.sessions.store import InboxUpdate, Lane, OutboxMessage, Pending, Retention, Store
from bot.sessions.vault import KEY_BYTES, Vault

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
DAY = timedelta(hours=24)
SECOND = timedelta(seconds=1)
RETENTION = Retention(DAY, donations=timedelta(days=90))
KEY, OTHER_KEY = b"k" * KEY_BYTES, b"o" * KEY_BYTES

#: Ada's own chat and a group that she and Bert write in.
PRIVATE = Conversation("p:ada", chat="chat-ada", person="person-ada")
GROUP = Conversation("g:friends:ada", chat="chat-friends", person="person-ada", is_group=True)
NEIGHBOUR = Conversation("g:friends:bert", chat="chat-friends", person="person-bert", is_group=True)

ASKING = Session(
    "en",
    State.ASKING,
    entry="pool-price",
    pending="ticket",
    facts={"visitor": "adult"},
    supposed={"ticket": "no"},
    excluded={"visitor": ("child",)},
    asked=("visitor",),
    candidates=("a", "b"),
    waiting=(Suspended("pool-dogs", {"visitor": "child"}),),
    told=Suspended("pool-hours", {}),
    misses=1,
    alarm="drowning",
    country="austria",
    numbers={"visitor": "12", "": "14"},
    said="1a2b3c",
    repeats=1,
    rated={"pool-hours": "helpful"},
    donated=("17",),
    is_reminded=True,
)


def vault(*keys: bytes) -> Vault:
    return Vault(keys or (KEY,))


def alone(id_: str) -> Conversation:
    """A conversation that says it all itself."""
    return Conversation(id_)


async def keep(store: Store, conversation: Conversation, session: Session = ASKING, at: datetime = NOW) -> None:
    async with store.turn(conversation, at) as turn:
        turn.keep(session)


async def read(store: Store, conversation: Conversation, at: datetime = NOW) -> Session | None:
    async with store.turn(conversation, at) as turn:
        return turn.session


async def take(store: Store, conversation: Conversation, *numbers: int, at: datetime = NOW) -> None:
    """Updates of one chat, each with a body that tells its number."""
    await store.enqueue([(conversation.lane, InboxUpdate(number, f"update {number}")) for number in numbers], at)


@asynccontextmanager
async def holding(store: Store, conversation: Conversation) -> AsyncIterator[Lane]:
    """The lane of a conversation, which nobody else holds."""
    async with store.hold(store.lane_of(conversation.lane)) as lane:
        assert lane is not None
        yield lane


async def answer(
    store: Store, conversation: Conversation, number: int, *outgoing: str, at: datetime = NOW
) -> tuple[OutboxMessage, ...]:
    """Take an update, and its turn, which keeps a session and posts replies; what is ready for delivery."""
    await take(store, conversation, number, at=at)
    async with holding(store, conversation) as lane:
        async with lane.turn(InboxUpdate(number, f"update {number}"), conversation, at) as turn:
            turn.keep(ASKING)
            turn.outgoing += outgoing
        return turn.queued


async def pending(store: Store, conversation: Conversation) -> Pending:
    async with holding(store, conversation) as lane:
        return await lane.pending()


async def updates(store: Store, conversation: Conversation) -> list[str]:
    return [each.body for each in (await pending(store, conversation)).updates]


async def messages(store: Store, conversation: Conversation) -> list[str]:
    return [each.body for each in (await pending(store, conversation)).messages]
