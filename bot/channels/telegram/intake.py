"""What happens when updates come in, by polling or by webhook: what is meant for the bot is kept before Telegram hears
that it has arrived; taps and inline queries are answered at once.

Of an update that cannot be read whole, what can be read is answered; what nobody could read is let go: it would be as
unreadable the next time.
"""

import asyncio
import json
import logging
from collections.abc import Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.background import finish
from bot.channels.telegram import taps
from bot.channels.telegram.inline import InlineAnswers
from bot.channels.telegram.repeats import Repeats
from bot.channels.telegram.transport import TelegramTransport
from bot.channels.telegram.updates import Understood, language_of, understand
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
        metrics: Metrics,
        repeats: Repeats,
    ) -> None:
        self._bot = transport.bot
        self._remember = transport.remember
        self._dispatcher = dispatcher
        self._inline = inline
        self._profile = transport.profile
        self._metrics = metrics
        self._repeats = repeats
        self._tasks: set[asyncio.Task[None]] = set()

    async def accept(self, updates: Sequence[dict[str, Any]]) -> None:
        """Keep what is meant for the bot; when it returns, that is safe. Raises StoreUnavailable."""
        # Only whom it is from and whether it is for us: it is read again, at its time, in its turn.
        found = [(data, understand(data, self._bot, datetime.now(UTC))) for data in updates]
        wanted = [(data["update_id"], each.parsed) for data, each in found if each.parsed and not each.parsed.refusal]
        numbers = {number for number, _ in wanted} - self._repeats.among(wanted)
        kept = [(data, each) for data, each in found if data["update_id"] in numbers]
        for _, each in kept:
            if each.update and not each.fault:
                self._remember(each.update)
        await self._dispatcher.accept(
            [(each.parsed.address.name, _inbox_update(data)) for data, each in kept if each.parsed]
        )
        self._count([each for _, each in found], [each for _, each in kept])
        for _, each in found:
            self._answer_at_once(each)

    async def finish(self, seconds: float) -> None:
        """Let what was begun come to its end, if it does so in time."""
        await finish(self._tasks, seconds)

    def _count(self, found: Sequence[Understood], kept: Sequence[Understood]) -> None:
        for each in found:
            if each.update is None:
                self._metrics.arrived("unreadable")
                logger.error("an update could not be read: %s", describe(each.fault) if each.fault else "it is empty")
            elif each.fault:
                logger.info("a part of an update could not be read: %s", describe(each.fault))
        readable = [each for each in found if each.update is not None]
        taken = [each for each in kept if each.update is not None]
        self._metrics.arrived("taken", len(taken))
        self._metrics.arrived("ignored", len(readable) - len(taken))

    def _answer_at_once(self, understood: Understood) -> None:
        """Until a tap is answered, the person's app shows it as pending."""
        if understood.update and understood.update.inline_query:
            self._start(self._inline.answer(understood.update.inline_query))
        elif (parsed := understood.parsed) and parsed.query:
            wording = self._profile.wording(language_of(parsed.query.from_user))
            texts = {"": None, "not_yours": wording.not_yours, "too_old": wording.too_old}
            self._start(taps.answer(parsed.query, texts[parsed.refusal]))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _inbox_update(data: dict[str, Any]) -> InboxUpdate:
    return InboxUpdate(data["update_id"], json.dumps(data, ensure_ascii=False, separators=(",", ":")))
