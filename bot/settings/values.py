"""Values of variables: each reader takes a variable's name and text, and names the variable when the text is wrong.

No message shows a secret.
"""

import base64
import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from bot.messages import LANGUAGES, Language

WordT = TypeVar("WordT", bound=str)

_KEY_BYTES = 32
_QUOTATION_MARKS = ('"', "'")


class SettingsError(Exception):
    """A variable is missing or wrong; the message names it and says what to do, and never shows a secret."""


class Plain(Mapping[str, str]):
    """An environment as people mean it: without white space around values. Raises SettingsError for a value within
    quotation marks, which some readers of files take off (systemd, compose) and others do not (docker, kustomize)."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def __getitem__(self, name: str) -> str:
        value = self._environment.get(name)
        if value is None:
            raise KeyError(name)
        return _unquoted(value.strip(), name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._environment)

    def __len__(self) -> int:
        return len(self._environment)


def secret(environment: Mapping[str, str], name: str) -> tuple[str, str]:
    """A secret's text and the variable it came from: NAME_FILE if it is set, else NAME; the text is empty if neither
    is."""
    file = environment.get(f"{name}_FILE", "")
    if file:
        return _text_of(f"{name}_FILE", file), f"{name}_FILE"
    return environment.get(name, ""), name


def token(text: str, variable: str) -> str:
    """A bot token."""
    number, _, secret_part = text.partition(":")
    is_whole = secret_part and secret_part.isascii() and not any(c.isspace() or c == "/" for c in secret_part)
    if not (number.isdecimal() and is_whole):
        raise SettingsError(f"{variable} holds no bot token (it looks like 123456:ABC…): copy it from @BotFather")
    return text


def keys(text: str, variable: str) -> tuple[bytes, ...]:
    """The store's keys, one a line, the first in use."""
    return tuple(_key(line, variable) for line in text.split())


def webhook_secret(text: str, variable: str) -> str:
    """What Telegram takes as a webhook's secret (core.telegram.org/bots/api#setwebhook)."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", text):
        raise SettingsError(
            f"{variable} is no webhook secret: use 1 to 256 letters, digits, _ and - (openssl rand -hex 32)"
        )
    return text


def duration(text: str, variable: str, unit: timedelta, most: int) -> timedelta:
    """A number of units above 0."""
    name = "hours" if unit == timedelta(hours=1) else "days"
    message = f"{variable} is {text!r}: use a number of {name} above 0, at most {most}"
    try:
        amount = float(text)
    except ValueError as error:
        raise SettingsError(message) from error
    if not 0 < amount <= most or not amount * unit:
        raise SettingsError(message)
    return amount * unit


def language(text: str, variable: str) -> Language:
    """One of the bot's languages."""
    return one_of(text.lower(), variable, LANGUAGES)


def web_address(text: str, variable: str, schemes: tuple[str, ...] = ("http", "https")) -> str:
    """An address that a client can call."""
    known = " or ".join(f"{scheme}://host:port" for scheme in schemes)
    message = f"{variable} is no web address: use {known}"
    try:
        parts = urlsplit(text)
        # Reading the port is what proves it: urlsplit itself takes any.
        is_address = parts.scheme in schemes and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise SettingsError(message) from error
    if not is_address:
        raise SettingsError(message)
    return text.rstrip("/")


def host_and_port(text: str, variable: str) -> tuple[str, int]:
    """Where to listen."""
    host, _, port = text.rpartition(":")
    if not host or not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise SettingsError(f"{variable} is {text!r}: use host:port, such as 127.0.0.1:8080 or 0.0.0.0:8080")
    return host.strip("[]"), int(port)


def one_of(text: str, variable: str, known: tuple[WordT, ...]) -> WordT:
    """One of a few words."""
    found = next((word for word in known if word == text), None)
    if found is None:
        raise SettingsError(f"{variable} is {text!r}: use {', '.join(known[:-1])} or {known[-1]}")
    return found


def one_line(text: str) -> str:
    """A text that is shown to people."""
    return " ".join(text.split())


def _unquoted(text: str, variable: str) -> str:
    if len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTATION_MARKS:
        raise SettingsError(f"{variable} stands within quotation marks: leave them out, they are taken for part of it")
    return text


def _key(line: str, variable: str) -> bytes:
    try:
        key = base64.b64decode(line.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise SettingsError(
            f"{variable} holds no key: use 32 bytes in Base64, one key a line (openssl rand -base64 32)"
        )
    return key


def _text_of(variable: str, path: str) -> str:
    try:
        # Editors on Windows begin a file with a byte order mark, which is no part of the secret.
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{variable}: {path} cannot be read: name a readable text file") from error
    if not text.strip():
        raise SettingsError(f"{variable}: {path} is empty: write the secret into it")
    return _unquoted(text.strip(), variable)
