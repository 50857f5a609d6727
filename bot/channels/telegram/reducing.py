"""What a message that Telegram has refused is sent again without. Pure.

Owns the order of least loss, for a refusal whose reason names no part. Refuses to touch a message whose refusal has
nothing to do with it.
"""

from dataclasses import replace

from bot.channels.telegram.markup import utf16_units
from bot.channels.telegram.payloads import Message
from bot.channels.telegram.reasons import Part, reason_of

#: An answer that looks plain is whole; one below the message that it should change is only longer to read; without its
#: buttons the way on has to be typed; in another topic it is out of place.
_LEAST_LOSS: tuple[Part, ...] = ("markup", "place", "reply", "keyboard", "topic")
#: What is left of a message that Telegram finds too long although it was measured.
_SHORTENED_UNITS = 3500
_ELLIPSIS = " […]"


def reduction(message: Message, description: str) -> Part | None:
    """What to leave out after a refusal with this description; None if that cannot help."""
    reason = reason_of(description)
    if reason is None:
        parts = _LEAST_LOSS
    elif reason.part is None:
        return None
    else:
        parts = (_blamed(message, reason.part), *_LEAST_LOSS)
    return next((part for part in parts if _has(message, part)), None)


def _blamed(message: Message, part: Part) -> Part:
    # What is shown already must not lose its buttons, or half of its words.
    return part if part == "markup" or message.changes is None else "place"


def without(message: Message, part: Part) -> Message:
    """The message without this part of it."""
    match part:
        case "reply":
            return replace(message, question=None)
        case "topic":
            return replace(message, topic=None)
        case "keyboard":
            return replace(message, keyboard=())
        case "markup":
            return replace(message, html="")
        case "place":
            return message if message.changes is None else _instead_of(message)
        case "length":
            return replace(message, html="", plain=_shortened(message.plain))


def _instead_of(message: Message) -> Message:
    # Of a folding nothing is left to tell. The chat may have got a new number since.
    return replace(message.instead or Message(message.chat, "", ""), chat=message.chat)


def _has(message: Message, part: Part) -> bool:
    return without(message, part) != message


def _shortened(text: str) -> str:
    if utf16_units(text) <= _SHORTENED_UNITS + len(_ELLIPSIS):
        return text
    # A character takes one unit or two.
    kept = text[:_SHORTENED_UNITS].encode("utf-16-le", "surrogatepass")[: _SHORTENED_UNITS * 2]
    return kept.decode("utf-16-le", "ignore") + _ELLIPSIS
