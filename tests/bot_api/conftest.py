"""The server under test, one that delivers to addresses without TLS, and a bot's side of a webhook."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.fixtures import bot_api, web
from tests.bot_api.receiver import Receiver
from tests.bot_api.server import WebServer

__all__ = ["anna", "bot_api", "local_api", "receiver", "web"]

_numbers = count(1)


@pytest.fixture(autouse=True)
def anna(bot_api: BotApiServer) -> None:
    """Everybody's first person."""
    bot_api.user(7)


@pytest.fixture
def local_api(web: WebServer) -> Iterator[BotApiServer]:
    """The self-hosted server in local mode."""
    with BotApiServer(f"{next(_numbers)}:local", web=web, is_local=True) as server:
        yield server


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Takes what is delivered."""
    with Receiver() as taking:
        yield taking
