"""Delivers parcels to Telegram, one attempt at a time.

Owns what Telegram's answer to an attempt means. Refuses to wait and to raise: when to try again is the dispatcher's.
"""

import logging
from collections.abc import Awaitable, Callable

from telegram import Bot, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError

from bot.channels.telegram.pacing import GroupPace
from bot.channels.telegram.parcels import Message, unpack
from bot.channels.telegram.patience import demanded_seconds
from bot.delivery import Delivery
from bot.faults import describe

logger = logging.getLogger(__name__)

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SENT = Delivery("sent")


class Sender:
    """Sends; a group no faster than Telegram allows."""

    def __init__(self, bot: Bot, pace: GroupPace | None = None) -> None:
        self._bot = bot
        self._pace = pace or GroupPace()

    async def deliver(self, body: str) -> Delivery:
        """Try once to deliver a parcel."""
        message = unpack(body)
        wait_seconds = self._pace.wait_seconds(message.chat)
        if wait_seconds:
            return Delivery("later", wait_seconds)
        delivery = await _outcome(lambda: self._send_readable(message))
        if delivery.outcome == "sent":
            self._pace.count(message.chat)
        return delivery

    async def _send_readable(self, message: Message) -> None:
        try:
            await self._send(message, message.chat, message.html, ParseMode.HTML)
        except ChatMigrated as moved:
            # A group has become a supergroup and has a new number.
            await self._send(message, moved.new_chat_id, message.html, ParseMode.HTML)
        except BadRequest as error:
            # Plain and late is better than a person left without an answer.
            logger.warning("sent once more without markup: %s", describe(error))
            await self._send(message, message.chat, message.plain, None)

    async def _send(self, message: Message, chat: int, text: str, parse_mode: str | None) -> None:
        reply = ReplyParameters(message.question, allow_sending_without_reply=True) if message.question else None
        keyboard = _keyboard(message)
        if message.attachment is not None:
            file = InputFile(message.attachment.text.encode(), message.attachment.name)
            await self._bot.send_document(chat, file, message_thread_id=message.topic, reply_parameters=reply)
        else:
            await self._bot.send_message(
                chat,
                text,
                parse_mode=parse_mode,
                reply_markup=keyboard,
                link_preview_options=_NO_PREVIEW,
                message_thread_id=message.topic,
                reply_parameters=reply,
            )


async def _outcome(call: Callable[[], Awaitable[None]]) -> Delivery:
    try:
        await call()
    except Forbidden:
        return Delivery("blocked")
    except TelegramError as error:
        return _failed(error)
    # Not only the library's errors: what a broken proxy sends in place of an answer raises others.
    except Exception as error:
        return Delivery("later", reason=describe(error))
    return _SENT


def _failed(error: TelegramError) -> Delivery:
    demanded = demanded_seconds(error)
    if demanded is not None:
        return Delivery("later", demanded, describe(error))
    # The library counts a refused request among the network errors; asking again would be refused again.
    is_refused = isinstance(error, BadRequest) or not isinstance(error, NetworkError)
    return Delivery("refused" if is_refused else "later", reason=describe(error))


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    return InlineKeyboardMarkup.de_json({"inline_keyboard": message.keyboard}) if message.keyboard else None
