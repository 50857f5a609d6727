"""The work of one chat, one thing after another: deliver what waits, answer what has arrived, deliver that.

A chat that is slow, limited or out of order keeps only its own lane waiting.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from time import perf_counter
from typing import Generic, TypeAlias

from bot.assistant import Taken
from bot.delivery.metrics import Metrics
from bot.delivery.outage import Clock, Outage, Patience, backoff_seconds
from bot.delivery.wire import Delivery, Read, Wire
from bot.faults import describe
from bot.messages import Incoming
from bot.sessions.store import Lane, LaneLost, Letter, Parcel, StoreUnavailable, Turn

logger = logging.getLogger(__name__)

Take: TypeAlias = Callable[[Turn, Incoming], Awaitable[Taken]]


class Forgotten(Exception):
    """The person wants nothing from us any more, and nothing of them is left: this lane's work is over."""


class LaneWork(Generic[Read]):
    """What is done in a lane that is held."""

    def __init__(self, take: Take, wire: Wire[Read], patience: Patience, clock: Clock, metrics: Metrics) -> None:
        self._take = take
        self._wire = wire
        self._patience = patience
        self._clock = clock
        self._metrics = metrics
        self._outage = Outage("replies cannot be delivered", logger)

    async def do(self, lane: Lane) -> None:
        """Everything that waits at this moment. Raises Leaving, LaneLost or StoreUnavailable."""
        try:
            pending = await lane.pending()
            await self._deliver_all(lane, pending.parcels)
            for letter in pending.letters:
                await self._deliver_all(lane, await self._answer(lane, letter))
        except Forgotten:
            logger.info("not delivered: the person has blocked the bot or the bot has left the chat; its data is gone")

    async def _answer(self, lane: Lane, letter: Letter) -> Sequence[Parcel]:
        arrival = self._read(letter)
        if arrival is None:
            await lane.drop(letter)
            return ()
        if arrival.incoming is None:
            await lane.forget()
            raise Forgotten
        await self._wire.begin(arrival)
        started = perf_counter()
        try:
            return await self._turn(lane, letter, arrival, arrival.incoming)
        finally:
            self._metrics.turn_took(perf_counter() - started)

    def _read(self, letter: Letter) -> Read | None:
        try:
            return self._wire.read(letter, self._clock())
        except Exception as error:
            logger.error("an update could not be read: %s", describe(error))
            return None

    async def _turn(self, lane: Lane, letter: Letter, arrival: Read, incoming: Incoming) -> Sequence[Parcel]:
        try:
            async with lane.turn(letter, incoming.conversation, incoming.at) as turn:
                taken = await self._take(turn, incoming)
                turn.posted += self._wire.write(arrival, taken.replies)
        except (LaneLost, StoreUnavailable):
            raise
        except Exception as error:
            logger.error("a turn failed: %s", describe(error))
            return await self._apologise(lane, letter, arrival, incoming)
        self._metrics.turned(taken.decision, taken.entry)
        return turn.parcels

    async def _apologise(self, lane: Lane, letter: Letter, arrival: Read, incoming: Incoming) -> Sequence[Parcel]:
        self._metrics.turned("failed", "")
        async with lane.turn(letter, incoming.conversation, incoming.at) as turn:
            turn.posted += self._wire.apologise(arrival)
        return turn.parcels

    async def _deliver_all(self, lane: Lane, parcels: Iterable[Parcel]) -> None:
        given_up: set[int] = set()
        for parcel in parcels:
            if parcel.letter not in given_up and not await self._deliver(lane, parcel):
                given_up.add(parcel.letter)

    async def _deliver(self, lane: Lane, parcel: Parcel) -> bool:
        """Whether the parcel has arrived, tried until that is known. Raises Forgotten or Leaving."""
        failures = 0
        while (delivery := await self._attempt(lane, parcel)).outcome == "later":
            await self._patience.wait(self._pause_seconds(delivery, failures))
            failures += 1
        if delivery.outcome == "sent":
            await lane.delivered(parcel)
            return True
        if delivery.outcome == "blocked":
            await lane.forget()
            raise Forgotten
        logger.warning("not delivered: %s", delivery.reason)
        await lane.give_up(parcel)
        return False

    async def _attempt(self, lane: Lane, parcel: Parcel) -> Delivery:
        # Another process may have taken over a lane that was held up: then it is that one's to deliver.
        lane.check()
        delivery = await self._wire.deliver(parcel.body)
        self._metrics.attempted(delivery.outcome)
        if delivery.outcome == "sent":
            self._outage.ends()
        return delivery

    def _pause_seconds(self, delivery: Delivery, failures: int) -> float:
        if delivery.after_seconds is not None:
            # Not an outage: this chat is asked to wait, the others are served.
            return delivery.after_seconds
        self._outage.begins(delivery.reason)
        return backoff_seconds(failures)
