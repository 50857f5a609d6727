"""Starting the bot where it is expected to refuse."""

import asyncio
import traceback
from datetime import timedelta

import pytest

from bot.channels.telegram import TelegramConfig, TelegramUnavailable, Webhook, serve
from bot.delivery import Metrics, Timing
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from tests.bot_api.fixtures import PROFILE, Pauses, backend_of
from tests.channels.telegram.answers import echo


async def refusal(
    token: str, url: str, *, webhook: Webhook | None = None, listen: tuple[str, int] | None = None
) -> str:
    """The message with which the bot refuses to start."""
    store = MemoryStore(Retention(timedelta(hours=24)))
    config = TelegramConfig(token, PROFILE, url, webhook, listen)
    with pytest.raises(TelegramUnavailable) as refused:
        await serve(config, backend_of(echo, store, Metrics()), asyncio.Event(), Timing(pause=Pauses()))
    await store.close()
    shown = "".join(traceback.format_exception(refused.value))
    assert not token or token not in shown, "the library's own error holds the token"
    return str(refused.value)


def forget_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is set where the tests run."""
    for name in ("ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
