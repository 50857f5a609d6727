"""What happens when updates come in, by polling or by webhook: what is meant for the bot is kept before Telegram hears
that it has arrived; taps and inline queries are answered at once.

An update that nobody could read is let go: it would be as unreadable the next time.
"""

import asyncio
import json
import logging
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any

from telegram import Update

from bot.background import finish
from bot.channels.telegram import taps
from bot.channels.telegram.inline import InlineAnswers
from bot.channels.telegram.profile import Profile
from bot.channels.telegram.transport import TelegramTransport
from bot.channels.telegram.updates import ParsedUpdate, language_of, parse, read
from bot.delivery import Dispatcher, Metrics
from bot.faults import describe
from bot.sessions.store import InboxUpdate

logger = logging.getLogger(__name__)


class Intake:
    """Takes updates as Telegram's JSON."""

    def __init__(
        self,
        transport: TelegramTransport,
        dispatcher: Dispatcher,
        inline: InlineAnswers,
        profile: Profile,
        metrics: Metrics,
    ) -> None:
        self._bot = transport.bot
        self._remember = transport.remember
        self._dispatcher = dispatcher
        self._inline = inline
        self._profile = profile
        self._metrics = metrics
        self._tasks: set[asyncio.Task[None]] = set()

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep what is meant for the bot; when it returns, that is safe. Raises StoreUnavailable."""
        found = [(data, update, self._read(update)) for data in updates if (update := self._parsed(data))]
        kept = [each for each in found if each[2] and not each[2].is_foreign]
        for _, update, _ in kept:
            self._remember(update)
        await self._dispatcher.accept(
            [(parsed.address.name, _inbox_update(data)) for data, _, parsed in kept if parsed]
        )
        self._metrics.arrived("taken", len(kept))
        self._metrics.arrived("ignored", len(found) - len(kept))
        for _, update, parsed in found:
            self._answer_at_once(update, parsed)

    async def finish(self, seconds: float) -> None:
        """Let what was begun come to its end, if it does so in time."""
        await finish(self._tasks, seconds)

    def _parsed(self, data: dict[str, Any]) -> Update | None:
        try:
            return parse(data, self._bot)
        except Exception as error:
            self._unreadable(error)
            return None

    def _read(self, update: Update) -> ParsedUpdate | None:
        try:
            # Only whom it is from and whether it is for us: it is read again, at its time, in its turn.
            return read(update, self._bot.bot, datetime.now(UTC))
        except Exception as error:
            self._unreadable(error)
            return None

    def _unreadable(self, error: Exception) -> None:
        self._metrics.arrived("unreadable")
        logger.error("an update could not be read: %s", describe(error))

    def _answer_at_once(self, update: Update, parsed: ParsedUpdate | None) -> None:
        """Until a tap is answered, the person's app shows it as pending."""
        if update.inline_query:
            self._start(self._inline.answer(update.inline_query))
        elif parsed and parsed.query:
            language = language_of(parsed.query.from_user)
            text = self._profile.wording(language).not_yours if parsed.is_foreign else None
            self._start(taps.answer(parsed.query, text))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _inbox_update(data: dict[str, Any]) -> InboxUpdate:
    return InboxUpdate(data["update_id"], json.dumps(data, ensure_ascii=False, separators=(",", ":")))
