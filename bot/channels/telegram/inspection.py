"""What Telegram says of a bot that is to run, asked without changing anything.

Owns that a bot that runs meanwhile loses nothing: updates are neither confirmed nor taken, no setting is touched.
Refuses to judge: that is for whoever asks.
"""

import re
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Literal, TypeAlias

from telegram import Bot, WebhookInfo
from telegram.error import Conflict, InvalidToken, TelegramError

from bot.channels.telegram.connection import (
    TelegramConfig,
    TelegramSilent,
    TelegramUnavailable,
    build,
    refusal,
    told_silence,
)
from bot.channels.telegram.requesting import Requests
from bot.libraries import quiet_loggers

#: How long to listen for another that fetches updates: each polls again within a few seconds of being interrupted.
_LISTENING_SECONDS = 5
_NETWORK_SECONDS = 10

#: Why Telegram could not deliver to a webhook. `other` is what it has no known word for.
DeliveryFault: TypeAlias = Literal[
    "refused", "timeout", "certificate", "tls", "name", "unreachable", "closed", "status", "reserved", "other"
]
#: Telegram's descriptions, as its server writes them.
_FAULTS: tuple[tuple[str, DeliveryFault], ...] = (
    (r"Connection refused", "refused"),
    (r"Connection timed out|Read timeout expired|Timeout expired", "timeout"),
    (r"SSL error .*certificate|certificate verify failed|[Ss]elf.signed certificate", "certificate"),
    (r"SSL error", "tls"),
    (r"Failed to resolve host", "name"),
    (r"Network is unreachable|No route to host|Host is unreachable", "unreachable"),
    (r"Connection reset by peer|Connection closed|Broken pipe", "closed"),
    (r"Wrong response from the webhook", "status"),
    (r"IP address .* is reserved", "reserved"),
)


@dataclass(frozen=True, slots=True)
class Delivery:
    """The latest failure of a webhook; `status` is the answer's, 0 without one."""

    fault: DeliveryFault
    status: int
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Inspection:
    """What Telegram says. `clock_seconds`: how far this machine's clock is ahead, None if Telegram did not tell the
    time; `is_polled_elsewhere`: whether somebody else fetches updates, None if it was not looked for."""

    username: str
    is_inline: bool
    reads_groups: bool
    webhook_url: str
    pending: int
    failed: Delivery | None
    clock_seconds: float | None
    is_polled_elsewhere: bool | None


async def inspect(config: TelegramConfig, *, listen: bool) -> Inspection:
    """Ask. `listen`: also find out whether somebody else fetches updates, which interrupts them once; never while a
    bot of one's own runs. Raises TelegramUnavailable."""
    quiet_loggers()
    bot = build(config)
    try:
        return await _asked(bot, listen=listen)
    except InvalidToken:
        raise TelegramUnavailable(refusal(config)) from None
    except TelegramError as error:
        raise TelegramSilent(told_silence(config, error)) from None
    finally:
        await bot.shutdown()


async def _asked(bot: Bot, *, listen: bool) -> Inspection:
    await bot.initialize()
    clock_seconds = await _clock_seconds(bot)
    webhook = await bot.get_webhook_info()
    me = bot.bot
    return Inspection(
        username=me.username or "",
        is_inline=bool(me.supports_inline_queries),
        reads_groups=bool(me.can_read_all_group_messages),
        webhook_url=webhook.url,
        pending=webhook.pending_update_count,
        failed=_failed(webhook),
        clock_seconds=clock_seconds,
        is_polled_elsewhere=await _is_polled(bot) if listen and not webhook.url else None,
    )


async def _clock_seconds(bot: Bot) -> float | None:
    """Telegram tells whole seconds; what the way there and back takes is shared between both."""
    before = time.time()
    await bot.get_me()
    middle = (before + time.time()) / 2
    request = bot.request
    told = request.answered_at if isinstance(request, Requests) else ""
    with suppress(ValueError):
        # The middle of the second that it tells.
        return middle - (parsedate_to_datetime(told).timestamp() + 0.5)
    return None


async def _is_polled(bot: Bot) -> bool:
    """Whether a call that waits for updates is ended by another's. Without an offset nothing is confirmed."""
    parameters, patience = {"timeout": _LISTENING_SECONDS, "limit": 1}, _LISTENING_SECONDS + _NETWORK_SECONDS
    try:
        await bot.do_api_request("getupdates", api_kwargs=parameters, read_timeout=patience)
    except Conflict:
        return True
    return False


def _failed(webhook: WebhookInfo) -> Delivery | None:
    told = webhook.last_error_message
    if not told:
        return None
    found = (known for pattern, known in _FAULTS if re.search(pattern, told))
    fault: DeliveryFault = next(found, "other")
    status = re.search(r"\b([1-5]\d\d)\b", told) if fault == "status" else None
    at = webhook.last_error_date
    return Delivery(fault, int(status[1]) if status else 0, at.astimezone(UTC) if at else None)
