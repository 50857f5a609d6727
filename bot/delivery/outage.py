"""Trying again: how long to wait, and telling of an outage once instead of at every attempt."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TypeAlias

Pause: TypeAlias = Callable[[float], Awaitable[None]]
Clock: TypeAlias = Callable[[], datetime]


def utc_now() -> datetime:
    """The time of day."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timing:
    """Where time comes from; tests have their own."""

    clock: Clock = utc_now
    pause: Pause = asyncio.sleep
    monotonic: Callable[[], float] = monotonic


FIRST_PAUSE_SECONDS = 0.5
LONGEST_PAUSE_SECONDS = 30.0
#: So long a process that was told to stop still begins to answer what it has taken.
BEGIN_SECONDS = 1.5


def backoff_seconds(failures: int) -> float:
    """How long to wait after so many failures in a row: doubling, up to half a minute."""
    return min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2.0 ** min(failures, 10))


class Outage:
    """One thing that can be out of order, for one or for many, and whether the log knows; `report` is told, too."""

    def __init__(self, what: str, logger: logging.Logger, report: Callable[[bool], None] = lambda _: None) -> None:
        self._what = what
        self._logger = logger
        self._report = report
        self._troubled: set[str] = set()

    def begins(self, reason: str, whom: str = "") -> None:
        """A failure: told of the first time only, until it works again for all whom it befell."""
        if not self._troubled:
            told = {"outage": self._what, "reason": reason}
            self._logger.warning("%s, trying again: %s", self._what, reason, extra=told)
            self._report(True)
        self._troubled.add(whom)

    def ends(self, whom: str = "") -> None:
        """It works again, or is no longer wanted."""
        if whom in self._troubled:
            self._troubled.discard(whom)
            if not self._troubled:
                self._logger.info("works again after: %s", self._what, extra={"outage": self._what})
                self._report(False)


class ShuttingDown(Exception):
    """The process was told to stop; what waits stays in the store."""


class Shutdown:
    """Waiting that ends when the process is told to stop."""

    def __init__(self, pause: Pause) -> None:
        self._pause = pause
        self._requested = asyncio.Event()
        self._begun_until = 0.0

    @property
    def is_requested(self) -> bool:
        """Whether the process was told to stop."""
        return self._requested.is_set()

    def request(self) -> None:
        """From now on nothing is waited for, and after a moment nothing more is begun."""
        self._requested.set()
        self._begun_until = monotonic() + BEGIN_SECONDS

    def check(self) -> None:
        """Raise ShuttingDown if no time is left: to be asked before anything begins that should not be cut off."""
        if self.is_requested and monotonic() >= self._begun_until:
            raise ShuttingDown

    async def wait(self, seconds: float) -> None:
        """Wait so long. Raises ShuttingDown as soon as the process is told to stop."""
        tasks = [asyncio.ensure_future(self._pause(seconds)), asyncio.ensure_future(self._requested.wait())]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        if self.is_requested:
            raise ShuttingDown
