"""Telegram's half of the delivery: inbox updates are Telegram's updates, outbox messages are calls to send one."""

import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from time import monotonic

from telegram import Bot, Update
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.channels.telegram import taps
from bot.channels.telegram.payloads import pack
from bot.channels.telegram.profile import Profile
from bot.channels.telegram.rendering import render
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.updates import ParsedUpdate, read, understand
from bot.delivery import Delivery
from bot.messages import Block, Language, Line, Reply
from bot.sessions.store import InboxUpdate

#: So many updates are kept in mind between their arrival and their turn.
MOST_FRESH = 1000
_FRESH_SECONDS = 60.0


class TelegramTransport:
    """See `Transport`."""

    def __init__(self, bot: Bot, profile: Profile, sender: Sender) -> None:
        self.bot = bot
        self.profile = profile
        self._sender = sender
        self._fresh: dict[int, tuple[float, Update]] = {}

    def remember(self, update: Update) -> None:
        """Spare reading an update a second time that has just come in and is about to be answered here."""
        now = monotonic()
        self._fresh[update.update_id] = (now, update)
        # Answered by another process, or waiting in a long queue: it is read from the store.
        while len(self._fresh) > MOST_FRESH or next(iter(self._fresh.values()))[0] < now - _FRESH_SECONDS:
            del self._fresh[next(iter(self._fresh))]

    def read(self, stored: InboxUpdate, at: datetime) -> ParsedUpdate | None:
        _, update = self._fresh.pop(stored.number, (0.0, None))
        return read(update, self.bot.bot, at) if update else understand(json.loads(stored.body), self.bot, at).parsed

    async def begin(self, parsed: ParsedUpdate) -> None:
        """Mark the button that was pressed."""
        if parsed.query is not None:
            await taps.mark(parsed.query)

    async def linger(self, parsed: ParsedUpdate) -> None:
        """Show that the bot is about to write."""
        address = parsed.address
        # It is but a sign, and the next one may succeed.
        with suppress(TelegramError):
            await self.bot.send_chat_action(address.chat, ChatAction.TYPING, message_thread_id=address.topic)

    def write(self, parsed: ParsedUpdate, replies: Sequence[Reply]) -> Sequence[str]:
        address, username = parsed.address, self.bot.username
        can_change = address.shown is not None
        return [
            pack(address, message, username) for reply in replies for message in render(reply, can_change=can_change)
        ]

    def apologise(self, parsed: ParsedUpdate) -> Sequence[str]:
        language: Language | None = parsed.incoming.language if parsed.incoming else None
        text = self.profile.wording(language).apology
        return self.write(parsed, [Reply(language or self.profile.default, (Block("text", (Line(text),)),))])

    async def deliver(self, body: str, check: Callable[[], None]) -> Delivery:
        return await self._sender.deliver(body, check)
