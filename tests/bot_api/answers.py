"""What goes back to the bot: answers, refusals, and what a bad day looks like on the wire.

Owns the bytes. Refuses to know why.
"""

import json
from dataclasses import dataclass
from typing import Any, Protocol

from starlette.types import Receive, Scope, Send

from tests.bot_api.faults import ApiError, Fault

_JSON = "application/json"
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Reply(Protocol):
    """Anything that can go back."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


@dataclass(frozen=True)
class Answer:
    """A whole answer."""

    body: bytes
    status: int = 200
    content_type: str = _JSON

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        length = str(len(self.body)).encode()
        headers = [(b"content-length", length), (b"content-type", self.content_type.encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body})


class Dropped:
    """A connection that breaks: the answer is announced and never comes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b'{"ok":', "more_body": True})


class Silent:
    """No answer at all, until the client gives up."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass


def done(result: Any) -> Answer:
    """The call has succeeded."""
    return Answer(_json({"ok": True, "result": result}))


def refused(code: int, description: str, parameters: dict[str, Any] | None = None) -> Answer:
    """The call is refused."""
    content: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    return Answer(_json({**content, "parameters": parameters} if parameters else content), code)


def refusal(problem: ApiError) -> Answer:
    """The call is refused by a method."""
    return refused(problem.code, problem.description, problem.parameters)


def failed(fault: Fault) -> Reply:
    """What is ordered instead of an answer."""
    if fault.is_silent:
        return Silent()
    if fault.is_drop:
        return Dropped()
    if fault.page:
        return Answer(fault.page.encode(), fault.code, "text/html")
    return refused(fault.code, fault.description, fault.parameters)


def _json(content: Any) -> bytes:
    return _encoder.encode(content).encode("utf-8", "surrogatepass")
