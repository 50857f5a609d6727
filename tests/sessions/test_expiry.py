"""What is too old is deleted, whether or not anybody writes; what is not stays."""

from datetime import timedelta

import pytest

from bot.sessions.memory import MemoryStore
from bot.sessions.store import ANSWERED_LIFETIME, Depth, Expired, Retention, Store
from tests.sessions.samples import (
    ASKING,
    DAY,
    NOW,
    PRIVATE,
    SECOND,
    alone,
    answer,
    keep,
    messages,
    read,
    take,
    updates,
)


async def test_sessions(clockless: Store) -> None:
    await keep(clockless, alone("old"))
    await keep(clockless, alone("new"), at=NOW + DAY / 2)
    assert await clockless.delete_expired(NOW + DAY - SECOND) == Expired()
    assert await clockless.delete_expired(NOW + DAY) == Expired(sessions=1)
    assert await read(clockless, alone("old")) is None
    assert await read(clockless, alone("new"), NOW + DAY) == ASKING


async def test_updates(clockless: Store) -> None:
    await take(clockless, PRIVATE, 1)
    await take(clockless, PRIVATE, 2, at=NOW + SECOND)
    assert await clockless.delete_expired(NOW + DAY) == Expired(updates=1)
    assert await updates(clockless, PRIVATE) == ["update 2"]
    assert await clockless.depth() == Depth(inbox=1)


async def test_messages(clockless: Store) -> None:
    await answer(clockless, PRIVATE, 1, "one", "two")
    await answer(clockless, PRIVATE, 2, "three", at=NOW + SECOND)
    assert await clockless.delete_expired(NOW + DAY) == Expired(messages=2)
    assert await messages(clockless, PRIVATE) == ["three"]


async def test_nothing_is_counted_twice(clockless: Store) -> None:
    await keep(clockless, PRIVATE)
    await take(clockless, PRIVATE, 1)
    assert await clockless.delete_expired(NOW + DAY) == Expired(sessions=1, updates=1)
    assert await clockless.delete_expired(NOW + DAY) == Expired()


async def test_votes_never_expire(clockless: Store) -> None:
    async with clockless.turn(PRIVATE, NOW) as turn:
        turn.votes.append(("dogs", "helpful", 1))
    await clockless.delete_expired(NOW + timedelta(days=10_000))
    assert await clockless.votes() == {"dogs": {"helpful": 1}}


@pytest.mark.parametrize("way", ["answered", "expired"])
async def test_a_number_is_remembered_for_as_long_as_it_may_be_offered_again(way: str, clockless: Store) -> None:
    await take(clockless, PRIVATE, 1)
    if way == "answered":
        await answer(clockless, PRIVATE, 1)
    await clockless.delete_expired(NOW + ANSWERED_LIFETIME - SECOND)
    await take(clockless, PRIVATE, 1)
    assert await updates(clockless, PRIVATE) == []
    await clockless.delete_expired(NOW + ANSWERED_LIFETIME)
    await take(clockless, PRIVATE, 1)
    assert await updates(clockless, PRIVATE) == ["update 1"]


async def test_a_number_is_remembered_even_where_little_is_kept() -> None:
    store = MemoryStore(Retention(timedelta(hours=1)))
    await take(store, PRIVATE, 1)
    await store.delete_expired(NOW + timedelta(hours=1))
    await store.delete_expired(NOW + DAY)
    await take(store, PRIVATE, 1)
    assert await updates(store, PRIVATE) == []
    await store.close()
