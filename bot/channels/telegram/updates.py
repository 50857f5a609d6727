"""An update of Telegram as an incoming message. Pure.

Owns which updates are meant for the bot: everything a person sends in a private chat; in a group only commands,
mentions and replies to the bot, and taps on the keyboards of one's own questions. Owns whose conversation it belongs
to. Refuses service messages and what other bots were asked.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from telegram import Bot, CallbackQuery, Chat, InlineQuery, Message, MessageEntity, Update, User
from telegram.constants import ChatMemberStatus, ChatType

from bot.messages import (
    COMMANDS,
    Commanded,
    Content,
    Conversation,
    Incoming,
    Language,
    Said,
    Tapped,
    Unreadable,
    UnreadableKind,
)

#: What Telegram is asked for.
ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")

# Not a command: "/und/oder", a path, an address.
_COMMAND = re.compile(r"/(?P<name>\w{1,64})(?:@(?P<bot>\w+))?(?![\w/@])\s*(?P<argument>.*)", re.DOTALL)
_KINDS: tuple[tuple[str, UnreadableKind], ...] = (
    ("photo", "photo"),
    ("video", "video"),
    ("animation", "video"),
    ("video_note", "video"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("location", "location"),
    ("venue", "location"),
    ("contact", "contact"),
    ("sticker", "sticker"),
    ("document", "document"),
)
_GONE = (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)


@dataclass(frozen=True, slots=True)
class Address:
    """Where the replies go: a chat, in a forum the topic in it, and the message that they answer."""

    chat: int
    topic: int | None = None
    question: int | None = None
    is_group: bool = False

    @property
    def name(self) -> str:
        """The chat's name for the store."""
        return f"telegram:{self.chat}"


@dataclass(frozen=True, slots=True)
class ParsedUpdate:
    """What an update asks of the bot and where its replies go; without a message the person has left."""

    address: Address
    incoming: Incoming | None
    query: CallbackQuery | None = None
    #: A tap on a keyboard that belongs to somebody else's question.
    is_foreign: bool = False


def read(update: Update, me: User, at: datetime) -> ParsedUpdate | None:
    """What the update asks of the bot; None if it is not meant for it."""
    if update.callback_query:
        return _tap(update.callback_query, me, at)
    if update.my_chat_member:
        is_gone = update.my_chat_member.new_chat_member.status in _GONE
        return ParsedUpdate(Address(update.my_chat_member.chat.id), None) if is_gone else None
    message = update.message or update.edited_message
    if message is None or not _is_addressed(message, me):
        return None
    content = _edit(message, me) if update.edited_message else _content(message, me)
    if content is None:
        return None
    address = _address(message)
    conversation = _conversation(address, message.chat, _author(message))
    return ParsedUpdate(address, Incoming(conversation, content, at, language_of(message.from_user)))


def is_numbered(data: object) -> bool:
    """Whether this can be an update that is told from others: what every store can count."""
    number = data.get("update_id") if isinstance(data, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63


def parse(data: Any, bot: Bot) -> Update | None:
    """An update from its JSON. Raises if it is none."""
    return Update.de_json(data, bot)


def language_of(user: User | None) -> Language | None:
    """The language of a person's app, if it is one of ours."""
    code = ((user and user.language_code) or "").lower().partition("-")[0]
    return "de" if code == "de" else "en" if code == "en" else None


def inline_text(query: InlineQuery) -> str:
    """What was typed behind the bot's name."""
    return _whole(query.query).strip()


def _tap(query: CallbackQuery, me: User, at: datetime) -> ParsedUpdate:
    # Without its message (too old, or sent by way of another chat) the person's own chat is what remains.
    address, chat = Address(query.from_user.id), query.message.chat if query.message else None
    tapped = Tapped(_whole(query.data or ""))
    if isinstance(query.message, Message):
        address, shown = _tapped_address(query.message), str(query.message.message_id)
        tapped = Tapped(tapped.code, _question(query.message, me), _quoted(query.message), shown)
    elif chat:
        address = Address(chat.id)
    conversation = _conversation(address, chat, query.from_user.id)
    incoming = Incoming(conversation, tapped, at, language_of(query.from_user))
    return ParsedUpdate(address, incoming, query, _is_foreign(query))


def _tapped_address(message: Message) -> Address:
    question = message.reply_to_message.message_id if message.reply_to_message else None
    topic = message.message_thread_id if message.is_topic_message else None
    return Address(message.chat.id, topic, question, message.chat.type != ChatType.PRIVATE)


def _question(message: Message, me: User) -> str:
    """The message that the tapped one answers, as long as the person has not deleted it."""
    asked = message.reply_to_message
    is_ours = asked is None or (asked.from_user is not None and asked.from_user.id == me.id)
    return "" if asked is None or is_ours else _without_mention(_text(asked), me)


def _quoted(message: Message) -> str:
    quotes = message.parse_entities([MessageEntity.BLOCKQUOTE])
    return _whole(next(iter(quotes.values()), ""))


def _is_foreign(query: CallbackQuery) -> bool:
    message = query.message
    if not isinstance(message, Message) or message.chat.type == ChatType.PRIVATE:
        return False
    asked = message.reply_to_message
    # Where the question is gone, or its asker is anonymous, the tap begins a conversation of whoever taps.
    if asked is None or asked.sender_chat is not None or asked.from_user is None:
        return False
    return asked.from_user.id != query.from_user.id


def _author(message: Message) -> int:
    """Who has written it. All who write in the name of a chat have one and the same user number."""
    if message.sender_chat is not None:
        return message.sender_chat.id
    return message.from_user.id if message.from_user else 0


def _conversation(address: Address, chat: Chat | None, person: int) -> Conversation:
    if chat is None or chat.type == ChatType.PRIVATE:
        return Conversation(address.name)
    # In a group each person has their own: what one has told must not answer what another asks. A person's private chat
    # has the person's number, so that what is held of them is found from there.
    own = f"{address.name}:{address.topic or 0}:{person}"
    return Conversation(own, address.name, f"telegram:{person}", is_group=True)


def _address(message: Message) -> Address:
    topic = message.message_thread_id if message.is_topic_message else None
    return Address(message.chat.id, topic, message.message_id, message.chat.type != ChatType.PRIVATE)


def _edit(message: Message, me: User) -> Content | None:
    """A question that was changed; a command or a location that was is no question."""
    content = _content(message, me)
    return Said(content.text, is_edit=True) if isinstance(content, Said) else None


def _content(message: Message, me: User) -> Content | None:
    text = _without_mention(_text(message), me)
    if command := _COMMAND.match(text):
        return Commanded(COMMANDS.get(command["name"].lower(), "unknown"), command["argument"].strip())
    if text or message.text:
        return Said(text)
    return Unreadable(_kind(message)) if message.effective_attachment or message.checklist else None


def _kind(message: Message) -> UnreadableKind:
    return next((kind for name, kind in _KINDS if getattr(message, name)), "other")


def _text(message: Message) -> str:
    return _whole(message.text or message.caption or "").strip()


def _whole(text: str) -> str:
    """The text with halves of characters replaced: JSON can carry them, nothing behind us can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_addressed(message: Message, me: User) -> bool:
    if message.via_bot is not None and message.via_bot.id == me.id:
        # A card of our own, which somebody has chosen.
        return False
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
