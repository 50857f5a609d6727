"""Settings: a default for everything but the token, and one clear line for every bad value."""

import base64
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.settings import VARIABLES, ControllerSettings, LogSettings, SettingsError, log, read, telegram, telegram_token

KEY, OTHER_KEY = (base64.b64encode(letter * 32).decode() for letter in (b"k", b"o"))
RUNNING = {
    "TELEGRAM_BOT_TOKEN": "1:x",
    "BOT_CONTROLLER_NAME": "Stadt Musterhausen",
    "BOT_CONTROLLER_CONTACT": "post@musterhausen.example",
}


def test_everything_has_a_default() -> None:
    settings = read({})
    assert settings.session_lifetime == timedelta(hours=24)
    assert settings.backup_lifetime is None
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
        ("BOT_BACKUP_HOURS", "0"),
        ("BOT_BACKUP_HOURS", "169"),
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


@pytest.mark.parametrize(("content", "says"), [("", "is empty"), (" \n", "is empty"), ("geheim", "no bot token")])
def test_a_token_file_that_holds_no_token_is_named_by_its_variable(content: str, says: str, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=says) as caught:
        telegram_token({"TELEGRAM_BOT_TOKEN_FILE": str(file), "TELEGRAM_BOT_TOKEN": "1:x"})
    assert str(caught.value).startswith("TELEGRAM_BOT_TOKEN_FILE")
    assert "geheim" not in str(caught.value)


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


def refusal(reader: Callable[[dict[str, str]], object], environment: dict[str, str]) -> str:
    """The one line that reading ends with."""
    with pytest.raises(SettingsError) as caught:
        reader(environment)
    message = str(caught.value)
    assert "\n" not in message
    return message


class Environment(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, variables: dict[str, str]) -> None:
        super().__init__(variables)
        self.asked: set[str] = set()

    def get(self, name: str, default: str | None = None) -> str:  # type: ignore[override]
        self.asked.add(name)
        return super().get(name, default or "")

    def __getitem__(self, name: str) -> str:
        raise AssertionError(name)


def test_every_variable_that_is_read_is_listed() -> None:
    environment = Environment({**RUNNING, "BOT_WEBHOOK_URL": "https://bot.example", "BOT_WEBHOOK_SECRET": "s"})
    log(environment)
    read(environment)
    telegram(environment)
    assert environment.asked == set(VARIABLES)


# --- the store ---


@pytest.mark.parametrize("address", ["redis://localhost", "redis://u:p@host:6379/0", "rediss://host:6380/1"])
def test_redis_addresses(address: str) -> None:
    store = read({"BOT_STORE": address}).store
    assert (store.url, store.path) == (address, None)


@pytest.mark.parametrize(
    "address",
    [
        "redis://",
        "redis://:6379",
        "redis://host:0",
        "redis://host:port",
        "redis://host:99999",
        "redis://[geheim",
        "://[geheim",
    ],
)
def test_a_bad_store_address_is_told_without_showing_it(address: str) -> None:
    message = refusal(read, {"BOT_STORE": address})
    assert message.startswith("BOT_STORE")
    assert "geheim" not in message


def test_the_password_of_a_store_shows_nowhere() -> None:
    assert "geheim" not in repr(read({"BOT_STORE": "redis://user:geheim@host:6379/0"}))
    assert "geheim" not in refusal(read, {"BOT_STORE": "postgres://user:geheim@host/0"})
    assert "geheim" not in refusal(read, {"BOT_STORE": "redis://user:geheim@host:port/0"})


def test_keys_are_read_one_a_line_in_any_usual_writing() -> None:
    urlsafe = base64.urlsafe_b64encode(b"\xff" * 32).decode()
    assert "_" in urlsafe
    keys = read({"BOT_STORE_KEY": f"{KEY}\n{OTHER_KEY}\r\n{urlsafe}\n"}).store_keys
    assert keys == (b"k" * 32, b"o" * 32, b"\xff" * 32)
    assert read({}).store_keys == ()


