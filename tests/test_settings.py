"""Settings: a default for everything but the token, and one clear line for every bad value."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import SettingsError, read, telegram_token


def test_everything_has_a_default() -> None:
    settings = read({})
    assert settings.session_lifetime == timedelta(hours=24)
    assert settings.language == "de"
    assert settings.telegram_api_base_url == "https://api.telegram.org"
    assert settings.store.path is not None
    assert settings.store.path.name == "sessions.sqlite3"
    assert not settings.is_store_set


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("memory:", None),
        ("sqlite:///data/s.sqlite3", Path("data/s.sqlite3")),
        ("sqlite:////var/lib/bot.sqlite3", Path("/var/lib/bot.sqlite3")),
    ],
)
def test_stores(address: str, path: Path | None) -> None:
    assert read({"BOT_STORE": address}).store.path == path


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BOT_STORE", "postgres://db"),
        ("BOT_STORE", "sqlite://relative"),
        ("BOT_STORE", "sqlite:///"),
        ("BOT_SESSION_HOURS", "many"),
        ("BOT_SESSION_HOURS", "0"),
        ("BOT_SESSION_HOURS", "-3"),
        ("BOT_SESSION_HOURS", "nan"),
        ("BOT_SESSION_HOURS", "1e9"),
        ("BOT_LANGUAGE", "fr"),
        ("TELEGRAM_API_BASE_URL", "localhost:8081"),
        ("TELEGRAM_API_BASE_URL", "ftp://host"),
        ("TELEGRAM_API_BASE_URL", "http://[bad"),
        ("TELEGRAM_API_BASE_URL", "http://host:99999"),
        ("TELEGRAM_API_BASE_URL", "http://host:0"),
        ("TELEGRAM_API_BASE_URL", "http://host:port"),
        ("TELEGRAM_API_BASE_URL", "http://:8081"),
    ],
)
def test_a_bad_value_names_its_variable_in_one_line(variable: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        read({variable: value})
    message = str(caught.value)
    assert message.startswith(variable)
    assert "\n" not in message
    assert "use" in message


def test_an_address_may_have_a_port() -> None:
    address = "http://[::1]:8081"
    assert read({"TELEGRAM_API_BASE_URL": f"{address}/"}).telegram_api_base_url == address


def test_a_token_comes_from_the_environment_or_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("123:abc\n", encoding="utf-8")
    assert telegram_token({"TELEGRAM_BOT_TOKEN": "1:x"}) == "1:x"
    assert telegram_token({"TELEGRAM_BOT_TOKEN_FILE": str(file), "TELEGRAM_BOT_TOKEN": "1:x"}) == "123:abc"


def test_a_token_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(b"\xef\xbb\xbf123:abc\r\n")
    assert telegram_token({"TELEGRAM_BOT_TOKEN_FILE": str(file)}) == "123:abc"


@pytest.mark.parametrize(("content", "says"), [("", "is empty"), (" \n", "is empty"), ("secret", "no bot token")])
def test_a_token_file_that_holds_no_token_is_named_by_its_variable(content: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=says) as caught:
        telegram_token({"TELEGRAM_BOT_TOKEN_FILE": str(file), "TELEGRAM_BOT_TOKEN": "1:x"})
    assert str(caught.value).startswith("TELEGRAM_BOT_TOKEN_FILE")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"TELEGRAM_BOT_TOKEN": ""},
        {"TELEGRAM_BOT_TOKEN": "secret-without-colon"},
        {"TELEGRAM_BOT_TOKEN": "12:se cret"},
        {"TELEGRAM_BOT_TOKEN": "12:../secret"},
        {"TELEGRAM_BOT_TOKEN_FILE": "/nowhere/token"},
    ],
)
def test_a_missing_or_malformed_token_is_told_without_showing_it(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        telegram_token(environment)
    assert str(caught.value).startswith("TELEGRAM_BOT_TOKEN")
    assert "secret" not in str(caught.value)
