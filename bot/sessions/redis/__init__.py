"""A store on Redis or Valkey, also as a cluster: for any number of processes, each of which may die at any time.

Every lane has a lock that expires unless its holder renews it, and every change proves that the lock is still held.
What is kept expires on the server by itself. Texts and names are sealed as in every store.

    scripts  what must happen in one step
    keys     the names of the keys
    client   one server or a cluster, and its faults
    lane     one held lane
    keyring  which keys are still needed

Votes and donated questions belong to no lane: they are written right after their turn is saved, so that a death in
between loses a vote rather than counting it twice.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from itertools import count

from bot.messages import Conversation
from bot.sessions.keyring import KeyUse
from bot.sessions.redis import keys, scripts
from bot.sessions.redis.client import Client
from bot.sessions.redis.keyring import Keyring
from bot.sessions.redis.keys import LaneKeys
from bot.sessions.redis.lane import LEASE_SECONDS, RedisLane
from bot.sessions.redis.lasting import Lasting
from bot.sessions.sealing import Sealer
from bot.sessions.store import (
    ANSWERED_LIFETIME,
    MOST_LANES,
    Depth,
    Donation,
    Expired,
    InboxUpdate,
    Retention,
    StoreUnavailable,
    Turn,
    Vote,
)
from bot.sessions.vault import Vault

#: A lane that another process holds is tried again so often by a channel that waits for its turn.
_TURN_RETRY_SECONDS = 0.05


class RedisStore:
    """See `Store`. Made by `open`."""

    sweep_seconds = 1.0

    def __init__(self, client: Client, vault: Vault, retention: Retention, lease_seconds: float) -> None:
        self._client = client
        self._vault = vault
        self._sealer = Sealer(vault)
        self._retention = retention
        self._lease_seconds = lease_seconds
        self._lasting = Lasting(client, vault, retention)
        self._keyring = Keyring(client, vault)
        self._process = secrets.token_hex(8)
        self._holds = count(1)
        #: In one step with the lane wherever that is possible.
        self._ready_beside = [] if client.is_cluster else [keys.READY]

    @classmethod
    async def open(
        cls, url: str, vault: Vault, retention: Retention, *, lease_seconds: float = LEASE_SECONDS
    ) -> "RedisStore":
        """Connect. Raises StoreUnavailable if the server cannot be used or was filled with another key."""
        client = await Client.open(url)
        try:
            await _prove_key(client, vault)
        except StoreUnavailable:
            await client.close()
            raise
        return cls(client, vault, retention, lease_seconds)

    def lane_of(self, chat: str) -> str:
        return self._vault.pseudonym(chat)

    async def enqueue(self, updates: Sequence[tuple[str, InboxUpdate]], at: datetime) -> None:
        lanes: dict[str, list[InboxUpdate]] = {}
        for chat, update in updates:
            lanes.setdefault(self.lane_of(chat), []).append(update)
        await asyncio.gather(*(self._enqueue(lane, found) for lane, found in lanes.items()))

    async def waiting_lanes(self) -> Sequence[str]:
        return [lane.decode() for lane in await self._client.call("zrange", keys.READY, 0, MOST_LANES - 1)]

    def hold(self, lane: str) -> AbstractAsyncContextManager[RedisLane | None]:
        return self._hold(lane, self._process)

    @asynccontextmanager
    async def _hold(self, lane: str, process: str) -> AsyncIterator[RedisLane | None]:
        """Without a process no update is begun."""
        # Of no other hold of any process.
        token = f"{self._process}-{next(self._holds)}"
        held = RedisLane(
            self._client, self._vault, self._retention, self._lasting, lane, token, process, self._lease_seconds
        )
        if not await held.acquire():
            yield None
            return
        async with held.renewed():
            try:
                yield held
            finally:
                await held.release()

    @asynccontextmanager
    async def turn(self, conversation: Conversation, at: datetime) -> AsyncIterator[Turn]:
        while True:
            async with self._hold(self.lane_of(conversation.lane), "") as held:
                if held is not None:
                    async with held.turn(None, conversation, at) as turn:
                        yield turn
                    return
            await asyncio.sleep(_TURN_RETRY_SECONDS)

    async def delete_expired(self, at: datetime) -> Expired:
        """Donated questions; everything else expires on the server."""
        before = round((at - self._retention.donations).timestamp() * 1000)
        late = await self._client.call("zrangebyscore", keys.DONATIONS, "-inf", before)
        return Expired(donations=await self.delete_donations([id_.decode() for id_ in late]))

    async def probe(self) -> None:
        # Written: a server that has become a replica can still be read.
        await self._client.call("set", keys.PROBE, 1, px=1000)

    async def depth(self) -> Depth:
        lanes = [LaneKeys(lane) for lane in await self.waiting_lanes()]
        inbox = await asyncio.gather(*(self._client.call("hlen", lane.inbox) for lane in lanes))
        outbox = await asyncio.gather(*(self._client.call("hlen", lane.outbox) for lane in lanes))
        return Depth(sum(inbox), sum(outbox))

    async def donations(self) -> Sequence[Donation]:
        return await self._lasting.donations()

    async def delete_donations(self, ids: Iterable[str]) -> int:
        return await self._lasting.delete_donations(ids)

    async def votes(self) -> dict[str, dict[Vote, int]]:
        return await self._lasting.votes()

    async def key_uses(self) -> Sequence[KeyUse]:
        return await self._keyring.uses()

    async def missing_keys(self) -> Sequence[KeyUse]:
        return await self._keyring.missing()

    async def reseal(self) -> int:
        return await self._keyring.reseal()

    async def discard_unreadable(self) -> int:
        return await self._keyring.discard()

    async def close(self) -> None:
        await self._client.close()

    async def _enqueue(self, lane: str, updates: Sequence[InboxUpdate]) -> None:
        own = LaneKeys(lane)
        bodies = [each for update in updates for each in (update.number, self._sealer.seal_update(update))]
        lifetime = round(self._retention.sessions.total_seconds() * 1000)
        answered = round(max(self._retention.sessions, ANSWERED_LIFETIME).total_seconds() * 1000)
        named = [own.inbox, own.answered, own.generation, *self._ready_beside]
        generation = await self._client.run(scripts.ENQUEUE, named, lifetime, answered, lane, *bodies)
        if not self._ready_beside:
            # Whoever dies between these two steps has not confirmed the update, which comes again.
            await self._client.call("zadd", keys.READY, {lane: int(generation)}, gt=True)


async def _prove_key(client: Client, vault: Vault) -> None:
    newest = vault.fingerprints[0]
    is_new = await client.call("set", keys.FINGERPRINT, newest, nx=True)
    known = (await client.call("get", keys.FINGERPRINT)).decode()
    if known not in vault.fingerprints:
        raise StoreUnavailable(
            "BOT_STORE_KEY: the Redis database was sealed with another key: set that key, or use another database"
        )
    await client.call("set", keys.FINGERPRINT, newest)
    # Where an earlier version has left none, everything has to be looked through first.
    if is_new or await client.call("exists", keys.FINGERPRINTS):
        await client.call("sadd", keys.FINGERPRINTS, newest)
