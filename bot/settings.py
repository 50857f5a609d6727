"""Environment -> frozen settings. The only reader of the environment; every bad value is named with its variable."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

from bot.messages import LANGUAGES, Language

TELEGRAM_API = "https://api.telegram.org"
MOST_SESSION_HOURS = 24 * 365


class SettingsError(Exception):
    """A variable is missing or wrong; the message names it and says what to do, and never shows a secret."""


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """Where sessions are kept: in memory, or in an SQLite file."""

    path: Path | None


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings but the Telegram token, which only one command needs."""

    store: StoreAddress
    is_store_set: bool
    session_lifetime: timedelta
    language: Language
    knowledge: str | None
    telegram_api_base_url: str


def read(environment: Mapping[str, str]) -> Settings:
    """All settings of an environment. Raises SettingsError for the first bad value."""
    return Settings(
        store=_store(environment.get("BOT_STORE", "")),
        is_store_set=bool(environment.get("BOT_STORE")),
        session_lifetime=_lifetime(environment.get("BOT_SESSION_HOURS", "") or "24"),
        language=_language(environment.get("BOT_LANGUAGE", "") or "de"),
        knowledge=environment.get("BOT_KNOWLEDGE") or None,
        telegram_api_base_url=_base_url(environment.get("TELEGRAM_API_BASE_URL", "") or TELEGRAM_API),
    )


def telegram_token(environment: Mapping[str, str]) -> str:
    """The token, from TELEGRAM_BOT_TOKEN or the file that TELEGRAM_BOT_TOKEN_FILE names. Raises SettingsError."""
    file = environment.get("TELEGRAM_BOT_TOKEN_FILE", "")
    if file:
        return _token("TELEGRAM_BOT_TOKEN_FILE", _secret_file("TELEGRAM_BOT_TOKEN_FILE", file))
    token = environment.get("TELEGRAM_BOT_TOKEN", "")
    if not token.strip():
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set: set it to the token that @BotFather gave you")
    return _token("TELEGRAM_BOT_TOKEN", token)


def _token(variable: str, text: str) -> str:
    token = text.strip()
    number, _, secret = token.partition(":")
    if not (number.isdecimal() and secret and secret.isascii() and not any(c.isspace() or c == "/" for c in secret)):
        raise SettingsError(f"{variable} holds no bot token (it looks like 123456:ABC…): copy it from @BotFather")
    return token


def _secret_file(variable: str, path: str) -> str:
    try:
        # Editors on Windows begin a file with a byte order mark, which is no part of the token.
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable}: {path} cannot be read: name a readable text file") from error
    if not text.strip():
        raise SettingsError(f"{variable}: {path} is empty: write the token that @BotFather gave you into it")
    return text


def _store(value: str) -> StoreAddress:
    if not value:
        return StoreAddress(user_data_path("datenschutz-bot", appauthor=False) / "sessions.sqlite3")
    if value == "memory:":
        return StoreAddress(None)
    scheme, separator, path = value.partition(":///")
    if scheme == "sqlite" and separator and path:
        # As in SQLAlchemy: three slashes and a relative path, four for an absolute one.
        return StoreAddress(Path(path))
    raise SettingsError("BOT_STORE is unknown: use sqlite:///relative/path, sqlite:////absolute/path or memory:")


def _lifetime(value: str) -> timedelta:
    message = f"BOT_SESSION_HOURS is {value!r}: use a number of hours above 0, at most {MOST_SESSION_HOURS}"
    try:
        hours = float(value)
    except ValueError as error:
        raise SettingsError(message) from error
    if not 0 < hours <= MOST_SESSION_HOURS:
        raise SettingsError(message)
    return timedelta(hours=hours)


def _language(value: str) -> Language:
    language = next((known for known in LANGUAGES if known == value.strip().lower()), None)
    if language is None:
        raise SettingsError(f"BOT_LANGUAGE is {value!r}: use {' or '.join(LANGUAGES)}")
    return language


def _base_url(value: str) -> str:
    message = "TELEGRAM_API_BASE_URL is no web address: use http://host:port or https://host"
    try:
        parts = urlsplit(value)
        # Reading the port is what proves it: urlsplit itself takes any.
        is_address = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise SettingsError(message) from error
    if not is_address:
        raise SettingsError(message)
    return value.rstrip("/")
