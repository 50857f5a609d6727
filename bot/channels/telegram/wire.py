"""Telegram's half of the delivery: letters are updates, parcels are messages."""

import json
from collections.abc import Sequence
from datetime import datetime

from telegram import Bot

from bot.channels.telegram import taps
from bot.channels.telegram.parcels import pack
from bot.channels.telegram.profile import Profile
from bot.channels.telegram.rendering import render
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.updates import Arrival, parse, read
from bot.delivery import Delivery
from bot.messages import Block, Language, Line, Reply
from bot.sessions.store import Letter


class TelegramWire:
    """See `Wire`."""

    def __init__(self, bot: Bot, profile: Profile, sender: Sender) -> None:
        self._bot = bot
        self._profile = profile
        self._sender = sender

    def read(self, letter: Letter, at: datetime) -> Arrival | None:
        update = parse(json.loads(letter.body), self._bot)
        return read(update, self._bot.bot, at) if update else None

    async def begin(self, arrival: Arrival) -> None:
        """Mark the button that was pressed."""
        if arrival.query is not None:
            await taps.mark(arrival.query)

    def write(self, arrival: Arrival, replies: Sequence[Reply]) -> Sequence[str]:
        username = self._bot.username
        return [pack(arrival.address, message, username) for reply in replies for message in render(reply)]

    def apologise(self, arrival: Arrival) -> Sequence[str]:
        language: Language | None = arrival.incoming.language if arrival.incoming else None
        text = self._profile.wording(language).apology
        return self.write(arrival, [Reply(language or self._profile.default, (Block("text", (Line(text),)),))])

    async def deliver(self, body: str) -> Delivery:
        return await self._sender.deliver(body)