def test_a_key_comes_from_a_file_if_one_is_named(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{OTHER_KEY}\n", encoding="ascii")
    assert read({"BOT_STORE_KEY_FILE": str(file), "BOT_STORE_KEY": KEY}).store_keys == (b"o" * 32,)


@pytest.mark.parametrize(
    "key", ["geheim", "geheim!", "schlüssel-geheim", KEY[:-4], f"{KEY}{KEY}", f"{KEY}\ngeheim", "=" * 44, "-" * 5000]
)
def test_a_bad_key_is_told_without_showing_it(key: str, tmp_path: Path) -> None:
    message = refusal(read, {"BOT_STORE_KEY": key})
    assert message.startswith("BOT_STORE_KEY ")
    assert "geheim" not in message
    file = tmp_path / "key"
    file.write_text(key, encoding="utf-8")
    message = refusal(read, {"BOT_STORE_KEY_FILE": str(file)})
    assert message.startswith("BOT_STORE_KEY_FILE ")
    assert "geheim" not in message


@pytest.mark.parametrize("variable", ["BOT_STORE_KEY", "TELEGRAM_BOT_TOKEN", "BOT_WEBHOOK_SECRET"])
@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe\xff"])
def test_a_file_without_a_secret_is_named(variable: str, content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "file"
    if content is not None:
        file.write_bytes(content)
    environment = {**RUNNING, "BOT_WEBHOOK_URL": "https://bot.example", f"{variable}_FILE": str(file)}
    message = refusal(lambda each: (read(each), telegram(each)), environment)
    assert message.startswith(f"{variable}_FILE: {file} ")


def test_keys_show_nowhere() -> None:
    assert "kkkk" not in repr(read({"BOT_STORE_KEY": KEY}))
    assert KEY not in repr(read({"BOT_STORE_KEY": KEY}))


# --- how long things are kept ---


def test_how_long_things_are_kept() -> None:
    kept = read({"BOT_SESSION_HOURS": "1.5", "BOT_DONATION_DAYS": "30"})
    assert (kept.session_lifetime, kept.donation_lifetime) == (timedelta(minutes=90), timedelta(days=30))
    assert read({}).donation_lifetime == timedelta(days=90)


@pytest.mark.parametrize("variable", ["BOT_SESSION_HOURS", "BOT_DONATION_DAYS"])
@pytest.mark.parametrize("value", ["many", "0", "-3", "nan", "inf", "1e9", "1e-12", "9" * 5000])
def test_a_bad_duration_is_named(variable: str, value: str) -> None:
    assert refusal(read, {variable: value}).startswith(variable)


# --- on Telegram ---


def test_only_the_token_and_who_is_responsible_must_be_set_to_run() -> None:
    own = telegram(RUNNING)
    assert [own.token, own.webhook_url, own.webhook_secret, own.listen] == ["1:x", None, "", None]
    assert own.controller == ControllerSettings(
        "Stadt Musterhausen", "post@musterhausen.example", "", "", is_public_body=False, processors=""
    )


@pytest.mark.parametrize("missing", ["BOT_CONTROLLER_NAME", "BOT_CONTROLLER_CONTACT"])
@pytest.mark.parametrize("value", [None, "", "  \n"])
def test_nobody_runs_it_without_saying_who_is_responsible(missing: str, value: str | None) -> None:
    environment = {name: text for name, text in {**RUNNING, missing: value}.items() if text is not None}
    assert refusal(telegram, environment).startswith(f"{missing} is not set")
    assert refusal(telegram, {**environment, "BOT_ENV": "production"}).startswith(f"{missing} is not set")
    assert telegram({**environment, "BOT_ENV": "development"}).listen is None


def test_what_is_said_of_the_controller_is_one_line_each() -> None:
    controller = telegram({**RUNNING, "BOT_CONTROLLER_ADDRESS": " Rathausplatz 1\n 12345  Musterhausen\n"}).controller
    assert controller.address == "Rathausplatz 1 12345 Musterhausen"


def test_who_processes_on_their_behalf_can_be_named() -> None:
    assert telegram({**RUNNING, "BOT_CONTROLLER_PROCESSORS": " Hoster  GmbH,\nErfurt "}).controller.processors == (
        "Hoster GmbH, Erfurt"
    )


def test_a_public_body_says_so() -> None:
    assert telegram({**RUNNING, "BOT_CONTROLLER_KIND": "public"}).controller.is_public_body
    assert not telegram({**RUNNING, "BOT_CONTROLLER_KIND": "private"}).controller.is_public_body


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("BOT_ENV", "dev"),
        ("BOT_ENV", "Production"),
        ("BOT_CONTROLLER_KIND", "authority"),
        ("BOT_WEBHOOK_URL", "bot.example"),
        ("BOT_WEBHOOK_URL", "http://bot.example"),
        ("BOT_WEBHOOK_URL", "https://"),
        ("BOT_WEBHOOK_URL", "https://[bad"),
        ("BOT_LISTEN", "8080"),
        ("BOT_LISTEN", ":8080"),
        ("BOT_LISTEN", "host:0"),
        ("BOT_LISTEN", "host:65536"),
        ("BOT_LISTEN", "host:-1"),
        ("BOT_LISTEN", "host:٣"),
        ("BOT_LISTEN", "host:" + "9" * 5000),
    ],
)
def test_a_bad_value_for_telegram_names_its_variable(variable: str, value: str) -> None:
    message = refusal(telegram, {**RUNNING, "BOT_WEBHOOK_SECRET": "s", variable: value})
    assert message.startswith(variable)
    assert "use" in message


