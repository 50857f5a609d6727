"""`chat` and `telegram`: build an assistant with its store and run it on a channel until it is stopped."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from uuid import uuid4

from bot.assistant import Assistant
from bot.channels.console import Console
from bot.channels.telegram import Profile, TelegramConfig, Wording, run
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import COMMANDS, LANGUAGES, Language
from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import SessionStore
from bot.settings import Settings, StoreAddress
from bot.understanding import Understanding

#: The commands in Telegram's menu; every language understands those of the other too.
_SHOWN_COMMANDS: Mapping[Language, tuple[str, ...]] = {
    "de": ("start", "hilfe", "neu", "sprache", "quellen", "datenschutz"),
    "en": ("start", "help", "new", "language", "sources", "privacy"),
}
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
    """Run on Telegram until SIGINT or SIGTERM. Raises TelegramUnavailable if it cannot be reached or refuses."""
    async with open_store(settings, settings.store) as store:
        assistant = build(knowledge, store, settings.language)
        config = TelegramConfig(token, profile(knowledge, settings.language), settings.telegram_api_base_url)
        await run(config, assistant.answer)


def profile(knowledge: Knowledge, default: Language) -> Profile:
    """How the bot presents itself on Telegram, from the knowledge's texts."""
    return Profile(default, {language: _wording(knowledge.texts[language], language) for language in LANGUAGES})


def _wording(texts: Mapping[str, str], language: Language) -> Wording:
    return Wording(
        commands=tuple((name, texts[f"command_{COMMANDS[name]}"]) for name in _SHOWN_COMMANDS[language]),
        description=texts["bot_description"],
        short_description=texts["bot_short_description"],
        apology=texts["apology"],
    )
