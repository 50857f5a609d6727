"""The bot on Telegram from start to end.

Owns starting, running until told to stop, and leaving without cutting off turns. Refuses to read settings: the
configuration is passed in.
"""

import asyncio
import logging
import os
import re
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from telegram.error import EndPointNotFound, InvalidToken, TelegramError
from telegram.ext import Application, CallbackContext
from telegram.request import HTTPXRequest

from bot.channels.telegram.patience import Patience, Pause, insist
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.privacy import describe, quiet_loggers, report_unhandled
from bot.channels.telegram.profile import Profile, publish
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.turns import Answer, App, Clock, Turns

logger = logging.getLogger(__name__)

DEFAULT_API_BASE_URL = "https://api.telegram.org"
#: How long running turns may take when the bot stops; process supervisors kill after 10 seconds.
STOP_SECONDS = 8
#: Telegram takes about 30 messages a second; with the library's 256 connections a burst takes three times as long.
CONNECTIONS = 32
#: A burst waits for a free connection instead of failing after the library's one second.
POOL_SECONDS = 30
_START_PATIENCE = Patience(retries=3, total_seconds=15, backoff_seconds=1)


class TelegramUnavailable(Exception):
    """The bot cannot run on Telegram; the message is one line for the operator and names the variable to look at."""


@dataclass(frozen=True, slots=True)
class TelegramConfig:
    """What the channel needs to know; the token is kept out of the representation."""

    token: str = field(repr=False)
    profile: Profile
    api_base_url: str = DEFAULT_API_BASE_URL


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
    async with _connected(config, pause) as application:
        turns = Turns(application, answer, config.profile, Sender(application.bot, pause), clock)
        polling = Polling(application.bot, turns.accept, pause)
        logger.info("running on Telegram")
        try:
            await _poll_until(stop, polling, application, config)
        except (InvalidToken, EndPointNotFound):
            raise TelegramUnavailable(_refusal(config)) from None
        await polling.confirm()
    logger.info("left Telegram")


async def _poll_until(stop: asyncio.Event, polling: Polling, application: App, config: TelegramConfig) -> None:
    publishing = asyncio.create_task(publish(application.bot, config.profile))
    fetching = asyncio.create_task(polling.run())
    stopping = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (publishing, stopping, fetching):
            task.cancel()
        _, _, fetched = await asyncio.gather(publishing, stopping, fetching, return_exceptions=True)
    if isinstance(fetched, Exception):
        raise fetched


@asynccontextmanager
async def _connected(config: TelegramConfig, pause: Pause) -> AsyncIterator[App]:
    application = _build(config)
    try:
        await _connect(application, config, pause)
        await application.start()
        try:
            yield application
        finally:
            await _finish(application)
    finally:
        await application.shutdown()
        await application.bot.shutdown()


async def _finish(application: App) -> None:
    try:
        await asyncio.wait_for(application.stop(), STOP_SECONDS)
    except TimeoutError:
        logger.warning("left with unfinished turns after %s seconds", STOP_SECONDS)


def _build(config: TelegramConfig) -> App:
    # Anything else would change the address that we ask: Telegram's tokens are digits, a colon, letters and digits.
    if not re.fullmatch(r"[\w:-]+", config.token, re.ASCII):
        raise TelegramUnavailable(_refusal(config))
    base_url = config.api_base_url.rstrip("/")
    builder = Application.builder().token(config.token).updater(None).job_queue(None)
    builder = builder.base_url(f"{base_url}/bot").base_file_url(f"{base_url}/file/bot")
    # One client for all calls, polling included: each reads all certificates of the system when it is made.
    client = HTTPXRequest(connection_pool_size=CONNECTIONS, pool_timeout=POOL_SECONDS)
    application: App = builder.request(client).get_updates_request(client).build()
    application.add_error_handler(_report)
    return application


async def _report(_update: object, context: CallbackContext[Any, Any, Any, Any]) -> None:
    if context.error:
        logger.error("a turn broke off: %s", describe(context.error))


async def _connect(application: App, config: TelegramConfig, pause: Pause) -> None:
    try:
        await insist(application.initialize, _START_PATIENCE, pause)
        # A webhook left behind would keep the updates from us.
        await insist(application.bot.delete_webhook, _START_PATIENCE, pause)
    except InvalidToken:
        # Not chained: the library's message holds the token, and a traceback would show it.
        raise TelegramUnavailable(_refusal(config)) from None
    except TelegramError as error:
        raise TelegramUnavailable(_unreachable(config, error)) from None


def _refusal(config: TelegramConfig) -> str:
    message = "TELEGRAM_BOT_TOKEN: Telegram does not accept this token; copy it anew from @BotFather"
    if config.api_base_url == DEFAULT_API_BASE_URL:
        return message
    return f"{message}, or correct TELEGRAM_API_BASE_URL ({_shown(config)})"


def _unreachable(config: TelegramConfig, error: TelegramError) -> str:
    reason = type(error.__cause__ or error).__name__
    return f"TELEGRAM_API_BASE_URL: no answer from {_shown(config)} ({reason}); check the address and the network"


def _shown(config: TelegramConfig) -> str:
    """The address as it may be shown: without a user or password in it."""
    try:
        parts = urlsplit(config.api_base_url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "this address"
    return f"{parts.scheme}://{parts.hostname}{port}" if parts.hostname else "this address"