def test_a_webhook_brings_its_secret_and_listens() -> None:
    own = telegram({**RUNNING, "BOT_WEBHOOK_URL": "https://bot.example", "BOT_WEBHOOK_SECRET": "geheim_1-x"})
    assert own.webhook_url == "https://bot.example/telegram"
    assert [own.webhook_secret, own.listen] == ["geheim_1-x", ("127.0.0.1", 8080)]
    assert "geheim" not in repr(own)


def test_a_path_of_ones_own_is_kept() -> None:
    own = telegram({**RUNNING, "BOT_WEBHOOK_URL": "https://bot.example/x/y", "BOT_WEBHOOK_SECRET": "s"})
    assert own.webhook_url == "https://bot.example/x/y"


def test_plain_http_is_for_a_server_of_ones_own() -> None:
    environment = {**RUNNING, "BOT_WEBHOOK_URL": "http://bot:8080", "BOT_WEBHOOK_SECRET": "s"}
    assert refusal(telegram, environment).startswith("BOT_WEBHOOK_URL")
    own = telegram({**environment, "TELEGRAM_API_BASE_URL": "http://api:8081"})
    assert own.webhook_url == "http://bot:8080/telegram"


@pytest.mark.parametrize("secret", ["", "geheim!", "geh eim", "x" * 257, "gehéim"])
def test_a_webhook_without_a_good_secret_is_refused(secret: str) -> None:
    message = refusal(telegram, {**RUNNING, "BOT_WEBHOOK_URL": "https://bot.example", "BOT_WEBHOOK_SECRET": secret})
    assert message.startswith("BOT_WEBHOOK_SECRET")
    assert not secret or secret not in message


def test_where_to_listen() -> None:
    assert telegram({**RUNNING, "BOT_LISTEN": "0.0.0.0:9000"}).listen == ("0.0.0.0", 9000)  # noqa: S104 - as in a container
    assert telegram({**RUNNING, "BOT_LISTEN": "[::1]:9000"}).listen == ("::1", 9000)


def test_the_token_shows_nowhere() -> None:
    assert "geheim" not in repr(telegram({**RUNNING, "TELEGRAM_BOT_TOKEN": "1:geheim"}))


# --- names ---


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("BOT_SESION_HOURS", "BOT_SESSION_HOURS"),
        ("BOT_HOURS", "BOT_SESSION_HOURS or BOT_BACKUP_HOURS"),
        ("BOT_LOGLEVEL", "BOT_LOG_LEVEL"),
        ("BOT_KNOWLEGE", "BOT_KNOWLEDGE"),
        ("BOT_TOKEN", "TELEGRAM_BOT_TOKEN"),
        ("BOT_STORE_KEYS", "BOT_STORE_KEY"),
        ("bot_language", "BOT_LANGUAGE"),
        ("TELEGRAM_BOT_TOKN", "TELEGRAM_BOT_TOKEN"),
        ("TELEGRAM_API_URL", "TELEGRAM_API_BASE_URL"),
    ],
)
def test_a_misspelt_variable_is_refused_with_the_nearest_known_one(wrong: str, right: str) -> None:
    message = refusal(read, {wrong: "geheim"})
    assert message.startswith(f"{wrong} is not known: did you mean {right}?")
    assert "geheim" not in message


def test_an_unknown_variable_like_none_of_ours_is_refused_too() -> None:
    message = refusal(read, {"BOT_DEBUG": "1"})
    assert (
        message == "BOT_DEBUG is not known: unset it, or name it in BOT_IGNORED_VARIABLES if another program reads it"
    )


