"""For how long what may be but a part waits for the rest, by which clock; tests/channels/telegram has the dialogues."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery.bursts import BURST_SECONDS, Burst, Wait, Waits
from bot.delivery.outage import Shutdown, Timing
from bot.messages import Conversation, Incoming, Said
from bot.sessions.store import InboxUpdate

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
UPDATE = InboxUpdate(1, "")


def incoming(text: str, seconds: float = 0.0) -> Incoming:
    sent_at = NOW + timedelta(seconds=seconds)
    return Incoming(Conversation("chat"), Said(text, number=text), NOW, sent_at=sent_at, may_go_on=True)


@dataclass(frozen=True)
class Parsed:
    """An update that has been read."""

    incoming: Incoming | None
    name: str


class Clocks:
    """This process's clock, and what it says since it began."""

    def __init__(self) -> None:
        self.now = NOW
        self.seconds = 0.0
        self.woken: asyncio.Queue[str] = asyncio.Queue()
        self.go_on = asyncio.Event()

    async def _pause(self, _: float) -> None:
        await self.go_on.wait()

    def waits(self) -> Waits:
        timing = Timing(lambda: self.now, self._pause, lambda: self.seconds)
        self.shutdown = Shutdown(timing.pause)
        return Waits(timing, self.shutdown, self.woken.put_nowait)


@pytest.fixture
def clocks() -> Clocks:
    return Clocks()


async def nothing() -> None:
    pass


@pytest.mark.parametrize("skew", [-100, 0, 100])
def test_what_has_arrived_here_waits_by_this_process_alone(skew: int, clocks: Clocks) -> None:
    """Telegram's clock may be another, and tells whole seconds."""
    waits = clocks.waits()
    waits.arrived([UPDATE])
    clocks.now += timedelta(seconds=skew)
    clocks.seconds = 1.5
    assert waits.seconds_left("lane", UPDATE, incoming("a")) == BURST_SECONDS - 1.5


@pytest.mark.parametrize(("age", "left"), [(0, 2), (0.5, 1.5), (2, 0), (100, 0), (-100, 2)])
def test_what_was_here_before_waits_by_when_it_was_sent(age: float, left: float, clocks: Clocks) -> None:
    assert max(0.0, clocks.waits().seconds_left("lane", UPDATE, incoming("a", -age))) == left


def test_what_nobody_knows_the_age_of_does_not_wait(clocks: Clocks) -> None:
    told = Incoming(Conversation("chat"), Said("a"), NOW, may_go_on=True)
    assert clocks.waits().seconds_left("lane", UPDATE, told) == 0


async def test_a_lane_that_has_waited_is_woken_and_waits_no_more(clocks: Clocks) -> None:
    waits = clocks.waits()
    waits.arrived([UPDATE])
    waits.settle("lane", Wait(1, 2.0, nothing))
    assert waits.is_waiting("lane")
    clocks.go_on.set()
    assert await clocks.woken.get() == "lane"
    assert not waits.is_waiting("lane")
    assert waits.seconds_left("lane", UPDATE, incoming("a")) == 0
    # But for the next one.
    assert waits.seconds_left("lane", InboxUpdate(2, ""), incoming("b")) == BURST_SECONDS


async def test_what_ends_a_wait_wakes_nobody_twice(clocks: Clocks) -> None:
    waits = clocks.waits()
    waits.settle("lane", Wait(1, 2.0, nothing))
    waits.end("lane")
    clocks.go_on.set()
    await asyncio.gather(*waits.tasks, return_exceptions=True)
    assert clocks.woken.empty()
    assert not waits.is_waiting("lane")


async def test_on_leaving_every_wait_ends_and_none_begins(clocks: Clocks) -> None:
    waits = clocks.waits()
    waits.settle("lane", Wait(1, 2.0, nothing))
    clocks.shutdown.request()
    await asyncio.gather(*waits.tasks)
    waits.settle("other", Wait(2, 2.0, nothing))
    assert not waits.tasks
    assert clocks.woken.empty()


def test_parts_are_joined_by_line_ends_and_the_last_tells_where(clocks: Clocks) -> None:
    one, two, three = (Parsed(None, name) for name in ("one", "two", "three"))
    burst = Burst.of(UPDATE, one, incoming("a")).and_then(InboxUpdate(2, ""), two, incoming("b"))
    burst = burst.and_then(InboxUpdate(3, ""), three, incoming("c"))
    assert burst.incoming.content == Said("a\nb\nc", number="c")
    assert burst.incoming.parts == ("a", "b", "c")
    assert burst.parsed == three
    assert [each.number for each in burst.updates] == [1, 2, 3]
    assert burst.incoming.may_go_on
    assert not burst.ended().incoming.may_go_on
