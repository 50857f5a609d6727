"""The Bot API over HTTP.

Owns tokens, parameters, long polls and ordered faults. Refuses to know the methods' meaning: that is `methods`.
"""

import asyncio
import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.bot_api import methods
from tests.bot_api.control import control_routes
from tests.bot_api.faults import ApiError, Fault
from tests.bot_api.state import Call, Json, State


class Dropped(Response):
    """A connection that breaks: the answer is announced and never comes."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
        await send({"type": "http.response.body", "body": b'{"ok":', "more_body": True})


class Silent(Response):
    """No answer at all, until the client gives up."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass


class Pollers:
    """The getUpdates call that waits; a second one ends it, as Telegram does."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self._latest = 0
        self.is_closing = False

    def wake(self) -> None:
        """Let the waiting call look again."""
        self._news.set()
        self._news = asyncio.Event()

    async def updates(self, state: State, parameters: Json) -> list[Json]:
        """The next updates, or none when the time is up."""
        if state.webhook_url:
            clash = "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            raise ApiError(409, f"Conflict: {clash}")
        self._latest += 1
        mine = self._latest
        self.wake()
        loop = asyncio.get_running_loop()
        end = loop.time() + float(parameters.get("timeout") or 0)
        while True:
            if mine != self._latest:
                clash = "terminated by other getUpdates request; make sure that only one bot instance is running"
                raise ApiError(409, f"Conflict: {clash}")
            news = self._news
            with state.changed:
                updates = methods.take_updates(state, parameters)
                state.changed.notify_all()
            if updates or self.is_closing or loop.time() >= end:
                return updates
            with suppress(TimeoutError):
                await asyncio.wait_for(news.wait(), end - loop.time())


@dataclass
class Account:
    """One bot as this server knows it."""

    state: State
    pollers: Pollers = field(default_factory=Pollers)


def build(accounts: Mapping[str, Account]) -> Starlette:
    """The web application around these bots, by token; more may join while it runs."""

    async def endpoint(request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        if token in accounts:
            try:
                return await _called(accounts[token], Call(method, await _parameters(request)))
            except ClientDisconnect:
                # The bot left in the middle of a call; nobody reads this.
                return Response()
        # Telegram tells a token of the wrong form from one that it does not know.
        is_formed = re.fullmatch(r"\d+:[\w-]+", token)
        return _refused(401, "Unauthorized") if is_formed else _refused(404, "Not Found")

    def person_state(token: str | None) -> State:
        return accounts[token or next(iter(accounts))].state

    api = Route("/bot{token}/{method}", endpoint, methods=["GET", "POST"])
    return Starlette(routes=[api, *control_routes(person_state)])


async def _called(account: Account, call: Call) -> Response:
    state = account.state
    with state.changed:
        state.calls.append(call)
        fault = state.fault_for(call.method, call.chat)
        state.changed.notify_all()
    if fault and not fault.is_executed:
        return _failed(fault)
    response = await _answered(account, call)
    return _failed(fault) if fault else response


async def _answered(account: Account, call: Call) -> Response:
    state = account.state
    try:
        if call.method.lower() == "getupdates":
            return _ok(await account.pollers.updates(state, call.parameters))
        method = methods.METHODS.get(call.method.lower())
        if method is None:
            return _refused(404, "Not Found")
        with state.changed:
            result = method(state, call.parameters)
            state.changed.notify_all()
    except ApiError as refusal:
        return _refused(refusal.code, refusal.description)
    return _ok(result)


async def _parameters(request: Request) -> Json:
    parameters: Json = dict(request.query_params)
    body = await request.body()
    if request.headers.get("content-type", "").startswith("application/json"):
        parameters.update(json.loads(body or b"{}"))
        return parameters
    return parameters | dict(parse_qsl(body.decode(), keep_blank_values=True))


def _ok(result: Any) -> Response:
    return JSONResponse({"ok": True, "result": result})


def _refused(code: int, description: str, parameters: Json | None = None) -> Response:
    content: Json = {"ok": False, "error_code": code, "description": description}
    if parameters:
        content["parameters"] = parameters
    return JSONResponse(content, code)


def _failed(fault: Fault) -> Response:
    if fault.is_silent:
        return Silent()
    if fault.is_drop:
        return Dropped()
    if fault.page:
        return HTMLResponse(fault.page, fault.code)
    return _refused(fault.code, fault.description, fault.parameters)
