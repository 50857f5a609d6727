"""The people of this server for someone at a shell, or for a test that runs the server as a process of its own.

::

    curl -d '{"chat": 1, "text": "Hallo"}' localhost:8081/control/say
    curl -d '{"chat": 1, "label": "Ja"}'   localhost:8081/control/tap
    curl 'localhost:8081/control/messages?chat=1&after=0&wait=5'
    curl -d '{"count": 1000, "chats": 50, "texts": ["Hallo", "Und?"]}' localhost:8081/control/say_many
    curl 'localhost:8081/control/summary?texts=1'
    curl -d '{"urls": ["http://127.0.0.1:9001/", "http://127.0.0.1:9002/"]}' localhost:8081/control/balance
    curl -X POST localhost:8081/control/reset

`say_many` goes round the chats, which are given as ids or as how many; "per_second" spreads it out.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.bot_api.people import User
from tests.bot_api.sent import Json, Sent
from tests.bot_api.state import State
from tests.bot_api.summary import summary

Handler = Callable[[State, Json], Awaitable[Response]]

#: So many messages are said before bots are let in between.
_BURST = 200


def control_routes(state_of: Callable[[str | None], State]) -> list[Route]:
    """The routes under /control; without a token they act on the first bot."""

    def route(name: str, handler: Handler, method: str) -> Route:
        async def endpoint(request: Request) -> Response:
            order: Json = dict(request.query_params)
            if body := await request.body():
                order.update(await request.json() if body else {})
            return await handler(state_of(order.get("token")), order)

        return Route(f"/control/{name}", endpoint, methods=[method])

    posts = {"say": _say, "tap": _tap, "say_many": _say_many, "balance": _balance, "reset": _reset}
    gets = {"messages": _messages, "summary": _summary}
    return [
        *(route(name, handler, "POST") for name, handler in posts.items()),
        *(route(name, handler, "GET") for name, handler in gets.items()),
    ]


async def _say(state: State, order: Json) -> Response:
    message_id = _person(state, order).says(str(order["text"]))
    return JSONResponse({"ok": True, "message_id": message_id})


async def _tap(state: State, order: Json) -> Response:
    try:
        _person(state, order).taps(str(order["label"]))
    except (LookupError, ValueError) as problem:
        return JSONResponse({"ok": False, "error": str(problem)}, 404)
    return JSONResponse({"ok": True})


async def _say_many(state: State, order: Json) -> Response:
    amount, texts = int(order["count"]), order.get("texts") or [str(order["text"])]
    people = [_person(state, {**order, "chat": chat}) for chat in _chats(order.get("chats", 1))]
    pause = _BURST / per_second if (per_second := float(order.get("per_second", 0))) else 0
    size = _BURST if not pause else max(1, int(_BURST * min(1, 0.02 / pause)))
    for start in range(0, amount, size):
        for number in range(start, min(start + size, amount)):
            people[number % len(people)].says(texts[number % len(texts)])
        await asyncio.sleep(pause * size / _BURST)
    return JSONResponse({"ok": True, "count": amount})


async def _balance(state: State, order: Json) -> Response:
    with state.changed:
        state.addresses = [str(url) for url in order["urls"]]
    return JSONResponse({"ok": True})


async def _reset(state: State, _: Json) -> Response:
    state.forget()
    return JSONResponse({"ok": True})


async def _summary(state: State, order: Json) -> Response:
    return JSONResponse(summary(state, with_texts=bool(order.get("texts"))))


async def _messages(state: State, order: Json) -> Response:
    chat, after = int(order.get("chat", 1)), int(order.get("after", 0))
    tries = 1 + int(20 * float(order.get("wait", 0)))
    for _ in range(tries):
        if found := _after(state, chat, after):
            break
        await asyncio.sleep(0.05)
    return JSONResponse([_readable(sent) for sent in found])


def _person(state: State, order: Json) -> User:
    chat = int(order.get("chat", 1))
    state.chats.setdefault(chat, {"id": chat, "type": "private", "first_name": f"Person {chat}"})
    return User(state, chat, str(order.get("language", "de")), chat)


def _chats(chats: Any) -> list[int]:
    return [int(chat) for chat in chats] if isinstance(chats, list) else list(range(1, int(chats) + 1))


def _after(state: State, chat: int, after: int) -> list[Sent]:
    with state.changed:
        return [sent for sent in state.sent_in[chat] if sent.message_id > after]


def _readable(sent: Sent) -> Json:
    document = {"name": sent.document[0], "size": len(sent.document[1])} if sent.document else None
    return {**asdict(sent), "document": document}
