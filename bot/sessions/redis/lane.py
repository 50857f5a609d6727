"""One held lane on the Redis server.

Its lock lives for a few seconds unless it is renewed, so that the lane of a dead process is free again soon. Who could
not renew it in time stops by itself, before another may have begun.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any

from bot.background import end
from bot.dialogue.held import Held, HeldSession
from bot.dialogue.session import Session
from bot.messages import Conversation
from bot.sessions.redis import keys, scripts
from bot.sessions.redis.client import Client
from bot.sessions.redis.keys import LaneKeys
from bot.sessions.redis.lasting import Lasting
from bot.sessions.sealing import Sealer
from bot.sessions.store import (
    ANSWERED_LIFETIME,
    InboxUpdate,
    LaneLost,
    OutboxMessage,
    Pending,
    Retention,
    StoreUnavailable,
    Turn,
    is_expired,
)
from bot.sessions.vault import Vault

LEASE_SECONDS = 6.0
_RELEASE_SECONDS = 1.0
#: A session that was told longer ago is asked for anew: it may have been erased from another chat.
_FRESH_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Begun:
    """What was noted as begun: how many other processes have begun it, and the session of the lane's own chat."""

    number: int
    deaths: int
    session: bytes | None = field(repr=False)
    at: float = field(default_factory=time.monotonic)

    def tells(self, update: InboxUpdate) -> bool:
        """Whether this is the session that the turn of the update begins with."""
        return self.number == update.number and time.monotonic() < self.at + _FRESH_SECONDS


