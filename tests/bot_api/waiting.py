"""Waiting for something to become true, without fixed times.

Owns the only deadline of the tests: long enough to mean "never", so that it is no measure of speed.
"""

import asyncio
import time
from collections.abc import Callable

from tests.bot_api.state import State

#: Only what fails waits so long: a busy machine takes a quarter of it to start a process.
DEADLINE_SECONDS = 60


def wait_until(state: State, is_true: Callable[[], object], what: str = "the condition") -> None:
    """Return as soon as the condition holds; looked at after each call of the bot, and often besides."""
    end = time.monotonic() + DEADLINE_SECONDS
    with state.changed:
        while not is_true():
            if time.monotonic() > end:
                raise AssertionError(_in_vain(state, what))
            state.changed.wait(0.01)


async def until(state: State, is_true: Callable[[], object], what: str = "the condition") -> None:
    """As `wait_until`, while the event loop goes on."""
    # Not in a thread: a hundred waiting turns would use up the loop's few threads and wait for each other.
    end = time.monotonic() + DEADLINE_SECONDS
    while not _holds(state, is_true):
        if time.monotonic() > end:
            raise AssertionError(_in_vain(state, what))
        await asyncio.sleep(0.003)


def _holds(state: State, is_true: Callable[[], object]) -> bool:
    with state.changed:
        return bool(is_true())


def _in_vain(state: State, what: str) -> str:
    calls = [call.method for call in state.calls if call.method.lower() != "getupdates"]
    return f"waited in vain for {what}; the bot's last calls: {calls[-20:]}"
