"""Bots that start quickly, and are killed at a step of theirs: forks of one process that has loaded everything.

As a program it is that process.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from tests.forking import Child, Order, Parent, serve

#: The signal at which a bot tells what it waits for.
TELL = signal.SIGUSR2
#: So long the lane of a dead replica is locked.
LEASE_SECONDS = 3.0
#: Longer than a bot is ever dead: what belongs together is read as one whenever a bot is killed in between.
BURST_SECONDS = 600.0


class Forks(Parent):
    """The process that forks the bots, and what it has forked. A context manager; at its end all are dead."""

    def __init__(self, knowledge: Path) -> None:
        super().__init__("tests.chaos.forks", str(knowledge))

    def bot(self, environment: Mapping[str, str], log: Path, kill_at: int | None = None) -> Child:
        """A new bot."""
        with log.open("ab") as written:
            streams = (os.open(os.devnull, os.O_RDONLY), written.fileno(), written.fileno())
            try:
                return self.start({"environment": dict(environment), "kill_at": kill_at}, streams)
            finally:
                os.close(streams[0])


def main() -> None:
    """Load, then fork whenever told."""
    from bot.cli import run, telegram  # noqa: F401, PLC0415 - loaded here, so that no fork has to
    from bot.cli.index_cache import open_matcher  # noqa: PLC0415
    from bot.cli.knowledge import KnowledgeFolder, open_sound  # noqa: PLC0415
    from bot.sessions.redis import RedisStore  # noqa: F401, PLC0415
    from bot.understanding import Understanding  # noqa: PLC0415

    folder = KnowledgeFolder(Path(sys.argv[1]), "knowledge")
    knowledge = open_sound(folder)
    matcher = open_matcher(knowledge, folder)
    understanding = Understanding(knowledge, matcher)
    run.Understanding = lambda *_: understanding  # type: ignore[assignment, attr-defined]
    serve(partial(_become_bot, (knowledge, matcher, folder)))


def _become_bot(loaded: tuple[Any, Any, Any], order: Order) -> None:
    from bot import settings  # noqa: PLC0415
    from bot.cli import telegram  # noqa: PLC0415
    from bot.delivery import bursts, worker  # noqa: PLC0415
    from bot.sessions.redis import RedisStore  # noqa: PLC0415
    from tests.chaos.steps import Killer, install  # noqa: PLC0415

    # Here a process is killed again and again at the same update, which is not to blame for it.
    worker.MOST_DEATHS = sys.maxsize
    bursts.BURST_SECONDS = BURST_SECONDS
    RedisStore.open = partial(RedisStore.open, lease_seconds=LEASE_SECONDS)  # type: ignore[method-assign]
    install(Killer(order["kill_at"]))
    signal.signal(TELL, lambda *_: _tell_tasks())
    environment = order["environment"]
    telegram.start(*loaded, settings.read(environment), settings.telegram(environment))


def _tell_tasks() -> None:
    """What this process waits for, for who finds that it waits in vain."""
    told = [f"tasks of {os.getpid()}:"]
    for task in asyncio.all_tasks():
        inner: Any = task.get_coro()
        while inner is not None and (frame := getattr(inner, "cr_frame", None) or getattr(inner, "ag_frame", None)):
            told.append(f"  {Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}")
            inner = getattr(inner, "cr_await", None) or getattr(inner, "ag_await", None)
        told.append("  --")
    os.write(2, "\n".join([*told, ""]).encode())


if __name__ == "__main__":
    main()
