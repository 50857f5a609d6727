"""Tasks that go on beside something else and end with it."""

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable
from contextlib import asynccontextmanager
from typing import Any

_PATIENCE_SECONDS = 1.0
_TRIES = 3


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
