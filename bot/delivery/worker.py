"""The work of one chat, one thing after another: deliver what waits, answer what has arrived, deliver that.

A chat that is slow, limited or out of order keeps only its own lane waiting.
"""

import logging
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Generic, NoReturn

from bot.delivery.bursts import Burst, Wait
from bot.delivery.outage import backoff_seconds
from bot.delivery.transport import Delivery, ParsedT
from bot.delivery.turns import LaneTurns, PutOff, WorkerContext
from bot.sessions.store import InboxUpdate, Lane, OutboxMessage

logger = logging.getLogger(__name__)

#: An update that so many processes have begun and not come to the end of is what they died of.
MOST_DEATHS = 2


class _Waited(Exception):
    """Time has passed: what waited may have expired or been erased meanwhile, so it is looked up anew."""


class _Forgotten(Exception):
    """The person wants nothing from us any more, and nothing of them is left."""


class LaneWorker(Generic[ParsedT]):
    """The work in one lane while it is held. `name` tells the lane from others."""

    def __init__(self, context: WorkerContext[ParsedT], lane: Lane, name: str) -> None:
        self._context = context
        self._lane = lane
        self._name = name
        self._failures = 0
        self._turns = LaneTurns(context, lane, name)

    async def run(self) -> Wait | None:
        """Do everything that waits at this moment; what is but a beginning may be to wait for more. Raises
        ShuttingDown, LaneLost or StoreUnavailable."""
        try:
            while await self._has_waited():
                pass
        except PutOff as put_off:
            return put_off.wait
        else:
            return None
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
        waiting = deque(pending.updates)
        while waiting:
            # What is noted as begun and never was would count as what this process has died of.
            if not self._lane.has_begun(waiting[0]):
                self._context.shutdown.check()
            # What comes after a farewell was written by somebody who has come back.
            with suppress(_Forgotten):
                await self._deliver_all(await self._answer(waiting.popleft(), waiting))

    async def _answer(self, update: InboxUpdate, waiting: deque[InboxUpdate]) -> Sequence[OutboxMessage]:
        """Answer an update, and with it what belongs to it of those that wait behind it."""
        deaths = await self._lane.begin(update)
        parsed = self._turns.read(update)
        if parsed is None:
            await self._lane.drop(update)
            return ()
        if parsed.incoming is None:
            await self._forget(update.number)
        if deaths >= MOST_DEATHS:
            logger.error("an update was begun by %s processes that died of it; it is dropped", deaths)
            self._context.metrics.dropped("poisonous")
            return await self._turns.apologise(Burst.of(update, parsed, parsed.incoming))
        await self._context.transport.begin(parsed)
        return await self._turns.answer(Burst.of(update, parsed, parsed.incoming), waiting)

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
