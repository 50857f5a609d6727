"""The stores, so that one suite holds all of them to the same promises."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from bot.sessions.memory import MemoryStore
from bot.sessions.redis import RedisStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import Store
from tests.sessions.redis_server import RedisServer, running
from tests.sessions.samples import RETENTION, vault


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A server that the tests of one process share."""
    with running(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """The address of an empty database."""
    redis_server.empty()
    return redis_server.url


async def _opened(name: str, request: pytest.FixtureRequest) -> Store:
    if name == "memory":
        return MemoryStore(RETENTION)
    if name == "sqlite":
        folder: Path = request.getfixturevalue("tmp_path")
        return await SqliteStore.open(folder / "store.sqlite3", vault(), RETENTION)
    return await RedisStore.open(request.getfixturevalue("redis_url"), vault(), RETENTION)


@pytest.fixture(params=["memory", "sqlite", "redis"])
async def store(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    """Every store."""
    made = await _opened(request.param, request)
    yield made
    await made.close()


@pytest.fixture(params=["memory", "sqlite"])
async def clockless(request: pytest.FixtureRequest) -> AsyncIterator[Store]:
    """The stores that have no clock of their own: only what they are told makes time pass. (On Redis the server lets
    things expire.)"""
    made = await _opened(request.param, request)
    yield made
    await made.close()
