"""`backup` and `restore`: copies of the SQLite store, made while the bot runs, and put back while it does not.

Owns how long copies live: what a person has deleted must not live on in them for longer than the privacy notice says.
Refuses Redis, which has copies of its own.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copyfileobj

from bot.cli.errors import Unreachable, UsageError
from bot.cli.file_wording import REASONS
from bot.cli.stores import existing_keys
from bot.knowledge.phrases import Bilingual
from bot.messages import Language
from bot.sessions.sqlite import copying
from bot.sessions.sqlite.file import guard
from bot.sessions.sqlite.reasons import FileUnusable
from bot.sessions.store import StoreUnavailable
from bot.sessions.vault import Vault
from bot.settings import Settings

#: Standard input or output instead of a file.
STREAM = "-"
#: How often a timer makes copies, unless it is told.
EVERY = timedelta(hours=6)
#: A timer is never punctual to the second.
_TOLERANCE = timedelta(minutes=10)
_NAME = "bot-{:%Y%m%dT%H%M%SZ}.sqlite3"
_NAMED = re.compile(r"bot-(\d{8}T\d{6}Z)\.sqlite3")

_NO_FILE = Bilingual(
    "BOT_STORE: nur ein SQLite-Speicher lässt sich so kopieren; Redis sichert seine Datei selbst (deploy/README.md)",
    "BOT_STORE: only an SQLite store can be copied so; Redis keeps copies of its own (deploy/README.md)",
)
_NO_LIFETIME = Bilingual(
    "BOT_BACKUP_HOURS ist nicht gesetzt: so viele Stunden leben Kopien, und die Datenschutzhinweise sagen es (etwa 24)",
    "BOT_BACKUP_HOURS is not set: copies live for so many hours, and the privacy notice says so (24, for example)",
)
_TOO_RARE = Bilingual(
    "BOT_BACKUP_HOURS ist kürzer als der Abstand zweier Kopien (--every {every:g}): verlängern oder öfter kopieren",
    "BOT_BACKUP_HOURS is shorter than the time between two copies (--every {every:g}): lengthen it, or copy more often",
)
_COPIED = Bilingual(
    "Kopie: {path}; ältere gelöscht: {deleted}. Den Schlüssel enthält sie nicht: ihn getrennt aufbewahren",
    "copy: {path}; older ones deleted: {deleted}. The key is not in it: keep it elsewhere",
)
_IN_USE = Bilingual(
    "BOT_STORE: auf {path} läuft ein Bot: erst anhalten", "BOT_STORE: a bot runs on {path}: stop it first"
)
_RESTORED = Bilingual(
    "zurückgespielt nach {path}. Was seit der Kopie gelöscht wurde, ist wieder da, bis seine Zeit um ist",
    "put back to {path}. What was deleted since the copy was made is there again, until its time is over",
)


@dataclass(frozen=True, slots=True)
class Copies:
    """Where a copy goes (a folder of copies, a file, or standard output), and how often one is made for a folder."""

    target: str
    every: timedelta = EVERY


def backup(settings: Settings, wanted: Copies, now: datetime, language: Language) -> None:
    """Make a copy; in a folder also delete those whose time is over, whether or not the new one can be made. Raises
    UsageError, or Unreachable where it may work later."""
    store = _store(settings, language)
    if wanted.target == STREAM:
        _to_output(store, language)
        return
    target, deleted = Path(wanted.target), 0
    if target.is_dir():
        deleted = _delete_old(target, _oldest(settings, wanted, now, language))
        target /= _NAME.format(now.astimezone(UTC))
    with _told(store, target, language):
        copying.copy(store, target)
    print(_COPIED[language].format(path=target, deleted=deleted))


def restore(settings: Settings, copied: str, language: Language) -> None:
    """Put a copy in the place of the store. Raises UsageError, or Unreachable where it may work later."""
    store = _store(settings, language)
    vault = Vault(existing_keys(settings, store))
    with _input(copied) as source, _told(source, store.parent, language), _alone(store, language):
        copying.restore(source, store, vault)
    print(_RESTORED[language].format(path=store))


def _store(settings: Settings, language: Language) -> Path:
    if settings.store.path is None:
        raise UsageError(_NO_FILE[language])
    return settings.store.path


def _to_output(store: Path, language: Language) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "copy"
        with _told(store, made, language):
            copying.copy(store, made)
        with made.open("rb") as read:
            copyfileobj(read, sys.stdout.buffer)
        sys.stdout.buffer.flush()


@contextmanager
def _input(copied: str) -> Iterator[Path]:
    if copied != STREAM:
        yield Path(copied)
        return
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "copy"
        with source.open("wb") as written:
            copyfileobj(sys.stdin.buffer, written)
        yield source


def _oldest(settings: Settings, wanted: Copies, now: datetime, language: Language) -> datetime:
    """What is older would be too old before the next copy is made. Raises UsageError."""
    if settings.backup_lifetime is None:
        raise UsageError(_NO_LIFETIME[language])
    if wanted.every > settings.backup_lifetime:
        raise UsageError(_TOO_RARE[language].format(every=wanted.every / timedelta(hours=1)))
    return now - (settings.backup_lifetime - wanted.every) + _TOLERANCE


def _delete_old(folder: Path, oldest: datetime) -> int:
    """How many there were. Only what bears the name of a copy is one."""
    deleted = 0
    for path in sorted(folder.iterdir()):
        found = _NAMED.fullmatch(path.name)
        if found and datetime.strptime(found[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) <= oldest:
            path.unlink(missing_ok=True)
            deleted += 1
    return deleted


@contextmanager
def _alone(store: Path, language: Language) -> Iterator[None]:
    """No bot may run on the store meanwhile, and none begin. Raises UsageError."""
    if not store.parent.is_dir():
        raise FileUnusable("missing")
    try:
        held = guard(store)
    except StoreUnavailable:
        raise UsageError(_IN_USE[language].format(path=store)) from None
    try:
        yield
    finally:
        held.release()


@contextmanager
def _told(source: Path, target: Path, language: Language) -> Iterator[None]:
    """What went wrong, in one line that names the file it is about."""
    try:
        yield
    except FileUnusable as failed:
        is_source = failed.reason in ("foreign", "damaged", "key", "busy") or not source.is_file()
        told = f"{source if is_source else target} {REASONS[failed.reason][language]}"
        raise (Unreachable if failed.may_pass else UsageError)(told) from None
