"""What is left of an update of which a part cannot be read: the words, who wrote them, and where. Pure.

Telegram's server may be older or newer than the library, and a poll, a gift or a link beside a question is no reason to
lose the question. Owns the smallest shape of each kind of update. Refuses to guess whose words they are.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from telegram import Bot, Message
from telegram.constants import ChatMemberStatus, ChatType, MessageAttachmentType

Json: TypeAlias = dict[str, Any]
Reader: TypeAlias = Callable[[Any], Any]

#: What a person can send; everything else that a message tells is Telegram's own word of what has happened.
_CONTENT = frozenset({"text", "caption", "checklist", *map(str, MessageAttachmentType)})
_GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL)
_LATEST = 2**32
_LARGEST = 2**63


def versions(data: Mapping[str, Any], bot: Bot) -> Iterator[Json]:
    """The update with what can be read of it: with all that the library takes, then with the least."""
    for reduce in (lambda raw: _with_extras(raw, bot), _message):
        for kind, reader in _kinds(reduce).items():
            if kind in data and (content := reader(data[kind])):
                yield {"update_id": data["update_id"], kind: content}


def sender(data: Mapping[str, Any]) -> tuple[int, str] | None:
    """A person who has sent something in their own chat: their number and their app's language; None for all else."""
    message = data.get("message")
    if not isinstance(message, dict) or _CONTENT.isdisjoint(message):
        return None
    chat, user = _chat(message.get("chat")), _user(message.get("from"))
    if chat is None or chat["type"] != ChatType.PRIVATE or (user and user["is_bot"]):
        return None
    return chat["id"], (user or {}).get("language_code", "")


def _kinds(message: Reader) -> Mapping[str, Reader]:
    return {
        "message": message,
        "edited_message": message,
        "callback_query": lambda raw: _tap(raw, message),
        "inline_query": _inline,
        "my_chat_member": _membership,
    }


def _part(raw: Any, fields: Mapping[str, Reader], required: tuple[str, ...] = ()) -> Json | None:
    """What can be read of an object; None if that is not enough."""
    if not isinstance(raw, dict):
        return None
    found = {name: value for name, reader in fields.items() if (value := reader(raw.get(name))) is not None}
    return found if all(name in found for name in required) else None


def _number(raw: Any) -> int | None:
    is_number = isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < _LARGEST
    return raw if is_number else None


def _time(raw: Any) -> int | None:
    number = _number(raw)
    return number if number is not None and 0 <= number < _LATEST else None


def _text(raw: Any) -> str | None:
    return raw if isinstance(raw, str) else None


def _flag(raw: Any) -> bool | None:
    return True if raw is True else None


def _user(raw: Any) -> Json | None:
    found = _part(raw, {"id": _number, "is_bot": _flag, "language_code": _text}, ("id",))
    return found and {"is_bot": False, "first_name": "", **found}


def _chat(raw: Any) -> Json | None:
    found = _part(raw, {"id": _number, "type": _text}, ("id",))
    if found is None:
        return None
    # People have positive numbers, groups and channels negative ones.
    if found["id"] > 0:
        return {**found, "type": ChatType.PRIVATE}
    return found if found.get("type") in _GROUPS else {**found, "type": ChatType.SUPERGROUP}


def _origin(raw: Any) -> Json | None:
    """That it was forwarded, not from whom."""
    return {"type": "hidden_user", "date": 1, "sender_user_name": ""} if raw is not None else None


def _quote(raw: Any) -> Json | None:
    found = _part(raw, {"text": _text}, ("text",))
    return found and {"position": 0, **found}


_MESSAGE: Mapping[str, Reader] = {
    "message_id": _number,
    "date": _time,
    "edit_date": _time,
    "chat": _chat,
    "from": _user,
    "sender_chat": _chat,
    "via_bot": _user,
    "forward_origin": _origin,
    "message_thread_id": _number,
    "is_topic_message": _flag,
    "media_group_id": _text,
    "text": _text,
    "caption": _text,
    "quote": _quote,
}


def _message(raw: Any) -> Json | None:
    replied = _part(raw.get("reply_to_message"), _MESSAGE, ("chat",)) if isinstance(raw, dict) else None
    found = _part(raw, _MESSAGE, ("chat",))
    if found is None:
        return None
    if found["chat"]["type"] != ChatType.PRIVATE and found.keys().isdisjoint({"from", "sender_chat"}):
        # Nobody could tell whose words they are.
        return None
    return {**_dated(found), **({"reply_to_message": _dated(replied)} if replied else {})}


def _dated(message: Json) -> Json:
    return {"message_id": 0, "date": 1, **message}


def _with_extras(raw: Any, bot: Bot) -> Json | None:
    """The message with every further part that the library takes."""
    least = _message(raw)
    if least is None:
        return None
    extras = raw.keys() - _MESSAGE.keys() - {"reply_to_message"}
    return {**least, **{name: raw[name] for name in sorted(extras) if _is_readable({**least, name: raw[name]}, bot)}}


def _is_readable(message: Json, bot: Bot) -> bool:
    try:
        Message.de_json(message, bot)
    # Whatever the library stumbles over.
    except Exception:
        return False
    return True


def _tap(raw: Any, message: Reader) -> Json | None:
    fields: Mapping[str, Reader] = {"id": _text, "from": _user, "chat_instance": _text, "data": _text}
    found = _part(raw, {**fields, "message": message}, ("id", "from"))
    return found and {"chat_instance": "", **found}


def _inline(raw: Any) -> Json | None:
    found = _part(raw, {"id": _text, "from": _user, "query": _text, "offset": _text}, ("id", "from", "query"))
    return found and {"offset": "", **found}


def _membership(raw: Any) -> Json | None:
    """That the bot was thrown out, in the one form that needs no more than that."""
    found = _part(raw, {"chat": _chat, "from": _user, "new_chat_member": _status}, ("chat", "from", "new_chat_member"))
    if found is None or found["new_chat_member"] not in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT):
        return None
    member = {"user": found["from"], "status": ChatMemberStatus.LEFT}
    return {**found, "date": 1, "old_chat_member": member, "new_chat_member": member}


def _status(raw: Any) -> str | None:
    return _text(raw.get("status")) if isinstance(raw, dict) else None
