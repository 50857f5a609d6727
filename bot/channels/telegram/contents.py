"""What a message says: its words, a command, or a kind of thing that is no text. Pure.

Owns whether it says it to the bot, and what stands for the words: a caption, or the text that a bare mention points at.
Refuses commands that somebody else gave (forwarded ones).
"""

import re
from dataclasses import replace

from telegram import Message, User

from bot.channels.telegram.places import is_reply_to, replied_to
from bot.messages import COMMANDS, Commanded, Content, Said, Unreadable, UnreadableKind

# Not a command: "/und/oder", a path, an address.
_COMMAND = re.compile(r"/(?P<name>\w{1,64})(?:@(?P<bot>\w+))?(?![\w/@])\s*(?P<argument>.*)", re.DOTALL)
_WORD = re.compile(r"\w")
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


def is_said_to(message: Message, me: User) -> bool:
    """Whether a message in a group is meant for the bot: a command, a mention, or a reply to it."""
    if command := _COMMAND.match(text_of(message)):
        return message.forward_origin is None and _is_our_command(command, me)
    return bool(_mention(me).search(text_of(message))) or is_reply_to(message, me)


def edit_of(message: Message, me: User) -> Content | None:
    """A question that was changed; a command or a location that was is no question. Without the date of a change it is
    Telegram's own doing: a preview of a link, a place that moves."""
    content = content_of(message, me) if message.edit_date else None
    return replace(content, is_edit=True) if isinstance(content, Said) else None


def content_of(message: Message, me: User) -> Content | None:
    """What a person says with it; None if Telegram itself tells what has happened."""
    written, is_forwarded = text_of(message), message.forward_origin is not None
    number = str(message.message_id)
    text = without_mention(written, me)
    if command := _COMMAND.match(text):
        if is_forwarded:
            # Somebody else gave it, perhaps in another chat: "/vergiss" must not be passed on and obeyed.
            return Unreadable("forwarded_command")
        return Commanded(COMMANDS.get(command["name"].lower(), "unknown"), command["argument"].strip())
    if text != written and not _WORD.search(text) and (asked := _pointed_at(message, me)):
        return Said(asked, is_forwarded=True, number=number)
    if text or message.text:
        return Said(text, is_forwarded=is_forwarded, number=number)
    return Unreadable(_kind(message)) if message.effective_attachment or message.checklist else None


def _pointed_at(message: Message, me: User) -> str:
    """What somebody else wrote, or the part that is quoted of it, where the mention alone says nothing: "@bot ?". It is
    read only because the person asks for it."""
    if is_reply_to(message, me):
        return ""
    replied = replied_to(message)
    text = whole(message.quote.text).strip() if message.quote else text_of(replied) if replied else ""
    return without_mention(text, me)


def _kind(message: Message) -> UnreadableKind:
    return next((kind for name, kind in _KINDS if getattr(message, name)), "other")


def question_of(message: Message, me: User) -> str:
    """The question in a message; "@bot ?" has none, it only points at one."""
    text = without_mention(text_of(message), me)
    return text if _WORD.search(text) else ""


def text_of(message: Message) -> str:
    """The words of a message, also those below a picture."""
    return whole(message.text or message.caption or "").strip()


def whole(text: str) -> str:
    """The text with halves of characters replaced: JSON can carry them, nothing behind us can."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _is_our_command(command: re.Match[str], me: User) -> bool:
    # In a group an unknown command without a name behind it was meant for another bot.
    if command["bot"]:
        return command["bot"].lower() == (me.username or "").lower()
    return command["name"].lower() in COMMANDS


def _mention(me: User) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)@{re.escape(me.username or '')}(?!\w)", re.IGNORECASE)


def without_mention(text: str, me: User) -> str:
    """The text without the bot's name."""
    # A mention behind a command ("/help@bot") is part of the command.
    if _COMMAND.match(text) or not (mention := _mention(me)).search(text):
        return text
    return re.sub(r"[ \t]{2,}", " ", mention.sub(" ", text)).strip()
