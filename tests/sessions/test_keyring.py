"""Which keys are still needed: on every store that outlives a process."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sessions.redis import RedisStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import Donation, Store, StoreUnavailable
from tests.sessions.redis_server import RedisServer
from tests.sessions.samples import (
    KEY,
    NOW,
    OTHER_KEY,
    PRIVATE,
    RETENTION,
    alone,
    answer,
    keep,
    read,
    take,
    vault,
)

QUESTION = Donation("id", "Darf ich das?", "de", NOW)
OLD, NEW = (vault(key).fingerprints[0] for key in (KEY, OTHER_KEY))
NOTHING = {"sessions": 0, "inbox": 0, "outbox": 0, "donations": 0}

Open = Callable[..., Awaitable[Store]]


@pytest.fixture(params=["sqlite", "redis"])
async def opened(request: pytest.FixtureRequest) -> AsyncIterator[Open]:
    """Opens the same store with these keys; what is open is closed before."""
    last: list[Store] = []
    folder: Path = request.getfixturevalue("tmp_path")
    url = request.getfixturevalue("redis_url") if request.param == "redis" else ""

    async def open_(*keys: bytes) -> Store:
        while last:
            await last.pop().close()
        store: Store = (
            await RedisStore.open(url, vault(*keys), RETENTION)
            if url
            else await SqliteStore.open(folder / "s.sqlite3", vault(*keys), RETENTION)
        )
        last.append(store)
        return store

    yield open_
    while last:
        await last.pop().close()


async def fill(store: Store) -> None:
    """One of each: a dialogue, an update and a reply that wait, a donated question."""
    await answer(store, PRIVATE, 1, "reply")
    await take(store, alone("other"), 2)
    async with store.turn(alone("giver"), NOW) as turn:
        turn.donations.append(QUESTION)


async def sealed(store: Store) -> dict[str, dict[str, int]]:
    return {use.fingerprint: dict(use.sealed) for use in await store.key_uses()}


async def test_what_each_key_seals_is_counted(opened: Open) -> None:
    await fill(await opened(KEY))
    store = await opened(OTHER_KEY, KEY)
    await keep(store, alone("new"))
    assert list(await sealed(store)) == [NEW, OLD]
    assert await sealed(store) == {
        NEW: {**NOTHING, "sessions": 1},
        OLD: {"sessions": 1, "inbox": 1, "outbox": 1, "donations": 1},
    }
    assert [use.is_set for use in await store.key_uses()] == [True, True]
    assert list(await store.missing_keys()) == []


async def test_a_key_that_is_gone_is_told_with_what_it_seals(opened: Open) -> None:
    await fill(await opened(KEY))
    await opened(OTHER_KEY, KEY)
    (lost,) = await (await opened(OTHER_KEY)).missing_keys()
    assert (lost.fingerprint, lost.is_set, lost.total) == (OLD, False, 4)


async def test_it_is_told_again_and_again_until_it_is_back(opened: Open) -> None:
    await fill(await opened(KEY))
    await opened(OTHER_KEY, KEY)
    for _ in range(2):
        assert len(await (await opened(OTHER_KEY)).missing_keys()) == 1
    assert list(await (await opened(OTHER_KEY, KEY)).missing_keys()) == []


async def test_a_key_that_seals_nothing_can_go(opened: Open) -> None:
    await fill(await opened(KEY))
    store = await opened(OTHER_KEY, KEY)
    assert await store.reseal() == 1
    assert await store.reseal() == 0
    # The person writes again, and the others' time is over.
    await keep(store, PRIVATE)
    for name in await store.waiting_lanes():
        async with store.hold(name) as lane:
            assert lane is not None
            waiting = await lane.pending()
            for message in waiting.messages:
                await lane.delivered(message)
            for update in waiting.updates:
                await lane.drop(update)
    assert (await sealed(store))[OLD] == NOTHING
    store = await opened(OTHER_KEY)
    assert list(await store.missing_keys()) == []
    assert list(await store.donations()) == [QUESTION]
    assert await read(store, PRIVATE) is not None


async def test_what_was_withdrawn_is_not_sealed_anew(opened: Open) -> None:
    await fill(await opened(KEY))
    store = await opened(OTHER_KEY, KEY)
    assert await store.delete_donations([QUESTION.id]) == 1
    assert await store.reseal() == 0
    assert list(await store.donations()) == []


async def test_a_donation_sealed_anew_lives_no_longer(opened: Open) -> None:
    await fill(await opened(KEY))
    store = await opened(OTHER_KEY, KEY)
    await store.reseal()
    assert (await store.delete_expired(NOW + RETENTION.donations + timedelta(seconds=1))).donations == 1


async def test_without_its_key_nothing_is_sealed_anew(opened: Open) -> None:
    await fill(await opened(KEY))
    await opened(OTHER_KEY, KEY)
    with pytest.raises(StoreUnavailable, match="BOT_STORE_KEY"):
        await (await opened(OTHER_KEY)).reseal()


async def test_what_no_key_opens_can_be_deleted_and_nothing_else(opened: Open) -> None:
    await fill(await opened(KEY))
    store = await opened(OTHER_KEY, KEY)
    await keep(store, alone("new"))
    store = await opened(OTHER_KEY)
    assert await store.discard_unreadable() == 4
    assert await sealed(store) == {NEW: {**NOTHING, "sessions": 1}}
    assert list(await store.missing_keys()) == []
    assert list(await store.donations()) == []
    depth = await store.depth()
    assert (depth.inbox, depth.outbox) == (0, 0)
    # An update that was given up is not answered should it come again.
    store = await opened(OTHER_KEY, KEY)
    for_old_lane = vault(KEY).pseudonym("other")
    async with store.hold(for_old_lane) as lane:
        assert lane is not None
        assert not await lane.pending()


async def test_everything_on_the_server_still_expires(redis_server: RedisServer, redis_url: str) -> None:
    for keys in ((KEY,), (OTHER_KEY, KEY), (OTHER_KEY,)):
        store = await RedisStore.open(redis_url, vault(*keys), RETENTION)
        await (fill(store) if keys == (KEY,) else store.discard_unreadable())
        await store.close()
    names = redis_server.ask("KEYS datenschutz-bot:*answered").decode().split("\r\n")[2::2]
    assert names
    for name in filter(None, names):
        assert int(redis_server.ask(f"PTTL {name}")[1:].split()[0]) > 0


async def test_a_server_that_an_earlier_version_has_filled_is_looked_through(
    redis_server: RedisServer, redis_url: str
) -> None:
    store = await RedisStore.open(redis_url, vault(KEY), RETENTION)
    await fill(store)
    await store.close()
    await (await RedisStore.open(redis_url, vault(OTHER_KEY, KEY), RETENTION)).close()
    redis_server.ask("DEL datenschutz-bot:keys")
    store = await RedisStore.open(redis_url, vault(OTHER_KEY), RETENTION)
    assert [use.fingerprint for use in await store.missing_keys()] == [OLD]
    await store.close()
