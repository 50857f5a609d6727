"""The HTTP service: the webhook, whether the process lives and is ready, and its figures.

Owns what Telegram is told: 200 only when the update is safe; anything else lets Telegram send it again. Refuses to log
who calls and what.
"""

import asyncio
import hmac
import json
import logging
import os
import re
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import Any, TypeAlias
from urllib.parse import unquote

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.telegram.connection import TelegramUnavailable
from bot.channels.telegram.patience import PatientProtocol
from bot.channels.telegram.readiness import Probe, Readiness
from bot.channels.telegram.updates import is_numbered
from bot.delivery import Metrics
from bot.delivery.metrics import CONTENT_TYPE
from bot.faults import describe, host_and_port
from bot.sessions.store import StoreUnavailable

logger = logging.getLogger(__name__)

Accept: TypeAlias = Callable[[Sequence[dict[str, Any]]], Awaitable[None]]

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name
#: An update holds one message of at most 4,096 characters and what surrounds it; this is many times that.
MAX_BODY_BYTES = 1024 * 1024
#: So long requests may take that are under way when the bot stops.
STOP_SECONDS = 2


class _TooLarge(Exception):
    """A body beyond the limit."""


class Receiver:
    """Takes updates from Telegram, and from nobody else."""

    def __init__(self, accept: Accept, secret: str, metrics: Metrics) -> None:
        self._accept = accept
        self._secret = secret.encode()
        self._metrics = metrics

    async def take(self, request: Request) -> Response:
        """200 when the update is safe, or can never be read; 503 when it is to come again."""
        # In constant time: how long it takes must not tell how much of a guess is right.
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret):
            return self._refused("Forbidden", 403)
        try:
            update = json.loads(await _body(request))
        except _TooLarge:
            return self._refused("Content Too Large", 413)
        except ClientDisconnect:
            return Response(status_code=400)
        # Nested beyond reason, or no JSON at all.
        except (ValueError, RecursionError):
            return self._refused("Bad Request", 400)
        return await self._keep(update)

    async def _keep(self, update: Any) -> Response:
        if not is_numbered(update):
            return self._refused("Bad Request", 400)
        try:
            await self._accept([update])
        except StoreUnavailable:
            return self._refused("Service Unavailable", 503)
        return Response()

    def _refused(self, text: str, status: int) -> Response:
        self._metrics.arrived("refused")
        return PlainTextResponse(text, status)


def build(metrics: Metrics, probe: Probe, receiver: Receiver | None, path: str = PATH) -> Starlette:
    """The application; `probe` raises if the bot could not answer anyone now, `path` is where Telegram calls."""
    readiness = Readiness(probe)

    async def is_live(_: Request) -> Response:
        return PlainTextResponse("ok")

    async def is_ready(_: Request) -> Response:
        reason = await readiness.reason()
        return PlainTextResponse(reason, 503) if reason else PlainTextResponse("ok")

    async def figures(_: Request) -> Response:
        return Response(metrics.exposition(), media_type=CONTENT_TYPE)

    routes = [Route("/healthz", is_live), Route("/readyz", is_ready), Route("/metrics", figures)]
    if receiver is not None:
        # A proxy may have taken something off the public path.
        routes += [_posted(each, receiver) for each in dict.fromkeys((PATH, unquote(path)))]
    return Starlette(routes=routes, exception_handlers={Exception: _failed})


def _posted(path: str, receiver: Receiver) -> Route:
    """A route to exactly this path, as it reads unquoted: braces in it are no parameters."""
    route = Route("/", receiver.take, methods=["POST"])
    route.path_regex = re.compile(rf"{re.escape(path)}\Z")
    return route


async def _failed(_: Request, error: Exception) -> Response:
    logger.error("a request failed: %s", describe(error))
    return PlainTextResponse("Internal Server Error", 500)


@asynccontextmanager
async def listening(application: Starlette, address: tuple[str, int]) -> AsyncIterator[None]:
    """Serve while the block runs; requests that are under way are finished. Raises TelegramUnavailable if the address
    cannot be listened on."""
    config = uvicorn.Config(
        application,
        http=PatientProtocol,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[_bound(*address)]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving


def _bound(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        # Not its own text, to which Python adds the address.
        reason = os.strerror(error.errno) if error.errno else type(error).__name__
        shown = host_and_port(host, port)
        raise TelegramUnavailable(f"BOT_LISTEN: cannot listen on {shown} ({reason}): choose another") from None


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Signals are the service's: it stops taking, finishes and only then leaves."""
        yield


async def _body(request: Request) -> bytes:
    """The body. Raises _TooLarge as soon as it is clear that it is, whatever was announced."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY_BYTES:
            raise _TooLarge
    return bytes(body)
