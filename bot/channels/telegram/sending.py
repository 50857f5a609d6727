"""Delivers messages to a chat.

Owns what to do when Telegram refuses or fails. Refuses to raise: whether a message arrived is its result, and a chat
that cannot be reached is no one else's problem.
"""

import logging

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.channels.telegram.patience import Patience, Pause, insist
from bot.channels.telegram.privacy import describe
from bot.channels.telegram.rendering import Keyboard, Outgoing
from bot.channels.telegram.updates import Address

logger = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Sender:
    """Sends with patience; who waits is the chat's own turn, never another chat's."""

    def __init__(self, bot: Bot, pause: Pause, patience: Patience | None = None) -> None:
        self._bot = bot
        self._pause = pause
        self._patience = patience or Patience()

    async def deliver(self, address: Address, message: Outgoing) -> bool:
        """Whether Telegram took the message."""
        try:
            await self._send_readable(address, message)
        except Forbidden:
            logger.info("not delivered: the person has blocked the bot or the bot has left the chat")
            return False
        except TelegramError as error:
            logger.warning("not delivered: %s", describe(error))
            return False
        return True

    async def _send_readable(self, address: Address, message: Outgoing) -> None:
        try:
            await self._send(address, message.html, message.keyboard, ParseMode.HTML)
        except BadRequest as error:
            # Plain and late is better than a person left without an answer.
            logger.warning("sent once more without markup: %s", describe(error))
            await self._send(address, message.plain, message.keyboard, None)

    async def _send(self, address: Address, text: str, keyboard: Keyboard, parse_mode: str | None) -> None:
        await insist(
            lambda: self._bot.send_message(
                address.chat,
                text,
                parse_mode=parse_mode,
                reply_markup=_inline(keyboard),
                link_preview_options=_NO_PREVIEW,
                message_thread_id=address.topic,
            ),
            self._patience,
            self._pause,
        )


def _inline(keyboard: Keyboard) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(choice.label, callback_data=choice.code) for choice in row] for row in keyboard]
    return InlineKeyboardMarkup(rows) if rows else None
