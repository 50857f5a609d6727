"""Failures on order: what Telegram answers on a bad day.

Owns the shape of failing answers. Refuses to choose when they come: tests order them, see `BotApiServer.fails`.
"""

import json
from dataclasses import dataclass, field
from typing import Any


class ApiError(Exception):
    """A refusal in Telegram's words."""

    def __init__(self, code: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


@dataclass(frozen=True)
class Fault:
    """What happens instead of the answer; `is_executed`: the call has its effect, only the answer is lost."""

    code: int = 0
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    page: str = ""
    is_executed: bool = False
    is_silent: bool = False

    @property
    def is_drop(self) -> bool:
        """Whether the connection breaks without an answer."""
        return not self.code


@dataclass
class Order:
    """A fault that waits for its calls: so many of this method, in this chat or in any."""

    method: str
    fault: Fault
    chat: int | None
    times: int

    def takes(self, method: str, chat: int | None) -> bool:
        """Whether this call is to fail; counts it if so."""
        fits = self.times > 0 and self.method.lower() == method.lower() and self.chat in (None, chat)
        self.times -= fits
        return fits


def error(code: int, description: str) -> Fault:
    """Any refusal."""
    return Fault(code, description)


def blocked() -> Fault:
    """The person has blocked the bot."""
    return Fault(403, "Forbidden: bot was blocked by the user")


def rate_limited(seconds: int) -> Fault:
    """Too many messages; Telegram says when it will listen again."""
    return Fault(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def bad_gateway(*, is_executed: bool = False) -> Fault:
    """A page of the web server in front of the API."""
    page = "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
    return Fault(502, page=page, is_executed=is_executed)


def dropped(*, is_executed: bool = False) -> Fault:
    """A connection that breaks before the answer."""
    return Fault(is_executed=is_executed)


def silent() -> Fault:
    """A connection that is accepted and never answered."""
    return Fault(is_silent=True)


def garbled(result: Any) -> Fault:
    """An answer that claims success with a result that Telegram would never give."""
    return Fault(200, page=json.dumps({"ok": True, "result": result}))
