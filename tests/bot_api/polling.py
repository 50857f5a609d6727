"""getUpdates: the call that waits for news.

Owns the waiting, and that only one can wait.
"""

import asyncio
from contextlib import suppress

from tests.bot_api import methods
from tests.bot_api.faults import ApiError
from tests.bot_api.state import Json, State


class Pollers:
    """The getUpdates call that waits; a second one ends it, as Telegram does."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self._latest = 0
        self.is_closing = False

    def wake(self) -> None:
        """Let the waiting call look again."""
        self._news.set()
        self._news = asyncio.Event()

    async def updates(self, state: State, parameters: Json) -> list[Json]:
        """The next updates, or none when the time is up."""
        if state.webhook_url:
            clash = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise ApiError(409, f"Conflict: {clash}")
        self._latest += 1
        mine = self._latest
        self.wake()
        loop = asyncio.get_running_loop()
        end = loop.time() + float(parameters.get("timeout") or 0)
        while True:
            if mine != self._latest:
                clash = "terminated by other getUpdates request; make sure that only one bot instance is running"
                raise ApiError(409, f"Conflict: {clash}")
            news = self._news
            with state.changed:
                updates = methods.take_updates(state, parameters)
                state.changed.notify_all()
            if updates or self.is_closing or loop.time() >= end:
                return updates
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), end - loop.time())
