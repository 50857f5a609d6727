"""The turns of one chat: answer what has arrived, and read as one what belongs together.

Owns that a turn is saved whole, with every update that it answers, or not at all.
"""

import logging
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from typing import Generic, TypeAlias

from bot.assistant import READING_SECONDS, ReadingOverrun, Taken
from bot.delivery.bursts import Burst, Wait
from bot.delivery.metrics import Metrics
from bot.delivery.outage import Clock, Outage, Shutdown
from bot.delivery.transport import ParsedT, Transport
from bot.faults import describe
from bot.messages import Incoming
from bot.sessions.store import InboxUpdate, Lane, LaneLost, OutboxMessage, StoreUnavailable, Turn

logger = logging.getLogger(__name__)

Take: TypeAlias = Callable[[Turn, Incoming], Awaitable[Taken]]


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
    #: How long a lane may wait for what follows a message in it.
    seconds_left: Callable[[str, InboxUpdate, Incoming], float]


class PutOff(Exception):
    """What is in the lane is left to a later hold of it."""

    def __init__(self, wait: Wait) -> None:
        super().__init__()
        self.wait = wait


class LaneTurns(Generic[ParsedT]):
    """The turns in one lane while it is held. `name` tells the lane from others."""

    def __init__(self, context: WorkerContext[ParsedT], lane: Lane, name: str) -> None:
        self._context = context
        self._lane = lane
        self._name = name
        #: What was looked at before it had its turn.
        self._peeked: dict[int, ParsedT | None] = {}

    def read(self, update: InboxUpdate) -> ParsedT | None:
        """What an update asks; None if nothing, or nothing that can be read."""
        if update.number in self._peeked:
            return self._peeked.pop(update.number)
        try:
            return self._context.transport.read(update, self._context.clock())
        except Exception as error:
            logger.error("an update could not be read: %s", describe(error))
            return None

    async def answer(self, burst: Burst[ParsedT], waiting: deque[InboxUpdate]) -> Sequence[OutboxMessage]:
        """Answer a message, and with it what belongs to it of those that wait behind it: these are taken away. Raises
        PutOff if more may be about to come; then nothing has changed."""
        started = perf_counter()
        try:
            async with self._begun(burst) as turn:
                while (taken := await self._context.take(turn, burst.incoming)).is_part:
                    burst = await self._continued(burst, waiting, turn)
                turn.also_answered += burst.updates[1:]
                turn.outgoing += self._context.transport.write(burst.parsed, taken.replies)
        except (LaneLost, StoreUnavailable, PutOff):
            raise
        except Exception as error:
            self._tell(error)
            messages = await self.apologise(burst)
        else:
            self._context.metrics.turned(taken.decision, taken.entry)
            self._context.metrics.joined(len(burst.updates) - 1)
            messages = turn.queued
        self._context.metrics.turn_took(perf_counter() - started)
        return messages

    async def apologise(self, burst: Burst[ParsedT]) -> Sequence[OutboxMessage]:
        """Answer with an apology."""
        self._context.metrics.turned("failed", "")
        async with self._begun(burst) as turn:
            turn.also_answered += burst.updates[1:]
            turn.outgoing += self._context.transport.apologise(burst.parsed)
        return turn.queued

    def _begun(self, burst: Burst[ParsedT]) -> AbstractAsyncContextManager[Turn]:
        return self._lane.turn(burst.updates[0], burst.incoming.conversation, burst.incoming.at)

    def _tell(self, error: Exception) -> None:
        if isinstance(error, ReadingOverrun):
            logger.error("a text took longer to read than %g seconds; its turn is over", READING_SECONDS)
            self._context.metrics.overran()
        else:
            logger.error("a turn failed: %s", describe(error))

    async def _continued(self, burst: Burst[ParsedT], waiting: deque[InboxUpdate], turn: Turn) -> Burst[ParsedT]:
        """What may be but a part, with the next one that belongs to it; as it is, where none does and none can follow.
        Raises PutOff if one can."""
        if waiting:
            parsed = self._peek(waiting[0])
            incoming = parsed.incoming if parsed else None
            if parsed and incoming and burst.may_take(incoming) and await self._continues(incoming, turn):
                return burst.and_then(waiting.popleft(), parsed, incoming)
        elif (seconds := self._context.seconds_left(self._name, burst.update, burst.last)) > 0 and not burst.is_full:
            await self._lane.put_off(burst.updates)
            raise PutOff(Wait(burst.update.number, seconds, partial(self._context.transport.linger, burst.parsed)))
        return burst.ended()

    async def _continues(self, incoming: Incoming, turn: Turn) -> bool:
        """Whether a message goes on with what was said before it, by what it says alone."""
        try:
            # What it alone would leave behind is not kept.
            return (await self._context.take(Turn(turn.session, turn.held), incoming)).continues
        except (LaneLost, StoreUnavailable):
            raise
        except Exception:
            # What is wrong with it is told in a turn of its own.
            return False

    def _peek(self, update: InboxUpdate) -> ParsedT | None:
        if update.number not in self._peeked:
            self._peeked[update.number] = self.read(update)
        return self._peeked[update.number]
