"""What people see of the bot before they talk to it: commands, descriptions, its name.

Owns their limits, and which language's version is seen.
"""

import re
from collections.abc import Callable
from typing import Any

from tests.bot_api.faults import ApiError
from tests.bot_api.parameters import decoded, language
from tests.bot_api.state import Json, State

_LIMITS = {"description": 512, "short_description": 120, "name": 64}
MAX_COMMANDS = 100
MAX_COMMAND_DESCRIPTION = 256


def set_my_commands(state: State, parameters: Json) -> bool:
    commands = decoded(parameters.get("commands"))
    if not isinstance(commands, list) or len(commands) > MAX_COMMANDS:
        raise ApiError(400, "Bad Request: can't parse commands")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= MAX_COMMAND_DESCRIPTION:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    state.profile["commands", language(parameters)] = commands
    return True


def get_my_commands(state: State, parameters: Json) -> list[Json]:
    commands: list[Json] = state.profile.get(("commands", language(parameters)), [])
    return commands


def setter(kind: str) -> Callable[[State, Json], Any]:
    """The method that sets this text."""

    def set_text(state: State, parameters: Json) -> bool:
        text = str(parameters.get(kind, ""))
        if len(text) > _LIMITS[kind]:
            raise ApiError(400, f"Bad Request: {kind.upper()}_TOO_LONG")
        state.profile[kind, language(parameters)] = text
        return True

    return set_text


def getter(kind: str) -> Callable[[State, Json], Any]:
    """The method that tells this text."""

    def get_text(state: State, parameters: Json) -> Json:
        # Where a language has none of its own, people see the default one; without a name, what @BotFather was told.
        own = state.profile.get((kind, language(parameters))) or state.profile.get((kind, ""))
        return {kind: own or (state.me["first_name"] if kind == "name" else "")}

    return get_text
