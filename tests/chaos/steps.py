"""Kills this process at its n-th step: before or after a transaction of the store, before or after a call to Telegram.

Owns where the steps are. They are the places at which what the world knows and what the bot knows can part.
"""

import os
import signal
import sqlite3
from collections.abc import Awaitable, Callable
from itertools import count
from typing import Any

from bot.channels.telegram.requesting import Requests
from bot.sessions.redis.client import Client
from bot.sessions.sqlite.database import Database


class Killer:
    """Counts, and kills when the number is reached; never for None."""

    def __init__(self, at: int | None) -> None:
        self._at = at
        self._steps = count(1)

    def step(self) -> None:
        """One step is taken."""
        if next(self._steps) == self._at:
            os.kill(os.getpid(), signal.SIGKILL)


def install(killer: Killer) -> None:
    """Put the steps around everything that changes the world outside the process."""
    together, requested, evaluated = Database._together, Requests.do_request, Client._evaluated  # noqa: SLF001

    def stepped_together(self: Database, works: list[Callable[[sqlite3.Connection], Any]]) -> list[Any]:
        killer.step()
        outcomes = together(self, works)
        killer.step()
        return outcomes

    def stepped(original: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def call(*arguments: Any, **named: Any) -> Any:
            killer.step()
            answer = await original(*arguments, **named)
            killer.step()
            return answer

        return call

    Database._together = stepped_together  # type: ignore[method-assign]  # noqa: SLF001
    Requests.do_request = stepped(requested)  # type: ignore[method-assign, assignment]
    Client._evaluated = stepped(evaluated)  # type: ignore[method-assign, assignment]  # noqa: SLF001
