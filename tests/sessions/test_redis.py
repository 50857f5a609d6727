"""What only a server has: locks that are lost, answers that are lost, memory that is full, and its own clock."""

import asyncio
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from redis.asyncio import Redis

from bot.background import end
from bot.messages import Conversation
from bot.sessions.redis import RedisStore, keys, scripts
from bot.sessions.redis.client import Client
from bot.sessions.redis.keys import LaneKeys
from bot.sessions.store import Donation, InboxUpdate, LaneLost, StoreUnavailable
from tests.processes import ended
from tests.sessions.redis_server import PROGRAM, RedisServer, free_port
from tests.sessions.samples import (
    ASKING,
    GROUP,
    KEY,
    NOW,
    OTHER_KEY,
    PRIVATE,
    RETENTION,
    alone,
    answer,
    holding,
    messages,
    pending,
    read,
    take,
    updates,
    vault,
)


@pytest.fixture
async def redis_store(redis_url: str) -> AsyncIterator[RedisStore]:
    made = await RedisStore.open(redis_url, vault(), RETENTION)
    yield made
    await made.close()


@pytest.fixture
async def other(redis_url: str) -> AsyncIterator[RedisStore]:
    """Another replica."""
    made = await RedisStore.open(redis_url, vault(), RETENTION)
    yield made
    await made.close()


@pytest.fixture
async def server(redis_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url)
    yield client
    await client.aclose()


async def test_a_lane_is_held_by_one_replica(redis_store: RedisStore, other: RedisStore) -> None:
    lane = redis_store.lane_of(PRIVATE.lane)
    async with redis_store.hold(lane) as held, other.hold(lane) as second:
        assert held is not None
        assert second is None
    async with other.hold(lane) as free:
        assert free is not None


async def test_who_has_lost_a_lane_writes_nothing(redis_store: RedisStore, server: Redis) -> None:
    await take(redis_store, PRIVATE, 1)
    lock = LaneKeys(redis_store.lane_of(PRIVATE.lane)).lock
    async with holding(redis_store, PRIVATE) as lane:
        # What was found when the lane was given needs no server.
        assert await lane.pending()
        await server.set(lock, "another's")
        for work in (lane.pending, lambda: lane.drop(InboxUpdate(1, "")), lambda: lane.forget(1), lambda: _turn(lane)):
            with pytest.raises(LaneLost):
                await work()
    await server.delete(lock)
    assert await updates(redis_store, PRIVATE) == ["update 1"]
    assert await read(redis_store, PRIVATE) is None


async def _turn(lane: Any) -> None:
    async with lane.turn(InboxUpdate(1, "update 1"), PRIVATE, NOW) as turn:
        turn.keep(ASKING)
        turn.outgoing.append("a reply")


async def test_the_lane_of_a_dead_replica_is_free_when_its_lock_has_expired(redis_url: str, other: RedisStore) -> None:
    dying = await RedisStore.open(redis_url, vault(), RETENTION, lease_seconds=0.2)
    held = dying.hold(dying.lane_of(PRIVATE.lane))
    lane = await held.__aenter__()
    assert lane is not None
    while not (renewing := [task for task in asyncio.all_tasks() if "_renew" in repr(task)]):  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    # A request that is under way may swallow one cancellation.
    await end(*renewing)
    for _ in range(500):
        async with other.hold(other.lane_of(PRIVATE.lane)) as taken_over:
            if taken_over is not None:
                break
        await asyncio.sleep(0.01)
    assert taken_over is not None
    with pytest.raises(LaneLost):
        lane.check()
    await held.__aexit__(None, None, None)
    await dying.close()


