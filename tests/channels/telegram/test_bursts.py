"""A question in several short messages, over HTTP: read as one, whatever comes between and whenever the bot is started
anew. Time passes when a test says so."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import pytest

from bot.delivery import Metrics
from bot.delivery.bursts import BURST_SECONDS, MOST_PARTS
from bot.sessions.memory import MemoryStore
from bot.sessions.redis import RedisStore
from bot.sessions.store import Depth, Store
from tests.bot_api import BotApiServer, User, bad_gateway
from tests.bot_api.fixtures import Pauses, Setup, running
from tests.channels.telegram.hooks import PATH, hooked
from tests.channels.telegram.pool import DOGS, PRICE, Pool
from tests.channels.telegram.stores import RETENTION, sqlite_store
from tests.sessions.conftest import redis_server, redis_url
from tests.sessions.samples import vault

__all__ = ["redis_server", "redis_url"]

PART = "mein Kind"
LINES = ("wir kommen morgen", PART, "und wollen baden", PRICE)
#: What is said to the question with the part, without it, and to the part alone.
FREE, WHO, NOTED = "für Kinder ist der Eintritt frei", "Wer möchte baden?", "das merke ich mir"
NO_DOGS = "Hunde bleiben draußen"
Opened = Callable[[], AbstractAsyncContextManager[Store]]


@asynccontextmanager
async def closing(opening: Awaitable[Store]) -> AsyncIterator[Store]:
    store = await opening
    try:
        yield store
    finally:
        await store.close()


@pytest.fixture(params=["sqlite", "redis"])
def lasting(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    """A store as each process finds it that is started anew."""
    if request.param == "sqlite":
        return partial(sqlite_store, tmp_path / "s.sqlite3")
    url: str = request.getfixturevalue("redis_url")
    return lambda: closing(RedisStore.open(url, vault(), RETENTION))


class Bot:
    """The bot of the outdoor pool, whose pauses last until they are released."""

    def __init__(self, server: BotApiServer, pool: Pool, pauses: Pauses) -> None:
        self.server = server
        self.pauses = pauses
        self.metrics = Metrics()
        self._pool = pool
        pauses.hold()

    def running(self, store: Store) -> AbstractAsyncContextManager[object]:
        setup = Setup(pauses=self.pauses, store=store, metrics=self.metrics)
        return running(self.server, self._pool.assistant, setup)

    async def waits(self, times: int = 1) -> None:
        """Until it waits for more, and has shown so to somebody, so many times."""
        await self.server.until(lambda: len(self.server.calls("sendChatAction")) >= times, "the bot to wait for more")

    def figure(self, name: str) -> float:
        lines = self.metrics.exposition().decode().splitlines()
        return sum(float(line.split()[-1]) for line in lines if line.startswith(f"datenschutz_bot_{name}"))


@pytest.fixture
def bot(bot_api: BotApiServer, pool: Pool, pauses: Pauses) -> Bot:
    return Bot(bot_api, pool, pauses)


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    made = MemoryStore(RETENTION)
    yield made
    await made.close()


# --- what is read as one ---


async def test_lines_that_end_in_a_question_get_one_reply(bot: Bot, lasting: Opened) -> None:
    anna = bot.server.user(7)
    async with lasting() as store:
        async with bot.running(store):
            anna.says_all(LINES)
            assert FREE in (await anna.hears())[0].text
            # What comes next is a turn of its own.
            assert NO_DOGS in (await anna.asks(DOGS)).text
        assert await store.depth() == Depth()
    assert len(anna.messages) == 2
    assert bot.figure("turns_total") == 2
    assert bot.figure("messages_joined_total") == 3


async def test_a_question_ends_the_wait_at_once(bot: Bot, lasting: Opened) -> None:
    anna = bot.server.user(7)
    async with lasting() as store, bot.running(store):
        for number, line in enumerate(LINES[:-1], 1):
            anna.says(line)
            await bot.waits(number)
        assert anna.messages == []
        assert FREE in (await anna.asks(LINES[-1])).text
    assert len(anna.messages) == 1


async def test_a_question_in_the_middle_is_answered_with_what_stood_before_it(bot: Bot, store: Store) -> None:
    anna = bot.server.user(7)
    async with bot.running(store):
        anna.says_all([PART, PRICE, "danke", "wir kommen morgen"])
        first, second = await anna.hears(2)
        await bot.waits()
        bot.pauses.release()
        (third,) = await anna.hears()
    assert FREE in first.text
    assert "Gern geschehen" in second.text
    assert third.text not in (first.text, second.text)
    assert len(anna.messages) == 3


async def test_what_nothing_follows_is_answered_when_the_time_is_over(bot: Bot, lasting: Opened) -> None:
    anna = bot.server.user(7)
    async with lasting() as store:
        async with bot.running(store):
            anna.says(PART)
            await bot.waits()
            assert anna.messages == []
            assert (await store.depth()).inbox == 1
            bot.pauses.release()
            assert NOTED in (await anna.hears())[0].text
        assert await store.depth() == Depth()
    assert len(anna.messages) == 1
    (seconds,) = bot.pauses.seconds
    assert 0 < seconds <= BURST_SECONDS


@pytest.mark.parametrize("complete", [PRICE, "Hunde im Freibad", "danke", "12345", "/hilfe", "aha?"])
async def test_what_is_complete_is_answered_at_once(complete: str, bot: Bot, store: Store) -> None:
    anna = bot.server.user(7)
    async with bot.running(store):
        await anna.asks(complete)
    assert bot.pauses.seconds == []
    assert not bot.server.calls("sendChatAction")


async def test_an_answer_to_the_open_question_is_complete(bot: Bot, store: Store) -> None:
    anna = bot.server.user(7)
    async with bot.running(store):
        assert WHO in (await anna.asks(PRICE)).text
        assert FREE in (await anna.asks(PART)).text
    assert bot.pauses.seconds == []


async def test_nobody_waits_for_ever(bot: Bot, store: Store) -> None:
    anna = bot.server.user(7)
    async with bot.running(store):
        anna.says_all([PART] * MOST_PARTS)
        assert NOTED in (await anna.hears())[0].text
    assert bot.figure("messages_joined_total") == MOST_PARTS - 1


# --- what is not ---


@pytest.mark.parametrize(
    ("act", "heard"),
    [
        (lambda anna, _: anna.says("/hilfe"), "English please"),
        (lambda anna, _: anna.says("danke"), "Gern geschehen"),
        (lambda anna, _: anna.sends("photo", caption=DOGS), NO_DOGS),
        (lambda anna, _: anna.sends("sticker"), "Sticker"),
        (lambda anna, _: anna.forwards(DOGS), NO_DOGS),
        (lambda anna, _: anna.taps("Erwachsene"), "Saisonkarte"),
        (lambda anna, said: anna.edits(said, DOGS), NO_DOGS),
    ],
    ids=["command", "thanks", "photo", "sticker", "forwarded", "button", "edit"],
)
async def test_anything_else_ends_the_wait_and_has_its_own_turn(
    act: Callable[[User, int], object], heard: str, bot: Bot, store: Store
) -> None:
    anna = bot.server.user(7)
    async with bot.running(store):
        await anna.asks(PRICE)
        await anna.presses("Kind")
        before = len(anna.messages)
        said = anna.says("wir kommen morgen")
        await bot.waits()
        act(anna, said)
        await bot.server.until(lambda: any(heard in sent.text for sent in anna.messages[before + 1 :]), heard)
    alone, *others = anna.messages[before:]
    assert heard not in alone.text
    assert any(heard in sent.text for sent in others)
    assert bot.figure("messages_joined_total") == 0


async def test_two_persons_in_a_group_are_not_joined(bot: Bot, store: Store) -> None:
    group = bot.server.group(-100)
    anna, bert = bot.server.user(7).at(group), bot.server.user(8).at(group)
    async with bot.running(store):
        first = anna.says(f"@hofbot {PART}")
        await bot.waits()
        second = bert.says(f"@hofbot {PRICE}")
        to_anna, to_bert = await anna.hears(2)
    assert (NOTED in to_anna.text, to_anna.reply_to) == (True, first)
    assert (WHO in to_bert.text, to_bert.reply_to) == (True, second)


async def test_one_person_in_a_group_is_and_the_reply_refers_to_the_last_line(bot: Bot, store: Store) -> None:
    anna = bot.server.user(7).at(bot.server.group(-100))
    async with bot.running(store):
        anna.says(f"@hofbot {PART}")
        question = anna.says(f"@hofbot {PRICE}")
        (sent,) = await anna.hears()
    assert (FREE in sent.text, sent.reply_to) == (True, question)


async def test_topics_are_apart(bot: Bot, store: Store) -> None:
    anna = bot.server.user(7)
    async with bot.running(store):
        one, other = anna.opens_topic("Kinder"), anna.opens_topic("Preise")
        anna.says(PART, topic=one)
        await bot.waits()
        anna.says(PRICE, topic=other)
        noted, asked = await anna.hears(2)
    assert (NOTED in noted.text, noted.topic) == (True, one)
    assert (WHO in asked.text, asked.topic) == (True, other)


@pytest.mark.parametrize(("seconds", "is_one"), [(0, True), (2, True), (3, False), (-1, False)])
async def test_what_waits_together_is_joined_if_it_was_sent_together(
    seconds: int, is_one: bool, bot: Bot, store: Store
) -> None:
    """As after somebody was offline, or the bot: by the whole seconds that Telegram tells."""
    anna, sent_at = bot.server.user(7), int(time.time()) - 3600
    anna.says(PART, more={"date": sent_at})
    anna.says(PRICE, more={"date": sent_at + seconds})
    async with bot.running(store):
        heard = await anna.hears(1 if is_one else 2)
    assert (FREE if is_one else NOTED) in heard[0].text
    assert len(anna.messages) == len(heard)


# --- nobody is held up, and nothing is lost ---


async def test_others_are_answered_meanwhile_however_many_wait(
    bot: Bot, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.dispatcher.MOST_ACTIVE_LANES", 2)
    waiting = [bot.server.user(number) for number in range(1, 6)]
    async with bot.running(store):
        for person in waiting:
            person.says(PART)
        await bot.waits(len(waiting))
        assert NO_DOGS in (await bot.server.user(7).asks(DOGS)).text
    assert all(person.messages == [] for person in waiting)


async def test_that_it_waits_cannot_always_be_shown(bot: Bot, store: Store) -> None:
    anna = bot.server.user(7)
    bot.server.fails("sendChatAction", bad_gateway())
    async with bot.running(store):
        anna.says(PART)
        await bot.waits()
        assert FREE in (await anna.asks(PRICE)).text


async def test_who_is_told_to_leave_leaves_and_the_next_start_goes_on(
    bot: Bot, lasting: Opened, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot.server.user(7)
    async with lasting() as store, bot.running(store):
        anna.says(LINES[0])
        await bot.waits()
    # More often than a process may die of a message: none has died of this one.
    for number, line in enumerate(LINES[1:-1], 2):
        async with lasting() as store, bot.running(store):
            await bot.waits(number)
            anna.says(line)
            await bot.waits(number + 1)
    assert anna.messages == []
    assert "unfinished turns" not in caplog.text
    async with lasting() as store:
        async with bot.running(store):
            assert FREE in (await anna.asks(LINES[-1])).text
        assert await store.depth() == Depth()
    assert len(anna.messages) == 1


async def test_what_has_waited_long_enough_is_answered_by_the_next_start_at_once(bot: Bot, lasting: Opened) -> None:
    anna = bot.server.user(7)
    async with lasting() as store, bot.running(store):
        # By the clock of these tests.
        anna.says(PART, more={"date": 1_700_000_000})
        await bot.waits()
    bot.pauses.seconds.clear()
    async with lasting() as store, bot.running(store):
        assert NOTED in (await anna.hears())[0].text
    assert bot.pauses.seconds == []
    assert len(anna.messages) == 1


async def test_processes_that_share_the_work_read_the_lines_as_one(
    local_api: BotApiServer, pool: Pool, pauses: Pauses, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each hears of another line; whoever hears of the question answers all of them, without being told by a sweep."""
    monkeypatch.setattr(RedisStore, "sweep_seconds", 1000.0)
    pauses.hold()
    people = [local_api.user(number) for number in range(1, 9)]
    async with AsyncExitStack() as stack:
        ports = []
        for _ in range(2):
            store = await stack.enter_async_context(closing(RedisStore.open(redis_url, vault(), RETENTION)))
            hook = await stack.enter_async_context(hooked(local_api, pool.assistant, store=store, pauses=pauses))
            ports.append(hook.port)
        local_api.balance([f"http://127.0.0.1:{port}{PATH}" for port in ports])
        for person in people[:4]:
            person.says_all(LINES)
        for line in LINES:
            for person in people[4:]:
                person.says(line)
                await asyncio.sleep(0.01)
        for person in people:
            assert FREE in (await person.hears())[0].text
    async with closing(RedisStore.open(redis_url, vault(), RETENTION)) as store:
        assert await store.depth() == Depth()
    assert [len(person.messages) for person in people] == [1] * len(people)
