"""An update of Telegram as an incoming message. Pure.

Owns which updates are meant for the bot: everything a person sends in a private chat; in a group only commands,
mentions and replies to the bot. Owns whose conversation it belongs to. Refuses service messages and what other bots
were asked.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from telegram import CallbackQuery, Chat, Message, Update, User
from telegram.constants import ChatType

from bot.messages import COMMANDS, Commanded, Content, Incoming, Language, Said, Tapped, Unreadable

# Not a command: "/und/oder", a path, an address.
_COMMAND = re.compile(r"/(?P<name>\w{1,64})(?:@(?P<bot>\w+))?(?![\w/@])\s*(?P<argument>.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the replies go: a chat, and in a forum the topic in it."""

    chat: int
    topic: int | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A message for the assistant and where its replies go."""

    address: Address
    incoming: Incoming


def read(update: Update, me: User, at: datetime) -> Arrival | None:
    """What the update asks of the bot; None if it is not meant for it."""
    if update.callback_query:
        return _tap(update.callback_query, at)
    message = update.message
    if message is None or not _is_addressed(message, me):
        return None
    content = _content(message, me)
    return _arrival(_address(message), message.chat, content, message.from_user, at) if content else None


def language_of(user: User | None) -> Language | None:
    """The language of a person's app, if it is one of ours."""
    code = ((user and user.language_code) or "").lower().partition("-")[0]
    return "de" if code == "de" else "en" if code == "en" else None


def _tap(query: CallbackQuery, at: datetime) -> Arrival:
    # Without its message (too old, or sent by way of another chat) the person's own chat is what remains.
    address, chat = Address(query.from_user.id), query.message.chat if query.message else None
    if isinstance(query.message, Message):
        address = _address(query.message)
    elif chat:
        address = Address(chat.id)
    return _arrival(address, chat, Tapped(_whole(query.data or "")), query.from_user, at)


def _arrival(address: Address, chat: Chat | None, content: Content, user: User | None, at: datetime) -> Arrival:
    return Arrival(address, Incoming(_conversation(address, chat, user), content, at, language_of(user)))


def _conversation(address: Address, chat: Chat | None, user: User | None) -> str:
    if chat is None or chat.type == ChatType.PRIVATE:
        return f"telegram:{address.chat}"
    # In a group each person has their own: what one has told must not answer what another asks.
    return f"telegram:{address.chat}:{address.topic or 0}:{user.id if user else 0}"


def _address(message: Message) -> Address:
    return Address(message.chat.id, message.message_thread_id if message.is_topic_message else None)


def _content(message: Message, me: User) -> Content | None:
    text = _without_mention(_text(message), me)
    if command := _COMMAND.match(text):
        return Commanded(COMMANDS.get(command["name"].lower(), "unknown"), command["argument"].strip())
    if text or message.text:
        return Said(text)
    return Unreadable() if message.effective_attachment or message.checklist else None


def _text(message: Message) -> str:
    return _whole(message.text or message.caption or "").strip()


def _whole(text: str) -> str:
    """The text with halves of characters replaced: JSON can carry them, nothing behind us can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_addressed(message: Message, me: User) -> bool:
    if message.chat.type == ChatType.PRIVATE:
        return True
    if message.chat.type == ChatType.CHANNEL:
        return False
    command = _COMMAND.match(_text(message))
    if command:
        return _is_our_command(command, me)
    return bool(_mention(me).search(_text(message))) or _is_reply_to(message, me)


def _is_our_command(command: re.Match[str], me: User) -> bool:
    # In a group an unknown command without a name behind it was meant for another bot.
    if command["bot"]:
        return command["bot"].lower() == (me.username or "").lower()
    return command["name"].lower() in COMMANDS


def _is_reply_to(message: Message, me: User) -> bool:
    replied = message.reply_to_message
    return bool(replied and replied.from_user and replied.from_user.id == me.id)


def _mention(me: User) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)@{re.escape(me.username or '')}(?!\w)", re.IGNORECASE)


def _without_mention(text: str, me: User) -> str:
    # A mention behind a command ("/help@bot") is part of the command.
    if _COMMAND.match(text) or not (mention := _mention(me)).search(text):
        return text
    return re.sub(r"[ \t]{2,}", " ", mention.sub(" ", text)).strip()
