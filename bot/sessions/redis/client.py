"""The connection to Redis or Valkey, one server or a cluster.

Owns that every fault of the server or the network is a StoreUnavailable that holds no password.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from typing import Any, TypeAlias

from redis.asyncio import BlockingConnectionPool, Redis, RedisCluster
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import NoScriptError, ReadOnlyError, RedisError

from bot.faults import shown_address
from bot.sessions.redis.scripts import LOST, Script
from bot.sessions.store import LaneLost, StoreUnavailable, StoreUnreachable

logger = logging.getLogger(__name__)

Value: TypeAlias = str | bytes | int | float
Argument: TypeAlias = Value | Mapping[str, Value]

#: So many requests at once; a few connections more are for locks.
_CONNECTIONS = 32
_SPARE_CONNECTIONS = 16
_TIMEOUT_SECONDS = 5.0
#: So many names a round trip.
_SCANNED = 1000
#: A burst waits for a free connection.
_POOL_SECONDS = 30.0


class Client:
    """A thin layer over the library: commands and scripts."""

    def __init__(self, redis: Any, shown: str, *, is_cluster: bool = False) -> None:
        # One server and a cluster have no common type in the library.
        self._redis = redis
        self._shown = shown
        #: Whether keys may lie on several servers.
        self.is_cluster = is_cluster
        self._lines = asyncio.Semaphore(_CONNECTIONS)

    @classmethod
    async def open(cls, url: str) -> "Client":
        """Connect. Raises StoreUnavailable if nobody answers there or the server cannot be used."""
        shown = shown_address(url)
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=_CONNECTIONS + _SPARE_CONNECTIONS,
            timeout=_POOL_SECONDS,
            socket_timeout=_TIMEOUT_SECONDS,
            socket_connect_timeout=_TIMEOUT_SECONDS,
            # What may have been executed is not repeated here: whoever asked looks what came of it. A server that has
            # become a replica has executed nothing, and is left for the one that answers now.
            retry=Retry(NoBackoff(), 1, supported_errors=(ReadOnlyError,)),
        )
        single = cls(Redis.from_pool(pool), shown)
        try:
            about: dict[str, Any] = await single.call("info")
        except StoreUnavailable:
            await single.close()
            raise
        _warn_of_loss(about)
        if not about.get("cluster_enabled"):
            return single
        await single.close()
        return await cls._open_cluster(url, shown)

    @classmethod
    async def _open_cluster(cls, url: str, shown: str) -> "Client":
        cluster = RedisCluster.from_url(
            url,
            socket_timeout=_TIMEOUT_SECONDS,
            socket_connect_timeout=_TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 0),
        )
        client = cls(cluster, shown, is_cluster=True)
        async with client.faults():
            await client._redis.initialize()
        return client

    async def call(self, command: str, *values: Argument, **options: Any) -> Any:
        """What the server answers to a command. Raises StoreUnavailable."""
        async with self._lines, self.faults():
            return await getattr(self._redis, command)(*values, **options)

    async def names(self, pattern: str) -> AsyncIterator[str]:
        """The names of keys, some perhaps twice, none of those that are there all along left out. Raises
        StoreUnavailable."""
        async with self.faults():
            async for name in self._redis.scan_iter(match=pattern, count=_SCANNED):
                yield name.decode()

    async def run(self, script: Script, keys: list[str], *values: Value) -> Any:
        """What a script answers. Raises StoreUnavailable, or LaneLost if the lane is no longer its caller's."""
        async with self._lines:
            return await self.run_at_once(script, keys, *values)

    async def run_at_once(self, script: Script, keys: list[str], *values: Value) -> Any:
        """As `run`, past those that wait: to renew or release a lock cannot."""
        async with self.faults():
            answer = await self._evaluated(script, keys, values)
        if answer == LOST:
            raise LaneLost
        return answer

    async def close(self) -> None:
        """Leave."""
        await self._redis.aclose()

    async def _evaluated(self, script: Script, keys: list[str], values: tuple[Value, ...]) -> Any:
        try:
            return await _awaited(self._redis.evalsha(script.sha, len(keys), *keys, *values))
        except NoScriptError:
            return await _awaited(self._redis.eval(script.text, len(keys), *keys, *values))

    @asynccontextmanager
    async def faults(self) -> AsyncIterator[None]:
        """Tell what goes wrong with the server in our words."""
        try:
            yield
        except (RedisError, OSError, TimeoutError) as error:
            raise StoreUnreachable(_message(self._shown, error)) from error


async def _awaited(answer: Awaitable[Any]) -> Any:
    return await answer


def _message(shown: str, error: Exception) -> str:
    return f"BOT_STORE: {shown} cannot be used ({type(error).__name__}): see that Redis runs there and lets us in"


def _warn_of_loss(about: dict[str, Any]) -> None:
    """What waits is only as safe as the server keeps it."""
    if not about.get("aof_enabled"):
        logger.warning("Redis writes no append-only file: what waits is lost if it crashes; set appendonly yes")
    if about.get("maxmemory") and about.get("maxmemory_policy") != "noeviction":
        logger.warning("Redis may drop what waits when its memory is full; set maxmemory-policy noeviction")
