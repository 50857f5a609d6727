"""When a refused or failed call to Telegram is worth another try.

Owns the number of tries and the waiting between them. Refuses to decide what a final failure means: it raises it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.delivery.outage import Pause

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how long to try. The total keeps a chat that Telegram bans for hours from waiting for hours."""

    retries: int = 3
    total_seconds: float = 120
    backoff_seconds: float = 0.5


async def retry(call: Callable[[], Awaitable[Result]], policy: RetryPolicy, pause: Pause) -> Result:
    """The result of the call, tried again while that can help; the last error if it cannot."""
    waited = 0.0
    for tried in range(policy.retries + 1):
        try:
            return await call()
        except TelegramError as error:
            delay = _delay_seconds(error, policy.backoff_seconds * 2**tried)
            if delay is None or tried == policy.retries or waited + delay > policy.total_seconds:
                raise
        await pause(delay)
        waited += delay
    raise AssertionError("the last try either returns or raises")


def demanded_seconds(error: Exception) -> float | None:
    """How long Telegram wants to be left alone, if it says so."""
    if not isinstance(error, RetryAfter):
        return None
    # timedelta when PTB_TIMEDELTA is set (the service sets it), a number otherwise.
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _delay_seconds(error: TelegramError, backoff_seconds: float) -> float | None:
    if (demanded := demanded_seconds(error)) is not None:
        return demanded
    # The library counts a refused request among the network errors; asking again would be refused again.
    if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
        return backoff_seconds
    return None
