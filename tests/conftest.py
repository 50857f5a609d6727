"""Fixtures that many tests share: the small knowledge and the real one, each loaded once per process."""

from pathlib import Path

import pytest

from bot.cli.index_cache import open_matcher
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.understanding import Understanding
from tests.small import REAL, write_small

pytest_plugins = ["tests.bot_api.fixtures"]


@pytest.fixture
def small_folder(tmp_path: Path) -> Path:
    """A fresh copy of the small knowledge, to be broken at will."""
    return write_small(tmp_path / "knowledge")


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Knowledge:
    return load(write_small(tmp_path_factory.mktemp("small"))).knowledge


@pytest.fixture(scope="session")
def small_matcher(small: Knowledge) -> Matcher:
    return Matcher(small)


@pytest.fixture(scope="session")
def real() -> Knowledge:
    return load(REAL).knowledge


@pytest.fixture(scope="session")
def real_matcher(real: Knowledge) -> Matcher:
    """As the commands open it: what another process has learnt already is not learnt again."""
    return open_matcher(real, KnowledgeFolder(REAL, "knowledge"))


@pytest.fixture(scope="session")
def real_understanding(real: Knowledge, real_matcher: Matcher) -> Understanding:
    return Understanding(real, real_matcher)