async def test_a_turn_whose_answer_was_lost_is_not_saved_twice_and_keeps_its_order(
    redis_store: RedisStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    await take(redis_store, PRIVATE, 1, 2)
    evaluated = Client._evaluated  # noqa: SLF001 - as a library that asks again would

    async def twice(self: Client, script: scripts.Script, keys: list[str], values: tuple[Any, ...]) -> Any:
        if script is scripts.SAVE:
            await evaluated(self, script, keys, values)
        return await evaluated(self, script, keys, values)

    monkeypatch.setattr(Client, "_evaluated", twice)
    async with holding(redis_store, PRIVATE) as lane:
        with pytest.raises(LaneLost):
            await _turn(lane)
    monkeypatch.undo()
    assert await messages(redis_store, PRIVATE) == ["a reply"]
    assert await updates(redis_store, PRIVATE) == ["update 2"]


@pytest.mark.parametrize("kind", ["redis_url", "cluster"])
@pytest.mark.parametrize("clock", ["long after", "set back"])
async def test_what_another_replica_takes_while_a_lane_is_let_go_is_not_overlooked(
    kind: str, clock: str, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    url: str = request.getfixturevalue(kind)
    store, other = [await RedisStore.open(url, vault(), RETENTION) for _ in range(2)]
    await take(store, PRIVATE, 1)
    run_at_once = Client.run_at_once

    async def interrupted(self: Client, script: scripts.Script, keys: list[str], *values: Any) -> Any:
        answer = await run_at_once(self, script, keys, *values)
        if script is scripts.RELEASE:
            # The other replica takes an update and dies.
            await take(other, PRIVATE, 2)
        return answer

    async with holding(store, PRIVATE) as lane:
        await lane.drop((await lane.pending()).updates[0])
        # Of the time at which the update was taken nothing is known any more, or it is still to come.
        generation = LaneKeys(store.lane_of(PRIVATE.lane)).generation
        async with Redis.from_url(url) as server:
            await (server.delete(generation) if clock == "long after" else server.incrby(generation, 3_600_000_000))
        monkeypatch.setattr(Client, "run_at_once", interrupted)
    assert await store.waiting_lanes() == [store.lane_of(PRIVATE.lane)]
    for each in (store, other):
        await each.close()


async def test_what_has_arrived_at_another_replica_is_told_when_the_lane_is_let_go(
    redis_store: RedisStore, other: RedisStore
) -> None:
    async with holding(redis_store, PRIVATE) as lane:
        await take(other, PRIVATE, 1)
    assert lane.has_more
    assert await updates(other, PRIVATE) == ["update 1"]


@pytest.mark.parametrize("kind", ["redis_url", "cluster"])
async def test_what_has_arrived_at_another_replica_is_told_also_where_the_rest_is_put_off(
    kind: str, request: pytest.FixtureRequest
) -> None:
    url: str = request.getfixturevalue(kind)
    store, other = [await RedisStore.open(url, vault(), RETENTION) for _ in range(2)]
    await take(store, PRIVATE, 1)
    for arrived in (False, True):
        async with holding(store, PRIVATE) as lane:
            await lane.put_off((await lane.pending()).updates)
            if arrived:
                await take(other, PRIVATE, 2)
        assert lane.has_more is arrived
        assert await store.waiting_lanes() == [store.lane_of(PRIVATE.lane)]
    for each in (store, other):
        await each.close()


async def test_a_full_server_still_delivers_and_forgets(redis_store: RedisStore, server: Redis) -> None:
    await answer(redis_store, PRIVATE, 1, "a reply")
    await answer(redis_store, GROUP, 2, "another")
    await server.config_set("maxmemory", 1)
    try:
        with pytest.raises(StoreUnavailable):
            await take(redis_store, PRIVATE, 3)
        async with holding(redis_store, PRIVATE) as lane:
            for message in (await lane.pending()).messages:
                await lane.delivered(message)
            assert not await lane.pending()
    finally:
        await server.config_set("maxmemory", 0)


async def test_a_server_that_cannot_be_written_is_not_ready(redis_store: RedisStore, server: Redis) -> None:
    await redis_store.probe()
    await server.replicaof("127.0.0.1", "1")
    try:
        with pytest.raises(StoreUnavailable):
            await redis_store.probe()
    finally:
        await server.replicaof("NO", "ONE")
    await redis_store.probe()


async def test_everything_of_people_expires_by_itself(redis_store: RedisStore, server: Redis) -> None:
    await answer(redis_store, PRIVATE, 1, "a reply")
    await answer(redis_store, GROUP, 2, "another")
    await take(redis_store, PRIVATE, 3)
    async with redis_store.turn(PRIVATE, NOW) as turn:
        turn.donations.append(Donation("id", "Frage", "de", NOW))
        turn.votes.append(("entry", "helpful", 1))
    lasting = [key async for key in server.scan_iter() if await server.pttl(key) == -1]
    names = {key.decode().rpartition(":")[2] for key in lasting}
    assert names == {"ready", "votes", "donations", "key", "keys"}


async def test_another_key_is_refused_and_an_earlier_one_is_not(redis_url: str, redis_store: RedisStore) -> None:
    await take(redis_store, PRIVATE, 1)
    with pytest.raises(StoreUnavailable, match="BOT_STORE_KEY") as refused:
        await RedisStore.open(redis_url, vault(OTHER_KEY), RETENTION)
    assert "\n" not in str(refused.value)
    rotated = await RedisStore.open(redis_url, vault(OTHER_KEY, KEY), RETENTION)
    (lane,) = await rotated.waiting_lanes()
    async with rotated.hold(lane) as held:
        assert held is not None
        assert [each.body for each in (await held.pending()).updates] == ["update 1"]
    await rotated.close()


@pytest.fixture
def cluster(tmp_path: Path, redis_server: RedisServer) -> Iterator[str]:
    """A cluster of one node, which is as strict about where keys lie as one of many."""
    port, bus = free_port(), free_port()
    options = ["--port", str(port), "--save", "", "--dir", str(tmp_path)]
    options += ["--cluster-enabled", "yes", "--cluster-port", str(bus)]
    with ended(subprocess.Popen([PROGRAM, *options], stdout=subprocess.DEVNULL)) as process:
        node = RedisServer(port)
        _wait(process, lambda: node.ask("PING").startswith(b"+PONG"))
        node.ask("CLUSTER ADDSLOTSRANGE 0 16383")
        _wait(process, lambda: b"cluster_state:ok" in node.ask("CLUSTER INFO"))
        yield node.url
        process.kill()


def _wait(process: "subprocess.Popen[bytes]", is_true: Callable[[], bool]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert process.poll() is None
        with suppress(OSError):
            if is_true():
                return
        time.sleep(0.02)
    raise AssertionError("the cluster does not come up")


async def test_a_cluster_keeps_the_same_promises(cluster: str) -> None:
    store = await RedisStore.open(cluster, vault(), RETENTION)
    try:
        await answer(store, PRIVATE, 1, "a reply")
        await answer(store, GROUP, 2, "another")
        await take(store, PRIVATE, 3)
        assert [each.body for each in (await pending(store, PRIVATE)).messages] == ["a reply"]
        assert len(await store.waiting_lanes()) == 2
        async with store.turn(PRIVATE, NOW) as turn:
            held = await turn.held()
            turn.erase()
        assert len(held.sessions) == 2
        assert await read(store, GROUP) is None
        assert (await store.depth()).outbox == 1
    finally:
        await store.close()


async def test_many_chats_at_once_wait_for_a_connection(redis_store: RedisStore) -> None:
    chats = [Conversation(f"chat {number}") for number in range(300)]
    await asyncio.gather(*(answer(redis_store, chat, number, "hi") for number, chat in enumerate(chats, 1)))
    assert len(await redis_store.waiting_lanes()) == 300


async def test_an_address_where_nobody_listens_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with pytest.raises(StoreUnavailable, match="BOT_STORE") as refused:
        await RedisStore.open(f"redis://user:secret@127.0.0.1:{port}/0", vault(), RETENTION)
    assert "secret" not in str(refused.value)
    assert "\n" not in str(refused.value)


#: A person's own chat, as Telegram has it: named as the person.
OWN = Conversation(GROUP.owner)


async def test_a_turn_costs_five_requests(redis_store: RedisStore, monkeypatch: pytest.MonkeyPatch) -> None:
    await answer(redis_store, OWN, 1)
    requests = []
    execute: Any = Redis.execute_command

    async def counted(self: Any, *arguments: Any, **options: Any) -> Any:
        requests.append(arguments[0])
        return await execute(self, *arguments, **options)

    monkeypatch.setattr(Redis, "execute_command", counted)
    await take(redis_store, OWN, 2)
    async with holding(redis_store, OWN) as lane:
        (update,) = (await lane.pending()).updates
        assert await lane.begin(update) == 0
        async with lane.turn(update, OWN, NOW) as turn:
            # As it was left, without being asked for.
            assert turn.session == ASKING
            turn.outgoing.append("a reply")
        await lane.delivered(turn.queued[0])
    assert requests == ["EVALSHA"] * 5
    monkeypatch.undo()
    assert await redis_store.waiting_lanes() == []


async def test_a_session_that_was_told_long_ago_is_asked_for_anew(
    redis_store: RedisStore, other: RedisStore, server: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.sessions.redis.lane._FRESH_SECONDS", 0.0)
    await answer(redis_store, OWN, 1)
    await take(redis_store, OWN, 2)
    async with holding(redis_store, OWN) as lane:
        (update,) = (await lane.pending()).updates
        await lane.begin(update)
        # In a group, meanwhile, the person wants everything of theirs erased.
        async with other.turn(GROUP, NOW) as turn:
            turn.erase()
        async with lane.turn(update, OWN, NOW) as turn:
            assert turn.session is None


async def test_what_an_earlier_version_counted_below_zero_swallows_no_vote(
    redis_store: RedisStore, server: Redis
) -> None:
    await server.hset(keys.VOTES, "dogs helpful", "-3")
    assert await redis_store.votes() == {"dogs": {"helpful": 0}}
    async with redis_store.turn(alone("a"), NOW) as turn:
        turn.votes.append(("dogs", "helpful", 1))
    assert await redis_store.votes() == {"dogs": {"helpful": 1}}
