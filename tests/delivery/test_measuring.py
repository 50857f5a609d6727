"""A measured store does what the store within does, and its work shows in the figures."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.delivery import measured
from bot.delivery.metrics import Metrics
from bot.dialogue.session import Session
from bot.messages import Conversation
from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import InboxUpdate, LaneLost, Retention, Store, StoreUnavailable
from bot.sessions.vault import Vault

NOW = datetime(2026, 11, 30, tzinfo=UTC)
HERE = Conversation("a")


def counted(metrics: Metrics, name: str) -> dict[str, float]:
    """A figure's samples by operation."""
    families = text_string_to_metric_families(metrics.exposition().decode())
    samples = [sample for family in families for sample in family.samples if sample.name == f"datenschutz_bot_{name}"]
    return {sample.labels["operation"]: sample.value for sample in samples}


async def opened(path: Path, metrics: Metrics) -> Store:
    store = await SqliteStore.open(path / "s.sqlite3", Vault((b"k" * 32,)), Retention(timedelta(hours=24)))
    return measured(store, metrics)


async def test_whatever_is_done_is_done_and_counted_by_its_name(tmp_path: Path) -> None:
    metrics = Metrics()
    store = await opened(tmp_path, metrics)
    assert store.sweep_seconds > 0
    update = InboxUpdate(1, "{}")
    await store.enqueue([("a", update)], NOW)
    (lane,) = await store.waiting_lanes()
    assert lane == store.lane_of("a")
    async with store.hold(lane) as held:
        assert held is not None
        assert (await held.pending()).updates == (update,)
        async with held.turn(update, HERE, NOW) as turn:
            turn.keep(Session("de"))
            turn.outgoing.append("reply")
        (message,) = turn.queued
        held.check()
        await held.delivered(message)
        assert not await held.pending()
    assert not held.has_more
    async with store.turn(HERE, NOW) as later:
        assert later.session == Session("de")
    assert (await store.depth()).inbox == 0
    await store.probe()
    await store.close()
    assert counted(metrics, "store_seconds_count") == {
        "enqueue": 1,
        "waiting_lanes": 1,
        "begin_hold": 1,
        "end_hold": 1,
        "pending": 2,
        "begin_turn": 2,
        "end_turn": 2,
        "delivered": 1,
        "depth": 1,
        "probe": 1,
        "close": 1,
    }
    assert counted(metrics, "store_failures_total") == {}


class Broken(MemoryStore):
    """A store on a disk that is full."""

    async def probe(self) -> None:
        raise StoreUnavailable("full")


async def test_what_fails_is_raised_and_counted() -> None:
    metrics = Metrics()
    broken = Broken(Retention(timedelta(hours=24)))
    store = measured(broken, metrics)
    with pytest.raises(StoreUnavailable):
        await store.probe()
    await store.close()
    assert counted(metrics, "store_failures_total") == {"probe": 1}


async def test_a_turn_that_breaks_off_leaves_everything_as_it_was(tmp_path: Path) -> None:
    metrics = Metrics()
    store = await opened(tmp_path, metrics)
    update = InboxUpdate(1, "{}")
    await store.enqueue([("a", update)], NOW)
    async with store.hold(store.lane_of("a")) as held:
        assert held is not None
        with pytest.raises(LaneLost):
            async with held.turn(update, HERE, NOW):
                raise LaneLost
        assert (await held.pending()).updates == (update,)
    await store.close()
    assert counted(metrics, "store_failures_total") == {}


async def test_a_held_lane_is_not_held_twice(tmp_path: Path) -> None:
    store = await opened(tmp_path, Metrics())
    async with store.hold("a") as first, store.hold("b") as second:
        assert first is not None
        assert second is not None
    await store.close()
