"""Messages that are read as one: people write a question in several short ones, one right after the other.

Owns which messages can belong together, and for how long one that may be but a part waits for the next. Refuses to know
what a message says: whether it may be a part is the assistant's to tell.

While a lane waits nobody holds it, so that nobody waits for it, and whoever finds something new in it goes on at once.
What ends the wait is that time is over, that something else arrives, or that the process is told to stop; then the next
start goes on.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, Generic

from bot.background import beside
from bot.delivery.outage import Shutdown, ShuttingDown, Timing
from bot.delivery.transport import ParsedT
from bot.messages import Incoming, Said
from bot.sessions.store import InboxUpdate

#: So long after a message the next one may still belong to it.
BURST_SECONDS = 2.0
#: Whoever writes more has said something that can be answered, or never will.
MOST_PARTS = 10


@dataclass(frozen=True, slots=True)
class Burst(Generic[ParsedT]):
    """One message, or several that are read as one. `parsed` is the last of them, which the replies answer."""

    updates: tuple[InboxUpdate, ...]
    parsed: ParsedT
    #: What all of them say.
    incoming: Incoming
    #: What the last of them says.
    last: Incoming

    @classmethod
    def of(cls, update: InboxUpdate, parsed: ParsedT, incoming: Incoming) -> "Burst[ParsedT]":
        """One message."""
        return cls((update,), parsed, incoming, incoming)

    @property
    def update(self) -> InboxUpdate:
        """The last one."""
        return self.updates[-1]

    @property
    def is_full(self) -> bool:
        """Whether nothing more is taken."""
        return len(self.updates) == MOST_PARTS

    def may_take(self, incoming: Incoming) -> bool:
        """Whether a message can belong to it: text of the same person in the same place, sent right after it."""
        is_of_them = incoming.may_go_on and incoming.conversation == self.last.conversation
        return is_of_them and not self.is_full and _is_soon(self.last, incoming)

    def and_then(self, update: InboxUpdate, parsed: ParsedT, incoming: Incoming) -> "Burst[ParsedT]":
        """With one more."""
        content = incoming.content
        if not isinstance(content, Said):
            raise TypeError("only texts are read as one")
        parts = (*(self.incoming.parts or _texts(self.last)), content.text)
        together = replace(incoming, content=replace(content, text="\n".join(parts)), parts=parts)
        return Burst((*self.updates, update), parsed, together, incoming)

    def ended(self) -> "Burst[ParsedT]":
        """To be read as it is: nothing more belongs to it."""
        return replace(self, incoming=replace(self.incoming, may_go_on=False))


def _texts(incoming: Incoming) -> tuple[str, ...]:
    return (incoming.content.text,) if isinstance(incoming.content, Said) else ()


def _is_soon(earlier: Incoming, later: Incoming) -> bool:
    if earlier.sent_at is None or later.sent_at is None:
        return False
    return timedelta(0) <= later.sent_at - earlier.sent_at <= timedelta(seconds=BURST_SECONDS)


@dataclass(frozen=True, slots=True)
class Wait:
    """A lane waits for what follows this update, so many seconds at most; `shown` tells the person meanwhile."""

    number: int
    seconds: float
    shown: Callable[[], Coroutine[Any, Any, None]]


class Waits:
    """The lanes that wait at this moment, by a process's own clock where it knows when a message has arrived."""

    def __init__(self, timing: Timing, shutdown: Shutdown, wake: Callable[[str], None]) -> None:
        self._timing = timing
        self._shutdown = shutdown
        self._wake = wake
        #: When an update has arrived here.
        self._arrived: dict[int, float] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        #: The update in a lane after which nothing is awaited any longer.
        self._over: dict[str, int] = {}
        #: Those that wait, and those that were woken and have not come to their end. On leaving they do by themselves.
        self.tasks: set[asyncio.Task[None]] = set()

    def arrived(self, updates: Iterable[InboxUpdate]) -> None:
        """Updates have arrived here, just now."""
        now = self._timing.monotonic()
        self._arrived.update(dict.fromkeys((update.number for update in updates), now))
        while self._arrived and next(iter(self._arrived.values())) < now - BURST_SECONDS:
            del self._arrived[next(iter(self._arrived))]

    def seconds_left(self, lane: str, update: InboxUpdate, incoming: Incoming) -> float:
        """How long the lane may wait for what follows this message; zero if it has waited."""
        if self._over.get(lane) == update.number:
            return 0.0
        if update.number in self._arrived:
            return BURST_SECONDS - (self._timing.monotonic() - self._arrived[update.number])
        # It was here before this process, or came to another one: then clocks may differ.
        age = (self._timing.clock() - incoming.sent_at).total_seconds() if incoming.sent_at else BURST_SECONDS
        return BURST_SECONDS - max(0.0, age)

    def is_waiting(self, lane: str) -> bool:
        """Whether a lane waits."""
        return lane in self._waiting

    def settle(self, lane: str, wait: Wait | None) -> None:
        """The lane was worked on. If it is to wait, it is woken when the time is over, unless something wakes it
        before."""
        self.end(lane)
        if wait is not None and not self._shutdown.is_requested:
            task = self._waiting[lane] = asyncio.create_task(self._pass(lane, wait))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    def end(self, lane: str) -> None:
        """Wait no longer."""
        self._over.pop(lane, None)
        if task := self._waiting.pop(lane, None):
            task.cancel()

    async def _pass(self, lane: str, wait: Wait) -> None:
        with suppress(ShuttingDown):
            async with beside(wait.shown()):
                await self._shutdown.wait(wait.seconds)
            del self._waiting[lane]
            self._over[lane] = wait.number
            self._wake(lane)
