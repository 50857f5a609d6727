"""Work off the event loop, in as few threads as it takes.

To wake a thread costs as much as a short piece of work, and threads of Python hinder each other. So one thread works
off all that waits, without being woken for each piece; another joins in only where a piece takes so long that what
waits behind it would be held up.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any, TypeVar

#: Longer than nearly all work takes, and shorter than anybody notices.
SLOW_SECONDS = 0.02

Result = TypeVar("Result")


class Threads:
    """Runs work, at most so much at once.

    Work that takes longer than it may is abandoned: its caller goes on and its place is another's. Its thread cannot be
    stopped, but ends with the process, which the threads of an executor would keep alive.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._waiting: deque[_Job] = deque()
        # Changed in the loop only: what a thread has to say of itself, it says there.
        self._busy: set[_Worker] = set()
        self._idle: list[_Worker] = []
        self._watching: asyncio.TimerHandle | None = None

    async def run(self, work: Callable[[], Result], seconds: float) -> Result:
        """What the work returns. Raises TimeoutError if it takes longer than that, else what the work raises."""
        outcome: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Job(work, seconds, outcome))
        self._serve()
        return await outcome

    def _serve(self) -> None:
        """Let another thread work if what waits would be held up."""
        if len(self._busy) == self._most or not all(worker.is_slow for worker in self._busy):
            return
        # Taken at once, for what waits may be taken by a thread at any moment.
        job = _next(self._waiting)
        if job is None:
            return
        worker = self._idle.pop() if self._idle else _Worker(self._waiting, self._ended)
        self._busy.add(worker)
        worker.begin(job)
        if self._watching is None:
            self._watch_later()

    def _ended(self, worker: "_Worker") -> None:
        # One that was abandoned has no place any more.
        if worker in self._busy:
            self._busy.discard(worker)
            self._idle.append(worker)
        # Something may have come between the thread's last look and this.
        self._serve()

    def _watch_later(self) -> None:
        self._watching = asyncio.get_running_loop().call_later(SLOW_SECONDS, self._watch)

    def _watch(self) -> None:
        self._watching = None
        for worker in [worker for worker in self._busy if worker.is_overdue]:
            self._busy.discard(worker)
            worker.abandon()
        self._serve()
        if self._busy and self._watching is None:
            self._watch_later()


@dataclass(slots=True, eq=False)
class _Job:
    """A piece of work."""

    work: Callable[[], Any]
    seconds: float
    outcome: "asyncio.Future[Any]"
    begun: float = 0.0

    def do(self) -> None:
        """Do the work in this thread and tell its outcome in the loop's."""
        try:
            told: Callable[[], None] = partial(_tell, self.outcome, self.work())
        except BaseException as error:
            told = partial(_tell_failure, self.outcome, error)
        self.outcome.get_loop().call_soon_threadsafe(told)


class _Worker:
    """A thread. Begins with a job that it is given, goes on with what waits and tells when nothing does."""

    def __init__(self, waiting: deque[_Job], ended: "Callable[[_Worker], None]") -> None:
        self._waiting = waiting
        self._ended = ended
        self._given: SimpleQueue[_Job] = SimpleQueue()
        self._job: _Job | None = None
        self._is_abandoned = False
        Thread(target=self._run, name="reading", daemon=True).start()

    @property
    def is_slow(self) -> bool:
        """Whether what it does takes so long that nothing should wait behind it."""
        return self._has_taken(SLOW_SECONDS)

    @property
    def is_overdue(self) -> bool:
        """Whether what it does takes longer than it may."""
        return self._job is not None and self._has_taken(self._job.seconds)

    def begin(self, job: _Job) -> None:
        """Do this, and then what waits."""
        self._given.put(self._begun(job))

    def abandon(self) -> None:
        """Wait for it no longer."""
        self._is_abandoned = True
        if self._job is not None:
            _tell_failure(self._job.outcome, TimeoutError())

    def _has_taken(self, seconds: float) -> bool:
        return self._job is not None and monotonic() - self._job.begun > seconds

    def _begun(self, job: _Job) -> _Job:
        # In this order: who looks at the job of another thread sees when it was begun.
        job.begun = monotonic()
        self._job = job
        return job

    def _run(self) -> None:
        # The loop may have ended meanwhile.
        with suppress(RuntimeError):
            while not self._is_abandoned:
                self._work_off(self._given.get())

    def _work_off(self, job: _Job) -> None:
        loop = job.outcome.get_loop()
        job.do()
        # Where it was abandoned, its place is another's, and so is what waits.
        while not self._is_abandoned and (waiting := _next(self._waiting)):
            self._begun(waiting).do()
        loop.call_soon_threadsafe(self._ended, self)


def _next(waiting: deque[_Job]) -> _Job | None:
    with suppress(IndexError):
        return waiting.popleft()
    return None


def _tell(outcome: "asyncio.Future[Result]", result: Result) -> None:
    if not outcome.done():
        outcome.set_result(result)


def _tell_failure(outcome: "asyncio.Future[Any]", error: BaseException) -> None:
    if not outcome.done():
        outcome.set_exception(error)
