"""The work of one chat, one thing after another: deliver what waits, answer what has arrived, deliver that.

A chat that is slow, limited or out of order keeps only its own lane waiting.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, NoReturn, TypeAlias

from bot.assistant import Taken
from bot.delivery.metrics import Metrics
from bot.delivery.outage import Clock, Outage, Patience, backoff_seconds
from bot.delivery.wire import Delivery, Read, Wire
from bot.faults import describe
from bot.messages import Incoming
from bot.sessions.store import Lane, LaneLost, Letter, Parcel, StoreUnavailable, Turn

logger = logging.getLogger(__name__)

Take: TypeAlias = Callable[[Turn, Incoming], Awaitable[Taken]]


class _Waited(Exception):
    """Time has passed: what waited may have expired or been erased meanwhile, so it is looked up anew."""


class _Forgotten(Exception):
    """The person wants nothing from us any more, and nothing of them is left."""


@dataclass(frozen=True, slots=True)
class Works(Generic[Read]):
    """What the work in every lane is done with."""

    take: Take
    wire: Wire[Read]
    patience: Patience
    clock: Clock
    metrics: Metrics
    outage: Outage
    #: What a lane is in while it waits on Telegram's wish.
    rest: Callable[[], AbstractContextManager[None]]


class Visit(Generic[Read]):
    """The work in one lane while it is held. `name` tells the lane from others."""

    def __init__(self, works: Works[Read], lane: Lane, name: str) -> None:
        self._works = works
        self._lane = lane
        self._name = name
        self._failures = 0

    async def work(self) -> None:
        """Do everything that waits at this moment. Raises Leaving, LaneLost or StoreUnavailable."""
        try:
            while await self._has_waited():
                pass
        finally:
            # Whatever it was, this lane is not in trouble any more, or is another's to tell of.
            self._works.outage.ends(self._name)

    async def _has_waited(self) -> bool:
        try:
            await self._work_through()
        except _Waited:
            return True
        return False

    async def _work_through(self) -> None:
        pending = await self._lane.pending()
        try:
            await self._deliver_all(pending.parcels)
        except _Forgotten:
            pending = await self._lane.pending()
        for letter in pending.letters:
            self._works.patience.check()
            # What comes after a farewell was written by somebody who has come back.
            with suppress(_Forgotten):
                await self._deliver_all(await self._answer(letter))

    async def _answer(self, letter: Letter) -> Sequence[Parcel]:
        arrival = self._read(letter)
        if arrival is None:
            await self._lane.drop(letter)
            return ()
        if arrival.incoming is None:
            await self._forget(letter.number)
        await self._works.wire.begin(arrival)
        started = perf_counter()
        parcels = await self._turn(letter, arrival, arrival.incoming)
        self._works.metrics.turn_took(perf_counter() - started)
        return parcels

    def _read(self, letter: Letter) -> Read | None:
        try:
            return self._works.wire.read(letter, self._works.clock())
        except Exception as error:
            logger.error("an update could not be read: %s", describe(error))
            return None

    async def _turn(self, letter: Letter, arrival: Read, incoming: Incoming) -> Sequence[Parcel]:
        try:
            async with self._lane.turn(letter, incoming.conversation, incoming.at) as turn:
                taken = await self._works.take(turn, incoming)
                turn.posted += self._works.wire.write(arrival, taken.replies)
        except (LaneLost, StoreUnavailable):
            raise
        except Exception as error:
            logger.error("a turn failed: %s", describe(error))
            return await self._apologise(letter, arrival, incoming)
        self._works.metrics.turned(taken.decision, taken.entry)
        return turn.parcels

    async def _apologise(self, letter: Letter, arrival: Read, incoming: Incoming) -> Sequence[Parcel]:
        self._works.metrics.turned("failed", "")
        async with self._lane.turn(letter, incoming.conversation, incoming.at) as turn:
            turn.posted += self._works.wire.apologise(arrival)
        return turn.parcels

    async def _deliver_all(self, parcels: Iterable[Parcel]) -> None:
        given_up: set[int] = set()
        for parcel in parcels:
            if parcel.letter not in given_up and not await self._deliver(parcel):
                given_up.add(parcel.letter)

    async def _deliver(self, parcel: Parcel) -> bool:
        """Whether the parcel has arrived. Raises _Waited if it is to be tried again, _Forgotten or Leaving."""
        delivery = await self._attempt(parcel)
        if delivery.outcome == "later":
            await self._wait(delivery)
        self._failures = 0
        self._works.outage.ends(self._name)
        if delivery.outcome == "sent":
            await self._lane.delivered(parcel)
        elif delivery.outcome == "blocked":
            await self._forget(parcel.letter)
        else:
            logger.warning("not delivered: %s", delivery.reason)
            await self._lane.give_up(parcel)
        return delivery.outcome == "sent"

    async def _attempt(self, parcel: Parcel) -> Delivery:
        # Another process may have taken over a lane that was held up: then it is that one's to deliver.
        delivery = await self._works.wire.deliver(parcel.body, self._lane.check)
        self._works.metrics.attempted(delivery.outcome)
        return delivery

    async def _wait(self, delivery: Delivery) -> NoReturn:
        seconds = delivery.after_seconds
        if seconds is None:
            self._works.outage.begins(delivery.reason, self._name)
            seconds = backoff_seconds(self._failures)
            self._failures += 1
        # Else it is no outage: this chat is asked to wait, the others are served.
        with self._works.rest():
            await self._works.patience.wait(seconds)
        raise _Waited

    async def _forget(self, letter: int) -> NoReturn:
        await self._lane.forget(letter)
        logger.info("the person has blocked the bot or the bot has left the chat; what was stored of it is gone")
        raise _Forgotten
