"""The Bot API server on a free port, in a thread of its own.

Owns start and stop. In a thread so that one server serves async tests, plain tests and bots in other processes; the
web server can be shared by many bots, since starting one for each test would be most of the tests' time.
"""

import asyncio
import socket
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Self

import uvicorn

from tests.bot_api import app, delivery, waiting
from tests.bot_api.faults import Fault, Order
from tests.bot_api.limits import Clock, Limit
from tests.bot_api.people import User
from tests.bot_api.state import Call, Delivery, Sent, State

TOKEN = "4242:test-token"  # noqa: S105  # a token of nobody


class WebServer:
    """Listens while it is entered; knows the bots in `accounts`, by token."""

    def __init__(self, port: int = 0, host: str = "127.0.0.1") -> None:
        self.accounts: dict[str, app.Account] = {}
        self._socket = _listening(host, port)
        self._loop: asyncio.AbstractEventLoop | None = None
        config = uvicorn.Config(app.build(self.accounts), log_config=None, access_log=False, lifespan="off")
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)

    @property
    def url(self) -> str:
        """Its address."""
        host, port = self._socket.getsockname()[:2]
        return f"http://{host}:{port}"

    @property
    def is_connected(self) -> bool:
        """Whether anybody holds a connection to it; if not, all that was sent has had its effect."""
        return bool(self._server.server_state.connections)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(waiting.DEADLINE_SECONDS)
        self._socket.close()

    def run_soon(self, action: Callable[[], None]) -> None:
        """Run this in the server's thread."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(action)

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve(sockets=[self._socket])


class BotApiServer:
    """One bot's Telegram; a context manager that brings its own web server unless it is given one.

    `is_local`: as the self-hosted server with --local, which delivers to http:// and to any port. `order`: of
    deliveries to a webhook, see `delivery`.
    """

    def __init__(
        self,
        token: str = TOKEN,
        port: int = 0,
        web: WebServer | None = None,
        *,
        is_local: bool = False,
        order: delivery.Order = "starts",
    ) -> None:
        self.state = State(token, is_local=is_local)
        self._account = app.Account(self.state, order)
        self._web = web or WebServer(port)
        self._is_own_web = web is None

    @property
    def token(self) -> str:
        """The one token that is accepted."""
        return self.state.token

    @property
    def url(self) -> str:
        """What TELEGRAM_API_BASE_URL is set to."""
        return self._web.url

    @property
    def is_connected(self) -> bool:
        """See `WebServer`."""
        return self._web.is_connected

    def __enter__(self) -> Self:
        self.state.on_update = lambda: self._web.run_soon(self._account.wake)
        self._web.accounts[self.token] = self._account
        if self._is_own_web:
            self._web.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        # A poll that its client has given up still waits here; without this it would keep the web server from ending.
        self.state.on_update = lambda: None
        self._web.run_soon(self._account.close)
        # Last: a server that is leaving must not tell a bot that its token is wrong.
        if self._is_own_web:
            self._web.__exit__()
        del self._web.accounts[self.token]

    def user(self, user_id: int, language: str | None = "de") -> User:
        """A person with a private chat."""
        self._add_chat({"id": user_id, "type": "private", "first_name": f"Person {user_id}"})
        return User(self.state, user_id, language, user_id)

    def group(self, chat_id: int, title: str = "Hofgruppe") -> int:
        """A group that people can be `at`; its id, negative as Telegram has it."""
        self._add_chat({"id": chat_id, "type": "supergroup", "title": title})
        return chat_id

    def fails(self, method: str, fault: Fault, *, chat: int | None = None, times: int = 1) -> None:
        """Let the next so many calls of this method fail."""
        with self.state.changed:
            self.state.faults.append(Order(method, fault, chat, times))

    def keep_only(self, calls: int) -> None:
        """Remember no more than the latest calls and deliveries, for runs of hours."""
        with self.state.changed:
            self.state.calls = deque(self.state.calls, calls)
            self.state.deliveries = deque(self.state.deliveries, calls)

    def balance(self, urls: Sequence[str]) -> None:
        """Deliver to these addresses in turn instead of to the registered one, and past those out of reach."""
        with self.state.changed:
            self.state.addresses = list(urls)

    def limit_groups(self, *, per_minute: int = 20, clock: Clock = time.monotonic) -> None:
        """From now on a group takes so many messages a minute."""
        self._limit(Limit(per_minute, 60, clock, is_for_groups=True))

    def limit_chats(self, *, per_second: int = 1, clock: Clock = time.monotonic) -> None:
        """From now on any chat takes so many messages a second."""
        self._limit(Limit(per_second, 1, clock, is_for_groups=False))

    @property
    def messages(self) -> list[Sent]:
        """Everything the bot has written, in order."""
        with self.state.changed:
            return list(self.state.sent)

    def calls(self, *names: str) -> list[Call]:
        """The calls of these methods, or all but getUpdates, in order."""
        wanted = {name.lower() for name in names}
        with self.state.changed:
            calls = list(self.state.calls)
        return [call for call in calls if (call.method.lower() in wanted if wanted else not _is_poll(call))]

    @property
    def deliveries(self) -> list[Delivery]:
        """The attempts to hand updates to the webhook, in the order of their ends."""
        with self.state.changed:
            return list(self.state.deliveries)

    async def until(self, is_true: Callable[[], object], what: str = "the condition") -> None:
        """Wait for something to become true."""
        await waiting.until(self.state, is_true, what)

    def _limit(self, limit: Limit) -> None:
        with self.state.changed:
            self.state.limits.append(limit)

    def _add_chat(self, chat: dict[str, object]) -> None:
        with self.state.changed:
            self.state.chats[int(str(chat["id"]))] = chat


def _listening(host: str, port: int) -> socket.socket:
    # With its protocol named, unlike `create_server`: only then asyncio sends small answers without delay.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind((host, port))
    listening.listen(1024)
    return listening


def _is_poll(call: Call) -> bool:
    return call.method.lower() == "getupdates"
