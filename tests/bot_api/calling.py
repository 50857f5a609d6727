"""Calls of the API as a bot makes them, for the tests of this server.

Owns the form of a call. Refuses to interpret answers beyond what Telegram's refusals look like.
"""

import json
from typing import Any

import httpx

from tests.bot_api import BotApiServer

#: One for all tests: each new client reads all certificates first.
client = httpx.Client(timeout=20, trust_env=False)


def call(bot_api: BotApiServer, method: str, files: Any = None, **parameters: Any) -> httpx.Response:
    """One call, objects as JSON in a form, as clients send them."""
    form = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    return client.post(f"{bot_api.url}/bot{bot_api.token}/{method}", data=form, files=files)


def refusal(bot_api: BotApiServer, method: str, **parameters: Any) -> tuple[int, str]:
    """Code and description, without the words that every 400 begins with."""
    answer = call(bot_api, method, **parameters).json()
    assert answer["ok"] is False
    return answer["error_code"], answer["description"].removeprefix("Bad Request: ")


def result(bot_api: BotApiServer, method: str, **parameters: Any) -> Any:
    """What a call that succeeds gives."""
    answer = call(bot_api, method, **parameters).json()
    assert answer["ok"], answer
    return answer["result"]


def updates(bot_api: BotApiServer, kind: str) -> list[Any]:
    """The updates of this kind that wait."""
    return [update[kind] for update in bot_api.state.updates if kind in update]


def send(bot_api: BotApiServer, text: str = "Text", **parameters: Any) -> Any:
    """The message as the API gives it."""
    return call(bot_api, "sendMessage", chat_id=7, text=text, **parameters).json()["result"]


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}
