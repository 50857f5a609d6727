"""The payload of an outbox message: a message to send as text that can wait, and back.

Owns what of a message is decided when its turn ends: its address, its words, its buttons.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from bot.channels.telegram.places import Address
from bot.channels.telegram.rendering import Outgoing
from bot.messages import Attachment, Choice

Button = dict[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """One message as it is sent; `question` is the message that it is shown to answer."""

    chat: int
    html: str
    plain: str
    topic: int | None = None
    question: int | None = None
    keyboard: Sequence[Sequence[Button]] = ()
    attachment: Attachment | None = None


def pack(address: Address, outgoing: Outgoing, username: str) -> str:
    """The payload of the outbox message that carries the message to its address."""
    # In a group the answer must be seen to belong to a question, and its buttons to who asked.
    question = address.question if outgoing.refers or address.is_group else None
    keyboard = [[_button(choice, username) for choice in row] for row in outgoing.keyboard]
    message = Message(
        address.chat, outgoing.html, outgoing.plain, address.topic, question, keyboard, outgoing.attachment
    )
    # Not `asdict`, which copies all there is.
    stored = {name: getattr(message, name) for name in Message.__slots__}
    stored["attachment"] = outgoing.attachment and [outgoing.attachment.name, outgoing.attachment.text]
    return json.dumps(stored, ensure_ascii=False, separators=(",", ":"))


def unpack(body: str) -> Message:
    """The message of a payload that we have packed."""
    stored = json.loads(body)
    attachment = stored.pop("attachment")
    return Message(**stored, attachment=Attachment(*attachment) if attachment else None)


def link(username: str, parameter: str) -> str:
    """The address that opens the bot with a start parameter."""
    return f"https://t.me/{username}?start={quote(parameter, safe='')}"


def _button(choice: Choice, username: str) -> Button:
    if choice.kind == "press":
        return {"text": choice.label, "callback_data": choice.code}
    opened = link(username, choice.code)
    url = opened if choice.kind == "open" else f"https://t.me/share/url?url={quote(opened, safe='')}"
    return {"text": choice.label, "url": url}
