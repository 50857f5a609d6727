"""The Bot API over HTTP.

Owns tokens, parameters, ordered faults, and the moments before and after a call. Refuses to know the methods' meaning:
that is `methods`. Plain ASGI for the bot's calls, since routing and request objects would take longer than the methods.
"""

import asyncio
import json
import re
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.bot_api import answers, methods, multipart
from tests.bot_api.control import control_routes
from tests.bot_api.delivery import Deliveries, Order
from tests.bot_api.faults import ApiError, Fault
from tests.bot_api.polling import Pollers
from tests.bot_api.state import Call, Json, State


class Gone(Exception):
    """The bot left in the middle of a call; nobody reads the answer."""


class Account:
    """One bot as this server knows it."""

    def __init__(self, state: State, order: Order = "starts") -> None:
        self.state = state
        self.pollers = Pollers()
        self.deliveries = Deliveries(state, order)

    def wake(self) -> None:
        """There is something new for the bot."""
        self.pollers.wake()
        self.deliveries.wake()

    def close(self) -> None:
        """The bot's Telegram ends."""
        self.pollers.is_closing = True
        self.pollers.wake()
        self.deliveries.close()


def build(accounts: MutableMapping[str, Account]) -> ASGIApp:
    """The web application around these bots, by token; more may join while it runs."""
    people = Starlette(routes=control_routes(lambda token: accounts[token or next(iter(accounts))].state))

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/bot"):
            await people(scope, receive, send)
            return
        token, _, method = scope["path"].removeprefix("/bot").partition("/")
        if token in accounts:
            await _serve(accounts[token], method, scope, receive, send)
        else:
            await _unknown(token)(scope, receive, send)

    return application


def _unknown(token: str) -> answers.Answer:
    # Telegram tells a token of the wrong form from one that it does not know.
    is_formed = re.fullmatch(r"\d+:[\w-]+", token)
    return answers.refused(401, "Unauthorized") if is_formed else answers.refused(404, "Not Found")


async def _serve(account: Account, method: str, scope: Scope, receive: Receive, send: Send) -> None:
    try:
        call = Call(method, _parameters(scope, await _body(receive)))
    except Gone:
        return
    except ApiError as problem:
        await answers.refusal(problem)(scope, receive, send)
        return
    is_watched = account.state.on_call is not None
    reply, result = await _answered(account, call)
    if is_watched:
        await _notice_who_is_gone()
    await reply(scope, receive, send)
    if call.is_executed and result is not None and not _is_cut(send):
        _acknowledge(account.state, call, result)


async def _answered(account: Account, call: Call) -> tuple[answers.Reply, Any]:
    """What goes back, and the result in it if it tells one."""
    state = account.state
    fault = _arrive(state, call)
    _observe(state, call, is_over=False)
    if fault and not fault.is_executed:
        return answers.failed(fault), None
    reply, result = await _executed(account, call)
    _observe(state, call, is_over=True)
    return (answers.failed(fault), None) if fault else (reply, result)


def _arrive(state: State, call: Call) -> Fault | None:
    with state.changed:
        state.calls.append(call)
        fault = state.fault_for(call.method, call.chat) if state.faults else None
        state.changed.notify_all()
    return fault


def _observe(state: State, call: Call, *, is_over: bool) -> None:
    if state.on_call:
        state.on_call(call, "after" if is_over else "before")


async def _executed(account: Account, call: Call) -> tuple[answers.Answer, Any]:
    name = call.method.lower()
    try:
        if name == "getupdates":
            result: Any = await account.pollers.updates(account.state, call.parameters)
        elif method := methods.METHODS.get(name):
            with account.state.changed:
                result = method(account.state, call.parameters)
                account.state.changed.notify_all()
        else:
            return answers.refused(404, "Not Found"), None
    except ApiError as problem:
        return answers.refusal(problem), None
    call.is_executed = True
    return answers.done(result), result


def _acknowledge(state: State, call: Call, result: Any) -> None:
    with state.changed:
        call.is_acknowledged = True
        if isinstance(result, dict) and "message_id" in result:
            sent = state.find(result["chat"]["id"], result["message_id"])
            if sent:
                sent.is_acknowledged = True
        state.changed.notify_all()


async def _notice_who_is_gone() -> None:
    # The hook may have ended the bot: the loop has to look at the connection before the answer is written.
    for _ in range(3):
        await asyncio.sleep(0)


def _is_cut(send: Send) -> bool:
    # The web server takes answers for connections that are gone without a word; only its own object knows.
    return bool(getattr(getattr(send, "__self__", None), "disconnected", False))


async def _body(receive: Receive) -> bytes:
    pieces: list[bytes] = []
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        pieces.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(pieces)


def _parameters(scope: Scope, body: bytes) -> Json:
    kind = next((value.decode() for name, value in scope["headers"] if name == b"content-type"), "")
    return {**_form(scope["query_string"]), **_fields(kind, body)}


def _fields(kind: str, body: bytes) -> Json:
    if kind.startswith("multipart/form-data"):
        return multipart.read(kind, body)
    if not kind.startswith("application/json"):
        return _form(body)
    try:
        fields = json.loads(body or b"{}")
    except ValueError:
        fields = None
    if not isinstance(fields, dict):
        raise ApiError(400, "Bad Request: can't parse JSON object")
    return fields


def _form(encoded: bytes) -> Json:
    return dict(parse_qsl(encoded.decode(), keep_blank_values=True)) if encoded else {}
