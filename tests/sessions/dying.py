"""A process that works on an SQLite store and is killed in the middle: started by tests, with what it does as its
arguments.

    python -m tests.sessions.dying FILE STEP

It goes through the steps below and kills itself, as the system would, right after the one that is named. `hold` opens
the file exclusively, says so and waits for ever.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import Donation, InboxUpdate
from tests.sessions.samples import ASKING, NOW, PRIVATE, RETENTION, holding, vault

STEPS = ("open", "take", "begin", "act", "save", "deliver", "finish")
REPLIES = ("one", "two")


class Dying:
    """Counts its steps."""

    def __init__(self, last: str) -> None:
        self._last = last

    def after(self, step: str) -> None:
        if step == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


async def live(path: Path, dying: Dying) -> None:
    store = await SqliteStore.open(path, vault(), RETENTION, is_exclusive=True)
    dying.after("open")
    await store.enqueue([(PRIVATE.lane, InboxUpdate(number, f"update {number}")) for number in (1, 2)], NOW)
    dying.after("take")
    async with holding(store, PRIVATE) as lane:
        async with lane.turn(InboxUpdate(1, "update 1"), PRIVATE, NOW) as turn:
            dying.after("begin")
            turn.keep(ASKING)
            turn.votes.append(("dogs", "helpful", 1))
            turn.donations.append(Donation("id", "Darf ich das?", "de", NOW))
            turn.outgoing += REPLIES
            dying.after("act")
        dying.after("save")
        await lane.delivered(turn.queued[0])
        dying.after("deliver")
        await lane.delivered(turn.queued[1])
        dying.after("finish")


async def hold(path: Path) -> None:
    store = await SqliteStore.open(path, vault(), RETENTION, is_exclusive=True)
    print("held", flush=True)
    await asyncio.Event().wait()
    await store.close()


if __name__ == "__main__":
    file, step = sys.argv[1:]
    asyncio.run(hold(Path(file)) if step == "hold" else live(Path(file), Dying(step)))
