"""Work off the event loop: what is quick shares a thread, and what is slow delays nobody."""

import asyncio
import threading
import time

import pytest

from bot.threads import Threads

LONG = 30.0


def after(seconds: float, number: int) -> int:
    """The number, after a while."""
    time.sleep(seconds)
    return number


async def test_work_tells_what_it_returns_or_raises() -> None:
    threads = Threads(2)
    assert await threads.run(lambda: 7, LONG) == 7
    with pytest.raises(ZeroDivisionError):
        await threads.run(lambda: 1 // 0, LONG)
    assert await threads.run(lambda: 8, LONG) == 8


async def test_much_at_once_comes_to_its_end_in_few_threads() -> None:
    threads = Threads(2)
    found = await asyncio.gather(*(threads.run(threading.get_ident, LONG) for _ in range(5000)))
    assert len(found) == 5000
    assert threading.get_ident() not in found
    assert len(set(found)) <= 2


@pytest.mark.parametrize("most", [1, 2, 3])
async def test_nothing_is_overlooked_whenever_it_is_asked_for(most: int) -> None:
    threads = Threads(most)

    async def one(number: int) -> int:
        # Now and then so long that another thread joins in.
        return await threads.run(lambda: after(0.03 if number % 97 == 0 else 0, number), LONG)

    async def many(start: int) -> list[int]:
        return [await one(number) for number in range(start, start + 100)]

    async with asyncio.timeout(LONG):
        found = await asyncio.gather(*(many(100 * each) for each in range(30)))
    assert [number for numbers in found for number in numbers] == list(range(3000))


async def test_what_takes_long_delays_nobody_else() -> None:
    threads, go_on = Threads(3), threading.Event()
    slow = [asyncio.create_task(threads.run(lambda: go_on.wait(LONG), LONG)) for _ in range(2)]
    # Also what was asked for in the same moment.
    assert await asyncio.gather(*(threads.run(lambda: 7, LONG) for _ in range(10))) == [7] * 10
    assert await threads.run(lambda: 8, LONG) == 8
    assert not any(task.done() for task in slow)
    go_on.set()
    assert await asyncio.gather(*slow) == [True, True]


async def test_no_more_is_done_at_once_than_allowed() -> None:
    threads, go_on = Threads(1), threading.Event()
    first = asyncio.create_task(threads.run(lambda: go_on.wait(LONG), LONG))
    second = asyncio.create_task(threads.run(lambda: 7, LONG))
    await asyncio.sleep(0.1)
    assert not second.done()
    go_on.set()
    assert await second == 7
    assert await first


async def test_what_takes_too_long_is_abandoned_and_its_place_is_anothers() -> None:
    threads, go_on = Threads(1), threading.Event()
    endless = asyncio.create_task(threads.run(lambda: go_on.wait(LONG), 0.05))
    # How long it waits for its place counts for nothing.
    waiting = asyncio.create_task(threads.run(lambda: after(0.02, 7), 0.04))
    with pytest.raises(TimeoutError):
        await endless
    assert await waiting == 7
    # Its thread comes back, and harms nothing.
    go_on.set()
    assert await asyncio.gather(*(threads.run(lambda: 8, LONG) for _ in range(10))) == [8] * 10


async def test_who_no_longer_waits_keeps_nobody_from_the_thread() -> None:
    threads, go_on = Threads(1), threading.Event()
    tasks = [asyncio.create_task(threads.run(lambda: go_on.wait(LONG), LONG)) for _ in range(3)]
    await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    go_on.set()
    assert await threads.run(lambda: 7, LONG) == 7
