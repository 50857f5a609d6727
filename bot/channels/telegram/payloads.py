"""The payload of an outbox message: a message to send as text that can wait, and back.

Owns what of a message is decided when its turn ends: its address, its words, its buttons, which message it changes.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from urllib.parse import quote

from bot.channels.telegram.keyboards import is_copied
from bot.channels.telegram.places import Address
from bot.channels.telegram.rendering import Outgoing
from bot.messages import Attachment, Choice

Button: TypeAlias = dict[str, str | dict[str, str]]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is sent; `question` is the message that it is shown to answer. One that `changes` another is
    shown in its place, and what stands `instead` is sent where that cannot be."""

    chat: int
    html: str
    plain: str
    topic: int | None = None
    question: int | None = None
    keyboard: Sequence[Sequence[Button]] = ()
    attachment: Attachment | None = None
    changes: int | None = None
    instead: "Message | None" = None


def pack(address: Address, outgoing: Outgoing, username: str) -> str:
    """The payload of the outbox message that carries the message to its address."""
    return json.dumps(_stored(_message(address, outgoing, username)), ensure_ascii=False, separators=(",", ":"))


def unpack(body: str) -> Message:
    """The message of a payload that we have packed, or an earlier version of us."""
    return _restored(json.loads(body))


def _message(address: Address, outgoing: Outgoing, username: str) -> Message:
    # In a group the answer must be seen to belong to a question, and its buttons to who asked.
    question = address.question if outgoing.refers or address.is_group else None
    keyboard = [[_button(choice, username) for choice in row] for row in outgoing.keyboard]
    message = Message(
        address.chat, outgoing.html, outgoing.plain, address.topic, question, keyboard, outgoing.attachment
    )
    if not outgoing.is_change:
        return message
    instead = _message(address, outgoing.instead, username) if outgoing.instead else None
    return replace(message, changes=address.shown, instead=instead)


def _stored(message: Message) -> dict[str, Any]:
    # Not `asdict`, which copies all there is. What is newer than the rest is left out where there is none: while the
    # bot is updated, an earlier version of it may deliver this message.
    stored = {name: getattr(message, name) for name in Message.__slots__ if name not in ("changes", "instead")}
    stored["attachment"] = message.attachment and [message.attachment.name, message.attachment.text]
    if message.changes is not None:
        stored["changes"] = message.changes
        stored["instead"] = message.instead and _stored(message.instead)
    return stored


def _restored(stored: dict[str, Any]) -> Message:
    attachment, instead = stored.pop("attachment"), stored.pop("instead", None)
    return Message(
        **stored,
        attachment=Attachment(*attachment) if attachment else None,
        instead=_restored(instead) if instead else None,
    )


def link(username: str, parameter: str) -> str:
    """The address that opens the bot with a start parameter."""
    return f"https://t.me/{username}?start={quote(parameter, safe='')}"


def _button(choice: Choice, username: str) -> Button:
    if is_copied(choice):
        return {"text": choice.label, "copy_text": {"text": choice.copies}}
    if choice.kind in ("press", "copy"):
        return {"text": choice.label, "callback_data": choice.code}
    opened = link(username, choice.code)
    url = opened if choice.kind == "open" else f"https://t.me/share/url?url={quote(opened, safe='')}"
    return {"text": choice.label, "url": url}
