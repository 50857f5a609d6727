"""Three replicas on Redis, killed under load: nothing lost, and each chat in order."""

from datetime import timedelta
from pathlib import Path

from bot.assistant import Assistant
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from bot.understanding import Understanding
from tests.bot_api import BotApiServer
from tests.chaos.forks import Forks
from tests.chaos.replicas import Replicas
from tests.chaos.run import Run
from tests.chaos.talk import BURST, rehearse
from tests.sessions.redis_server import RedisServer
from tests.small import write_small

PEOPLE = 20
KILLS = 8


async def test_replicas_share_the_work_and_lose_nothing_when_they_are_killed(
    small: Knowledge, small_matcher: Matcher, redis_server: RedisServer, tmp_path: Path
) -> None:
    counts, burst_counts = await rehearsed(small, small_matcher)
    with Forks(write_small(tmp_path / "knowledge")) as forks:
        with BotApiServer() as calm:
            run = Run(forks, calm, {"BOT_STORE": f"sqlite:///{tmp_path}/calm.sqlite3"}, counts, tmp_path)
            expected, heard_in_burst = run.calm(), run.calm_burst(sum(burst_counts))
        with BotApiServer(is_local=True, order="queues") as server:
            replicas = Replicas(forks, server, redis_server.url, tmp_path)
            replicas.start()
            replicas.talk(PEOPLE, counts, expected, KILLS)
            report = replicas.burst(PEOPLE, heard_in_burst, KILLS)
            while report.kills < 2 * KILLS:
                # Where everything is answered sooner than the last one is due to die, others ask.
                report = replicas.burst(PEOPLE, heard_in_burst, 0)
            codes = replicas.stop()
    assert report.kills == 2 * KILLS
    assert report.people >= 2 * PEOPLE
    assert report.lost == []
    # One a chat and kill at most; in truth far fewer.
    assert report.duplicates <= report.kills * PEOPLE
    assert set(codes.values()) == {0}
    assert len([taken for taken in report.shares.values() if taken]) == 3


async def rehearsed(small: Knowledge, small_matcher: Matcher) -> tuple[list[int], list[int]]:
    """How many messages answer each thing said, in a talk and in a burst."""
    store = MemoryStore(Retention(timedelta(hours=24)))
    assistant = Assistant(small, Understanding(small, small_matcher), store, "de")
    counted = await rehearse(assistant), await rehearse(assistant, BURST)
    await store.close()
    return counted
