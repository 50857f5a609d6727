"""How many chats are worked on at once, with a channel that does nothing but note what it delivers."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from bot.assistant import Taken
from bot.delivery import Delivery, Dispatcher, Metrics, Timing
from bot.messages import Conversation, Incoming, Reply, Said
from bot.sessions.memory import MemoryStore
from bot.sessions.store import InboxUpdate, Retention, Turn


@dataclass(frozen=True)
class Arrived:
    incoming: Incoming | None


@dataclass
class NotingTransport:
    """Delivers at once, or when it is told to go on; `later` chats are to wait for an hour."""

    later: frozenset[str] = frozenset()
    delivered: list[str] = field(default_factory=list)
    at_work: int = 0
    most_at_work: int = 0
    go_on: asyncio.Event = field(default_factory=asyncio.Event)

    def read(self, update: InboxUpdate, at: datetime) -> Arrived | None:
        return Arrived(Incoming(Conversation(update.body), Said("Hallo"), at))

    async def begin(self, parsed: Arrived) -> None:
        pass

    async def linger(self, parsed: Arrived) -> None:
        pass

    def write(self, parsed: Arrived, replies: Sequence[Reply]) -> Sequence[str]:
        assert parsed.incoming
        return [parsed.incoming.conversation.id]

    def apologise(self, parsed: Arrived) -> Sequence[str]:
        return ["sorry"]

    async def deliver(self, body: str, check: Callable[[], None]) -> Delivery:
        check()
        if body in self.later:
            return Delivery("later", 3600)
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        await self.go_on.wait()
        self.at_work -= 1
        self.delivered.append(body)
        return Delivery("sent")


async def take(_: Turn, __: Incoming) -> Taken:
    return Taken((), "test", "")


async def forever(_: float) -> None:
    await asyncio.Event().wait()


@pytest.fixture
async def store() -> AsyncIterator[MemoryStore]:
    made = MemoryStore(Retention(timedelta(hours=24)))
    yield made
    await made.close()


def chats(amount: int) -> list[tuple[str, InboxUpdate]]:
    return [(f"chat {number}", InboxUpdate(number, f"chat {number}")) for number in range(1, amount + 1)]


def dispatcher(store: MemoryStore, transport: NotingTransport) -> Dispatcher:
    return Dispatcher(store, take, transport, Metrics(), Timing(pause=forever))


async def until(is_true: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not is_true():  # noqa: ASYNC110 - what is waited for is no event of ours
            await asyncio.sleep(0.005)


async def test_a_backlog_is_worked_off_bit_by_bit(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.dispatcher.MOST_ACTIVE_LANES", 5)
    transport = NotingTransport()
    at_work = dispatcher(store, transport)
    await at_work.accept(chats(40))
    await until(lambda: transport.at_work == 5)
    transport.go_on.set()
    await until(lambda: len(transport.delivered) == 40)
    assert transport.most_at_work == 5
    await at_work.finish(1)


async def test_who_is_to_wait_takes_nobodys_place(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.dispatcher.MOST_ACTIVE_LANES", 3)
    transport = NotingTransport(later=frozenset(f"chat {number}" for number in range(1, 11)))
    transport.go_on.set()
    at_work = dispatcher(store, transport)
    await at_work.accept(chats(20))
    await until(lambda: len(transport.delivered) == 10)
    await at_work.finish(5)
    assert (await store.depth()).outbox == 10


async def test_what_an_earlier_process_left_is_taken_up(store: MemoryStore) -> None:
    transport = NotingTransport()
    transport.go_on.set()
    await store.enqueue(chats(3), datetime.now().astimezone())
    at_work = dispatcher(store, transport)
    watching = asyncio.create_task(at_work.watch())
    await until(lambda: len(transport.delivered) == 3)
    watching.cancel()
    await at_work.finish(1)


async def test_who_is_told_to_stop_begins_nothing_more_after_a_moment(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.outage.BEGIN_SECONDS", 0.0)
    transport = NotingTransport()
    at_work = dispatcher(store, transport)
    await at_work.accept([("chat", InboxUpdate(1, "chat")), ("chat", InboxUpdate(2, "chat"))])
    await until(lambda: transport.at_work == 1)
    finishing = asyncio.create_task(at_work.finish(20))
    await asyncio.sleep(0)
    transport.go_on.set()
    await finishing
    assert transport.delivered == ["chat"]
    assert await store.depth() == type(await store.depth())(inbox=1, outbox=0)
