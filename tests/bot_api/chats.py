"""Where the bot may act, and what it learns of the place.

Owns the refusals for places that are unknown or closed to the bot.
"""

from tests.bot_api.faults import ApiError
from tests.bot_api.membership import bot_changes
from tests.bot_api.parameters import integer
from tests.bot_api.state import Json, State


def writable(state: State, parameters: Json) -> int:
    """The chat that is meant, if the bot may write there."""
    chat = known(state, parameters)
    if chat in state.blockers:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if absence := state.absences.get(chat):
        kind = state.chats[chat]["type"]
        reason = "bot was kicked from" if absence == "kicked" else "bot is not a member of"
        raise ApiError(403, f"Forbidden: {reason} the {kind} chat")
    return chat


def known(state: State, parameters: Json) -> int:
    """The chat that is meant."""
    chat = integer(parameters, "chat_id", 0)
    if chat not in state.chats:
        raise ApiError(400, "Bad Request: chat not found")
    return chat


def get_chat(state: State, parameters: Json) -> Json:
    chat = state.chats[known(state, parameters)]
    gifts = dict.fromkeys(["unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription"], False)
    return {**chat, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def leave_chat(state: State, parameters: Json) -> bool:
    chat = writable(state, parameters)
    if state.chats[chat]["type"] == "private":
        raise ApiError(400, "Bad Request: chat member status can't be changed in private chats")
    state.absences[chat] = "left"
    bot_changes(state, chat, state.me, "member", "left")
    return True


def send_chat_action(state: State, parameters: Json) -> bool:
    writable(state, parameters)
    return True
