"""The work of one chat, one thing after another: deliver what waits, answer what has arrived, deliver that.

A chat that is slow, limited or out of order keeps only its own lane waiting.
"""

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from time import perf_counter
from typing import Generic, NoReturn, TypeAlias

from bot.assistant import READING_SECONDS, ReadingOverrun, Taken
from bot.delivery.metrics import Metrics
from bot.delivery.outage import Clock, Outage, Shutdown, backoff_seconds
from bot.delivery.transport import Delivery, ParsedT, Transport
from bot.faults import describe
from bot.messages import Incoming
from bot.sessions.store import InboxUpdate, Lane, LaneLost, OutboxMessage, StoreUnavailable, Turn

logger = logging.getLogger(__name__)

#: An update that so many processes have begun and not come to the end of is what they died of.
MOST_DEATHS = 2

Take: TypeAlias = Callable[[Turn, Incoming], Awaitable[Taken]]


class _Waited(Exception):
    """Time has passed: what waited may have expired or been erased meanwhile, so it is looked up anew."""


class _Forgotten(Exception):
    """The person wants nothing from us any more, and nothing of them is left."""


@dataclass(frozen=True, slots=True)
class WorkerContext(Generic[ParsedT]):
    """What the work in every lane is done with."""

    take: Take
    transport: Transport[ParsedT]
    shutdown: Shutdown
    clock: Clock
    metrics: Metrics
    outage: Outage
    #: What a lane is in while it waits because Telegram wants it so: its slot is another's.
    released_slot: Callable[[], AbstractContextManager[None]]


class LaneWorker(Generic[ParsedT]):
    """The work in one lane while it is held. `name` tells the lane from others."""

    def __init__(self, context: WorkerContext[ParsedT], lane: Lane, name: str) -> None:
        self._context = context
        self._lane = lane
        self._name = name
        self._failures = 0

    async def run(self) -> None:
        """Do everything that waits at this moment. Raises ShuttingDown, LaneLost or StoreUnavailable."""
        try:
            while await self._has_waited():
                pass
        finally:
            # Whatever it was, this lane is not in trouble any more, or is another's to tell of.
            self._context.outage.ends(self._name)

    async def _has_waited(self) -> bool:
        try:
            await self._run_once()
        except _Waited:
            return True
        return False

    async def _run_once(self) -> None:
        pending = await self._lane.pending()
        try:
            await self._deliver_all(pending.messages)
        except _Forgotten:
            pending = await self._lane.pending()
        for update in pending.updates:
            # What is noted as begun and never was would count as what this process has died of.
            if not self._lane.has_begun(update):
                self._context.shutdown.check()
            # What comes after a farewell was written by somebody who has come back.
            with suppress(_Forgotten):
                await self._deliver_all(await self._answer(update))

    async def _answer(self, update: InboxUpdate) -> Sequence[OutboxMessage]:
        deaths = await self._lane.begin(update)
        parsed = self._read(update)
        if parsed is None:
            await self._lane.drop(update)
            return ()
        if parsed.incoming is None:
            await self._forget(update.number)
        if deaths >= MOST_DEATHS:
            logger.error("an update was begun by %s processes that died of it; it is dropped", deaths)
            self._context.metrics.dropped("poisonous")
            return await self._apologise(update, parsed, parsed.incoming)
        await self._context.transport.begin(parsed)
        started = perf_counter()
        messages = await self._turn(update, parsed, parsed.incoming)
        self._context.metrics.turn_took(perf_counter() - started)
        return messages

    def _read(self, update: InboxUpdate) -> ParsedT | None:
        try:
            return self._context.transport.read(update, self._context.clock())
        except Exception as error:
            logger.error("an update could not be read: %s", describe(error))
            return None

    async def _turn(self, update: InboxUpdate, parsed: ParsedT, incoming: Incoming) -> Sequence[OutboxMessage]:
        try:
            async with self._lane.turn(update, incoming.conversation, incoming.at) as turn:
                taken = await self._context.take(turn, incoming)
                turn.outgoing += self._context.transport.write(parsed, taken.replies)
        except (LaneLost, StoreUnavailable):
            raise
        except ReadingOverrun:
            logger.error("a text took longer to read than %g seconds; its turn is over", READING_SECONDS)
            self._context.metrics.overran()
            return await self._apologise(update, parsed, incoming)
        except Exception as error:
            logger.error("a turn failed: %s", describe(error))
            return await self._apologise(update, parsed, incoming)
        self._context.metrics.turned(taken.decision, taken.entry)
        return turn.queued

    async def _apologise(self, update: InboxUpdate, parsed: ParsedT, incoming: Incoming) -> Sequence[OutboxMessage]:
        self._context.metrics.turned("failed", "")
        async with self._lane.turn(update, incoming.conversation, incoming.at) as turn:
            turn.outgoing += self._context.transport.apologise(parsed)
        return turn.queued

    async def _deliver_all(self, messages: Iterable[OutboxMessage]) -> None:
        given_up: set[int] = set()
        for message in messages:
            if message.update_number not in given_up and not await self._deliver(message):
                given_up.add(message.update_number)

    async def _deliver(self, message: OutboxMessage) -> bool:
        """Whether the message has arrived. Raises _Waited if it is to be tried again, _Forgotten or ShuttingDown."""
        delivery = await self._attempt(message)
        if delivery.outcome == "later":
            await self._wait(delivery)
        self._failures = 0
        self._context.outage.ends(self._name)
        if delivery.outcome == "sent":
            await self._lane.delivered(message)
        elif delivery.outcome == "blocked":
            await self._forget(message.update_number)
        else:
            logger.warning("not delivered: %s", delivery.reason, extra={"reason": delivery.cause})
            await self._lane.give_up(message)
        return delivery.outcome == "sent"

    async def _attempt(self, message: OutboxMessage) -> Delivery:
        # Another process may have taken over a lane that was held up: then it is that one's to deliver.
        delivery = await self._context.transport.deliver(message.body, self._lane.check)
        self._context.metrics.attempted(delivery.outcome, delivery.cause)
        return delivery

    async def _wait(self, delivery: Delivery) -> NoReturn:
        seconds = delivery.after_seconds
        if seconds is None:
            self._context.outage.begins(delivery.reason, self._name)
            seconds = backoff_seconds(self._failures)
            self._failures += 1
        # Else it is no outage: this chat is asked to wait, the others are served.
        with self._context.released_slot():
            await self._context.shutdown.wait(seconds)
        raise _Waited

    async def _forget(self, update_number: int) -> NoReturn:
        await self._lane.forget(update_number)
        logger.info("the person has blocked the bot or the bot has left the chat; what was stored of it is gone")
        raise _Forgotten
