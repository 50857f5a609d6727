"""Opening the store that the settings name, with its key, and deleting what has expired for as long as it is open."""

import asyncio
import logging
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from bot.background import beside
from bot.cli.errors import UsageError, warn
from bot.cli.keys_wording import told_missing
from bot.faults import describe, shown_address
from bot.knowledge.phrases import Bilingual
from bot.sessions.memory import MemoryStore
from bot.sessions.sqlite import SqliteStore
from bot.sessions.sqlite.file import touch
from bot.sessions.sqlite.place import file_fault
from bot.sessions.store import Expired, Retention, Store, StoreUnavailable
from bot.sessions.vault import Vault, new_key
from bot.settings import Settings, SettingsError, StoreAddress
from bot.settings.values import keys

logger = logging.getLogger(__name__)

#: How often expired data is deleted, in seconds, whether or not anybody writes.
PURGE_INTERVAL_SECONDS = 600.0

Report = Callable[[Expired], None]


@asynccontextmanager
async def open_store(
    settings: Settings, address: StoreAddress, *, is_exclusive: bool = False, report: Report = lambda _: None
) -> AsyncIterator[Store]:
    """The store at an address, closed at the end, with expired data deleted all along. Raises StoreUnavailable or
    SettingsError, or UsageError if a key is missing that something in the store still needs."""
    async with open_only(settings, address, is_exclusive=is_exclusive) as store:
        await _settle_keys(store, report)
        async with beside(_purge(store, report)):
            yield store


@asynccontextmanager
async def open_only(settings: Settings, address: StoreAddress, *, is_exclusive: bool = False) -> AsyncIterator[Store]:
    """The same, deleting nothing: for who looks into another's store, whose times may not be those set here."""
    store = await _open(settings, address, is_exclusive=is_exclusive)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def open_existing(settings: Settings, *, is_exclusive: bool = False) -> AsyncIterator[Store]:
    """The store that a bot uses; none is made by looking for it. Raises UsageError if there is none."""
    address = settings.store
    if address.url is None and (address.path is None or not address.path.exists()):
        place = address.path or "memory:"
        raise UsageError(
            Bilingual(
                f"BOT_STORE: kein Speicher unter {place}: nennen Sie den, den der Bot benutzt",
                f"BOT_STORE: no store at {place}: name the one that the bot uses",
            )
        )
    async with open_only(settings, address, is_exclusive=is_exclusive) as store:
        yield store


def shown(address: StoreAddress) -> str:
    """An address as it may be shown: without a user or password in it."""
    if address.url is None:
        return f"sqlite {address.path}" if address.path else "memory"
    return f"{shown_address(address.url)}{urlsplit(address.url).path}"


async def _open(settings: Settings, address: StoreAddress, *, is_exclusive: bool) -> Store:
    retention = Retention(settings.session_lifetime, settings.donation_lifetime)
    if address.url is not None:
        # Only where it is needed: the client is slow to load.
        from bot.sessions.redis import RedisStore  # noqa: PLC0415

        return await RedisStore.open(address.url, Vault(_shared_keys(settings)), retention)
    if address.path is None:
        return MemoryStore(retention)
    if not settings.is_store_set:
        _make_data_folder(address.path.parent)
    # Before a key is made for it.
    touch(address.path)
    vault = Vault(settings.store_keys or _own_keys(address.path))
    return await SqliteStore.open(address.path, vault, retention, is_exclusive=is_exclusive)


async def _settle_keys(store: Store, report: Report) -> None:
    """Nothing may be left that nobody can read, correct or delete any more. Raises UsageError."""
    if await store.missing_keys():
        # What has expired needs no key.
        report(await store.delete_expired(datetime.now(UTC)))
    lost = await store.missing_keys()
    if lost:
        raise UsageError(told_missing(lost))
    await store.reseal()


def _make_data_folder(folder: Path) -> None:
    """The default lies in a data folder of our own; a folder that somebody named and mistyped is not made."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise file_fault(f"BOT_STORE is not set and {folder} cannot be made", error, "set BOT_STORE") from error


def _shared_keys(settings: Settings) -> tuple[bytes, ...]:
    if not settings.store_keys:
        raise SettingsError("BOT_STORE_KEY is not set: with Redis all replicas need the same (openssl rand -base64 32)")
    return settings.store_keys


def existing_keys(settings: Settings, database: Path) -> tuple[bytes, ...]:
    """The keys of a store, where none may be made. Raises SettingsError or StoreUnavailable."""
    if settings.store_keys:
        return settings.store_keys
    path = own_key_file(database)
    if not path.exists():
        raise SettingsError(f"BOT_STORE_KEY is not set and there is no {path}: set it to the key that sealed the store")
    return _read_keys(path)


def own_key_file(database: Path) -> Path:
    """Where the key of a store lies for which none was set."""
    return Path(f"{database}.key")


def _own_keys(database: Path) -> tuple[bytes, ...]:
    """The keys in the file beside the database, which is made if there is none."""
    path = own_key_file(database)
    try:
        if not path.exists() and _made_key(path):
            warn(f"datenschutz-bot: made a key for the store: {path}; without it what is stored cannot be read")
    except OSError as error:
        raise file_fault(
            f"BOT_STORE_KEY is not set and {path} cannot be written", error, "set BOT_STORE_KEY"
        ) from error
    return _read_keys(path)


def _made_key(path: Path) -> bool:
    """Whether the key was made here: of several that begin at once one makes it, and the others read it whole."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{new_key()}\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(unfinished, path)
    except FileExistsError:
        return False
    finally:
        Path(unfinished).unlink()
    return True


def _read_keys(path: Path) -> tuple[bytes, ...]:
    try:
        found = keys(path.read_text(encoding="ascii"), f"BOT_STORE_KEY is not set and {path}")
    except UnicodeDecodeError as error:
        raise StoreUnavailable(f"BOT_STORE_KEY is not set and {path} cannot be read: set BOT_STORE_KEY") from error
    except OSError as error:
        raise file_fault(f"BOT_STORE_KEY is not set and {path} cannot be read", error, "set BOT_STORE_KEY") from error
    if not found:
        raise SettingsError(f"BOT_STORE_KEY is not set and {path} is empty: put the store's key there")
    return found


async def _purge(store: Store, report: Report) -> None:
    while True:
        try:
            expired = await store.delete_expired(datetime.now(UTC))
            report(expired)
            if expired.updates or expired.messages:
                logger.warning(
                    "expired: %s messages not answered, %s replies not delivered; they waited for BOT_SESSION_HOURS",
                    expired.updates,
                    expired.messages,
                )
        # Another program holds the file for a moment, or whatever it is: what is late now is deleted the next time.
        except Exception as error:
            logger.warning(
                "expired data was not deleted (%s), trying again in %s seconds", _told(error), PURGE_INTERVAL_SECONDS
            )
        await asyncio.sleep(PURGE_INTERVAL_SECONDS)


def _told(error: Exception) -> str:
    return error.reason if isinstance(error, StoreUnavailable) else describe(error)
