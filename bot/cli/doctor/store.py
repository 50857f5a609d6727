"""Whether the store can be written and read: the file or the server, and the keys."""

import os
import stat
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.cli.doctor.machine import examine_disk
from bot.cli.file_wording import REASONS
from bot.cli.keys_wording import told, told_missing
from bot.cli.stores import existing_keys, own_key_file
from bot.knowledge.phrases import Bilingual
from bot.sessions.keyring import KeyUse, missing
from bot.sessions.sqlite import inspection
from bot.sessions.sqlite.reasons import FileUnusable
from bot.sessions.store import StoreUnavailable
from bot.sessions.vault import Vault
from bot.settings import Settings, SettingsError

_MEGABYTE = 1024 * 1024
#: A Redis that is fuller than this refuses writes soon.
_FULL = 0.9
#: A key that others can read seals nothing.
_OTHERS = stat.S_IRWXO
_ANYBODY_ELSE = stat.S_IRWXO | stat.S_IRWXG
_WRONG_KEY = Bilingual(
    "der Speicher wurde mit einem Schlüssel versiegelt, der nicht gesetzt ist",
    "the store was sealed with a key that is not set",
)


async def examine(settings: Settings, environment: Mapping[str, str]) -> Sequence[Finding]:
    """Look at it from outside; a bot may work on it."""
    if settings.store.url is not None:
        return await _server(settings.store.url, settings, environment)
    if settings.store.path is None:
        text = Bilingual("im Speicher des Prozesses", "in the process's memory")
        advice = Bilingual("alles endet mit ihm: BOT_STORE setzen", "all ends with it: set BOT_STORE")
        return [warn("store", text, advice)]
    path = settings.store.path
    return [*_file(path, settings), *_key_file(path, settings, environment)]


def _file(path: Path, settings: Settings) -> Sequence[Finding]:
    if not path.parent.is_dir():
        return [_no_folder(path, settings)]
    disk = examine_disk(path.parent)
    if not path.exists():
        return [_yet_to_be_made(path), disk]
    try:
        found = inspection.inspect(path, Vault(existing_keys(settings, path)))
    except FileUnusable as error:
        why = REASONS[error.reason]
        return [fail("store", Bilingual(f"{path} {why.de}", f"{path} {why.en}")), disk]
    except (SettingsError, StoreUnavailable) as error:
        return [fail("key", Bilingual(str(error), str(error))), disk]
    written = ok("store", f"{path} gelesen und geschrieben", f"{path} read and written")
    return [written, *_keys(found.uses, is_key_set=found.is_key_set), disk]


def _no_folder(path: Path, settings: Settings) -> Finding:
    text = Bilingual(f"den Ordner {path.parent} gibt es nicht", f"there is no folder {path.parent}")
    if not settings.is_store_set:
        return ok("store", f"{text.de}; der Start legt ihn an", f"{text.en}; the start makes it")
    return fail("store", text, Bilingual("anlegen oder BOT_STORE ändern", "make it, or change BOT_STORE"))


def _yet_to_be_made(path: Path) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=path.parent):
            return ok("store", f"{path} entsteht beim Start", f"{path} is made at the start")
    except OSError:
        return fail(
            "store",
            Bilingual(f"in {path.parent} lässt sich nicht schreiben", f"{path.parent} cannot be written"),
            Bilingual("Rechte ändern oder BOT_STORE ändern", "change the rights, or BOT_STORE"),
        )


def _keys(uses: Sequence[KeyUse], *, is_key_set: bool) -> Sequence[Finding]:
    lost = missing(uses)
    if lost:
        return [fail("key", told_missing(lost))]
    if not is_key_set:
        return [fail("key", _WRONG_KEY, Bilingual("BOT_STORE_KEY_FILE auf ihn setzen", "set BOT_STORE_KEY_FILE to it"))]
    first, *earlier = [each for each in uses if each.is_set]
    used = ok(
        "key",
        f"{first.fingerprint} öffnet den Speicher und versiegelt {told([first], 'de')}",
        f"{first.fingerprint} opens the store and seals {told([first], 'en')}",
    )
    return [used, *map(_earlier, earlier)]


