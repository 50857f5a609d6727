"""`chat` and `telegram`: build an assistant with its store and run it on a channel until it is stopped."""

import asyncio
import logging
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from bot.assistant import Assistant
from bot.channels.console import Console
from bot.channels.telegram import Profile, TelegramConfig, Wording, run
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import COMMANDS, LANGUAGES, Language
from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import SessionStore, StoreUnavailable
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
    store = await _open(settings, address)
    purging = asyncio.create_task(_purge(store))
    try:
        yield store
    finally:
        purging.cancel()
        with suppress(asyncio.CancelledError):
            await purging
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
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(f"BOT_STORE is not set and {folder} cannot be made: set BOT_STORE") from error


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
    _log_to_stderr()
    async with open_store(settings, settings.store) as store:
        assistant = build(knowledge, store, settings.language)
        config = TelegramConfig(token, profile(knowledge, settings.language), settings.telegram_api_base_url)
        await run(config, assistant.answer)


def _log_to_stderr() -> None:
    """What an operator wants to know: started, left, faults. Never what people write, who they are, or the token."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # It logs statements with their parameters at debug level.
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)


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
