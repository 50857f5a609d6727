"""What an operator can ask the bot: whether it lives, whether it can answer, and its figures."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from bot.channels.telegram.readiness import Readiness
from bot.delivery import Metrics
from bot.sessions.store import Expired, StoreUnavailable
from tests.bot_api import BotApiServer, bad_gateway, blocked, error, rate_limited
from tests.bot_api.fixtures import Pauses
from tests.channels.telegram.answers import echo
from tests.channels.telegram.hooks import hooked, update
from tests.channels.telegram.pool import DOGS, Pool
from tests.channels.telegram.stores import unsteady_store

CHAT = 987654321987


async def test_it_is_ready_as_long_as_its_store_is(bot_api: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.telegram.readiness.PROBE_SECONDS", 0)
    async with unsteady_store() as store, hooked(bot_api, echo, is_polling=True, store=store) as hook:
        assert (await hook.get("/readyz")).status_code == 200
        store.down = {"probe"}
        unready = await hook.get("/readyz")
        assert (unready.status_code, unready.text) == (503, "the store cannot be reached")
        assert (await hook.get("/healthz")).status_code == 200
        store.down = set()
        assert (await hook.get("/readyz")).status_code == 200


async def test_however_many_ask_whether_it_is_ready_the_store_is_written_once_a_second() -> None:
    now, probes, go_on = [100.0], [0], asyncio.Event()

    async def probe() -> None:
        probes[0] += 1
        await go_on.wait()
        if now[0] > 101:
            raise StoreUnavailable("BOT_STORE: /path: disk full", "disk full")

    readiness = Readiness(probe, lambda: now[0])
    asked = [asyncio.create_task(readiness.reason()) for _ in range(50)]
    await asyncio.sleep(0)
    go_on.set()
    assert await asyncio.gather(*asked) == [""] * 50
    assert probes == [1]
    now[0] = 100.9
    assert await readiness.reason() == ""
    assert probes == [1]
    now[0] = 101.1
    assert [await readiness.reason() for _ in range(50)] == ["disk full"] * 50
    assert probes == [2]


async def test_who_polls_takes_nothing_by_webhook(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    async with hooked(bot_api, echo, is_polling=True) as hook:
        assert (await hook.post(update(1, "Hallo"))).status_code == 404
        assert (await anna.asks("Hallo")).text == "said Hallo"
    assert len(anna.messages) == 1


@pytest.mark.parametrize(("path", "status"), [("/", 404), ("/telegram", 405), ("/docs", 404)])
async def test_there_is_nothing_else(local_api: BotApiServer, path: str, status: int) -> None:
    async with hooked(local_api, echo) as hook:
        assert (await hook.get(path)).status_code == status


def figure(text: str, name: str) -> float:
    """The value of a figure, 0 if there is none."""
    found = (line.rpartition(" ") for line in text.splitlines())
    return next((float(value) for shown, _, value in found if shown == f"datenschutz_bot_{name}"), 0)


async def test_figures_count_what_happens(bot_api: BotApiServer, pool: Pool, pauses: Pauses) -> None:
    anna, metrics = bot_api.user(CHAT), Metrics()
    bot_api.fails("sendMessage", rate_limited(3))
    bot_api.fails("sendMessage", bad_gateway())
    async with hooked(
        bot_api, pool.assistant, is_polling=True, store=pool.store, metrics=metrics, pauses=pauses
    ) as hook:
        anna.says(DOGS)
        await anna.hears()
        anna.says("Wie backe ich Brot, Frau Kanarienvogel?")
        await anna.hears()
        bot_api.state.add_update("message", {"nonsense": "Kanarienvogel"})
        await bot_api.until(lambda: not bot_api.state.updates)
        answer = await hook.get("/metrics")
        await bot_api.until(lambda: figure(metrics.exposition().decode(), 'sends_total{result="sent"}') == 2)
        answer = await hook.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    figures = answer.text
    assert figure(figures, 'turns_total{decision="matched",entry="pool-dogs"}') == 1
    assert figure(figures, 'sends_total{result="retried"}') == 2
    assert figure(figures, 'updates_total{result="taken"}') == 2
    assert figure(figures, 'updates_total{result="unreadable"}') == 1
    assert figure(figures, "turn_seconds_count") == 2
    assert str(CHAT) not in figures
    assert "anarienvogel" not in figures
    assert "Hund" not in figures


async def test_refused_calls_are_counted(local_api: BotApiServer) -> None:
    async with hooked(local_api, echo) as hook:
        await hook.post(update(1, "Hallo"), secret="wrong")  # noqa: S106  # of nobody
        await hook.post(b"{")
        figures = (await hook.get("/metrics")).text
    assert figure(figures, 'updates_total{result="refused"}') == 2


async def test_an_update_is_counted_as_one_thing(bot_api: BotApiServer) -> None:
    """Taken, ignored or unreadable: the sum is what has arrived."""
    anna, metrics = bot_api.user(7), Metrics()
    group = anna.at(bot_api.group(-100))
    async with hooked(bot_api, echo, is_polling=True, metrics=metrics):
        group.says("nicht an den Bot")
        anna.asks_inline("x")
        bot_api.state.add_update("message", {"nonsense": True})
        await anna.asks("Hallo")
    figures = metrics.exposition().decode()
    shown = {name: figure(figures, f'updates_total{{result="{name}"}}') for name in ("taken", "ignored", "unreadable")}
    assert shown == {"taken": 1, "ignored": 2, "unreadable": 1}


async def test_why_replies_were_not_delivered_is_counted_by_telegrams_reason(
    bot_api: BotApiServer, pauses: Pauses
) -> None:
    anna, metrics = bot_api.user(CHAT), Metrics()
    async with hooked(bot_api, echo, is_polling=True, metrics=metrics, pauses=pauses):
        for fault in (
            error(400, "Bad Request: chat not found"),
            error(400, "Bad Request: Kanarienvogel"),
            bad_gateway(),
            rate_limited(1),
            blocked(),
        ):
            bot_api.fails("sendMessage", fault)
            anna.says("Hallo")
        await bot_api.until(lambda: figure(metrics.exposition().decode(), 'sends_total{result="blocked"}') == 1)
    figures = metrics.exposition().decode()
    reasons = (
        "chat not found",
        "something on the way answers in Telegram's place, such as a proxy",
        "too many requests",
    )
    assert [figure(figures, f'send_failures_total{{reason="{each}"}}') for each in reasons] == [1, 1, 1]
    assert "anarienvogel" not in figures


async def test_an_outage_shows_while_it_lasts(bot_api: BotApiServer, pauses: Pauses) -> None:
    anna, metrics = bot_api.user(CHAT), Metrics()
    pauses.hold()
    bot_api.fails("sendMessage", bad_gateway())
    async with hooked(bot_api, echo, is_polling=True, metrics=metrics, pauses=pauses):
        anna.says("Hallo")
        await bot_api.until(lambda: figure(metrics.exposition().decode(), 'outage{what="replies"}') == 1)
        assert figure(metrics.exposition().decode(), 'outage{what="store"}') == 0
        pauses.release()
        await anna.hears()
        await bot_api.until(lambda: figure(metrics.exposition().decode(), 'outage{what="replies"}') == 0)


async def test_who_else_takes_the_updates_shows(bot_api: BotApiServer, pauses: Pauses) -> None:
    metrics = Metrics()
    pauses.hold()
    bot_api.fails("getUpdates", error(409, "Conflict: terminated by other getUpdates request"))
    async with hooked(bot_api, echo, is_polling=True, metrics=metrics, pauses=pauses):
        await bot_api.until(lambda: figure(metrics.exposition().decode(), 'outage{what="elsewhere"}') == 1)
        pauses.release()
        await bot_api.user(CHAT).asks("Hallo")
        await bot_api.until(lambda: figure(metrics.exposition().decode(), 'outage{what="elsewhere"}') == 0)


def test_what_knowledge_is_overdue_is_a_matter_of_the_day() -> None:
    day = [date(2026, 5, 31)]
    metrics = Metrics(lambda: day[0])
    metrics.knows([date(2026, 1, 1), date(2026, 2, 1)], [date(2026, 6, 1), date(2027, 1, 1)])
    assert figure(metrics.exposition().decode(), "knowledge_entries_overdue") == 0
    day[0] = date(2026, 6, 2)
    figures = metrics.exposition().decode()
    assert figure(figures, "knowledge_entries_overdue") == 1
    assert figure(figures, "knowledge_entries") == 2
    reviewed = figure(figures, "knowledge_reviewed_timestamp_seconds")
    assert reviewed == datetime(2026, 2, 1, tzinfo=UTC).timestamp()


def test_turns_that_fail_overrun_or_are_dropped_are_counted() -> None:
    metrics = Metrics()
    metrics.turned("failed", "")
    metrics.overran()
    metrics.dropped("poisonous")
    metrics.expired(Expired(updates=3, messages=2))
    figures = metrics.exposition().decode()
    assert figure(figures, "turns_apologised_total") == 1
    assert figure(figures, "turns_overrun_total") == 1
    assert figure(figures, 'updates_dropped_total{reason="poisonous"}') == 1
    assert figure(figures, 'updates_dropped_total{reason="expired"}') == 3
    assert figure(figures, 'sends_total{result="expired"}') == 2
