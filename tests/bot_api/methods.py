"""The methods of the Bot API on the state, with Telegram's refusals.

Owns parameters, limits and error texts. Refuses HTTP and waiting: a long poll is the app's business.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from tests.bot_api import entities, keyboards
from tests.bot_api.faults import ApiError
from tests.bot_api.state import Json, Sent, State

Method = Callable[[State, Json], Any]

_DESCRIPTION_LIMITS = {"description": 512, "short_description": 120}
MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256


def get_me(state: State, _: Json) -> Json:
    return {
        **state.me,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def take_updates(state: State, parameters: Json) -> list[Json]:
    """What getUpdates gives at this moment: an offset confirms, and so forgets, everything before it."""
    offset, limit = _integer(parameters, "offset", 0), _integer(parameters, "limit", 100)
    allowed = _decoded(parameters.get("allowed_updates"))
    if allowed is not None:
        state.allowed_updates = tuple(allowed)
    if offset < 0:
        state.updates = state.updates[offset:]
    elif offset:
        state.updates = [update for update in state.updates if update["update_id"] >= offset]
    return state.updates[: max(1, min(limit, 100))]


def send_message(state: State, parameters: Json) -> Json:
    chat = _writable_chat(state, parameters)
    text, found = _text(parameters)
    sent = Sent(
        chat=chat,
        message_id=state.next_message_id(),
        text=text,
        entities=found,
        keyboard=keyboards.read(parameters.get("reply_markup")),
        parse_mode=parameters.get("parse_mode"),
        has_preview=not (_decoded(parameters.get("link_preview_options")) or {}).get("is_disabled", False),
        topic=_integer(parameters, "message_thread_id", 0) or None,
    )
    state.sent.append(sent)
    return state.message_json(sent)


def edit_message_text(state: State, parameters: Json) -> Json:
    sent = _editable(state, parameters)
    text, found = _text(parameters)
    _edit(sent, text, found, keyboards.read(parameters.get("reply_markup")))
    return state.message_json(sent)


def edit_message_reply_markup(state: State, parameters: Json) -> Json:
    sent = _editable(state, parameters)
    _edit(sent, sent.text, sent.entities, keyboards.read(parameters.get("reply_markup")))
    return state.message_json(sent)


def answer_callback_query(state: State, parameters: Json) -> bool:
    query = str(parameters.get("callback_query_id"))
    if query not in state.taps:
        description = "query is too old and response timeout expired or query ID is invalid"
        raise ApiError(400, f"Bad Request: {description}")
    state.answered_taps.add(query)
    return True


def set_my_commands(state: State, parameters: Json) -> bool:
    commands = _decoded(parameters.get("commands"))
    if not isinstance(commands, list) or len(commands) > MAX_COMMANDS:
        raise ApiError(400, "Bad Request: can't parse commands")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= MAX_COMMAND_DESCRIPTION:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    state.profile["commands", _language(parameters)] = commands
    return True


def get_my_commands(state: State, parameters: Json) -> list[Json]:
    commands: list[Json] = state.profile.get(("commands", _language(parameters)), [])
    return commands


def _set_description(kind: str) -> Method:
    def set_description(state: State, parameters: Json) -> bool:
        text = str(parameters.get(kind, ""))
        if len(text) > _DESCRIPTION_LIMITS[kind]:
            raise ApiError(400, f"Bad Request: {kind.upper()}_TOO_LONG")
        state.profile[kind, _language(parameters)] = text
        return True

    return set_description


def _get_description(kind: str) -> Method:
    def get_description(state: State, parameters: Json) -> Json:
        # Where a language has none of its own, people see the default one.
        own = state.profile.get((kind, _language(parameters)))
        return {kind: own or state.profile.get((kind, ""), "")}

    return get_description


def set_webhook(state: State, parameters: Json) -> bool:
    url = str(parameters.get("url", ""))
    if url and not url.startswith("https://"):
        raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    state.webhook_url = url
    return True


def delete_webhook(state: State, parameters: Json) -> bool:
    state.webhook_url = ""
    if str(parameters.get("drop_pending_updates", "")).lower() == "true":
        state.updates.clear()
    return True


def get_webhook_info(state: State, _: Json) -> Json:
    return {"url": state.webhook_url, "has_custom_certificate": False, "pending_update_count": len(state.updates)}


def send_chat_action(state: State, parameters: Json) -> bool:
    _writable_chat(state, parameters)
    return True


#: By name in lower case: Telegram takes them in any.
METHODS: dict[str, Method] = {
    "getme": get_me,
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "editmessagereplymarkup": edit_message_reply_markup,
    "answercallbackquery": answer_callback_query,
    "setmycommands": set_my_commands,
    "getmycommands": get_my_commands,
    "setmydescription": _set_description("description"),
    "getmydescription": _get_description("description"),
    "setmyshortdescription": _set_description("short_description"),
    "getmyshortdescription": _get_description("short_description"),
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": get_webhook_info,
    "sendchataction": send_chat_action,
}


def _text(parameters: Json) -> tuple[str, list[entities.Entity]]:
    raw = str(parameters.get("text", ""))
    if not raw:
        raise ApiError(400, "Bad Request: message text is empty")
    try:
        text, found = entities.parse(raw, parameters.get("parse_mode"))
    except entities.ParseError as problem:
        raise ApiError(400, f"Bad Request: can't parse entities: {problem}") from None
    if entities.is_empty(text):
        raise ApiError(400, "Bad Request: text must be non-empty")
    if entities.utf16_units(text) > entities.MAX_TEXT_UNITS:
        raise ApiError(400, "Bad Request: message is too long")
    return text, found


def _writable_chat(state: State, parameters: Json) -> int:
    chat = _integer(parameters, "chat_id", 0)
    if chat not in state.chats:
        raise ApiError(400, "Bad Request: chat not found")
    if chat in state.blockers:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    return chat


def _editable(state: State, parameters: Json) -> Sent:
    chat = _writable_chat(state, parameters)
    sent = state.find(chat, _integer(parameters, "message_id", 0))
    if not sent:
        raise ApiError(400, "Bad Request: message to edit not found")
    return sent


def _edit(sent: Sent, text: str, found: list[entities.Entity], keyboard: keyboards.Keyboard) -> None:
    if (sent.text, sent.entities, sent.keyboard) == (text, found, keyboard):
        same = "are exactly the same as a current content and reply markup of the message"
        raise ApiError(
            400, f"Bad Request: message is not modified: specified new message content and reply markup {same}"
        )
    sent.text, sent.entities, sent.keyboard = text, found, keyboard


def _language(parameters: Json) -> str:
    code = str(parameters.get("language_code") or "")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise ApiError(400, "Bad Request: LANG_CODE_INVALID")
    return code


def _integer(parameters: Json, name: str, default: int) -> int:
    value = parameters.get(name, default)
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ApiError(400, f'Bad Request: field "{name}" must be a valid Number') from None


def _decoded(value: Any) -> Any:
    """A parameter that is an object: JSON in a form, as it is in a JSON body."""
    try:
        return json.loads(value) if isinstance(value, str) and value else value
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse JSON object") from None
