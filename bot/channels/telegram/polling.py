"""Fetches updates from Telegram, one batch after another.

Owns our place in Telegram's queue and what to do when Telegram cannot be reached. Refuses to handle updates: it passes
them on to be kept before it asks for the next, which is what confirms them to Telegram.

The library's Updater is not used for three reasons: after a token is revoked its task ends without a word and the
process lives on deaf; one update that it cannot parse makes it ask for the same batch for ever without a pause; and
it confirms updates before anyone could have kept them.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

from telegram import Bot
from telegram.error import EndPointNotFound, InvalidToken

from bot.channels.telegram.retrying import demanded_seconds
from bot.channels.telegram.updates import ALLOWED_UPDATES, is_numbered
from bot.delivery.outage import Outage, Pause, backoff_seconds
from bot.faults import describe

logger = logging.getLogger(__name__)

POLL_SECONDS = 30
_NETWORK_SECONDS = 10
_CONFIRM_SECONDS = 1


class Polling:
    """The loop and its place in the queue."""

    def __init__(self, bot: Bot, accept: Callable[[Sequence[dict[str, Any]]], Awaitable[None]], pause: Pause) -> None:
        self._bot = bot
        self._accept = accept
        self._pause = pause
        self._offset = 0
        self._failures = 0
        self._outage = Outage("no updates could be taken from Telegram", logger)

    async def run(self) -> None:
        """Fetch until cancelled; raises only if Telegram no longer accepts the token."""
        while True:
            try:
                await self._pass_on(await self._fetch(POLL_SECONDS))
            except (EndPointNotFound, InvalidToken):
                raise
            # Not only the library's errors: what a broken proxy sends in place of an answer raises others.
            except Exception as error:
                await self._recover(error)
            else:
                self._failures = 0
                self._outage.ends()

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
        self._outage.begins(describe(error))
        seconds = demanded_seconds(error) or backoff_seconds(self._failures)
        self._failures += 1
        await self._pause(seconds)

    async def _pass_on(self, updates: list[Any]) -> None:
        numbered = [data for data in updates if is_numbered(data)]
        if numbered:
            # What is not safe is not confirmed, and comes again.
            await self._accept(numbered)
            self._offset = max(data["update_id"] for data in numbered) + 1
        # Only now, so that the others are not lost. What has no number cannot be confirmed and may come again at once.
        if len(numbered) < len(updates):
            raise ValueError("an update has a number")
