"""Work that goes on beside something else: tasks that end with it, and threads that nobody has to wait for."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from functools import partial
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

_PATIENCE_SECONDS = 1.0
_TRIES = 3

Result = TypeVar("Result")
_Job = Callable[[], None]


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Let the work go on while the block runs, and end it then, however it takes that."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        await end(task)


async def finish(tasks: Iterable[asyncio.Task[Any]], seconds: float) -> bool:
    """Whether all tasks have come to their end in this time; those that have not are cancelled."""
    pending = set(tasks)
    if pending:
        _, pending = await asyncio.wait(pending, timeout=seconds)
        await end(*pending)
    return not pending


async def end(*tasks: asyncio.Task[Any]) -> None:
    """Cancel tasks until they have ended: a library that times its waiting may take a cancellation for its timeout."""
    for _ in range(_TRIES):
        unfinished = [task for task in tasks if not task.done()]
        if not unfinished:
            break
        for task in unfinished:
            task.cancel()
        await asyncio.wait(unfinished, timeout=_PATIENCE_SECONDS)
    # What they have raised was told where it arose.
    for task in tasks:
        if task.done() and not task.cancelled():
            task.exception()


class Threads:
    """Runs work off the event loop, at most so much at once.

    Work that takes longer than it may is abandoned: its caller goes on and its place is another's. Its thread cannot be
    stopped, but ends with the process, which the threads of an executor would keep alive.
    """

    def __init__(self, most: int) -> None:
        self._places = asyncio.Semaphore(most)
        self._idle: list[SimpleQueue[_Job]] = []

    async def run(self, work: Callable[[], Result], seconds: float) -> Result:
        """What the work returns. Raises TimeoutError if it takes longer than that, else what the work raises."""
        async with self._places:
            outcome: asyncio.Future[Result] = asyncio.get_running_loop().create_future()
            self._thread().put(partial(_done, work, outcome))
            async with asyncio.timeout(seconds):
                return await outcome

    def _thread(self) -> "SimpleQueue[_Job]":
        if self._idle:
            return self._idle.pop()
        jobs: SimpleQueue[_Job] = SimpleQueue()
        Thread(target=self._work_off, args=(jobs,), name="reading", daemon=True).start()
        return jobs

    def _work_off(self, jobs: "SimpleQueue[_Job]") -> None:
        while True:
            jobs.get()()
            self._idle.append(jobs)


def _done(work: Callable[[], Result], outcome: "asyncio.Future[Result]") -> None:
    """Do the work in this thread and tell its outcome in the loop's."""
    try:
        told: Callable[[], None] = partial(_tell, outcome, work())
    except BaseException as error:
        told = partial(_tell_failure, outcome, error)
    # The loop may have ended meanwhile.
    with suppress(RuntimeError):
        outcome.get_loop().call_soon_threadsafe(told)


def _tell(outcome: "asyncio.Future[Result]", result: Result) -> None:
    if not outcome.done():
        outcome.set_result(result)


def _tell_failure(outcome: "asyncio.Future[Any]", error: BaseException) -> None:
    if not outcome.done():
        outcome.set_exception(error)
