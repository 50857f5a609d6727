"""Keeps updates and sees to it that every lane with work is worked on.

Owns one task for each lane in which something waits. A lane that another process holds is left to it and looked at
again by and by, for that process may die. One that waits for the rest of what somebody is saying has none until then.
"""

import asyncio
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from time import monotonic

from bot.background import finish
from bot.delivery.bursts import Wait, Waits
from bot.delivery.metrics import Metrics
from bot.delivery.outage import Outage, Shutdown, ShuttingDown, Timing, backoff_seconds
from bot.delivery.transport import ParsedT, Transport
from bot.delivery.turns import Take, WorkerContext
from bot.delivery.worker import LaneWorker
from bot.faults import describe, own_fault
from bot.sessions.store import InboxUpdate, LaneLost, Store, StoreUnavailable

logger = logging.getLogger(__name__)

#: So many chats are worked on at once, besides those that Telegram wants to wait.
MOST_ACTIVE_LANES = 200
#: How often what waits is counted.
METRICS_SECONDS = 15.0


class Dispatcher:
    """Carries updates and messages between one channel and one assistant."""

    def __init__(
        self, store: Store, take: Take, transport: Transport[ParsedT], metrics: Metrics, timing: Timing
    ) -> None:
        self._store = store
        self._clock = timing.clock
        self._metrics = metrics
        self._shutdown = Shutdown(timing.pause)
        self._outage = Outage("the store cannot be used", logger, metrics.outage("store"))
        sending = Outage("replies cannot be delivered", logger, metrics.outage("replies"))
        self._waits = Waits(timing, self._shutdown, self._wake)
        self._context = WorkerContext(
            take,
            transport,
            self._shutdown,
            self._clock,
            metrics,
            sending,
            self._released_slot,
            self._waits.seconds_left,
        )
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._signalled: set[str] = set()
        self._ready: dict[str, None] = {}
        self._paused = 0
        self._counted_at = -METRICS_SECONDS

    async def accept(self, updates: Sequence[tuple[str, InboxUpdate]]) -> None:
        """Keep updates with their chats; when it returns they are safe. Raises StoreUnavailable."""
        if not updates:
            return
        await self._store.enqueue(updates, self._clock())
        self._waits.arrived(update for _, update in updates)
        for lane in dict.fromkeys(self._store.lane_of(chat) for chat, _ in updates):
            self._waits.end(lane)
            self._wake(lane)

    async def watch(self) -> None:
        """Look for lanes that nobody works on, now and for ever: what an earlier process or a dead one left behind."""
        while True:
            try:
                for lane in await self._store.waiting_lanes():
                    if not self._waits.is_waiting(lane):
                        self._wake(lane)
                await self._count()
                self._outage.ends()
            except StoreUnavailable as error:
                self._outage.begins(str(error))
            # Whatever it is, the next look is taken.
            except Exception as error:
                self._outage.begins(describe(error))
            # Not the delivery's pause, which tests let pass at once.
            await asyncio.sleep(self._store.sweep_seconds)

    async def finish(self, seconds: float) -> None:
        """Take nothing on any more and finish what can be finished in this time; the rest stays in the store."""
        self._shutdown.request()
        if not await finish([*self._tasks.values(), *self._waits.tasks], seconds):
            logger.warning("left with unfinished turns after %s seconds; the next start goes on", seconds)

    async def _count(self) -> None:
        if monotonic() - self._counted_at >= METRICS_SECONDS:
            self._counted_at = monotonic()
            self._metrics.waiting(await self._store.depth())

    def _wake(self, lane: str) -> None:
        if lane in self._tasks:
            # It may be just about to end.
            self._signalled.add(lane)
        else:
            self._ready[lane] = None
            self._start_ready()

    def _start_ready(self) -> None:
        """Start lanes as far as there is room: a backlog of a hundred thousand is worked off, not taken up at once."""
        while self._ready and len(self._tasks) - self._paused < MOST_ACTIVE_LANES and not self._shutdown.is_requested:
            lane = next(iter(self._ready))
            del self._ready[lane]
            self._tasks[lane] = asyncio.create_task(self._run(lane))

    @contextmanager
    def _released_slot(self) -> Iterator[None]:
        """While a lane waits because Telegram wants it so, another may work in its place."""
        self._paused += 1
        self._start_ready()
        try:
            yield
        finally:
            self._paused -= 1

    async def _run(self, lane: str) -> None:
        try:
            await self._serve(lane)
        except Exception as error:
            logger.error("a chat's work broke off: %s", own_fault(error))
        finally:
            del self._tasks[lane]
            if lane in self._signalled:
                self._signalled.discard(lane)
                self._ready[lane] = None
            self._start_ready()

    async def _serve(self, lane: str) -> None:
        failures = 0
        with suppress(ShuttingDown, LaneLost):
            while not self._shutdown.is_requested:
                self._signalled.discard(lane)
                wait: Wait | None = None
                try:
                    async with self._store.hold(lane) as held:
                        if held is not None:
                            wait = await LaneWorker(self._context, held, lane).run()
                    # What has arrived here meanwhile is news, what has arrived at another process is seen on leaving.
                    if held is None or not (held.has_more or lane in self._signalled):
                        self._waits.settle(lane, wait)
                        return
                except StoreUnavailable as error:
                    self._outage.begins(str(error))
                    await self._shutdown.wait(backoff_seconds(failures))
                    failures += 1
