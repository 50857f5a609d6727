"""A pressed button as an incoming message. Pure.

Owns whose button it is: in a group the asker's. Refuses what nobody can tell the owner of, and to take a text from
whoever has not asked it.
"""

from typing import Literal, TypeAlias

from telegram import CallbackQuery, Chat, Message, MessageEntity, User

from bot.channels.telegram.contents import question_of, whole
from bot.channels.telegram.places import Address, is_private, replied_to, tapped_address
from bot.messages import Tapped

#: Why a tap is not taken: the keyboard is under somebody else's question, or nobody can tell whose it is any more.
Refusal: TypeAlias = Literal["", "not_yours", "too_old"]


def chat_of(query: CallbackQuery) -> Chat | None:
    """Where the button was pressed; None for a message that was sent by way of another chat."""
    return query.message.chat if query.message else None


def place_of(query: CallbackQuery) -> Address:
    """Where the tap is answered; without its message the person's own chat is what remains."""
    if message := _message(query):
        return tapped_address(message)
    chat = chat_of(query)
    return Address(chat.id, is_group=not is_private(chat)) if chat else Address(query.from_user.id)


def refusal_of(query: CallbackQuery) -> Refusal:
    """Why the tap is not taken; empty if it is."""
    chat, message = chat_of(query), _message(query)
    if chat is None or is_private(chat):
        return ""
    if message is None:
        # It may have been anybody's: the person is told to ask, rather than go on with what another was asked.
        return "too_old"
    owner = _asker(message)
    # Where the question is gone, or its asker is anonymous, the tap begins a conversation of whoever taps.
    return "not_yours" if owner is not None and owner != query.from_user.id else ""


def tap_of(query: CallbackQuery, me: User) -> Tapped:
    """The code, and what its message shows."""
    code, message = whole(query.data or ""), _message(query)
    if message is None:
        return Tapped(code)
    asked, shown = replied_to(message), str(message.message_id)
    if not is_private(message.chat) and _asker(message) != query.from_user.id:
        # Nobody gives away what another has asked.
        return Tapped(code, shown=shown)
    is_ours = asked is None or (asked.from_user is not None and asked.from_user.id == me.id)
    question = "" if asked is None or is_ours else question_of(asked, me)
    return Tapped(code, question, _quoted(message), shown, asked is not None and asked.forward_origin is not None)


def _message(query: CallbackQuery) -> Message | None:
    """The tapped message, if Telegram still has it: else it only gives the first date there is."""
    message = query.message
    return message if isinstance(message, Message) and message.date.timestamp() > 0 else None


def _asker(message: Message) -> int | None:
    """The person whose question the message answers, if one can be told."""
    asked = replied_to(message)
    return asked.from_user.id if asked and asked.from_user and asked.sender_chat is None else None


def _quoted(message: Message) -> str:
    quotes = message.parse_entities([MessageEntity.BLOCKQUOTE])
    return whole(next(iter(quotes.values()), ""))
