"""Kills the bot as often as is wanted, and tells what came of it. Exit code 1 if anything was lost."""

import argparse
import asyncio
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from bot.assistant import Assistant
from bot.knowledge.loader import load
from bot.matching.matcher import Matcher
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from bot.understanding import Understanding
from tests.bot_api import BotApiServer
from tests.chaos.forks import Forks
from tests.chaos.run import Run
from tests.chaos.talk import rehearse
from tests.small import write_small


def main() -> int:
    """One run with one person at a time, one with four at once."""
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description="Kill the bot at every step of a turn.")
    parser.add_argument("kills", type=int, nargs="?", default=1000)
    options = parser.parse_args()
    lost = 0
    for at_once in (1, 4):
        with tempfile.TemporaryDirectory() as folder:
            lost += _run(Path(folder), options.kills // 2, at_once)
    return 1 if lost else 0


def _run(folder: Path, kills: int, at_once: int) -> int:
    knowledge = write_small(folder / "knowledge")
    counts = asyncio.run(_rehearsed(knowledge))
    environment = {"BOT_STORE": f"sqlite:///{folder}/bot.sqlite3"}
    with BotApiServer() as server, Forks(knowledge) as forks:
        report = Run(forks, server, environment, counts, folder).go(kills, at_once)
    lost = len(report.lost) + report.unexplained
    print(
        f"{at_once} at once: {report.kills} kills, {report.people} people, {report.replies} replies due, "
        f"{lost} lost or out of order, {report.duplicates} duplicates (at most {report.most_in_a_chat} a kill and chat)"
    )
    return lost


async def _rehearsed(folder: Path) -> list[int]:
    knowledge = load(folder).knowledge
    store = MemoryStore(Retention(timedelta(hours=24)))
    counts = await rehearse(Assistant(knowledge, Understanding(knowledge, Matcher(knowledge)), store, "de"))
    await store.close()
    return counts


if __name__ == "__main__":
    sys.exit(main())
