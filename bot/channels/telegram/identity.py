"""What Telegram knows of the bot, looked up by and by: its name, and where its webhook leads.

Owns that both are known within a minute after somebody has changed them. Refuses to set the webhook again: whoever has
taken it away may want it so, and two bots that take it from each other would never stop.
"""

import asyncio
import logging

from telegram import Bot
from telegram.error import InvalidToken

from bot.channels.telegram.polling import REFUSED_SECONDS
from bot.channels.telegram.reasons import tell
from bot.delivery.outage import Outage

logger = logging.getLogger(__name__)

#: Mentions, links and QR codes hold the name; it is changed once in years, and then somebody watches.
REFRESH_SECONDS = 60.0


class Identity:
    """Keeps the client's knowledge of its bot up to date; `has_webhook`: updates come to one that was just set."""

    def __init__(self, bot: Bot, *, has_webhook: bool) -> None:
        self._bot = bot
        self._has_webhook = has_webhook
        #: As Telegram writes it, which may differ from what was set.
        self._own_url: str | None = None
        self._elsewhere = Outage("the updates for this bot go elsewhere", logger)
        self._unanswered = Outage("Telegram cannot be asked where the webhook leads", logger)

    async def watch(self) -> None:
        """Until cancelled. Failures change nothing; raises only if Telegram has not accepted the token for minutes, of
        which a bot with a webhook would not hear otherwise."""
        refused_seconds = 0.0
        while True:
            try:
                await self._look()
            except Exception as error:
                refused_seconds += REFRESH_SECONDS if isinstance(error, InvalidToken) else 0
                if refused_seconds >= REFUSED_SECONDS:
                    raise
                self._fail(error)
            else:
                refused_seconds = 0
                self._unanswered.ends()
            await asyncio.sleep(REFRESH_SECONDS)

    def _fail(self, error: Exception) -> None:
        # Who fetches updates hears of an outage there.
        if self._has_webhook:
            self._unanswered.begins(tell(error))

    async def _look(self) -> None:
        if self._has_webhook:
            await self._look_after_webhook()
        known = self._bot.username
        # The client remembers the answer: all that asks for the name has the new one.
        if (await self._bot.get_me()).username != known:
            logger.info("the bot has a new name: @%s", self._bot.username)

    async def _look_after_webhook(self) -> None:
        url = (await self._bot.get_webhook_info()).url
        if url and url == (self._own_url or url):
            self._own_url = url
            self._elsewhere.ends()
        else:
            reason = "somebody has set another webhook for this bot, or removed it: start anew to set it again"
            self._elsewhere.begins(reason)
