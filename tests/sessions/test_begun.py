"""What a process died of is known to those that come after it, in every store that outlives its process."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.sessions.redis import RedisStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import InboxUpdate, Store
from tests.sessions.samples import PRIVATE, RETENTION, answer, holding, take, vault

Reopen = Callable[[], Awaitable[Store]]
FIRST, SECOND = InboxUpdate(1, "update 1"), InboxUpdate(2, "update 2")


@pytest.fixture(params=["sqlite", "redis"])
def reopened(request: pytest.FixtureRequest, tmp_path: Path) -> Reopen:
    """The same store as another process opens it."""
    if request.param == "sqlite":
        return lambda: SqliteStore.open(tmp_path / "store.sqlite3", vault(), RETENTION)
    url: str = request.getfixturevalue("redis_url")
    return lambda: RedisStore.open(url, vault(), RETENTION)


async def begun(store: Store, update: InboxUpdate) -> int:
    """How often others have begun the update, asked by this process."""
    try:
        async with holding(store, PRIVATE) as lane:
            return await lane.begin(update)
    finally:
        await store.close()


async def test_each_process_that_begins_and_does_not_end_is_counted(reopened: Reopen) -> None:
    store = await reopened()
    await take(store, PRIVATE, 1, 2)
    await store.close()
    assert [await begun(await reopened(), FIRST) for _ in range(4)] == [0, 1, 2, 3]
    # What only waited behind it is not to blame.
    assert await begun(await reopened(), SECOND) == 0


async def test_an_update_that_was_answered_is_counted_no_more(reopened: Reopen) -> None:
    store = await reopened()
    await take(store, PRIVATE, 1)
    await store.close()
    assert [await begun(await reopened(), FIRST) for _ in range(2)] == [0, 1]
    store = await reopened()
    await answer(store, PRIVATE, 1)
    await store.close()
    assert await begun(await reopened(), FIRST) == 0


async def test_an_update_that_was_dropped_is_counted_no_more(reopened: Reopen) -> None:
    store = await reopened()
    await take(store, PRIVATE, 1)
    async with holding(store, PRIVATE) as lane:
        await lane.begin(FIRST)
        await lane.drop(FIRST)
    await store.close()
    assert await begun(await reopened(), FIRST) == 0
