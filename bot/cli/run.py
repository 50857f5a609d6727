"""`chat` and `telegram`: build an assistant with its store and run it on a channel until it is stopped."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from uuid import uuid4

from bot.assistant import Assistant
from bot.channels.console import Console
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Language
from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import SessionStore
from bot.settings import Settings, StoreAddress
from bot.understanding import Understanding

#: How often expired sessions are deleted, in seconds, whether or not anybody writes.
PURGE_INTERVAL_SECONDS = 600.0


@asynccontextmanager
async def open_store(settings: Settings, address: StoreAddress) -> AsyncIterator[SessionStore]:
    """The store at an address, closed at the end, with expired sessions deleted all along."""
    lifetime = settings.session_lifetime
    store: SessionStore = (
        MemoryStore(lifetime) if address.path is None else await SqliteStore.open(address.path, lifetime)
    )
    purging = asyncio.create_task(_purge(store))
    try:
        yield store
    finally:
        purging.cancel()
        with suppress(asyncio.CancelledError):
            await purging
        await store.close()


async def _purge(store: SessionStore) -> None:
    while True:
        await store.delete_expired(datetime.now(UTC))
        await asyncio.sleep(PURGE_INTERVAL_SECONDS)


def build(knowledge: Knowledge, store: SessionStore, language: Language) -> Assistant:
    """An assistant for one knowledge; trains the matcher."""
    return Assistant(knowledge, Understanding(knowledge, Matcher(knowledge)), store, language)


async def chat(knowledge: Knowledge, settings: Settings, language: Language) -> None:
    """Talk in the terminal. Without BOT_STORE nothing is kept; with it the same conversation goes on next time."""
    address = settings.store if settings.is_store_set else StoreAddress(None)
    conversation = "console" if settings.is_store_set else f"console:{uuid4()}"
    async with open_store(settings, address) as store:
        assistant = build(knowledge, store, language)
        texts = knowledge.texts
        console = Console(assistant.answer, sys.stdin, sys.stdout, lambda spoken, key: texts[spoken][key], language)
        await console.run(conversation)


async def telegram(knowledge: Knowledge, settings: Settings, token: str) -> None:
    """Run on Telegram until SIGINT or SIGTERM."""
    raise NotImplementedError
