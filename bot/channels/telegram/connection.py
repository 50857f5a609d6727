"""The connection to Telegram: making the client, and being let in.

Owns the patience at the start and the one line that tells an operator why it was in vain. Refuses to read settings:
the configuration is passed in; only proxies and certificates come from the environment, where every client finds them.
"""

import logging
import os
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from telegram import Bot
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.profile import Profile
from bot.channels.telegram.proxies import UnusableProxy, proxy_for
from bot.channels.telegram.requesting import Requests
from bot.channels.telegram.retrying import RetryPolicy, demanded_seconds, retry
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.delivery.outage import Pause
from bot.faults import shown_address
from bot.libraries import quiet_loggers

logger = logging.getLogger(__name__)

DEFAULT_API_BASE_URL = "https://api.telegram.org"
#: Telegram takes about 30 messages a second, which a few connections carry.
CONNECTIONS = 16
#: An outage is over after the retries or left to the supervisor. The total is for the pauses that Telegram demands: a
#: bot that gave up would be started again at once, and so be limited for ever.
_START_RETRIES = RetryPolicy(retries=3, total_seconds=300, backoff_seconds=1)
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


class TelegramUnavailable(Exception):
    """The bot cannot run on Telegram; the message is one line for the operator and names the variable to look at."""


class TelegramSilent(TelegramUnavailable):
    """Telegram does not answer, or wants to be left alone for a while."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram sends updates, and the secret that proves it is Telegram."""

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class TelegramConfig:
    """What the channel needs to know; the token is kept out of the representation."""

    token: str = field(repr=False)
    profile: Profile
    api_base_url: str = DEFAULT_API_BASE_URL
    webhook: Webhook | None = None
    #: Where the service with the webhook, its health and the metrics listens, if anywhere.
    listen: tuple[str, int] | None = None
    #: What the log tells of this bot besides when it begins.
    about: Mapping[str, object] = field(default_factory=dict)


def build(config: TelegramConfig) -> Bot:
    """The client, not yet connected. Raises TelegramUnavailable if it cannot be made from what is set."""
    # Anything else would change the address that we ask: Telegram's tokens are digits, a colon, letters and digits.
    if not re.fullmatch(r"[\w:-]+", config.token, re.ASCII):
        raise TelegramUnavailable(refusal(config))
    base_url = config.api_base_url.rstrip("/")
    # One client for all calls, polling included: each reads all certificates of the system when it is made.
    client = _client(base_url)
    return Bot(config.token, f"{base_url}/bot", f"{base_url}/file/bot", request=client, get_updates_request=client)


async def connect(bot: Bot, config: TelegramConfig, pause: Pause) -> None:
    """Be let in by Telegram. Raises TelegramUnavailable if it refuses, or does not answer in time."""
    try:
        await retry(partial(_announced, bot.initialize), _START_RETRIES, pause)
        await retry(partial(_announced, partial(_choose_way, bot, config)), _START_RETRIES, pause)
    except InvalidToken:
        # Not chained: the library's message holds the token, and a traceback would show it.
        raise TelegramUnavailable(refusal(config)) from None
    except TelegramError as error:
        raise TelegramSilent(told_silence(config, error)) from None


async def _choose_way(bot: Bot, config: TelegramConfig) -> None:
    """Let updates come to the webhook, or take one away that was left behind and would keep them from us."""
    if config.webhook is None:
        await bot.delete_webhook()
    else:
        # Each time: what the secret is there cannot be asked. The same again does no harm.
        await _set_webhook(bot, config.webhook)


async def _set_webhook(bot: Bot, webhook: Webhook) -> None:
    try:
        await bot.set_webhook(webhook.url, secret_token=webhook.secret, allowed_updates=list(ALLOWED_UPDATES))
    except BadRequest:
        # Not the library's message, which may hold the address.
        raise TelegramUnavailable(
            "BOT_WEBHOOK_URL: Telegram does not accept this address; use https with port 443, 80, 88 or 8443"
        ) from None


async def ask_username(config: TelegramConfig) -> str:
    """The bot's name, as Telegram has it. Raises TelegramUnavailable."""
    quiet_loggers()
    bot = build(config)
    try:
        await bot.initialize()
        return bot.username
    except InvalidToken:
        raise TelegramUnavailable(refusal(config)) from None
    except TelegramError as error:
        raise TelegramSilent(told_silence(config, error)) from None
    finally:
        await bot.shutdown()


def refusal(config: TelegramConfig) -> str:
    """What to tell an operator whose token is not accepted."""
    message = "TELEGRAM_BOT_TOKEN: Telegram does not accept this token; copy it anew from @BotFather"
    if config.api_base_url == DEFAULT_API_BASE_URL:
        return message
    return f"{message}, or correct TELEGRAM_API_BASE_URL ({shown_address(config.api_base_url)})"


def told_silence(config: TelegramConfig, error: TelegramError) -> str:
    """What to tell an operator to whom Telegram does not answer."""
    return _limited(error) or _unreachable(config, error)


def revocation() -> str:
    """What to tell an operator whose token was accepted before."""
    return (
        "TELEGRAM_BOT_TOKEN: Telegram has accepted this token before and no longer does; "
        "if @BotFather has given out another, set that"
    )


def _client(base_url: str) -> Requests:
    try:
        return Requests(CONNECTIONS, proxy_for(base_url))
    except UnusableProxy as error:
        raise TelegramUnavailable(
            f"{error}: no usable proxy; give an http:// or https:// address, or unset it"
        ) from None
    except ValueError:
        raise TelegramUnavailable(f"TELEGRAM_API_BASE_URL: {shown_address(base_url)} is no web address") from None
    # Certificates are files, and the only ones that are read.
    except OSError as error:
        reason = type(error).__name__
        raise TelegramUnavailable(
            f"{_set_among(_CERTIFICATES)}: no certificates could be read there ({reason})"
        ) from None


async def _announced(step: Callable[[], Awaitable[object]]) -> None:
    try:
        await step()
    except RetryAfter as error:
        # Else the log would be silent for minutes.
        logger.warning("Telegram has limited this bot and demands a pause of %g seconds", demanded_seconds(error))
        raise


def _set_among(names: Sequence[str]) -> str:
    # The library takes them in lower case too.
    return ", ".join(name for name, value in os.environ.items() if value and name.upper() in names) or names[0]


def _limited(error: TelegramError) -> str:
    seconds = demanded_seconds(error)
    if seconds is None:
        return ""
    reason = type(error).__name__
    return f"TELEGRAM_BOT_TOKEN: Telegram has limited this bot ({reason}); start it again in {seconds:g} seconds"


def _unreachable(config: TelegramConfig, error: TelegramError) -> str:
    reason = type(error.__cause__ or error).__name__
    shown = shown_address(config.api_base_url)
    return f"TELEGRAM_API_BASE_URL: no answer from {shown} ({reason}); check the address and the network"
