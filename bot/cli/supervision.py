"""What systemd is told: that the bot can answer, that it is leaving, and, if asked for, that its event loop still turns.

Owns the sd_notify protocol (systemd's man page sd_notify(3)): one datagram to the socket that NOTIFY_SOCKET names.
Refuses to fail: where nobody listens, the bot goes on without.
"""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, MutableMapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Literal

from bot.background import beside
from bot.faults import describe

logger = logging.getLogger(__name__)

Phase = Literal["ready", "leaving"]

_STATES = {"ready": "READY=1", "leaving": "STOPPING=1"}
#: As systemd advises: twice in the time after which it takes the process for hung.
_SIGNS_OF_LIFE = 2


class Supervisor:
    """Tells systemd; whoever it is made for is told nothing if the environment names no socket."""

    def __init__(self, environment: MutableMapping[str, str]) -> None:
        # Taken out: what this process starts is not the service.
        self._address = environment.pop("NOTIFY_SOCKET", "")
        self._watchdog_seconds = _watchdog_seconds(environment)

    def tell(self, phase: Phase) -> None:
        """The bot can answer from now on, or takes no more."""
        self._send(_STATES[phase])

    def watched(self) -> AbstractAsyncContextManager[None]:
        """While the block runs, systemd hears from the event loop as often as it wants to."""
        return beside(self._show_life()) if self._address and self._watchdog_seconds else _unwatched()

    async def _show_life(self) -> None:
        while True:
            self._send("WATCHDOG=1")
            await asyncio.sleep(self._watchdog_seconds / _SIGNS_OF_LIFE)

    def _send(self, state: str) -> None:
        if not self._address:
            return
        # "@" stands for the zero byte that begins the name of an abstract socket.
        address = f"\0{self._address[1:]}" if self._address.startswith("@") else self._address
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
                # A full queue must not hold up the event loop.
                told.setblocking(False)
                told.sendto(state.encode(), address)
        except OSError as error:
            logger.warning("systemd could not be told %s (%s)", state, describe(error))


@asynccontextmanager
async def _unwatched() -> AsyncIterator[None]:
    yield


def _watchdog_seconds(environment: MutableMapping[str, str]) -> float:
    """After how long systemd takes this process for hung; 0 if it does not look."""
    wanted, process = environment.pop("WATCHDOG_USEC", ""), environment.pop("WATCHDOG_PID", "")
    is_ours = process in ("", str(os.getpid()))
    return int(wanted) / 1_000_000 if is_ours and wanted.isdecimal() else 0
