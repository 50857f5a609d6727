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
from bot.channels.telegram.updates import Arrival, language_of, parse, read
from bot.channels.telegram.wire import TelegramWire
from bot.delivery import Dispatcher, Metrics
from bot.faults import describe
from bot.sessions.store import Letter

logger = logging.getLogger(__name__)


class Intake:
    """Takes updates as Telegram's JSON."""

    def __init__(
        self, wire: TelegramWire, dispatcher: Dispatcher, inline: InlineAnswers, profile: Profile, metrics: Metrics
    ) -> None:
        self._bot = wire.bot
        self._remember = wire.remember
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
        await self._dispatcher.accept([(arrival.address.name, _letter(data)) for data, _, arrival in kept if arrival])
        self._metrics.arrived("taken", len(kept))
        self._metrics.arrived("ignored", len(found) - len(kept))
        for _, update, arrival in found:
            self._answer_at_once(update, arrival)

    async def finish(self, seconds: float) -> None:
        """Let what was begun come to its end, if it does so in time."""
        await finish(self._tasks, seconds)

    def _parsed(self, data: dict[str, Any]) -> Update | None:
        try:
            return parse(data, self._bot)
        except Exception as error:
            self._unreadable(error)
            return None

    def _read(self, update: Update) -> Arrival | None:
        try:
            # Only whom it is from and whether it is for us: it is read again, at its time, in its turn.
            return read(update, self._bot.bot, datetime.now(UTC))
        except Exception as error:
            self._unreadable(error)
            return None

    def _unreadable(self, error: Exception) -> None:
        self._metrics.arrived("unreadable")
        logger.error("an update could not be read: %s", describe(error))

    def _answer_at_once(self, update: Update, arrival: Arrival | None) -> None:
        """Until a tap is answered, the person's app shows it as pending."""
        if update.inline_query:
            self._start(self._inline.answer(update.inline_query))
        elif arrival and arrival.query:
            language = language_of(arrival.query.from_user)
            text = self._profile.wording(language).not_yours if arrival.is_foreign else None
            self._start(taps.answer(arrival.query, text))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _letter(data: dict[str, Any]) -> Letter:
    return Letter(data["update_id"], json.dumps(data, ensure_ascii=False, separators=(",", ":")))
