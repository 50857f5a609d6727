"""The bot behind a webhook, and a way to call on it as Telegram does or as anybody else would."""

import os
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from typing import Any

import httpx

from bot.assistant import Assistant
from bot.channels.telegram import Webhook
from tests.bot_api import BotApiServer
from tests.bot_api.fixtures import Answer, Setup, running

SECRET = "Geheim_0-9"  # noqa: S105  # of nobody
PATH = "/telegram"
HEADER = "X-Telegram-Bot-Api-Secret-Token"


#: Below those that the system gives away by itself, and each process of the tests at another place.
_ports = count(20_000 + os.getpid() * 37 % 10_000)


def free_port() -> int:
    """A port where nobody listens."""
    return next(port for port in _ports if not is_taken(port))


class Hook:
    """The bot's address."""

    def __init__(self, port: int, client: httpx.AsyncClient) -> None:
        self.port = port
        self._client = client

    async def get(self, path: str) -> httpx.Response:
        return await self._client.get(path)

    async def post(self, content: Any, *, secret: str | bytes | None = SECRET, path: str = PATH) -> httpx.Response:
        """An update as JSON, or any body as it stands."""
        headers = [] if secret is None else [(HEADER.encode(), secret.encode() if isinstance(secret, str) else secret)]
        if isinstance(content, dict):
            return await self._client.post(path, json=content, headers=headers)
        return await self._client.post(path, content=content, headers=headers)


@asynccontextmanager
async def hooked(
    bot_api: BotApiServer, answer: Answer | Assistant, *, is_polling: bool = False, path: str = PATH, **how: Any
) -> AsyncIterator[Hook]:
    """The bot, listening; `is_polling`: beside that, it fetches its updates; else at `path`. `how` as in Setup."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    webhook = None if is_polling else Webhook(f"{address}{path}", SECRET)
    setup = Setup(webhook=webhook, listen=("127.0.0.1", port), **how)
    async with (
        # Nothing to verify: without TLS. Reading the system's certificates would take longer than the tests.
        httpx.AsyncClient(base_url=address, trust_env=False, verify=False, timeout=20) as client,  # noqa: S501
        running(bot_api, answer, setup),
    ):
        await bot_api.until(lambda: is_taken(port), "the bot to listen")
        yield Hook(port, client)


def update(number: int, text: str, chat: int = 7) -> dict[str, Any]:
    """A text as Telegram would deliver it."""
    person = {"id": chat, "is_bot": False, "first_name": "Anna", "language_code": "de"}
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": number, "message": message}


def is_taken(port: int) -> bool:
    """Whether somebody listens there."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
