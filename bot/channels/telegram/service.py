"""The bot on Telegram from start to end.

Owns starting, running until told to stop, and leaving without cutting off turns. Refuses to read settings: the
configuration is passed in.
"""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken

from bot.background import beside
from bot.channels.telegram.connection import TelegramConfig, TelegramUnavailable, build, connect, refusal
from bot.channels.telegram.inline import InlineAnswers, Suggest
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.pacing import GroupPace
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.privacy import quiet_loggers, report_unhandled
from bot.channels.telegram.profile import publish
from bot.channels.telegram.repeats import Repeats
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.transport import TelegramTransport
from bot.delivery import Dispatcher, Metrics, Take, Timing
from bot.sessions.store import Store

logger = logging.getLogger(__name__)

#: How long running turns may take when the bot stops; process supervisors kill after 10 seconds.
STOP_SECONDS = 4
#: What is left of the ten is for requests to the webhook and for answers to taps.
_TAP_SECONDS = 1


@dataclass(frozen=True, slots=True)
class Backend:
    """What serves the channel: where things are kept, who answers, who suggests, who counts."""

    store: Store
    take: Take
    suggest: Suggest
    metrics: Metrics


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
    """Run until the event is set. Raises TelegramUnavailable at the start, or later when the token is revoked."""
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
        self._polling = Polling(bot, self._intake.accept, timing.pause)

    async def run(self) -> None:
        """Take updates until told to stop, then finish what was taken."""
        try:
            await self._take_updates()
        finally:
            await self._dispatcher.finish(STOP_SECONDS)
            await self._intake.finish(_TAP_SECONDS)

    async def _take_updates(self) -> None:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(beside(self._dispatcher.watch()))
            await stack.enter_async_context(beside(publish(self._bot, self._config.profile)))
            if self._config.listen is not None:
                await stack.enter_async_context(self._listening(self._config.listen))
            logger.info("running on Telegram, %s", "by webhook" if self._config.webhook else "polling")
            await (self._poll() if self._config.webhook is None else self._stop.wait())

    def _listening(self, address: tuple[str, int]) -> AbstractAsyncContextManager[None]:
        # Only where it is needed: a bot that polls without it is smaller by some megabytes.
        from bot.channels.telegram import web  # noqa: PLC0415

        backend, webhook = self._backend, self._config.webhook
        receiver = web.Receiver(self._intake.accept, webhook.secret, backend.metrics) if webhook else None
        path = urlsplit(webhook.url).path if webhook else web.PATH
        return web.listening(web.build(backend.metrics, backend.store.probe, receiver, path), address)

    async def _poll(self) -> None:
        try:
            await _unless_stopped(self._stop, self._polling.run())
        except (InvalidToken, EndPointNotFound):
            raise TelegramUnavailable(refusal(self._config)) from None
        await self._polling.confirm()


async def _unless_stopped(stop: asyncio.Event, work: Coroutine[Any, Any, None]) -> bool:
    """Whether the work came to its end; it is cancelled when the event is set. Raises what it raises."""
    working, stopping = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        working.cancel()
        stopping.cancel()
        worked, _ = await asyncio.gather(working, stopping, return_exceptions=True)
    if isinstance(worked, Exception):
        raise worked
    return worked is None


@asynccontextmanager
async def _closing(bot: Bot) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await bot.shutdown()
