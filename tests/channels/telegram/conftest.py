"""The Bot API server that delivers to any address, and the whole bot with the small knowledge."""

from collections.abc import AsyncIterator, Iterator
from itertools import count

import pytest

from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.understanding import Understanding
from tests.bot_api import BotApiServer
from tests.bot_api.server import WebServer
from tests.channels.telegram.pool import Pool

_numbers = count(1)


@pytest.fixture
def local_api(web: WebServer) -> Iterator[BotApiServer]:
    """Telegram in local mode, webhooks without TLS on any port; each chat's updates one after the other."""
    with BotApiServer(f"{next(_numbers)}:local-token", web=web, is_local=True, order="queues") as server:
        yield server


@pytest.fixture(scope="session")
def small_understanding(small: Knowledge, small_matcher: Matcher) -> Understanding:
    return Understanding(small, small_matcher)


@pytest.fixture
async def pool(bot_api: BotApiServer, small: Knowledge, small_understanding: Understanding) -> AsyncIterator[Pool]:
    """The bot of the outdoor pool, to be started by the test."""
    made = Pool(bot_api, small, small_understanding)
    yield made
    await made.store.close()
