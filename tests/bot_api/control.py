"""The people of this server for someone at a shell: say, tap, read.

::

    curl -d '{"chat": 1, "text": "Hallo"}' localhost:8081/control/say
    curl -d '{"chat": 1, "label": "Ja"}'   localhost:8081/control/tap
    curl 'localhost:8081/control/messages?chat=1&after=0&wait=5'
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.bot_api.people import User
from tests.bot_api.state import Sent, State

Handler = Callable[[Request], Awaitable[Response]]


def control_routes(state_of: Callable[[str | None], State]) -> list[Route]:
    """The routes under /control; without a token they act on the first bot."""

    async def say(request: Request) -> Response:
        order = await request.json()
        _person(state_of(order.get("token")), order).says(str(order["text"]))
        return JSONResponse({"ok": True})

    async def tap(request: Request) -> Response:
        order = await request.json()
        try:
            _person(state_of(order.get("token")), order).taps(str(order["label"]))
        except LookupError as problem:
            return JSONResponse({"ok": False, "error": str(problem)}, 404)
        return JSONResponse({"ok": True})

    async def messages(request: Request) -> Response:
        state = state_of(request.query_params.get("token"))
        chat, after = int(request.query_params.get("chat", 1)), int(request.query_params.get("after", 0))
        tries = 1 + int(20 * float(request.query_params.get("wait", 0)))
        for _ in range(tries):
            if found := _after(state, chat, after):
                break
            await asyncio.sleep(0.05)
        return JSONResponse([asdict(sent) for sent in found])

    posts: dict[str, Handler] = {"say": say, "tap": tap}
    routes = [Route(f"/control/{name}", handler, methods=["POST"]) for name, handler in posts.items()]
    return [*routes, Route("/control/messages", messages)]


def _person(state: State, order: dict[str, object]) -> User:
    chat = int(str(order.get("chat", 1)))
    state.chats.setdefault(chat, {"id": chat, "type": "private", "first_name": f"Person {chat}"})
    return User(state, chat, str(order.get("language", "de")), chat)


def _after(state: State, chat: int, after: int) -> list[Sent]:
    with state.changed:
        return [sent for sent in state.sent if sent.chat == chat and sent.message_id > after]
