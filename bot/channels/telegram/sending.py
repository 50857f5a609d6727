"""Delivers outbox messages to Telegram, one attempt at a time.

Owns what Telegram's answer to an attempt means, also to one that changes a message: that may be repeated, for what
stands there already is done. Refuses to wait and to raise: when to try again is the dispatcher's.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from telegram import Bot, InputFile, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError

from bot.channels.telegram.pacing import GroupPace
from bot.channels.telegram.payloads import Message, unpack
from bot.channels.telegram.reasons import UNCHANGED, Part, name, reason_of, tell
from bot.channels.telegram.reducing import reduction, without
from bot.channels.telegram.retrying import demanded_seconds
from bot.delivery import Delivery
from bot.faults import describe
from bot.messages import Attachment

logger = logging.getLogger(__name__)

#: So many messages are on their way at once; the other connections are left for polling and taps.
MOST_SENDING = 12
#: How long Telegram may take to say that it has a message. To ask again sooner would send it twice.
ANSWER_SECONDS = 30.0
#: So often a message is sent that Telegram refuses for one part of it after the other.
_MOST_ATTEMPTS = 6
_SENT = Delivery("sent")


class Sender:
    """Sends; a group no faster than Telegram allows."""

    def __init__(self, bot: Bot, pace: GroupPace | None = None) -> None:
        self._bot = bot
        self._pace = pace or GroupPace()
        self._slots = asyncio.Semaphore(MOST_SENDING)

    async def deliver(self, body: str, check: Callable[[], None] = lambda: None) -> Delivery:
        """Try once to deliver a message; `check` is asked when a slot is free, and what it raises is raised."""
        try:
            message = unpack(body)
        # Of an earlier version, perhaps: it would be as unreadable the next time.
        except Exception as error:
            return Delivery("refused", reason=describe(error), cause=name(error))
        wait_seconds = self._pace.wait_seconds(message.chat)
        if wait_seconds:
            return Delivery("later", wait_seconds)
        async with self._slots:
            check()
            delivery = await _outcome(lambda: self._send_anyhow(message))
        if delivery.outcome == "sent":
            self._pace.count(message.chat)
        return delivery

    async def _send_anyhow(self, message: Message) -> None:
        """Send it, and if Telegram refuses it, again without what is at fault. Raises what the last attempt raised."""
        for _ in range(_MOST_ATTEMPTS - 1):
            try:
                return await self._send(message)
            except ChatMigrated as moved:
                # A group has become a supergroup and has a new number.
                message = replace(message, chat=moved.new_chat_id)
            except BadRequest as error:
                part = reduction(message, error.message)
                if part is None:
                    raise
                # Less and late is better than a person left without an answer.
                _tell_reduced(part, error)
                message = without(message, part)
        await self._send(message)
        return None

    async def _send(self, message: Message) -> None:
        if message.attachment is not None:
            await self._send_file(message, message.attachment)
        elif message.changes is not None:
            await self._change(message)
        elif message.plain:
            await self._call("sendmessage", message, message_thread_id=message.topic, reply_parameters=_reply(message))
        # Else what cannot be changed is the folding of a message: nothing is told by that.

    async def _change(self, message: Message) -> None:
        try:
            await self._call("editmessagetext", message, message_id=message.changes)
        except BadRequest as error:
            if reason_of(error.message) is not UNCHANGED:
                raise

    async def _call(self, method: str, message: Message, **more: Any) -> None:
        parameters = {
            "chat_id": message.chat,
            "text": message.html or message.plain,
            "parse_mode": ParseMode.HTML if message.html else None,
            "reply_markup": {"inline_keyboard": message.keyboard} if message.keyboard else None,
            "link_preview_options": {"is_disabled": True},
            **more,
        }
        given = {name: value for name, value in parameters.items() if value is not None}
        # In lower case, as Telegram allows: under its usual name the library insists on its own method, which makes
        # objects of the keyboard and of the message that comes back; nobody looks at either.
        await self._bot.do_api_request(method, api_kwargs=given, read_timeout=ANSWER_SECONDS)

    async def _send_file(self, message: Message, attachment: Attachment) -> None:
        reply = ReplyParameters(message.question, allow_sending_without_reply=True) if message.question else None
        file = InputFile(attachment.text.encode(), attachment.name)
        await self._bot.send_document(
            message.chat, file, message_thread_id=message.topic, reply_parameters=reply, read_timeout=ANSWER_SECONDS
        )


def _tell_reduced(part: Part, error: BadRequest) -> None:
    # A message whose place is to be taken may be deleted: that is nobody's fault.
    level = logging.INFO if part == "place" else logging.WARNING
    logger.log(level, "a message is sent once more without its %s: %s", part, tell(error))


def _reply(message: Message) -> dict[str, object] | None:
    # The person may have deleted their question meanwhile.
    return {"message_id": message.question, "allow_sending_without_reply": True} if message.question else None


async def _outcome(call: Callable[[], Awaitable[None]]) -> Delivery:
    try:
        await call()
    except Forbidden as error:
        return Delivery("blocked", cause=name(error))
    except TelegramError as error:
        return _failed(error)
    # Not only the library's errors: what a broken proxy sends in place of an answer raises others.
    except Exception as error:
        return Delivery("later", reason=describe(error), cause=name(error))
    return _SENT


def _failed(error: TelegramError) -> Delivery:
    if isinstance(error, BadRequest):
        # Asking again would be refused again.
        return Delivery("refused", reason=tell(error), cause=name(error))
    # Also what is wrong with the bot and not with the message, such as its token: that may be mended.
    return Delivery("later", demanded_seconds(error), tell(error), name(error))
