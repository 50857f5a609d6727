"""The methods of the Bot API by name, on the state.

Owns the list. Refuses HTTP and waiting: a long poll is `polling`.
"""

from bisect import bisect_left
from collections.abc import Callable
from typing import Any

from tests.bot_api import chats, messages, profile, queries, webhooks
from tests.bot_api.parameters import integer
from tests.bot_api.state import Json, State

Method = Callable[[State, Json], Any]

MAX_UPDATES = 100


def get_me(state: State, _: Json) -> Json:
    return {
        **state.me,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def take_updates(state: State, parameters: Json) -> list[Json]:
    """What getUpdates gives at this moment: an offset confirms, and so forgets, everything before it."""
    offset, limit = integer(parameters, "offset", 0), integer(parameters, "limit", MAX_UPDATES)
    webhooks.set_allowed(state, parameters)
    if offset < 0:
        del state.updates[:offset]
    elif offset:
        del state.updates[: bisect_left(state.updates, offset, key=_number)]
    return state.updates[: max(1, min(limit, MAX_UPDATES))]


def _number(update: Json) -> int:
    number: int = update["update_id"]
    return number


#: By name in lower case: Telegram takes them in any.
METHODS: dict[str, Method] = {
    "getme": get_me,
    "sendmessage": messages.send_message,
    "senddocument": messages.send_document,
    "editmessagetext": messages.edit_message_text,
    "editmessagereplymarkup": messages.edit_message_reply_markup,
    "deletemessage": messages.delete_message,
    "answercallbackquery": queries.answer_callback_query,
    "answerinlinequery": queries.answer_inline_query,
    "setmycommands": profile.set_my_commands,
    "getmycommands": profile.get_my_commands,
    "setmydescription": profile.setter("description"),
    "getmydescription": profile.getter("description"),
    "setmyshortdescription": profile.setter("short_description"),
    "getmyshortdescription": profile.getter("short_description"),
    "setmyname": profile.setter("name"),
    "getmyname": profile.getter("name"),
    "setwebhook": webhooks.set_webhook,
    "deletewebhook": webhooks.delete_webhook,
    "getwebhookinfo": webhooks.get_webhook_info,
    "sendchataction": chats.send_chat_action,
    "getchat": chats.get_chat,
    "leavechat": chats.leave_chat,
}