class RedisLane:
    """See `Lane`."""

    def __init__(  # noqa: PLR0913, PLR0917 - the parts of the store that a lane works with
        self,
        client: Client,
        vault: Vault,
        retention: Retention,
        lasting: Lasting,
        lane: str,
        token: str,
        process: str,
        lease_seconds: float,
    ) -> None:
        self._client = client
        self._vault = vault
        self._sealer = Sealer(vault)
        self._retention = retention
        self._lasting = lasting
        self._keys = LaneKeys(lane)
        self._token = token
        self._process = process
        self._lease_seconds = lease_seconds
        self._held_until = 0.0
        self._renewing: asyncio.Task[None] | None = None
        #: What waited when the lock was given, until something is changed.
        self._first: list[Any] | None = None
        self._begun: _Begun | None = None
        #: So many updates are left to a later hold.
        self._put_off = 0
        self.has_more = False

    async def acquire(self) -> bool:
        """Take the lock, unless another has it."""
        own, asked = self._keys, time.monotonic()
        named = [own.lock, own.inbox, own.outbox, own.begun, own.own_session]
        lease = round(self._lease_seconds * 1000)
        self._first = await self._client.run(scripts.ACQUIRE, named, self._token, self._process, self._lifetime, lease)
        self._held_until = asked + self._lease_seconds
        return self._first is not None

    def check(self) -> None:
        if time.monotonic() >= self._held_until:
            raise LaneLost

    async def pending(self) -> Pending:
        own = self._keys
        first, self._first = self._first, None
        messages, updates, begun = first or await self._run(
            scripts.PENDING, [own.inbox, own.outbox, own.begun, own.own_session], self._process, self._lifetime
        )
        self._begun = _Begun(*begun) if begun else None
        return Pending(
            tuple(self._message(id_, stored) for id_, stored in sorted(_pairs(messages))),
            tuple(self._sealer.update(number, body) for number, body in sorted(_pairs(updates))),
        )

    def has_begun(self, update: InboxUpdate) -> bool:
        return self._begun is not None and self._begun.number == update.number

    async def begin(self, update: InboxUpdate) -> int:
        if self._begun is None or not self.has_begun(update):
            own, values = self._keys, (self._process, self._lifetime, update.number)
            self._begun = _Begun(*await self._run(scripts.BEGIN, [own.begun, own.own_session], *values))
        return self._begun.deaths

    async def put_off(self, updates: Sequence[InboxUpdate]) -> None:
        self._begun, self._put_off = None, len(updates)
        await self._run(scripts.PUT_OFF, [self._keys.begun], *(update.number for update in updates))

    @asynccontextmanager
    async def turn(self, update: InboxUpdate | None, conversation: Conversation, at: datetime) -> AsyncIterator[Turn]:
        turn = Turn(await self._found(update, conversation, at), partial(self._held, update, conversation, at))
        yield turn
        turn.queued = await self._save(turn, update, conversation, at)
        await self._lasting.keep(turn)

    async def drop(self, update: InboxUpdate) -> None:
        own = self._keys
        await self._run(
            scripts.DROP, [own.inbox, own.answered, own.begun], update.number, _now(), self._answered_lifetime
        )

    async def delivered(self, message: OutboxMessage) -> None:
        await self._run(scripts.DELIVERED, [self._keys.outbox], message.id)

    async def give_up(self, message: OutboxMessage) -> None:
        rest = [
            each
            for each in (await self.pending()).messages
            if each.update_number == message.update_number and each.id >= message.id
        ]
        await self._run(scripts.DELIVERED, [self._keys.outbox], *(each.id for each in rest))

    async def forget(self, update_number: int) -> None:
        own = self._keys
        known = await self._client.call("zrange", own.conversations, 0, -1)
        sessions = [own.session(conversation.decode()) for conversation in known]
        forgotten = [own.inbox, own.outbox, own.answered, own.conversations, own.begun, *sessions]
        await self._run(scripts.FORGET, forgotten, _now(), self._answered_lifetime, update_number)

    async def release(self) -> None:
        """Let others have it. What has arrived meanwhile is told in `has_more`."""
        # Who leaves must not wait for a server that does not answer: the lock expires.
        with suppress(StoreUnavailable, TimeoutError):
            async with asyncio.timeout(_RELEASE_SECONDS):
                await self._release()

    async def _release(self) -> None:
        own = self._keys
        ready = [] if self._client.is_cluster else [keys.READY]
        named = [own.lock, own.inbox, own.outbox, own.generation, *ready]
        generation = await self._client.run_at_once(scripts.RELEASE, named, self._token, own.lane, self._put_off)
        self.has_more = generation == b"-1"
        if generation not in (None, b"-1", b"-2") and not ready:
            await self._client.run_at_once(scripts.SETTLE, [keys.READY], own.lane, generation)

    @asynccontextmanager
    async def renewed(self) -> AsyncIterator[None]:
        """Keep the lock for as long as the block takes."""
        # Most are let go before: they need no task.
        due = asyncio.get_running_loop().call_later(self._renewal_seconds, self._begin_renewing)
        try:
            yield
        finally:
            due.cancel()
            if self._renewing is not None:
                await end(self._renewing)

    def _begin_renewing(self) -> None:
        self._renewing = asyncio.create_task(self._renew())

    async def _renew(self) -> None:
        while True:
            asked = time.monotonic()
            with suppress(StoreUnavailable):
                lease = round(self._lease_seconds * 1000)
                await self._client.run_at_once(scripts.RENEW, [self._keys.lock], self._token, lease)
                self._held_until = asked + self._lease_seconds
            await asyncio.sleep(self._renewal_seconds)

    async def _run(self, script: scripts.Script, own: list[str], *values: str | bytes | int) -> Any:
        # What was found at first is so no longer.
        self._first = None
        return await self._client.run(script, [self._keys.lock, *own], self._token, *values)

    async def _save(
        self, turn: Turn, update: InboxUpdate | None, conversation: Conversation, at: datetime
    ) -> tuple[OutboxMessage, ...]:
        await self._note_owner(turn, conversation, at)
        own, key = self._keys, self._vault.pseudonym(conversation.id)
        number = update.number if update is not None else 0
        bodies = [self._sealer.seal_message(number, body) for body in turn.outgoing]
        ids = await self._run(
            scripts.SAVE,
            [own.inbox, own.answered, own.outbox, own.serial, own.conversations, own.session(key), own.begun],
            update.number if update is not None else "",
            _now(),
            self._lifetime,
            self._answered_lifetime,
            _mode(turn, conversation),
            key,
            self._sealed(key, turn.kept, at) if turn.kept else b"",
            ",".join(str(each.number) for each in turn.also_answered),
            *bodies,
        )
        return tuple(OutboxMessage(id_, number, body) for id_, body in zip(ids, turn.outgoing, strict=True))

    def _names(self, conversation: Conversation) -> list[tuple[LaneKeys, str]]:
        """Where a conversation's session lies and, under keys that were replaced, has lain; the newest first."""
        lanes = self._vault.pseudonyms(conversation.lane)
        return [(LaneKeys(lane), key) for lane, key in zip(lanes, self._vault.pseudonyms(conversation.id), strict=True)]

    async def _note_owner(self, turn: Turn, conversation: Conversation, at: datetime) -> None:
        """Before the turn is saved: a conversation that is noted and never saved does no harm, the reverse would."""
        if turn.is_erased:
            await self._erase(conversation)
        elif turn.kept is not None and conversation.id != conversation.owner:
            owned = keys.owned(self._vault.pseudonym(conversation.owner))
            name = self._vault.pseudonym(conversation.id)
            await self._client.run(scripts.OWN, [owned], name, self._keys.lane, self._lifetime)
        if turn.kept is not None or turn.is_forgotten:
            for own, key in self._names(conversation)[1:]:
                await self._client.call("delete", own.session(key))

    async def _erase(self, conversation: Conversation) -> None:
        for own, key in await self._all_of(conversation):
            await self._client.call("delete", own.session(key))
        for owner in self._vault.pseudonyms(conversation.owner):
            await self._client.call("delete", keys.owned(owner))

    async def _all_of(self, conversation: Conversation) -> list[tuple[LaneKeys, str]]:
        """Where all sessions of a person lie: in the lane of their own, which bears their name, and in groups."""
        found: list[tuple[LaneKeys, str]] = []
        for owner in self._vault.pseudonyms(conversation.owner):
            noted = await self._client.call("hgetall", keys.owned(owner))
            found.append((LaneKeys(owner), owner))
            found += [(LaneKeys(lane.decode()), key.decode()) for key, lane in noted.items()]
        return found

    async def _held(self, update: InboxUpdate | None, conversation: Conversation, at: datetime) -> Held:
        found = [await self._session(own, key, at) for own, key in await self._all_of(conversation)]
        lifetime = self._retention.sessions
        sessions = tuple(HeldSession(each, touched, touched + lifetime) for each, touched in filter(None, found))
        if conversation.is_group:
            return Held(sessions)
        updates = await self._client.call("hlen", self._keys.inbox)
        # The message that asks is none that waits.
        updates = max(0, updates - (update is not None))
        return Held(sessions, updates, await self._client.call("hlen", self._keys.outbox))

    async def _found(self, update: InboxUpdate | None, conversation: Conversation, at: datetime) -> Session | None:
        """The session under the newest name that has one."""
        begun, self._begun = self._begun, None
        for own, key in self._names(conversation):
            is_told = begun and update and begun.tells(update) and own.session(key) == self._keys.own_session
            found = self._opened(key, begun.session, at) if begun and is_told else await self._session(own, key, at)
            if found is not None:
                return found[0]
        return None

    async def _session(self, own: LaneKeys, key: str, at: datetime) -> tuple[Session, datetime] | None:
        """A session and when it was touched, unless it has expired."""
        return self._opened(key, await self._client.call("get", own.session(key)), at)

    def _opened(self, key: str, stored: bytes | None, at: datetime) -> tuple[Session, datetime] | None:
        if stored is None:
            return None
        milliseconds, _, body = stored.partition(b":")
        touched = datetime.fromtimestamp(int(milliseconds) / 1000, UTC)
        session = self._sealer.session(key, body)
        if session is None or is_expired(touched, at, self._retention.sessions):
            return None
        return session, touched

    def _sealed(self, key: str, session: Session, at: datetime) -> bytes:
        milliseconds = round(at.timestamp() * 1000)
        return f"{milliseconds}:".encode() + self._sealer.seal_session(key, session)

    def _message(self, id_: int, stored: bytes) -> OutboxMessage:
        number, _, body = stored.partition(b":")
        return self._sealer.message(id_, int(number or 0), body)

    @property
    def _renewal_seconds(self) -> float:
        return self._lease_seconds / 3

    @property
    def _lifetime(self) -> int:
        return round(self._retention.sessions.total_seconds() * 1000)

    @property
    def _answered_lifetime(self) -> int:
        return round(max(self._retention.sessions, ANSWERED_LIFETIME).total_seconds() * 1000)


def _pairs(answer: list[bytes]) -> list[tuple[int, bytes]]:
    """What HGETALL gives from within a script: names and values in turn."""
    return [(int(name), value) for name, value in zip(answer[::2], answer[1::2], strict=True)]


def _mode(turn: Turn, conversation: Conversation) -> str:
    if turn.is_erased:
        # What waits in a group is not this person's alone.
        return "forget" if conversation.is_group else "erase"
    if turn.is_forgotten:
        return "forget"
    return "keep" if turn.kept is not None else "none"


def _now() -> int:
    return round(time.time() * 1000)
