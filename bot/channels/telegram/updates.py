"""An update of Telegram as an incoming message. Pure.

Owns which updates are meant for the bot: everything a person sends in a private chat; in a group only commands,
mentions and replies to the bot, and taps on the keyboards of one's own questions. Refuses service messages, other bots
and what they were asked, and commands that somebody else gave (forwarded ones).
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Bot, CallbackQuery, InlineQuery, Message, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.channels.telegram import salvage
from bot.channels.telegram.contents import content_of, edit_of, is_said_to, whole
from bot.channels.telegram.places import (
    Address,
    address_of,
    author_of,
    conversation_of,
    is_bots,
    is_private,
    is_reply_to,
)
from bot.channels.telegram.tapped import Refusal, chat_of, place_of, refusal_of, tap_of
from bot.messages import Content, Conversation, Incoming, Language, Said, Unreadable

#: What Telegram is asked for.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")

_GONE = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


@dataclass(frozen=True, slots=True)
class ParsedUpdate:
    """What an update asks of the bot and where its replies go; without a message the person has left."""

    address: Address
    incoming: Incoming | None
    query: CallbackQuery | None = None
    refusal: Refusal = ""
    #: Telegram's name of the album that a picture belongs to.
    album: str = ""


@dataclass(frozen=True, slots=True)
class Understood:
    """What could be made of an update; `fault` is what the library, or we, stumbled over."""

    update: Update | None
    parsed: ParsedUpdate | None
    fault: Exception | None = None


def understand(data: Mapping[str, Any], bot: Bot, at: datetime) -> Understood:
    """Read an update from its JSON; of one that cannot be read whole, as much as can be. Never raises."""
    try:
        update = parse(data, bot)
        return Understood(update, read(update, bot.bot, at))
    # Whatever it is: what stands beside a question is no reason to lose the question.
    except Exception as error:
        return _salvaged(data, bot, at, error)


def read(update: Update, me: User, at: datetime) -> ParsedUpdate | None:
    """What the update asks of the bot; None if it is not meant for it."""
    if update.callback_query:
        return _tapped(update.callback_query, me, at)
    if update.my_chat_member:
        is_gone = update.my_chat_member.new_chat_member.status in _GONE
        return ParsedUpdate(Address(update.my_chat_member.chat.id), None) if is_gone else None
    message = update.message or update.edited_message
    if message is None or not _is_addressed(message, me):
        return None
    content = edit_of(message, me) if update.edited_message else content_of(message, me)
    return _written(message, content, me, at) if content else None


def is_numbered(data: object) -> bool:
    """Whether this can be an update that is told from others: what every store can count."""
    number = data.get("update_id") if isinstance(data, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63


def parse(data: Any, bot: Bot) -> Update:
    """An update from its JSON. Raises if it is none."""
    return Update.de_json(data, bot)


def language_of(user: User | None) -> Language | None:
    """The language of a person's app, if it is one of ours."""
    return _language((user and user.language_code) or "")


def inline_text(query: InlineQuery) -> str:
    """What was typed behind the bot's name."""
    return whole(query.query).strip()


def _language(code: str) -> Language | None:
    primary = code.lower().partition("-")[0]
    return "de" if primary == "de" else "en" if primary == "en" else None


def _salvaged(data: Mapping[str, Any], bot: Bot, at: datetime, fault: Exception) -> Understood:
    seen: Update | None = None
    for version in salvage.versions(data, bot):
        # The next version has less that could be wrong.
        with suppress(Exception):
            update = parse(version, bot)
            parsed = read(update, bot.bot, at)
            if parsed or update.inline_query:
                return Understood(update, parsed, fault)
            seen = update
    lost = _lost(data, at)
    return Understood(None if lost else seen, lost, fault)


def _lost(data: Mapping[str, Any], at: datetime) -> ParsedUpdate | None:
    """A message of which nothing could be read: in their own chat a person is told so."""
    if (sender := salvage.sender(data)) is None:
        return None
    address = Address(sender[0])
    return ParsedUpdate(address, Incoming(Conversation(address.name), Unreadable("damaged"), at, _language(sender[1])))


def _written(message: Message, content: Content, me: User, at: datetime) -> ParsedUpdate:
    address = address_of(message)
    conversation = conversation_of(address, message.chat, author_of(message))
    # Several people may write in the name of one chat: what one of them told is not what the next one asks about.
    is_anyones = message.sender_chat is not None and conversation.is_group and not is_reply_to(message, me)
    incoming = Incoming(
        conversation,
        content,
        at,
        language_of(message.from_user),
        begins_anew=is_anyones,
        sent_at=message.date,
        may_go_on=_is_plain(message, content) and not is_anyones,
    )
    return ParsedUpdate(address, incoming, album=str(message.media_group_id or ""))


def _is_plain(message: Message, content: Content) -> bool:
    """Whether it is text alone, of the person's own and as it was first written."""
    is_own = isinstance(content, Said) and not content.is_edit and not content.is_forwarded
    return is_own and message.text is not None


def _tapped(query: CallbackQuery, me: User, at: datetime) -> ParsedUpdate | None:
    if query.from_user.is_bot is True:
        return None
    address = place_of(query)
    conversation = conversation_of(address, chat_of(query), query.from_user.id)
    incoming = Incoming(conversation, tap_of(query, me), at, language_of(query.from_user))
    return ParsedUpdate(address, incoming, query, refusal_of(query))


def _is_addressed(message: Message, me: User) -> bool:
    # Two bots that answer each other would never stop.
    if is_bots(message) or message.chat.type == ChatType.CHANNEL:
        return False
    if message.via_bot is not None and message.via_bot.id == me.id:
        # A card of our own, which somebody has chosen.
        return False
    return is_private(message.chat) or is_said_to(message, me)
