"""An assistant with its store, and `chat`, which runs it in the terminal until the input ends."""

import asyncio
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bot.assistant import Assistant
from bot.channels.console import Console
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Commanded, CommandName, Incoming, Language
from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import SessionStore, StoreUnavailable
from bot.settings import Settings, StoreAddress
from bot.understanding import Understanding

logger = logging.getLogger(__name__)

_NAMES: dict[Language, CommandName] = {"de": "german", "en": "english"}

#: How often expired sessions are deleted, in seconds, whether or not anybody writes.
PURGE_INTERVAL_SECONDS = 600.0


@asynccontextmanager
async def open_store(settings: Settings, address: StoreAddress) -> AsyncIterator[SessionStore]:
    """The store at an address, closed at the end, with expired sessions deleted all along."""
    store = await _open(settings, address)
    purging = asyncio.create_task(_purge(store))
    try:
        yield store
    finally:
        purging.cancel()
        await asyncio.gather(purging, return_exceptions=True)
        await store.close()


async def _open(settings: Settings, address: StoreAddress) -> SessionStore:
    if address.path is None:
        return MemoryStore(settings.session_lifetime)
    if not settings.is_store_set:
        _make_data_folder(address.path.parent)
    return await SqliteStore.open(address.path, settings.session_lifetime)


def _make_data_folder(folder: Path) -> None:
    """The default lies in a data folder of our own; a folder that somebody named and mistyped is not made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"BOT_STORE is not set and {folder} cannot be made: set BOT_STORE") from error


async def _purge(store: SessionStore) -> None:
    while True:
        try:
            await store.delete_expired(datetime.now(UTC))
        except StoreUnavailable:
            # Another program holds the file for a moment; what is late now is deleted the next time.
            logger.warning("expired sessions were not deleted, trying again in %s seconds", PURGE_INTERVAL_SECONDS)
        await asyncio.sleep(PURGE_INTERVAL_SECONDS)


def build(knowledge: Knowledge, matcher: Matcher, store: SessionStore, language: Language) -> Assistant:
    """An assistant for one knowledge."""
    return Assistant(knowledge, Understanding(knowledge, matcher), store, language)


async def chat(knowledge: Knowledge, matcher: Matcher, settings: Settings, language: Language | None) -> None:
    """Talk in the terminal. Without BOT_STORE nothing is kept; with it the same conversation goes on next time, in the
    language that is asked for, if any is."""
    address = settings.store if settings.is_store_set else StoreAddress(None)
    conversation = "console" if settings.is_store_set else f"console:{uuid4()}"
    async with open_store(settings, address) as store:
        spoken = language or settings.language
        assistant = build(knowledge, matcher, store, spoken)
        if language is not None:
            await assistant.answer(Incoming(conversation, Commanded(_NAMES[language]), datetime.now(UTC)))
        texts = knowledge.texts
        # Ctrl-C at the prompt interrupts the reading itself; asyncio's own handler would wait for the line's end.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        console = Console(assistant.answer, sys.stdin, sys.stdout, lambda told, key: texts[told][key], spoken)
        await console.run(conversation)
