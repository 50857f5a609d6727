"""What people give to the editors: votes and donated questions, which belong to no lane."""

import asyncio
from collections.abc import Iterable, Sequence

from bot.sessions.redis import keys, scripts
from bot.sessions.redis.client import Client
from bot.sessions.sealing import Sealer
from bot.sessions.store import VOTES, Donation, Retention, Turn, Vote
from bot.sessions.vault import Vault


class Lasting:
    """Votes and donations on one server."""

    def __init__(self, client: Client, vault: Vault, retention: Retention) -> None:
        self._client = client
        self._sealer = Sealer(vault)
        self._retention = retention

    async def keep(self, turn: Turn) -> None:
        """What a turn leaves here, once it is saved."""
        for entry, vote, amount in turn.votes:
            await self._client.run(scripts.COUNT_VOTE, [keys.VOTES], f"{entry} {vote}", amount)
        for donation in turn.donations:
            await self._donate(donation)
        await self.delete_donations(turn.withdrawn)

    async def donations(self) -> Sequence[Donation]:
        """All of them, oldest first."""
        ids = [id_.decode() for id_ in await self._client.call("zrange", keys.DONATIONS, 0, -1)]
        bodies = await asyncio.gather(*(self._client.call("get", keys.donation(id_)) for id_ in ids))
        return [self._sealer.donation(id_, body) for id_, body in zip(ids, bodies, strict=True) if body is not None]

    async def delete_donations(self, ids: Iterable[str]) -> int:
        """How many there were."""
        deleted = 0
        for id_ in ids:
            deleted += await self._client.call("delete", keys.donation(id_))
            await self._client.call("zrem", keys.DONATIONS, id_)
        return deleted

    async def votes(self) -> dict[str, dict[Vote, int]]:
        """The votes on each entry."""
        counted: dict[str, dict[Vote, int]] = {}
        for name, count in (await self._client.call("hgetall", keys.VOTES)).items():
            entry, _, stored = name.decode().rpartition(" ")
            vote = next((each for each in VOTES if each == stored), None)
            if vote is not None:
                counted.setdefault(entry, {})[vote] = max(0, int(count))
        return counted

    async def _donate(self, donation: Donation) -> None:
        sealed = self._sealer.seal_donation(donation)
        lifetime = round(self._retention.donations.total_seconds() * 1000)
        await self._client.call("set", keys.donation(donation.id), sealed, px=lifetime)
        await self._client.call("zadd", keys.DONATIONS, {donation.id: donation.at.timestamp() * 1000})
