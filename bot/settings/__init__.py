"""Environment -> frozen settings. The only reader of the environment; every bad value is named with its variable.

An empty variable counts as not set. `values` reads the single values, `names` refuses misspelt variables.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Literal, TypeAlias, get_args
from urllib.parse import urlsplit

from platformdirs import user_data_path

from bot.messages import Language
from bot.settings import names, values
from bot.settings.folders import own_folder
from bot.settings.values import Plain, SettingsError

__all__ = [
    "VARIABLES",
    "ControllerSettings",
    "LogSettings",
    "Settings",
    "SettingsError",
    "StoreAddress",
    "TelegramSettings",
    "log",
    "read",
]

TELEGRAM_API = "https://api.telegram.org"
WEBHOOK_PATH = "/telegram"
DEFAULT_LISTEN = "127.0.0.1:8080"
MOST_SESSION_HOURS = 24 * 365
MOST_DONATION_DAYS = 365
#: Copies are for the day on which a disk fails; whoever was deleted must not live on in them for long.
MOST_BACKUP_HOURS = 24 * 7

#: Every variable that is read.
VARIABLES = (
    "TELEGRAM_BOT_TOKEN",
    "TELEGRAM_BOT_TOKEN_FILE",
    "TELEGRAM_API_BASE_URL",
    "BOT_STORE",
    "BOT_STORE_KEY",
    "BOT_STORE_KEY_FILE",
    "BOT_SESSION_HOURS",
    "BOT_DONATION_DAYS",
    "BOT_BACKUP_HOURS",
    "BOT_WEBHOOK_URL",
    "BOT_WEBHOOK_SECRET",
    "BOT_WEBHOOK_SECRET_FILE",
    "BOT_LISTEN",
    "BOT_LANGUAGE",
    "BOT_KNOWLEDGE",
    "BOT_CONTROLLER_NAME",
    "BOT_CONTROLLER_CONTACT",
    "BOT_CONTROLLER_ADDRESS",
    "BOT_CONTROLLER_DPO",
    "BOT_CONTROLLER_KIND",
    "BOT_CONTROLLER_PROCESSORS",
    "BOT_LOG_LEVEL",
    "BOT_LOG_FORMAT",
    names.IGNORED,
    "BOT_ENV",
)

LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]
LogFormat: TypeAlias = Literal["text", "json"]


@dataclass(frozen=True, slots=True)
class StoreAddress:
    """Where things are kept: in an SQLite file, on a Redis server, or, with neither, in memory. The address may hold a
    password."""

    path: Path | None = None
    url: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class LogSettings:
    """From which level on the log is written, and how: a line of text or a JSON object each."""

    level: LogLevel = "info"
    format: LogFormat = "text"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of all commands."""

    store: StoreAddress
    is_store_set: bool
    store_keys: tuple[bytes, ...] = field(repr=False)
    session_lifetime: timedelta
    donation_lifetime: timedelta
    #: How long copies of the store are kept; None if none are made.
    backup_lifetime: timedelta | None
    language: Language
    knowledge: str | None
    telegram_api_base_url: str


@dataclass(frozen=True, slots=True)
class ControllerSettings:
    """Who is responsible for the processing."""

    name: str
    contact: str
    address: str
    officer: str
    is_public_body: bool
    processors: str


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """What only running on Telegram needs. With a webhook's address there is its secret, too."""

    token: str = field(repr=False)
    controller: ControllerSettings
    webhook_url: str | None
    webhook_secret: str = field(repr=False)
    listen: tuple[str, int] | None


def read(environment: Mapping[str, str]) -> Settings:
    """The settings of an environment. Raises SettingsError for unknown variables, else for the first bad value."""
    names.refuse_unknown(environment, VARIABLES)
    environment = Plain(environment)
    hour, day = timedelta(hours=1), timedelta(days=1)
    return Settings(
        store=_store(environment.get("BOT_STORE", "")),
        is_store_set=bool(environment.get("BOT_STORE")),
        store_keys=values.keys(*values.secret(environment, "BOT_STORE_KEY")),
        session_lifetime=_duration(environment, "BOT_SESSION_HOURS", "24", hour, MOST_SESSION_HOURS),
        donation_lifetime=_duration(environment, "BOT_DONATION_DAYS", "90", day, MOST_DONATION_DAYS),
        backup_lifetime=_backup_lifetime(environment),
        language=values.language(environment.get("BOT_LANGUAGE", "") or "de", "BOT_LANGUAGE"),
        knowledge=environment.get("BOT_KNOWLEDGE") or None,
        telegram_api_base_url=values.web_address(
            environment.get("TELEGRAM_API_BASE_URL", "") or TELEGRAM_API, "TELEGRAM_API_BASE_URL"
        ),
    )


