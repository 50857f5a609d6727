"""The keys that seal what is on the Redis server: counting, sealing anew, and deleting what no key opens any more.

To look through everything takes a while on a large server. So the server remembers which keys have been in use: only
if one of them is not set, everything is looked through.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from bot.sessions.keyring import KeyUse, missing, uses
from bot.sessions.redis import keys
from bot.sessions.redis.client import Client
from bot.sessions.sealing import Sealer
from bot.sessions.store import ANSWERED_LIFETIME
from bot.sessions.vault import Vault, fingerprint_of

#: So many keys are looked at together.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Found:
    """Something sealed: what it is, where it lies (in a hash: in which field), and the key that sealed it."""

    kind: str
    name: str
    field: str
    fingerprint: str


class Keyring:
    """Of one server or cluster. Every method raises StoreUnavailable."""

    def __init__(self, client: Client, vault: Vault) -> None:
        self._client = client
        self._vault = vault
        self._sealer = Sealer(vault)

    async def uses(self) -> tuple[KeyUse, ...]:
        """What each key seals."""
        return uses(self._vault, [(each.kind, each.fingerprint, 1) async for each in self._everything()])

    async def missing(self) -> tuple[KeyUse, ...]:
        """Keys that are not set although they are needed."""
        known = {each.decode() for each in await self._client.call("smembers", keys.FINGERPRINTS)}
        if known and known <= set(self._vault.fingerprints):
            return ()
        found = await self.uses()
        needed = {each.fingerprint for each in found if each.is_set or each.total}
        await self._client.call("sadd", keys.FINGERPRINTS, *needed)
        if known - needed:
            await self._client.call("srem", keys.FINGERPRINTS, *(known - needed))
        return missing(found)

    async def reseal(self) -> int:
        """Seal donated questions with the first key; how many were sealed with another."""
        ids = [id_.decode() for id_ in await self._client.call("zrange", keys.DONATIONS, 0, -1)]
        return sum([await self._reseal(id_) for id_ in ids])

    async def discard(self) -> int:
        """Delete what no key opens; how much that was."""
        known = self._vault.fingerprints
        lost = [each async for each in self._everything() if each.fingerprint not in known]
        for each in lost:
            await self._delete(each)
        return len(lost)

    async def _reseal(self, id_: str) -> int:
        name = keys.donation(id_)
        sealed = await self._client.call("get", name)
        if sealed is None or fingerprint_of(sealed) == self._vault.fingerprints[0]:
            return 0
        anew = self._sealer.seal_donation(self._sealer.donation(id_, sealed))
        # For as long as it would have lived; and not if it was withdrawn meanwhile.
        await self._client.call("set", name, anew, xx=True, keepttl=True)
        return 1

    async def _delete(self, found: _Found) -> None:
        if not found.field:
            await self._client.call("delete", found.name)
        else:
            await self._client.call("hdel", found.name, found.field)
        if found.kind == "donations":
            await self._client.call("zrem", keys.DONATIONS, keys.donation_id(found.name))
        if found.kind == "inbox":
            # So that it is not answered should it come again.
            answered, now = keys.answered_beside(found.name), round(time.time() * 1000)
            await self._client.call("zadd", answered, {found.field: now})
            await self._client.call("pexpire", answered, round(ANSWERED_LIFETIME.total_seconds() * 1000))

    async def _everything(self) -> AsyncIterator[_Found]:
        """All that is sealed, each thing once."""
        batch: list[str] = []
        seen: set[str] = set()
        async for name in self._client.names(keys.EVERYTHING):
            if name not in seen and keys.kind_of(name):
                seen.add(name)
                batch.append(name)
            if len(batch) == _BATCH:
                for each in await self._sealed_in(batch):
                    yield each
                batch = []
        for each in await self._sealed_in(batch):
            yield each

    async def _sealed_in(self, names: list[str]) -> list[_Found]:
        found = await asyncio.gather(*(_READERS[keys.kind_of(name)](self._client, name) for name in names))
        return [each for listed in found for each in listed]


async def _read_hash(client: Client, name: str) -> list[_Found]:
    kind = keys.kind_of(name)
    stored = await client.call("hgetall", name)
    return [_Found(kind, name, field.decode(), fingerprint_of(_body(kind, value))) for field, value in stored.items()]


async def _read_text(client: Client, name: str) -> list[_Found]:
    kind = keys.kind_of(name)
    value = await client.call("get", name)
    return [] if value is None else [_Found(kind, name, "", fingerprint_of(_body(kind, value)))]


def _body(kind: str, value: bytes) -> bytes:
    """The sealed text without the number or time before it."""
    return value.partition(b":")[2] if kind in ("outbox", "sessions") else value


_READERS: dict[str, Callable[[Client, str], Awaitable[list[_Found]]]] = {
    "inbox": _read_hash,
    "outbox": _read_hash,
    "sessions": _read_text,
    "donations": _read_text,
}
