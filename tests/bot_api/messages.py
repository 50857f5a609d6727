"""The bot's messages: sending, editing, deleting.

Owns what a message needs and what Telegram refuses of it. Refuses to know how it travels.
"""

import time
from typing import Any

from tests.bot_api import chats, keyboards, limits
from tests.bot_api import parameters as given
from tests.bot_api.entities import Entity, utf16_units
from tests.bot_api.faults import ApiError
from tests.bot_api.multipart import Upload
from tests.bot_api.state import Json, Sent, State

MAX_CAPTION_UNITS = 1024


def send_message(state: State, parameters: Json) -> Json:
    chat = chats.writable(state, parameters)
    text, found = given.text(parameters)
    return _sent(state, parameters, chat=chat, text=text, entities=found)


def send_document(state: State, parameters: Json) -> Json:
    chat = chats.writable(state, parameters)
    upload = _upload(state, parameters)
    caption, found = given.styled(str(parameters.get("caption") or ""), parameters.get("parse_mode"))
    if utf16_units(caption) > MAX_CAPTION_UNITS:
        raise ApiError(400, "Bad Request: message caption is too long")
    document = (upload.name, upload.content)
    return _sent(
        state, parameters, chat=chat, text=caption, entities=found, document=document, mime_type=upload.mime_type
    )


def edit_message_text(state: State, parameters: Json) -> Json:
    text, found = given.text(parameters, "MESSAGE_TOO_LONG")
    sent = _editable(state, parameters)
    if sent.document:
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    before = sent.text
    edited = _edit(state, sent, text, found, keyboards.read(parameters.get("reply_markup")))
    sent.parse_mode, sent.has_preview = parameters.get("parse_mode"), given.has_preview(parameters)
    sent.earlier.append(before)
    return edited


def edit_message_reply_markup(state: State, parameters: Json) -> Json:
    sent = _editable(state, parameters)
    return _edit(state, sent, sent.text, sent.entities, keyboards.read(parameters.get("reply_markup")))


def delete_message(state: State, parameters: Json) -> bool:
    chat = chats.writable(state, parameters)
    message_id = given.integer(parameters, "message_id", 0)
    if sent := state.find(chat, message_id):
        sent.is_deleted = True
    elif (chat, message_id) not in state.said:
        raise ApiError(400, "Bad Request: message to delete not found")
    elif state.chats[chat]["type"] != "private":
        # In groups that takes an administrator, which the bot is not.
        raise ApiError(400, "Bad Request: message can't be deleted")
    else:
        del state.said[chat, message_id]
    return True


def _sent(state: State, parameters: Json, *, chat: int, **content: Any) -> Json:
    sent = Sent(
        chat=chat,
        message_id=0,
        keyboard=keyboards.read(parameters.get("reply_markup")),
        parse_mode=parameters.get("parse_mode"),
        has_preview=given.has_preview(parameters),
        topic=given.integer(parameters, "message_thread_id", 0) or None,
        reply_to=_reply_to(state, chat, parameters),
        **content,
    )
    limits.spend(state.limits, chat)
    sent.message_id = state.next_message_id()
    state.keep(sent)
    return state.message_json(sent)


def _reply_to(state: State, chat: int, parameters: Json) -> int | None:
    # Without `reply_parameters` their fields are taken from the call itself, as they once were.
    legacy = {**parameters, "message_id": parameters.get("reply_to_message_id", 0)}
    reply = given.decoded(parameters.get("reply_parameters")) or legacy
    if not isinstance(reply, dict):
        raise ApiError(400, "Bad Request: object expected as reply parameters")
    message_id = given.integer(reply, "message_id", 0)
    if not message_id or state.replied(chat, message_id):
        return message_id or None
    if not given.boolean(reply, "allow_sending_without_reply"):
        raise ApiError(400, "Bad Request: message to be replied not found")
    return None


def _upload(state: State, parameters: Json) -> Upload:
    document = parameters.get("document") or None
    if isinstance(document, str) and document.startswith("attach://"):
        document = parameters.get(document.removeprefix("attach://"))
    if isinstance(document, str):
        return _known_file(state, document)
    if not isinstance(document, Upload):
        raise ApiError(400, "Bad Request: there is no document in the request")
    if not document.content:
        raise ApiError(400, "Bad Request: file must be non-empty")
    return document


def _known_file(state: State, file_id: str) -> Upload:
    for sent in state.sent:
        if sent.document and f"doc{sent.chat}-{sent.message_id}" == file_id:
            return Upload(*sent.document, sent.mime_type)
    raise ApiError(400, "Bad Request: wrong remote file identifier specified: Wrong string length")


def _editable(state: State, parameters: Json) -> Sent:
    chat = chats.writable(state, parameters)
    message_id = given.integer(parameters, "message_id", 0)
    if not message_id:
        raise ApiError(400, "Bad Request: message identifier is not specified")
    sent = state.find(chat, message_id)
    if not sent and (chat, message_id) in state.said:
        raise ApiError(400, "Bad Request: message can't be edited")
    if not sent:
        raise ApiError(400, "Bad Request: message to edit not found")
    return sent


def _edit(state: State, sent: Sent, text: str, found: list[Entity], keyboard: keyboards.Keyboard) -> Json:
    if (sent.text, sent.entities, sent.keyboard) == (text, found, keyboard):
        same = "are exactly the same as a current content and reply markup of the message"
        raise ApiError(
            400, f"Bad Request: message is not modified: specified new message content and reply markup {same}"
        )
    limits.spend(state.limits, sent.chat)
    sent.text, sent.entities, sent.keyboard = text, found, keyboard
    sent.edit_date = int(time.time())
    return state.message_json(sent)
