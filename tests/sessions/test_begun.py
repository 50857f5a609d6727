"""What a process died of is known to those that come after it, in every store that outlives its process."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.sessions.redis import RedisStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import InboxUpdate, Store
from tests.sessions.samples import ASKING, NOW, PRIVATE, RETENTION, answer, holding, take, vault

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


async def test_what_waits_and_what_is_begun_of_it_is_told_in_one_step(reopened: Reopen) -> None:
    store = await reopened()
    await take(store, PRIVATE, 1, 2)
    async with holding(store, PRIVATE) as lane:
        assert (await lane.pending()).updates == (FIRST, SECOND)
        assert [lane.has_begun(each) for each in (FIRST, SECOND)] == [True, False]
    await store.close()
    store = await reopened()
    async with holding(store, PRIVATE) as lane:
        await lane.pending()
        assert await lane.begin(FIRST) == 1
        assert await lane.begin(FIRST) == 1
        assert await lane.begin(SECOND) == 0
    await store.close()


async def test_what_comes_after_a_message_is_not_begun_before_it(reopened: Reopen) -> None:
    store = await reopened()
    await answer(store, PRIVATE, 1, "a reply")
    await take(store, PRIVATE, 2)
    for _ in range(2):
        async with holding(store, PRIVATE) as lane:
            found = await lane.pending()
            assert found.messages
            assert not lane.has_begun(SECOND)
        await store.close()
        store = await reopened()
    async with holding(store, PRIVATE) as lane:
        await lane.delivered(found.messages[0])
        assert await lane.begin(SECOND) == 0
    await store.close()


async def test_a_turn_that_waits_for_no_update_begins_none(reopened: Reopen) -> None:
    store = await reopened()
    await take(store, PRIVATE, 1)
    for _ in range(2):
        async with store.turn(PRIVATE, NOW) as turn:
            turn.keep(ASKING)
        await store.close()
        store = await reopened()
    async with holding(store, PRIVATE) as lane:
        await lane.pending()
        assert await lane.begin(FIRST) == 0
    await store.close()


async def test_what_is_put_off_counts_as_not_begun(reopened: Reopen) -> None:
    store = await reopened()
    await take(store, PRIVATE, 1)
    for _ in range(4):
        # One process after the other leaves it to the next, which none of them has died of.
        async with holding(store, PRIVATE) as lane:
            await lane.pending()
            assert await lane.begin(FIRST) == 0
            await lane.put_off([FIRST])
            assert not lane.has_begun(FIRST)
        await store.close()
        store = await reopened()
    await store.close()


async def test_what_others_have_died_of_is_known_also_after_it_was_put_off(reopened: Reopen) -> None:
    store = await reopened()
    await take(store, PRIVATE, 1)
    await store.close()
    assert [await begun(await reopened(), FIRST) for _ in range(2)] == [0, 1]
    store = await reopened()
    async with holding(store, PRIVATE) as lane:
        assert await lane.begin(FIRST) == 2
        await lane.put_off([FIRST])
        assert await lane.begin(FIRST) == 2
    await store.close()
