"""Whether the bot could answer somebody now, for whoever asks and however often they do."""

import asyncio
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeAlias

from bot.sessions.store import StoreUnavailable

Probe: TypeAlias = Callable[[], Awaitable[object]]

#: A probe writes to the disk; nobody can make the bot write more often.
PROBE_SECONDS = 1.0


class Readiness:
    """Asks the probe, at most once a second; others hear what came of it."""

    def __init__(self, probe: Probe, clock: Callable[[], float] = monotonic) -> None:
        """`probe` raises StoreUnavailable if the bot could not answer anyone now."""
        self._probe = probe
        self._clock = clock
        self._asking = asyncio.Lock()
        self._asked_at = float("-inf")
        self._reason = ""

    async def reason(self) -> str:
        """Why the bot is not ready, in a few words; nothing if it is."""
        async with self._asking:
            if self._clock() - self._asked_at >= PROBE_SECONDS:
                self._reason = await self._probed()
                self._asked_at = self._clock()
            return self._reason

    async def _probed(self) -> str:
        try:
            await self._probe()
        except StoreUnavailable as error:
            return error.reason
        return ""