def test_all_unknown_variables_are_told_at_once() -> None:
    message = refusal(read, {"BOT_SESION_HOURS": "3", "BOT_STOR": "memory:", "BOT_STORE": "nonsense"})
    assert message == (
        "BOT_SESION_HOURS is not known: did you mean BOT_SESSION_HOURS?; BOT_STOR is not known: did you mean BOT_STORE?"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # Of Kubernetes, for services named bot, bot-redis and telegram-bot-api.
        ("BOT_SERVICE_HOST", "10.0.0.7"),
        ("BOT_SERVICE_PORT", "8080"),
        ("BOT_SERVICE_PORT_HTTP", "8080"),
        ("BOT_PORT", "tcp://10.0.0.7:8080"),
        ("BOT_PORT_8080_TCP", "tcp://10.0.0.7:8080"),
        ("BOT_PORT_8080_TCP_PROTO", "tcp"),
        ("BOT_PORT_8080_TCP_PORT", "8080"),
        ("BOT_PORT_8080_TCP_ADDR", "10.0.0.7"),
        ("BOT_REDIS_SERVICE_HOST", "10.0.0.8"),
        ("BOT_REDIS_PORT", "tcp://10.0.0.8:6379"),
        ("TELEGRAM_BOT_API_SERVICE_HOST", "10.0.0.9"),
        ("TELEGRAM_BOT_API_PORT", "tcp://10.0.0.9:8081"),
        # Of Telegram's own Bot API server, and of whoever else writes to Telegram.
        ("TELEGRAM_API_ID", "12345"),
        ("TELEGRAM_API_HASH", "abc"),
        ("TELEGRAM_CHAT_ID", "1"),
        ("BOT_SESION_HOURS", ""),
        ("ROBOT_STORE", "x"),
    ],
)
def test_what_other_programs_set_does_no_harm(name: str, value: str) -> None:
    assert read({name: value}) == read({})


def test_a_port_that_is_no_link_is_a_misspelt_setting() -> None:
    assert refusal(read, {"BOT_PORT": "8080"}).startswith("BOT_PORT is not known")


@pytest.mark.parametrize("names", ["BOT_MOOD BOT_COLOUR_OF_HAIR", "BOT_COLOUR_*, BOT_MOOD", "BOT_*"])
def test_other_programs_variables_can_be_named(names: str) -> None:
    others = {"BOT_MOOD": "good", "BOT_COLOUR_OF_HAIR": "red"}
    assert read({**others, "BOT_IGNORED_VARIABLES": names}) == read({})
    assert "BOT_MOOD" in refusal(read, {**others, "BOT_IGNORED_VARIABLES": "BOT_COLOUR_*"})


# --- what surrounds a value ---


def test_white_space_around_a_value_is_none_of_it() -> None:
    settings = read({"BOT_STORE": " sqlite:///s.sqlite3 \n", "BOT_LANGUAGE": "en ", "BOT_SESSION_HOURS": " 3\r"})
    assert settings.store.path == Path("s.sqlite3")
    assert (settings.language, settings.session_lifetime) == ("en", timedelta(hours=3))
    assert telegram({**RUNNING, "BOT_LISTEN": " 127.0.0.1:9000 "}).listen == ("127.0.0.1", 9000)


@pytest.mark.parametrize("mark", ['"', "'"])
@pytest.mark.parametrize(
    ("reader", "variable", "value"),
    [
        (read, "BOT_LANGUAGE", "de"),
        (read, "BOT_STORE", "sqlite:///geheim"),
        (read, "BOT_STORE_KEY", KEY),
        (log, "BOT_LOG_FORMAT", "json"),
        (telegram, "BOT_CONTROLLER_NAME", "geheim"),
        (telegram, "TELEGRAM_BOT_TOKEN", "1:geheim"),
    ],
)
def test_quotation_marks_that_a_file_has_kept_are_told(
    reader: Callable[[dict[str, str]], object], variable: str, value: str, mark: str
) -> None:
    message = refusal(reader, {**RUNNING, variable: f"{mark}{value}{mark}"})
    assert message.startswith(f"{variable} stands within quotation marks: leave them out")
    assert value not in message or value == "de"


def test_quotation_marks_within_a_value_stay() -> None:
    assert telegram({**RUNNING, "BOT_CONTROLLER_NAME": '"Bienen" e. V.'}).controller.name == '"Bienen" e. V.'


def test_a_token_file_in_quotation_marks_is_told(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text('"1:geheim"\n', encoding="utf-8")
    message = refusal(telegram_token, {"TELEGRAM_BOT_TOKEN_FILE": str(file)})
    assert message.startswith("TELEGRAM_BOT_TOKEN_FILE stands within quotation marks")


# --- the log ---


def test_the_log_is_text_from_info_on() -> None:
    assert log({}) == LogSettings("info", "text")
    assert log({"BOT_LOG_LEVEL": "DEBUG", "BOT_LOG_FORMAT": " json"}) == LogSettings("debug", "json")


@pytest.mark.parametrize(("variable", "value"), [("BOT_LOG_LEVEL", "loud"), ("BOT_LOG_FORMAT", "xml")])
def test_a_bad_log_setting_is_named(variable: str, value: str) -> None:
    message = refusal(log, {variable: value})
    assert message.startswith(f"{variable} is '{value}': use ")
