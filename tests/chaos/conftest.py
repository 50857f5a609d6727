"""A Redis server of one test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sessions.redis_server import RedisServer, running


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    with running(tmp_path) as server:
        yield server
