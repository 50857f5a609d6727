"""Nothing is lost and hardly anything doubled, whenever the process is killed."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from bot.understanding import Understanding
from tests.bot_api import BotApiServer
from tests.chaos.forks import Forks
from tests.chaos.run import Run
from tests.chaos.talk import rehearse
from tests.small import write_small

#: A conversation each, in which every step is met; `make chaos` goes on for longer.
KILLS = 50
KILLS_AT_ONCE = 60


@pytest.fixture
async def counts(small: Knowledge, small_matcher: Matcher) -> list[int]:
    store = MemoryStore(Retention(timedelta(hours=24)))
    counted = await rehearse(Assistant(small, Understanding(small, small_matcher), store, "de"))
    await store.close()
    return counted


@pytest.mark.parametrize(("kills", "at_once"), [(KILLS, 1), (KILLS_AT_ONCE, 4)])
def test_a_process_that_is_killed_at_any_step_loses_nothing(
    kills: int, at_once: int, counts: list[int], tmp_path: Path
) -> None:
    environment = {"BOT_STORE": f"sqlite:///{tmp_path}/bot.sqlite3"}
    with BotApiServer() as server, Forks(write_small(tmp_path / "knowledge")) as forks:
        report = Run(forks, server, environment, counts, tmp_path).go(kills, at_once)
    assert report.kills >= kills
    assert report.lost == []
    assert report.unexplained == 0
    assert report.most_in_a_chat <= 1
    assert report.duplicates <= report.kills * at_once
