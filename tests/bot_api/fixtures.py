"""Our bot running against the server, for pytest.

A conftest imports what it needs: `from tests.bot_api.fixtures import bot_api, pauses, web`. A test with any answer, be
it the whole assistant's::

    async with running(bot_api, assistant.answer):
        anna = bot_api.user(7)
        reply = await anna.asks("Darf ich Angebote per WhatsApp verschicken?")
        reply = await anna.presses("WhatsApp Business App")
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from time import monotonic
from typing import TypeAlias

import pytest

from bot.assistant import Assistant, Taken
from bot.channels.telegram import Backend, Profile, TelegramConfig, Webhook, Wording, serve
from bot.delivery import Metrics, Timing
from bot.messages import Card, Incoming, Language, Reply
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention, Store, Turn
from tests.bot_api.server import BotApiServer, WebServer
from tests.bot_api.waiting import DEADLINE_SECONDS

Answer: TypeAlias = Callable[[Incoming], Awaitable[Sequence[Reply]]]

_bot_numbers = count(4242)
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)

PROFILE = Profile(
    default="de",
    wordings={
        "de": Wording(
            commands=(("start", "Von vorn"), ("hilfe", "Was ich kann")),
            description="Fragen zum Datenschutz, mit Quellen.",
            short_description="Datenschutz, mit Quellen.",
            apology="Entschuldigung, da ist mir ein Fehler passiert. Bitte fragen Sie noch einmal.",
        ),
        "en": Wording(
            commands=(("start", "Start over"), ("help", "What I can do")),
            description="Questions on data protection, with sources.",
            short_description="Data protection, with sources.",
            apology="Sorry, I have made a mistake. Please ask again.",
        ),
    },
)


class Pauses:
    """In place of sleeping: notes how long the bot would wait, and lets it go on at once or when told."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._open = asyncio.Event()
        self._open.set()

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0)
        await self._open.wait()

    def hold(self) -> None:
        """From now on pauses last until `release`."""
        self._open.clear()

    def release(self) -> None:
        """All pauses are over."""
        self._open.set()


@pytest.fixture(scope="session")
def web() -> Iterator[WebServer]:
    """The web server of all tests of this process."""
    with WebServer() as server:
        yield server


@pytest.fixture
def bot_api(web: WebServer) -> Iterator[BotApiServer]:
    """Telegram, for one test; every test is another bot, so that none can take another's updates."""
    with BotApiServer(f"{next(_bot_numbers)}:test-token", web=web) as server:
        yield server


@pytest.fixture
def pauses() -> Pauses:
    """The bot's waiting, for one test."""
    return Pauses()


@dataclass
class Setup:
    """How a test wants the bot to run, where it differs from the usual."""

    profile: Profile = PROFILE
    pauses: Pauses = field(default_factory=Pauses)
    store: Store | None = None
    metrics: Metrics = field(default_factory=Metrics)
    webhook: Webhook | None = None
    listen: tuple[str, int] | None = None
    monotonic: Callable[[], float] = monotonic


def backend_of(answer: Answer | Assistant, store: Store, metrics: Metrics) -> Backend:
    """What stands behind the channel: a whole assistant, or any function in its place."""
    if isinstance(answer, Assistant):
        return Backend(store, answer.take, answer.suggest, metrics)

    async def take(_: Turn, incoming: Incoming) -> Taken:
        return Taken(tuple(await answer(incoming)), "test", "")

    async def suggest(_: str, __: Language | None) -> Sequence[Card]:
        return ()

    return Backend(store, take, suggest, metrics)


@asynccontextmanager
async def running(
    server: BotApiServer,
    answer: Answer | Assistant,
    setup: Setup | None = None,
    *,
    pauses: Pauses | None = None,
    profile: Profile | None = None,
) -> AsyncIterator[asyncio.Task[None]]:
    """Our bot's task on this server, with this in place of the assistant; it has left at the end."""
    setup = setup or Setup()
    store = setup.store or MemoryStore(Retention(timedelta(hours=24)))
    stop = asyncio.Event()
    config = TelegramConfig(server.token, profile or setup.profile, server.url, setup.webhook, setup.listen)
    timing = Timing(lambda: NOW, pauses or setup.pauses, setup.monotonic)
    bot = asyncio.create_task(serve(config, backend_of(answer, store, setup.metrics), stop, timing))
    try:
        yield bot
    finally:
        stop.set()
        try:
            await asyncio.wait_for(bot, DEADLINE_SECONDS)
        finally:
            # Also when the bot has ended with an error of its own.
            if setup.store is None:
                await store.close()
