"""Fixtures that many tests share: the small knowledge, the grown and the real one, each loaded once per process.

At the end one line says which tests did not run, and what makes them run.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from bot.cli.index_cache import cached, open_matcher
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.matching.deciding.model import Model
from bot.matching.learning.corpus import corpus_of
from bot.matching.matcher import Matcher
from bot.understanding import Understanding
from tests.grown import write_grown
from tests.remembering import remember_utterances
from tests.small import REAL, write_small

pytest_plugins = ["tests.bot_api.fixtures"]

# A clone is as green tomorrow as today: the same examples each time. `--hypothesis-profile default` looks for new ones.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")
remember_utterances()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One more than there are processors: some of the tests wait for processes most of the time."""
    return (os.cpu_count() or 1) + 1


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped: list[pytest.TestReport] = terminalreporter.stats.get("skipped", [])
    reasons = Counter(str(report.longrepr[2]) for report in skipped if isinstance(report.longrepr, tuple))
    if reasons:
        told = ", ".join(f"{count} ({reason.removeprefix('Skipped: ')})" for reason, count in reasons.most_common())
        advice = "install what is missing and run again; .ci/run does so on Debian"
        terminalreporter.write_line(f"{reasons.total()} tests did not run: {told}: {advice}")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own


@pytest.fixture(scope="session", autouse=True)
def learnt(shared: Path) -> Iterator[Callable[[Knowledge], Model]]:
    """What is learnt of a knowledge, by the first that needs it. It is kept where every worker, and every process that
    a test starts, finds it. A user's own cache is left alone."""
    cache = shared / "cache"

    def once(knowledge: Knowledge) -> Model:
        with FileLock(shared / "learning.lock"):
            return cached(corpus_of(knowledge), [cache / "datenschutz-bot"])

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        yield once


@pytest.fixture(scope="session")
def small_learnt(small: Knowledge, learnt: Callable[[Knowledge], Model]) -> Model:
    """What is learnt of the small knowledge; no process has to learn it again."""
    return learnt(small)


@pytest.fixture
def small_folder(tmp_path: Path, small_learnt: Model) -> Path:
    """A fresh copy of the small knowledge, to be broken at will."""
    return write_small(tmp_path / "knowledge")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load(write_small(tmp_path_factory.mktemp("small"))).knowledge


@pytest.fixture(scope="session")
def small_matcher(small: Knowledge, small_learnt: Model) -> Matcher:
    return Matcher(small, small_learnt)


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    loaded = load(write_grown(tmp_path_factory.mktemp("grown")))
    assert not loaded.problems
    return loaded.knowledge


@pytest.fixture(scope="session")
def grown_matcher(grown: Knowledge) -> Matcher:
    return Matcher(grown)


@pytest.fixture(scope="session")
def real() -> Knowledge:
    return load(REAL).knowledge


@pytest.fixture(scope="session")
def real_matcher(real: Knowledge, shared: Path) -> Matcher:
    """As the commands open it: what another process has learnt already is not learnt again."""
    with FileLock(shared / "learning the real one.lock"):
        return open_matcher(real, KnowledgeFolder(REAL, "knowledge"))


@pytest.fixture(scope="session")
def real_understanding(real: Knowledge, real_matcher: Matcher) -> Understanding:
    return Understanding(real, real_matcher)
