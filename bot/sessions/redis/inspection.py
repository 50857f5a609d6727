"""A look at the Redis server from outside, also while bots work on it: nothing is changed but a mark that expires."""

from dataclasses import dataclass
from typing import Any

from bot.sessions.keyring import KeyUse
from bot.sessions.redis import keys
from bot.sessions.redis.client import Client
from bot.sessions.redis.keyring import Keyring
from bot.sessions.vault import Vault

_PROBE_MILLISECONDS = 1000


@dataclass(frozen=True, slots=True)
class Inspection:
    """The server as it is set up (memory in bytes, 0 for no limit), and the keys as in the SQLite file's."""

    version: str
    writes_log: bool
    keeps_all: bool
    used_memory: int
    most_memory: int
    uses: tuple[KeyUse, ...]
    is_key_set: bool


async def inspect(url: str, vault: Vault) -> Inspection:
    """Read, and write a mark. Raises StoreUnavailable."""
    client = await Client.open(url)
    try:
        return await _inspected(client, vault)
    finally:
        await client.close()


async def _inspected(client: Client, vault: Vault) -> Inspection:
    await client.call("set", keys.PROBE, 1, px=_PROBE_MILLISECONDS)
    known = await client.call("get", keys.FINGERPRINT)
    about = _first(await client.call("info"))
    return Inspection(
        version=str(about.get("valkey_version") or about.get("redis_version") or "?"),
        writes_log=bool(about.get("aof_enabled")),
        # Without a limit nothing is dropped.
        keeps_all=not about.get("maxmemory") or about.get("maxmemory_policy") == "noeviction",
        used_memory=int(about.get("used_memory", 0)),
        most_memory=int(about.get("maxmemory", 0)),
        uses=await Keyring(client, vault).uses(),
        is_key_set=known is None or known.decode() in vault.fingerprints,
    )


def _first(about: dict[str, Any]) -> dict[str, Any]:
    """A cluster tells of each of its nodes, by name."""
    nodes = [each for each in about.values() if isinstance(each, dict) and "redis_version" in each]
    return nodes[0] if nodes else about
