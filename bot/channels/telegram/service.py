"""The bot on Telegram from start to end.

Owns starting, running until told to stop, and leaving without cutting off turns. Refuses to read settings: the
configuration is passed in.
"""

import asyncio
import logging
import os
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from telegram.error import EndPointNotFound, InvalidToken
from telegram.ext import CallbackContext

from bot.channels.telegram.connection import TelegramConfig, TelegramUnavailable, build, connect, refusal
from bot.channels.telegram.patience import Pause
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.privacy import describe, quiet_loggers, report_unhandled
from bot.channels.telegram.profile import publish
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.turns import Answer, App, Clock, Turns

logger = logging.getLogger(__name__)

#: How long running turns may take when the bot stops; process supervisors kill after 10 seconds.
STOP_SECONDS = 8


def utc_now() -> datetime:
    """The time at which an update arrives, unless a test says otherwise."""
    return datetime.now(UTC)


async def run(config: TelegramConfig, answer: Answer) -> None:
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
    await serve(config, answer, stop)


async def serve(
    config: TelegramConfig,
    answer: Answer,
    stop: asyncio.Event,
    *,
    clock: Clock = utc_now,
    pause: Pause = asyncio.sleep,
) -> None:
    """Run until the event is set. Raises TelegramUnavailable at the start, or later when the token is revoked."""
    quiet_loggers()
    # The library's own switch to durations; without it each rate limit also writes a deprecation warning.
    os.environ.setdefault("PTB_TIMEDELTA", "true")
    application = build(config)
    application.add_error_handler(_report)
    async with _closing(application):
        if not await _unless_stopped(stop, connect(application, config, pause)):
            logger.info("told to stop before Telegram had answered")
            return
        async with _started(application):
            turns = Turns(application, answer, config.profile, Sender(application.bot, pause), clock)
            await _poll(stop, Polling(application.bot, turns.accept, pause), application, config)
    logger.info("left Telegram")


async def _poll(stop: asyncio.Event, polling: Polling, application: App, config: TelegramConfig) -> None:
    logger.info("running on Telegram")
    publishing = asyncio.create_task(publish(application.bot, config.profile))
    try:
        await _unless_stopped(stop, polling.run())
    except (InvalidToken, EndPointNotFound):
        raise TelegramUnavailable(refusal(config)) from None
    finally:
        publishing.cancel()
        await asyncio.gather(publishing, return_exceptions=True)
    await polling.confirm()


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
async def _closing(application: App) -> AsyncIterator[None]:
    try:
        yield
    finally:
        await application.shutdown()
        await application.bot.shutdown()


@asynccontextmanager
async def _started(application: App) -> AsyncIterator[None]:
    await application.start()
    try:
        yield
    finally:
        await _finish(application)


async def _finish(application: App) -> None:
    try:
        await asyncio.wait_for(application.stop(), STOP_SECONDS)
    except TimeoutError:
        logger.warning("left with unfinished turns after %s seconds", STOP_SECONDS)


async def _report(_update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    if context.error:
        logger.error("a turn broke off: %s", describe(context.error))
