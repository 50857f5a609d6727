"""Keys of the SQLite store: the wrong one is refused, and one can be replaced while everything stays readable."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import Donation, StoreUnavailable
from tests.sessions.samples import (
    ASKING,
    KEY,
    NOW,
    OTHER_KEY,
    PRIVATE,
    RETENTION,
    alone,
    answer,
    holding,
    keep,
    messages,
    read,
    take,
    updates,
    vault,
)

QUESTION = Donation("id", "Darf ich das?", "de", NOW)


async def opened(path: Path, *keys: bytes) -> SqliteStore:
    return await SqliteStore.open(path, vault(*keys), RETENTION)


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A store that was filled with a key that is now the old one."""
    made = tmp_path / "s.sqlite3"
    store = await opened(made, KEY)
    await answer(store, PRIVATE, 1, "reply")
    await take(store, alone("other"), 2)
    async with store.turn(alone("giver"), NOW) as turn:
        turn.donations.append(QUESTION)
        turn.votes.append(("dogs", "helpful", 1))
    await store.close()
    return made


async def test_the_wrong_key_is_refused_in_one_line(path: Path) -> None:
    with pytest.raises(StoreUnavailable) as caught:
        await opened(path, OTHER_KEY)
    message = str(caught.value)
    assert message.startswith("BOT_STORE_KEY: ")
    assert str(path) in message
    assert "\n" not in message
    store = await opened(path, KEY)
    assert await read(store, PRIVATE) == ASKING
    await store.close()


async def test_an_empty_store_belongs_to_its_key_too(tmp_path: Path) -> None:
    await (await opened(tmp_path / "s.sqlite3", KEY)).close()
    with pytest.raises(StoreUnavailable, match="BOT_STORE_KEY"):
        await opened(tmp_path / "s.sqlite3", OTHER_KEY)


async def test_a_dialogue_goes_on_under_a_new_key(path: Path) -> None:
    store = await opened(path, OTHER_KEY, KEY)
    assert await read(store, PRIVATE) == ASKING
    await store.close()


async def test_a_dialogue_that_went_on_under_a_new_key_is_there_once(path: Path) -> None:
    store = await opened(path, OTHER_KEY, KEY)
    await keep(store, PRIVATE)
    async with store.turn(PRIVATE, NOW) as turn:
        assert len((await turn.held()).sessions) == 1
    await store.close()


async def test_what_waits_is_read_under_a_new_key(path: Path) -> None:
    store = await opened(path, OTHER_KEY, KEY)
    found: list[str] = []
    for name in await store.waiting_lanes():
        async with store.hold(name) as lane:
            assert lane is not None
            pending = await lane.pending()
            found += [each.body for each in pending.messages] + [each.body for each in pending.updates]
    assert sorted(found) == ["reply", "update 2"]
    await store.close()


async def test_a_turn_in_an_old_lane_leaves_its_replies_to_whoever_holds_it(path: Path) -> None:
    """Else another worker would find them in the new lane and deliver them a second time."""
    store = await opened(path, OTHER_KEY, KEY)
    conversation = alone("other")
    async with store.hold(vault(KEY).pseudonym("other")) as lane:
        assert lane is not None
        (update,) = (await lane.pending()).updates
        async with lane.turn(update, conversation, NOW) as turn:
            turn.outgoing += ["one", "two"]
        assert (await lane.pending()).messages == turn.queued
        await lane.give_up(turn.queued[0])
    assert await messages(store, conversation) == []
    await store.close()


async def test_what_was_given_is_read_under_a_new_key(path: Path) -> None:
    store = await opened(path, OTHER_KEY, KEY)
    assert list(await store.donations()) == [QUESTION]
    assert await store.votes() == {"dogs": {"helpful": 1}}
    await store.close()


@pytest.mark.parametrize("way", ["forget", "erase"])
async def test_what_was_kept_under_the_old_key_can_be_deleted(way: str, path: Path) -> None:
    store = await opened(path, OTHER_KEY, KEY)
    async with store.turn(PRIVATE, NOW) as turn:
        turn.forget() if way == "forget" else turn.erase()
    await store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sessions").fetchone() == (0,)


async def test_erasure_reaches_what_waits_under_the_old_key(path: Path) -> None:
    store = await opened(path, OTHER_KEY, KEY)
    async with store.turn(PRIVATE, NOW) as turn:
        held = await turn.held()
        turn.erase()
    assert (len(held.sessions), held.waiting_replies) == (1, 1)
    assert (await store.depth()).outbox == 0
    await store.close()


async def test_what_is_new_is_written_under_the_new_key(path: Path) -> None:
    store = await opened(path, OTHER_KEY, KEY)
    await keep(store, alone("new"))
    await take(store, alone("new"), 7)
    await store.close()
    with pytest.raises(StoreUnavailable, match="BOT_STORE_KEY"):
        await opened(path, KEY)
    store = await opened(path, OTHER_KEY)
    assert await read(store, alone("new")) == ASKING
    assert await updates(store, alone("new")) == ["update 7"]
    await store.close()


async def test_what_is_left_of_a_key_that_is_gone_is_told_of(path: Path) -> None:
    await (await opened(path, OTHER_KEY, KEY)).close()
    store = await opened(path, OTHER_KEY)
    assert await read(store, PRIVATE) is None
    with pytest.raises(StoreUnavailable, match=r"BOT_STORE_KEY: .*another key") as caught:
        await store.donations()
    assert "\n" not in str(caught.value)
    async with store.hold(vault(KEY).pseudonym("other")) as lane:
        assert lane is not None
        with pytest.raises(StoreUnavailable, match="BOT_STORE_KEY"):
            await lane.pending()
    await store.close()


async def test_a_sealed_text_cannot_be_moved_to_another_row(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    store = await opened(path)
    await keep(store, PRIVATE)
    await keep(store, alone("other"))
    with closing(sqlite3.connect(path)) as connection:
        mine = store.lane_of(PRIVATE.id)
        connection.execute("UPDATE sessions SET body = (SELECT body FROM sessions WHERE conversation = ?)", (mine,))
        connection.commit()
    assert await read(store, PRIVATE) == ASKING
    assert await read(store, alone("other")) is None
    async with holding(store, PRIVATE):
        pass
    await store.close()
