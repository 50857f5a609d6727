"""The bot on Telegram from start to end.

Owns starting, running until told to stop, and leaving without cutting off turns. Refuses to read settings: the
configuration is passed in.
"""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken

from bot.background import beside
from bot.channels.telegram.connection import TelegramConfig, TelegramSilent, build, connect, revocation
from bot.channels.telegram.identity import Identity
from bot.channels.telegram.inline import InlineAnswers, Suggest
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.pacing import GroupPace
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.privacy import report_unhandled
from bot.channels.telegram.profile import publish
from bot.channels.telegram.repeats import Repeats
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.transport import TelegramTransport
from bot.delivery import Dispatcher, Metrics, Take, Timing
from bot.libraries import quiet_loggers
from bot.sessions.store import Store, StoreLost

logger = logging.getLogger(__name__)

#: How long running turns may take when the bot stops; process supervisors kill after 10 seconds.
STOP_SECONDS = 4
#: What is left of the ten is for requests to the webhook and for answers to taps.
_TAP_SECONDS = 1
#: How often it is looked whether the store's file is still there, and for how long it may be missing.
LOOK_SECONDS = 15.0
LOST_SECONDS = 60.0


#: Told when the bot can answer, and when it begins to leave.
Announce: TypeAlias = Callable[[Literal["ready", "leaving"]], None]


@dataclass(frozen=True, slots=True)
class Backend:
    """What serves the channel: where things are kept, who answers, suggests, counts, and hears of readiness."""

    store: Store
    take: Take
    suggest: Suggest
    metrics: Metrics
    announce: Announce = lambda _: None


async def run(config: TelegramConfig, backend: Backend) -> None:
    """Run until SIGINT or SIGTERM; a second signal ends the process at once."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(report_unhandled)
    stop = asyncio.Event()

    def leave() -> None:
        stop.set()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers in the loop; Ctrl-C interrupts there.
        with suppress(NotImplementedError):
            loop.add_signal_handler(number, leave)
    await serve(config, backend, stop)


async def serve(config: TelegramConfig, backend: Backend, stop: asyncio.Event, timing: Timing | None = None) -> None:
    """Run until the event is set. Raises TelegramUnavailable at the start; later TelegramSilent when the token has no
    longer been accepted for some minutes, and StoreLost when the store's file has been gone for one."""
    quiet_loggers()
    # The library's own switch to durations; without it each rate limit also writes a deprecation warning.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    bot = build(config)
    timing = timing or Timing()
    async with _closing(bot):
        if await _unless_stopped(stop, connect(bot, config, timing.pause)):
            await _Service(bot, config, backend, stop, timing).run()
            logger.info("left Telegram")
        else:
            logger.info("told to stop before Telegram had answered")


class _Service:
    """The parts of the bot on Telegram, put together for one run."""

    def __init__(self, bot: Bot, config: TelegramConfig, backend: Backend, stop: asyncio.Event, timing: Timing) -> None:
        transport = TelegramTransport(bot, config.profile, Sender(bot, GroupPace(timing.monotonic)))
        inline = InlineAnswers(bot, backend.suggest, config.profile)
        self._bot = bot
        self._config = config
        self._backend = backend
        self._stop = stop
        self._dispatcher = Dispatcher(backend.store, backend.take, transport, backend.metrics, timing)
        repeats = Repeats(timing.monotonic)
        self._intake = Intake(transport, self._dispatcher, inline, backend.metrics, repeats)
        self._polling = Polling(bot, self._intake.accept, timing.pause, backend.metrics)

    async def run(self) -> None:
        """Take updates until told to stop, then finish what was taken."""
        try:
            await self._take_updates()
        finally:
            self._backend.announce("leaving")
            await self._dispatcher.finish(STOP_SECONDS)
            await self._intake.finish(_TAP_SECONDS)

    async def _take_updates(self) -> None:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(beside(self._dispatcher.watch()))
            await stack.enter_async_context(beside(publish(self._bot, self._config.profile)))
            if self._config.listen is not None:
                await stack.enter_async_context(self._listening(self._config.listen))
            self._tell_start()
            self._backend.announce("ready")
            await (self._poll() if self._config.webhook is None else self._unless_lost())

    def _tell_start(self) -> None:
        way = "webhook" if self._config.webhook else "polling"
        about = {"bot": f"@{self._bot.username}", "mode": way, **self._config.about}
        logger.info("running on Telegram", extra=about)

    def _listening(self, address: tuple[str, int]) -> AbstractAsyncContextManager[None]:
        # Only where it is needed: a bot that polls without it is smaller by some megabytes.
        from bot.channels.telegram import web  # noqa: PLC0415

        backend, webhook = self._backend, self._config.webhook
        receiver = web.Receiver(self._intake.accept, webhook.secret, backend.metrics) if webhook else None
        path = urlsplit(webhook.url).path if webhook else web.PATH
        return web.listening(web.build(backend.metrics, backend.store.probe, receiver, path), address)

    async def _poll(self) -> None:
        await self._unless_lost(self._polling.run())
        await self._polling.confirm()

    async def _unless_lost(self, *work: Coroutine[Any, Any, None]) -> None:
        """Raises what makes it pointless to go on."""
        identity = Identity(self._bot, has_webhook=self._config.webhook is not None)
        try:
            await _unless_stopped(self._stop, notice_loss(self._backend.store), identity.watch(), *work)
        except (InvalidToken, EndPointNotFound):
            raise TelegramSilent(revocation()) from None


async def notice_loss(store: Store) -> None:
    """Raise StoreLost when the store's file has been gone for a minute. Until then somebody may put it back; after that
    the next start opens what lies there, and Telegram still has all that was not kept."""
    missed_seconds = 0.0
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            await store.depth()
        except StoreLost:
            missed_seconds += LOOK_SECONDS
            if missed_seconds >= LOST_SECONDS:
                raise
        # Whatever else is wrong with it, the dispatcher tells.
        except Exception:
            logger.debug("the store was not looked at")
        else:
            missed_seconds = 0


async def _unless_stopped(stop: asyncio.Event, *works: Coroutine[Any, Any, None]) -> bool:
    """Whether one of the works came to its end; all are cancelled then, or when the event is set. Raises what they
    raise."""
    working, stopping = [asyncio.create_task(work) for work in works], asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({*working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (*working, stopping):
            task.cancel()
        *outcomes, _ = await asyncio.gather(*working, stopping, return_exceptions=True)
    for outcome in outcomes:
        if isinstance(outcome, Exception):
            raise outcome
    return None in outcomes


@asynccontextmanager
async def _closing(bot: Bot) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await bot.shutdown()