def log(environment: Mapping[str, str]) -> LogSettings:
    """How the log is written: read first, so that it can tell of everything else. Raises SettingsError."""
    environment = Plain(environment)
    level = (environment.get("BOT_LOG_LEVEL", "") or "info").lower()
    style = (environment.get("BOT_LOG_FORMAT", "") or "text").lower()
    return LogSettings(
        values.one_of(level, "BOT_LOG_LEVEL", get_args(LogLevel)),
        values.one_of(style, "BOT_LOG_FORMAT", get_args(LogFormat)),
    )


def telegram_token(environment: Mapping[str, str]) -> str:
    """The token, from TELEGRAM_BOT_TOKEN or the file that TELEGRAM_BOT_TOKEN_FILE names. Raises SettingsError."""
    text, variable = values.secret(Plain(environment), "TELEGRAM_BOT_TOKEN")
    if not text:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set: set it to the token that @BotFather gave you")
    return values.token(text, variable)


def telegram(environment: Mapping[str, str]) -> TelegramSettings:
    """The settings for running on Telegram. Raises SettingsError for the first that is bad or missing."""
    environment = Plain(environment)
    url = _webhook_url(environment)
    return TelegramSettings(
        token=telegram_token(environment),
        controller=_controller(environment),
        webhook_url=url,
        webhook_secret=_webhook_secret(environment) if url else "",
        listen=_listen(environment, DEFAULT_LISTEN if url else ""),
    )


def _store(value: str) -> StoreAddress:
    if not value:
        # Who has no home must name a store, but only where one is used: what is in no folder cannot be made.
        folder = own_folder(lambda: user_data_path("datenschutz-bot", appauthor=False)) or Path(os.devnull)
        return StoreAddress(folder / "sessions.sqlite3")
    if value == "memory:":
        return StoreAddress()
    scheme, separator, path = value.partition(":///")
    if scheme == "sqlite" and separator and path:
        # As in SQLAlchemy: three slashes and a relative path, four for an absolute one.
        return StoreAddress(Path(path))
    if value.partition(":")[0] in ("redis", "rediss"):
        return StoreAddress(url=values.web_address(value, "BOT_STORE", ("redis", "rediss")))
    known = "sqlite:///relative/path, sqlite:////absolute/path, redis://host:port/0 or memory:"
    raise SettingsError(f"BOT_STORE is unknown: use {known}")


def _duration(environment: Mapping[str, str], name: str, default: str, unit: timedelta, most: int) -> timedelta:
    return values.duration(environment.get(name, "") or default, name, unit, most)


def _backup_lifetime(environment: Mapping[str, str]) -> timedelta | None:
    if not environment.get("BOT_BACKUP_HOURS"):
        return None
    return _duration(environment, "BOT_BACKUP_HOURS", "", timedelta(hours=1), MOST_BACKUP_HOURS)


def _controller(environment: Mapping[str, str]) -> ControllerSettings:
    """People must be able to read who is responsible (Art. 13 (1) (a) GDPR) before they write anything."""
    is_development = values.one_of(
        environment.get("BOT_ENV", "") or "production", "BOT_ENV", ("production", "development")
    )
    told = {name: values.one_line(environment.get(f"BOT_CONTROLLER_{name}", "")) for name in _CONTROLLER}
    missing = [f"BOT_CONTROLLER_{name}" for name in ("NAME", "CONTACT") if not told[name]]
    if missing and is_development == "production":
        raise SettingsError(
            f"{missing[0]} is not set: the privacy notice must say who is responsible and how to reach them "
            "(to try the bot out without it, set BOT_ENV=development)"
        )
    kind = values.one_of(told["KIND"] or "private", "BOT_CONTROLLER_KIND", ("private", "public"))
    return ControllerSettings(
        told["NAME"], told["CONTACT"], told["ADDRESS"], told["DPO"], kind == "public", told["PROCESSORS"]
    )


_CONTROLLER = ("NAME", "CONTACT", "ADDRESS", "DPO", "KIND", "PROCESSORS")


def _webhook_url(environment: Mapping[str, str]) -> str | None:
    text = environment.get("BOT_WEBHOOK_URL", "")
    if not text:
        return None
    # Telegram calls plain http only as a server of one's own.
    is_own = bool(environment.get("TELEGRAM_API_BASE_URL"))
    url = values.web_address(text, "BOT_WEBHOOK_URL", ("https", "http") if is_own else ("https",))
    return url if urlsplit(url).path else f"{url}{WEBHOOK_PATH}"


def _webhook_secret(environment: Mapping[str, str]) -> str:
    text, variable = values.secret(environment, "BOT_WEBHOOK_SECRET")
    if not text:
        raise SettingsError(
            "BOT_WEBHOOK_SECRET is not set: with a webhook it proves that Telegram calls (openssl rand -hex 32)"
        )
    return values.webhook_secret(text, variable)


def _listen(environment: Mapping[str, str], default: str) -> tuple[str, int] | None:
    text = environment.get("BOT_LISTEN", "") or default
    return values.host_and_port(text, "BOT_LISTEN") if text else None
