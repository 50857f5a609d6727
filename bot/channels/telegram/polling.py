"""Fetches updates from Telegram, one batch after another.

Owns our place in Telegram's queue and what to do when Telegram cannot be reached. Refuses to handle updates: it passes
them on to be kept before it asks for the next, which is what confirms them to Telegram.

The library's Updater is not used for three reasons: after a token is revoked its task ends without a word and the
process lives on deaf; one update that it cannot parse makes it ask for the same batch for ever without a pause; and
it confirms updates before anyone could have kept them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, Literal, TypeAlias

from telegram import Bot
from telegram.error import Conflict, EndPointNotFound, InvalidToken

from bot.channels.telegram.reasons import tell
from bot.channels.telegram.retrying import demanded_seconds
from bot.channels.telegram.updates import ALLOWED_UPDATES, is_numbered
from bot.delivery.metrics import Metrics, Trouble
from bot.delivery.outage import Outage, Pause, backoff_seconds
from bot.sessions.store import StoreUnavailable

logger = logging.getLogger(__name__)

POLL_SECONDS = 30
_NETWORK_SECONDS = 10
_CONFIRM_SECONDS = 1
#: So long a token is tried on that was accepted before: Telegram's servers refuse a good one now and then, for a moment
#: or for as long as they are restarted.
REFUSED_SECONDS = 300
_Kind: TypeAlias = Literal["token", "elsewhere", "store", "telegram"]
_OUTAGES: Mapping[_Kind, str] = {
    "token": "Telegram does not accept the token that it has accepted before",
    "elsewhere": "the updates for this bot go elsewhere",
    "store": "what arrives from Telegram cannot be kept and is left there",
    "telegram": "no updates could be taken from Telegram",
}
_TROUBLES: Mapping[_Kind, Trouble] = {
    "token": "token",
    "elsewhere": "elsewhere",
    "store": "keeping",
    "telegram": "updates",
}


class Polling:
    """The loop and its place in the queue."""

    def __init__(
        self, bot: Bot, accept: Callable[[Sequence[dict[str, Any]]], Awaitable[None]], pause: Pause, metrics: Metrics
    ) -> None:
        self._bot = bot
        self._accept = accept
        self._pause = pause
        self._offset = 0
        self._failures = 0
        self._refused_seconds = 0.0
        self._outages = {kind: Outage(what, logger, metrics.outage(_TROUBLES[kind])) for kind, what in _OUTAGES.items()}

    async def run(self) -> None:
        """Fetch until cancelled; raises only if Telegram has not accepted the token for some minutes."""
        while True:
            try:
                await self._pass_on(await self._fetch(POLL_SECONDS))
            # Not only the library's errors: what a broken proxy sends in place of an answer raises others.
            except Exception as error:
                if self._refused_seconds >= REFUSED_SECONDS and _kind(error) == "token":
                    raise
                await self._recover(error)
            else:
                self._failures = 0
                self._refused_seconds = 0
                for outage in self._outages.values():
                    outage.ends()

    async def confirm(self) -> None:
        """Tell Telegram what has been passed on, so that it does not come again after a restart."""
        if self._offset:
            # Nothing is lost if it fails, and leaving must not wait for it.
            with suppress(Exception):
                await asyncio.wait_for(self._fetch(0), _CONFIRM_SECONDS)

    async def _fetch(self, poll_seconds: int) -> list[Any]:
        # In lower case, as Telegram allows: under its usual name the library insists on its own method, which parses
        # all updates at once and so loses all when it cannot read one.
        updates = await self._bot.do_api_request(
            "getupdates",
            api_kwargs={
                "offset": self._offset,
                "timeout": poll_seconds,
                "limit": 100 if poll_seconds else 1,
                "allowed_updates": list(ALLOWED_UPDATES),
            },
            read_timeout=poll_seconds + _NETWORK_SECONDS,
        )
        if not isinstance(updates, list):
            raise TypeError("getUpdates gives a list")
        return updates

    async def _recover(self, error: Exception) -> None:
        kind = _kind(error)
        # The store's message is the operator's; all others may quote what was sent.
        self._outages[kind].begins(str(error) if isinstance(error, StoreUnavailable) else tell(error))
        seconds = demanded_seconds(error) or backoff_seconds(self._failures)
        self._failures += 1
        await self._pause(seconds)
        if kind == "token":
            self._refused_seconds += seconds

    async def _pass_on(self, updates: list[Any]) -> None:
        numbered = [data for data in updates if is_numbered(data)]
        if numbered:
            # What is not safe is not confirmed, and comes again.
            await self._accept(numbered)
            self._offset = max(data["update_id"] for data in numbered) + 1
        # Only now, so that the others are not lost. What has no number cannot be confirmed and may come again at once.
        if len(numbered) < len(updates):
            raise ValueError("an update has a number")


def _kind(error: Exception) -> _Kind:
    match error:
        case InvalidToken() | EndPointNotFound():
            return "token"
        case Conflict():
            return "elsewhere"
        case StoreUnavailable():
            return "store"
        case _:
            return "telegram"