def _earlier(use: KeyUse) -> Finding:
    if use.total:
        return ok(
            "key",
            f"{use.fingerprint}, ein früherer, versiegelt noch {told([use], 'de')}",
            f"{use.fingerprint}, an earlier one, still seals {told([use], 'en')}",
        )
    text = Bilingual(
        f"{use.fingerprint}, ein früherer, versiegelt nichts mehr", f"{use.fingerprint}, an earlier one, seals nothing"
    )
    return warn("key", text, Bilingual("aus der Datei nehmen", "take it out of the file"))


def _key_file(database: Path | None, settings: Settings, environment: Mapping[str, str]) -> Sequence[Finding]:
    """Who can read the file with the key."""
    named = environment.get("BOT_STORE_KEY_FILE")
    path = Path(named) if named else own_key_file(database) if database and not settings.store_keys else None
    if path is None or not path.exists():
        return []
    found = path.stat()
    # What others than the bot's account own is shared with it on purpose, by its group.
    is_own = not hasattr(os, "geteuid") or found.st_uid == os.geteuid()
    if not found.st_mode & (_ANYBODY_ELSE if is_own else _OTHERS):
        return []
    mode = f"{stat.S_IMODE(found.st_mode):04o}"
    text = Bilingual(f"{path} ist auch für andere lesbar ({mode})", f"others can read {path}, too ({mode})")
    return [warn("key", text, Bilingual(f"chmod 600 {path}", f"chmod 600 {path}"))]


async def _server(url: str, settings: Settings, environment: Mapping[str, str]) -> Sequence[Finding]:
    if not settings.store_keys:
        text = Bilingual("BOT_STORE_KEY_FILE ist nicht gesetzt", "BOT_STORE_KEY_FILE is not set")
        return [fail("key", text, Bilingual("openssl rand -base64 32", "openssl rand -base64 32"))]
    # Only where it is needed: the client is slow to load.
    from bot.sessions.redis.inspection import inspect  # noqa: PLC0415

    try:
        found = await inspect(url, Vault(settings.store_keys))
    except StoreUnavailable as error:
        return [fail("store", Bilingual(str(error), str(error)))]
    return [
        ok("store", f"Redis {found.version} gelesen und geschrieben", f"Redis {found.version} read and written"),
        *_durability(writes_log=found.writes_log, keeps_all=found.keeps_all),
        *_memory(found.used_memory, found.most_memory),
        *_keys(found.uses, is_key_set=found.is_key_set),
        *_key_file(None, settings, environment),
    ]


def _durability(*, writes_log: bool, keeps_all: bool) -> Sequence[Finding]:
    found = []
    if not writes_log:
        text = Bilingual(
            "Redis schreibt kein Log: ein Absturz kostet, was wartet", "Redis writes no log: a crash loses what waits"
        )
        found.append(warn("store", text, Bilingual("appendonly yes", "appendonly yes")))
    if not keeps_all:
        text = Bilingual(
            "Redis wirft weg, was wartet, wenn es voll ist", "Redis drops what waits when its memory is full"
        )
        found.append(fail("store", text, Bilingual("maxmemory-policy noeviction", "maxmemory-policy noeviction")))
    return found


def _memory(used: int, most: int) -> Sequence[Finding]:
    if not most:
        return []
    text = Bilingual(
        f"{used // _MEGABYTE} von {most // _MEGABYTE} MB belegt", f"{used // _MEGABYTE} of {most // _MEGABYTE} MB used"
    )
    if used > most * _FULL:
        return [warn("memory", text, Bilingual("maxmemory erhöhen", "raise maxmemory"))]
    return [ok("memory", text.de, text.en)]
