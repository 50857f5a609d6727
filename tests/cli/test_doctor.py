"""`doctor`: real processes against the Bot API server, SQLite files and a Redis server; also beside a bot that runs."""

import base64
import json
import os
import shutil
import socket
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.channels.telegram.inspection import Inspection
from bot.cli.doctor import machine, telegram
from bot.cli.doctor.findings import Finding
from tests.bot_api import BotApiServer, bad_gateway, garbled
from tests.bot_api.faults import Order
from tests.bot_api.server import WebServer
from tests.bot_api.waiting import wait_until
from tests.cli.certificates import certificate
from tests.cli.processes import bot, command, environment, until
from tests.sessions.redis_server import RedisServer, free_port, running

PRICE = "Was kostet der Eintritt ins Freibad?"
KEY, OTHER_KEY = (base64.b64encode(letter * 32).decode() for letter in (b"k", b"o"))
NAMED = {"BOT_ENV": "production", "BOT_CONTROLLER_NAME": "Freibad", "BOT_CONTROLLER_CONTACT": "post@pool.example"}


@dataclass(frozen=True)
class Told:
    """What doctor ended with and said."""

    code: int
    findings: tuple[tuple[str, str, str], ...]

    def __getitem__(self, topic: str) -> str:
        """All lines of a topic, each with its level."""
        return "\n".join(f"{level} {text}" for each, level, text in self.findings if each == topic)

    def __contains__(self, topic: str) -> bool:
        return any(each == topic for each, _, _ in self.findings)

    @property
    def bad(self) -> list[str]:
        return [f"{level} {topic}" for topic, level, _ in self.findings if level != "ok"]


#: The servers of this process by the tokens of their bots.
SERVERS: dict[str, BotApiServer] = {}


def doctor(settings: dict[str, str], *, listens: bool = False) -> Told:
    """What it says. It listens for others for some seconds, which most tests need not wait for."""
    server = SERVERS.get(settings["TELEGRAM_BOT_TOKEN"])
    order = Order("getUpdates", garbled([]), None, 1)
    if server and not listens:
        server.state.faults.append(order)
    done = command(["doctor", "--json"], settings)
    order.times = 0
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["ready"] is (done.returncode == 0)
    listed = [
        (each["topic"], each["level"], f"{each['text']}: {each['advice']}" if each["advice"] else each["text"])
        for each in told["findings"]
    ]
    return Told(done.returncode, tuple(listed))


@pytest.fixture
def set_(bot_api: BotApiServer, small_folder: Path, tmp_path: Path) -> dict[str, str]:
    """Settings under which all is well."""
    SERVERS[bot_api.token] = bot_api
    return environment(bot_api, small_folder, f"sqlite:///{tmp_path}/s.sqlite3", **NAMED)


# --- all is well ---


def test_before_the_first_start_all_is_well_and_nothing_has_been_made(set_: dict[str, str], tmp_path: Path) -> None:
    before = sorted(tmp_path.iterdir())
    told = doctor(set_, listens=True)
    assert (told.code, told.bad) == (0, [])
    assert [topic for topic, _, _ in told.findings] == [
        *("settings", "controller", "knowledge", "store", "disk"),
        *("token", "polling", "clock", "inline", "groups"),
    ]
    assert told["token"] == "ok @hofbot"  # noqa: S105
    assert told["knowledge"].startswith("ok sound: 3 entries, last reviewed 20")
    assert told["store"].endswith("s.sqlite3 is made at the start")
    assert [path for path in sorted(tmp_path.iterdir()) if path.name != ".cache"] == before


@pytest.mark.parametrize(
    ("language", "verdict", "line"),
    [("de", "bereit (0 FAIL, 0 warn)", "Inline-Modus an"), ("en", "ready (0 FAIL, 0 warn)", "inline mode on")],
)
def test_it_speaks_its_readers_language(
    language: str, verdict: str, line: str, set_: dict[str, str], bot_api: BotApiServer
) -> None:
    bot_api.fails("getUpdates", garbled([]))
    done = command(["doctor", "--language", language], set_)
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr, lines[-1]) == (0, "", verdict)
    assert f"ok    inline: {line}" in lines
    assert all(each.startswith(("ok    ", "warn  ", "FAIL  ")) for each in lines[:-1])


def test_a_running_bot_is_seen_and_loses_nothing(set_: dict[str, str], bot_api: BotApiServer, tmp_path: Path) -> None:
    address = f"127.0.0.1:{free_port()}"
    anna, log = bot_api.user(7), tmp_path / "log"
    with bot({**set_, "BOT_LISTEN": address}, log):
        anna.says(PRICE)
        wait_until(bot_api.state, lambda: anna.messages, "an answer")
        told = doctor({**set_, "BOT_LISTEN": address})
        anna.says("Erwachsene")
        wait_until(bot_api.state, lambda: len(anna.messages) == 2, "the next answer")
    assert (told.code, told.bad) == (0, [])
    assert told["running"] == "ok a bot runs here"
    assert told["listen"] == f"ok {address}: the bot answers there"
    assert told["store"].endswith("read and written")
    assert "opens the store and seals 1 dialogue" in told["key"]
    # Its long poll was not interrupted, and nothing at Telegram was changed.
    assert "Conflict" not in log.read_text(encoding="utf-8")
    asked = {call.method.lower() for call in bot_api.calls()}
    assert not asked & {"setwebhook", "logout", "close"}
    assert len(bot_api.calls("deleteWebhook")) == 1


def test_a_bot_that_listens_nowhere_is_seen_by_its_lock(
    set_: dict[str, str], bot_api: BotApiServer, tmp_path: Path
) -> None:
    with bot(set_, tmp_path / "log"):
        wait_until(bot_api.state, lambda: bot_api.calls("deleteWebhook"), "the bot")
        assert doctor(set_)["running"] == "ok a bot runs here"
    assert "running" not in doctor(set_)


# --- settings and knowledge ---


def test_what_is_missing_is_told_with_everything_else(set_: dict[str, str]) -> None:
    told = doctor({**set_, "BOT_CONTROLLER_CONTACT": ""})
    assert told.code == 2
    assert told["settings"].startswith("FAIL BOT_CONTROLLER_CONTACT is not set")
    assert told["token"] == "ok @hofbot"  # noqa: S105


def test_without_a_token_telegram_is_not_asked(set_: dict[str, str], bot_api: BotApiServer) -> None:
    told = doctor({**set_, "TELEGRAM_BOT_TOKEN": ""})
    assert (told.code, told.bad) == (2, ["FAIL settings"])
    assert "token" not in told
    assert bot_api.calls() == []


def test_nobody_responsible_and_a_public_body_without_an_officer_are_worth_a_look(set_: dict[str, str]) -> None:
    nobody = doctor({**set_, "BOT_ENV": "development", "BOT_CONTROLLER_NAME": ""})
    assert (nobody.code, nobody.bad) == (0, ["warn controller"])
    assert "nobody is named as responsible" in nobody["controller"]
    public = doctor({**set_, "BOT_CONTROLLER_KIND": "public"})
    assert (public.code, public.bad) == (0, ["warn controller"])
    assert "BOT_CONTROLLER_DPO" in public["controller"]


def test_unsound_and_overdue_knowledge_are_told(set_: dict[str, str], small_folder: Path) -> None:
    file = small_folder / "entries/pool/pool-hours.yaml"
    sound = file.read_text(encoding="utf-8")
    review_by = next(line for line in sound.splitlines() if line.startswith("review_by:"))
    file.write_text(sound.replace(review_by, "review_by: 2026-01-31"), encoding="utf-8")
    overdue = doctor(set_)
    assert (overdue.code, overdue.bad) == (0, ["warn knowledge"])
    assert "1 entry is overdue (pool-hours)" in overdue["knowledge"]
    file.write_text(f"{sound}nonsense: 1\n", encoding="utf-8")
    unsound = doctor(set_)
    assert (unsound.code, unsound.bad) == (2, ["FAIL knowledge"])
    assert "pool-hours.yaml:" in unsound["knowledge"]


# --- Telegram ---


@pytest.mark.parametrize(("token", "told"), [("1:wrong", "does not accept this token"), ("1:w!", "does not accept")])
def test_a_wrong_token_is_told(token: str, told: str, set_: dict[str, str]) -> None:
    found = doctor({**set_, "TELEGRAM_BOT_TOKEN": token})
    assert (found.code, found.bad) == (2, ["FAIL telegram"])
    assert told in found["telegram"]
    assert token not in found["telegram"]


def test_a_telegram_that_does_not_answer_is_told(set_: dict[str, str], bot_api: BotApiServer) -> None:
    bot_api.fails("getWebhookInfo", bad_gateway())
    assert "no answer from" in doctor(set_)["telegram"]


def test_what_botfather_has_switched_is_told(set_: dict[str, str], bot_api: BotApiServer) -> None:
    me = {"id": 1, "is_bot": True, "first_name": "Hof", "username": "hofbot"}
    bot_api.fails(
        "getMe", garbled({**me, "can_read_all_group_messages": True, "supports_inline_queries": False}), times=9
    )
    told = doctor(set_)
    assert (told.code, told.bad) == (0, ["warn inline", "warn groups"])
    assert "/setinline" in told["inline"]
    assert "/setprivacy" in told["groups"]


class Rival(threading.Thread):
    """Another bot somewhere, with the same token: fetches updates, and again after each conflict."""

    def __init__(self, server: BotApiServer) -> None:
        super().__init__(daemon=True)
        self._url = f"{server.url}/bot{server.token}/getUpdates?timeout=30&offset="
        self._offset = 0
        self.is_ending = False
        self.got: list[int] = []

    def run(self) -> None:
        while not self.is_ending:
            try:
                with urllib.request.urlopen(f"{self._url}{self._offset}", timeout=60) as answer:  # noqa: S310
                    found = [each["update_id"] for each in json.load(answer)["result"]]
            except urllib.error.HTTPError as conflict:
                conflict.close()
                time.sleep(0.2)
                continue
            self.got += found
            self._offset = max([*found, self._offset - 1]) + 1


def test_another_that_fetches_updates_is_told_and_loses_none(set_: dict[str, str], bot_api: BotApiServer) -> None:
    rival = Rival(bot_api)
    rival.start()
    wait_until(bot_api.state, lambda: bot_api.calls("getUpdates"), "the other bot")
    told = doctor(set_, listens=True)
    assert (told.code, told.bad) == (2, ["FAIL polling"])
    assert "another process fetches updates with this token" in told["polling"]
    bot_api.user(7).says_all(["eins", "zwei"])
    wait_until(bot_api.state, lambda: len(rival.got) == 2, "its updates")
    rival.is_ending = True


def test_updates_that_wait_are_not_taken(set_: dict[str, str], bot_api: BotApiServer) -> None:
    bot_api.user(7).says_all(["Hallo"] * 120)
    told = doctor(set_, listens=True)
    assert (told.code, told.bad) == (0, ["warn pending"])
    assert "120 updates wait at Telegram" in told["pending"]
    assert len(bot_api.state.updates) == 120


@pytest.fixture
def local(web: WebServer, small_folder: Path, tmp_path: Path) -> Iterator[tuple[BotApiServer, dict[str, str]]]:
    """A server that delivers to this machine, and settings for a webhook with it."""
    with BotApiServer("4711:local", web=web, is_local=True) as server:
        port = free_port()
        address = f"127.0.0.1:{port}"
        webhook = {"BOT_LISTEN": address, "BOT_WEBHOOK_URL": f"http://{address}/telegram", "BOT_WEBHOOK_SECRET": "s"}
        yield server, environment(server, small_folder, f"sqlite:///{tmp_path}/s.sqlite3", **NAMED, **webhook)


def set_webhook(server: BotApiServer, url: str) -> None:
    with urllib.request.urlopen(f"{server.url}/bot{server.token}/setWebhook?url={url}", timeout=60) as answer:  # noqa: S310
        assert answer.status == 200


def test_a_webhook_is_followed_from_none_to_one_that_works(
    local: tuple[BotApiServer, dict[str, str]], tmp_path: Path
) -> None:
    server, settings = local
    before = doctor(settings)
    assert before["webhook"] == "ok none yet; the bot sets it when it starts"
    assert before.bad == ["FAIL certificate"]
    assert "cannot be reached from here (Connection refused)" in before["certificate"]
    set_webhook(server, "http://old.example/secret-path")
    foreign = doctor(settings)
    assert foreign["webhook"].startswith("warn Telegram calls old.example; the start changes that")
    assert "secret-path" not in foreign["webhook"]
    with bot(settings, tmp_path / "log"):
        until(lambda: server.state.webhook_url == settings["BOT_WEBHOOK_URL"], "the webhook")
        until(lambda: machine.is_bot(("127.0.0.1", int(settings["BOT_LISTEN"].rpartition(":")[2]))), "the bot")
        after = doctor(settings)
        assert (after.code, after.bad) == (0, [])
        assert after["webhook"] == "ok as it is set here"
        assert after["certificate"] == "ok 127.0.0.1 answers, without TLS"
        set_webhook(server, "http://old.example/")
        taken = doctor(settings)
    assert taken.bad == ["FAIL webhook"]
    assert "the bot runs, but Telegram calls old.example" in taken["webhook"]


def test_why_telegram_could_not_deliver_is_told(local: tuple[BotApiServer, dict[str, str]]) -> None:
    server, settings = local
    set_webhook(server, settings["BOT_WEBHOOK_URL"])
    server.user(7).says("Hallo")
    wait_until(server.state, lambda: server.state.webhook.last_error_message, "a failure")
    told = doctor(settings)
    assert told["webhook"].splitlines()[0] == "ok as it is set here"
    assert "nobody accepts the connection" in told["webhook"]


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("Connection timed out", "the answer comes too late"),
        ("Read timeout expired", "the answer comes too late"),
        ("SSL error {error:0A000086:SSL routines::certificate verify failed}", "the certificate is not valid"),
        ("SSL error {error:0A00010B:SSL routines::wrong version number}", "TLS cannot be set up"),
        ("Failed to resolve host: Name or service not known", "the name has no address in the DNS"),
        ("Wrong response from the webhook: 403 Forbidden", "the answer was 403"),
        ("Wrong response from the webhook: 502 Bad Gateway", "the answer was 502"),
        ("Connection reset by peer", "the connection breaks"),
        ("Network is unreachable", "the network cannot be reached"),
        ("something with https://secret.example/path in it", "for a reason that this bot does not know"),
    ],
)
def test_telegrams_words_are_told_in_ours(
    message: str, expected: str, local: tuple[BotApiServer, dict[str, str]]
) -> None:
    server, settings = local
    set_webhook(server, settings["BOT_WEBHOOK_URL"])
    server.state.webhook.last_error_message, server.state.webhook.last_error_date = message, 1_790_000_000
    told = doctor(settings)["webhook"]
    assert f"last not delivered 2026-09-21 14:13 UTC: {expected}" in told
    assert "secret.example" not in told


def test_a_webhook_in_the_way_of_polling_is_told(set_: dict[str, str], bot_api: BotApiServer, tmp_path: Path) -> None:
    set_webhook(bot_api, "https://old.example/")
    assert doctor(set_)["webhook"].startswith("warn Telegram calls old.example")
    with bot(set_, tmp_path / "log"):
        wait_until(bot_api.state, lambda: bot_api.calls("deleteWebhook"), "the bot")
        set_webhook(bot_api, "https://old.example/")
        told = doctor(set_)
    assert "FAIL polling" in told.bad
    assert "delivers to old.example" in told["polling"]


# --- certificates ---


@contextmanager
def served(folder: Path, days: int) -> Iterator[tuple[int, Path]]:
    """A server with such a certificate; its port, and the certificate."""
    certified, secret = certificate(folder, days)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certified, secret)
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                    with connection, context.wrap_socket(connection, server_side=True) as secured:
                        secured.recv(1)
                except ssl.SSLError:
                    continue
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], certified


@pytest.mark.parametrize(
    ("days", "is_trusted", "level", "told"),
    [
        (60, True, "ok", "valid for localhost, 60 days left"),
        (10, True, "warn", "valid for localhost, 10 days left: renew it"),
        (-1, True, "FAIL", "Telegram will not take it (certificate has expired)"),
        (60, False, "FAIL", "Telegram will not take it (self-signed certificate)"),
    ],
)
def test_the_certificate_is_looked_at_as_telegram_does(  # noqa: PLR0913, PLR0917 - a table's columns
    days: int,
    is_trusted: bool,
    level: str,
    told: str,
    local: tuple[BotApiServer, dict[str, str]],
    tmp_path: Path,
) -> None:
    _, settings = local
    with served(tmp_path, days) as (port, certified):
        trust = {"SSL_CERT_FILE": str(certified)} if is_trusted else {}
        found = doctor({**settings, **trust, "BOT_WEBHOOK_URL": f"https://localhost:{port}/telegram"})
    assert found["certificate"].startswith(f"{level} {told}")


def test_a_name_without_an_address_is_told(local: tuple[BotApiServer, dict[str, str]]) -> None:
    _, settings = local
    told = doctor({**settings, "BOT_WEBHOOK_URL": "https://bot.invalid/telegram"})
    assert told["certificate"].startswith("FAIL bot.invalid has no address in the DNS")


# --- the clock ---


@pytest.mark.parametrize(
    ("seconds", "level"), [(0.4, "ok"), (-9.0, "ok"), (20.0, "warn"), (-20.0, "warn"), (301.0, "FAIL"), (None, "ok")]
)
def test_a_wrong_clock_is_told(seconds: float | None, level: str) -> None:
    told = Inspection("hofbot", True, False, "", 0, None, seconds, None)
    (clock,) = [each for each in telegram.examine(told, None, is_running=False) if each.topic == "clock"]
    assert clock.level == level


def test_the_clock_is_compared_with_the_servers(set_: dict[str, str]) -> None:
    assert doctor(set_)["clock"] in {f"ok {seconds:+d} s against Telegram's" for seconds in (-2, -1, 0, 1, 2)}


# --- the machine ---


def test_an_address_that_somebody_else_has_is_told(set_: dict[str, str]) -> None:
    # Somebody who has the address, and nobody who could be asked for long who it is.
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        told = doctor({**set_, "BOT_LISTEN": f"127.0.0.1:{port}"})
    assert (told.code, told.bad) == (2, ["FAIL listen"])
    assert f"127.0.0.1:{port} cannot be used (Address already in use)" in told["listen"]
    assert doctor({**set_, "BOT_LISTEN": f"127.0.0.1:{port}"})["listen"] == f"ok 127.0.0.1:{port} is free"


def test_an_address_that_is_looked_at_is_free_for_a_bot_at_the_same_time(monkeypatch: pytest.MonkeyPatch) -> None:
    port = free_port()
    started: list[socket.socket] = []

    class Probe(socket.socket):
        def bind(self, address: object) -> None:
            super().bind(address)  # type: ignore[arg-type]
            with monkeypatch.context() as usual:
                usual.setattr(socket, "socket", usual_socket)
                started.append(socket.create_server(("127.0.0.1", port)))

    usual_socket = socket.socket
    monkeypatch.setattr(socket, "socket", Probe)
    assert machine.examine_address(("127.0.0.1", port), is_running=False).level == "ok"
    monkeypatch.undo()
    started[0].close()


def test_proxies_and_certificates_that_are_set_are_told_without_a_password(set_: dict[str, str]) -> None:
    more = {
        "HTTPS_PROXY": "http://anna:geheim@proxy.example:3128",
        "NO_PROXY": "127.0.0.1",
        "SSL_CERT_FILE": ssl.get_default_verify_paths().cafile or "/etc/ssl/certs/ca-certificates.crt",
    }
    told = doctor({**set_, **more})
    assert "ok HTTPS_PROXY: by way of http://proxy.example" in told["proxy"]
    assert "ok NO_PROXY: no proxy to 127.0.0.1" in told["proxy"]
    assert "geheim" not in str(told)
    nowhere = doctor({**set_, "SSL_CERT_FILE": "/nowhere/ca.pem"})
    assert "FAIL SSL_CERT_FILE: /nowhere/ca.pem cannot be read" in nowhere["certificates"]
    assert nowhere.code == 2


@pytest.mark.parametrize(("free", "level"), [(10, "FAIL"), (100, "warn"), (1000, "ok")])
def test_a_disk_that_is_nearly_full_is_told(
    free: int, level: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        free: int

    usage = Usage()
    usage.free = free * 1024 * 1024
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    found: Finding = machine.examine_disk(tmp_path)
    assert found.level == level


# --- the store ---


def filled(settings: dict[str, str], server: BotApiServer, log: Path) -> None:
    anna = server.user(7)
    heard = len(anna.messages)
    with bot(settings, log):
        anna.says(PRICE)
        wait_until(server.state, lambda: len(anna.messages) > heard, "an answer")


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    with running(tmp_path) as server:
        yield server


def test_a_key_that_is_gone_is_told_and_one_that_can_go(
    set_: dict[str, str], bot_api: BotApiServer, tmp_path: Path
) -> None:
    filled({**set_, "BOT_STORE_KEY": KEY}, bot_api, tmp_path / "log")
    other = doctor({**set_, "BOT_STORE_KEY": OTHER_KEY})
    assert other.bad == ["FAIL key"]
    assert "a key is missing that still seals 1 dialogue" in other["key"]
    both = doctor({**set_, "BOT_STORE_KEY": f"{OTHER_KEY} {KEY}"})
    assert both.bad == []
    assert "an earlier one, still seals 1 dialogue" in both["key"]
    idle = doctor({**set_, "BOT_STORE_KEY": f"{KEY} {OTHER_KEY}"})
    assert (idle.code, idle.bad) == (0, ["warn key"])
    assert "an earlier one, seals nothing: take it out of the file" in idle["key"]
    # Looking has not made another key the one in use.
    assert doctor({**set_, "BOT_STORE_KEY": KEY}).bad == []
    filled({**set_, "BOT_STORE_KEY": KEY}, bot_api, tmp_path / "log")


def test_a_key_that_others_can_read_is_told(set_: dict[str, str], bot_api: BotApiServer, tmp_path: Path) -> None:
    filled(set_, bot_api, tmp_path / "log")
    key = tmp_path / "s.sqlite3.key"
    assert doctor(set_).bad == []
    key.chmod(0o640)
    told = doctor(set_)
    assert (told.code, told.bad) == (0, ["warn key"])
    assert f"others can read {key}, too (0640): chmod 600" in told["key"]
    named = tmp_path / "named"
    named.write_text(key.read_text())
    named.chmod(0o600)
    assert doctor({**set_, "BOT_STORE_KEY_FILE": str(named)}).bad == []


def test_a_lost_key_is_told_and_no_other_is_made(set_: dict[str, str], bot_api: BotApiServer, tmp_path: Path) -> None:
    filled(set_, bot_api, tmp_path / "log")
    key = tmp_path / "s.sqlite3.key"
    key.unlink()
    told = doctor(set_)
    assert told.bad == ["FAIL key"]
    assert "BOT_STORE_KEY is not set and there is no" in told["key"]
    assert not key.exists()


@pytest.mark.parametrize(
    ("store", "told"),
    [
        ("sqlite:///{}/none/s.sqlite3", "FAIL there is no folder"),
        ("sqlite:///{}/letter", "FAIL {}/letter is no store of this bot"),
        ("memory:", "warn in the process's memory"),
    ],
)
def test_what_is_no_store_is_told(store: str, told: str, set_: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Sehr geehrte Damen und Herren, " * 50)
    found = doctor({**set_, "BOT_STORE": store.format(tmp_path), "BOT_STORE_KEY": KEY})
    assert found["store"].startswith(told.format(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_told(set_: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "read only"
    folder.mkdir(mode=0o500)
    assert "FAIL" in doctor({**set_, "BOT_STORE": f"sqlite:///{folder}/s.sqlite3"})["store"]


def test_a_redis_is_looked_at(set_: dict[str, str], bot_api: BotApiServer, redis: RedisServer, tmp_path: Path) -> None:
    shared = {**set_, "BOT_STORE": redis.url, "BOT_STORE_KEY": KEY}
    told = doctor(shared)
    assert (told.code, told.bad) == (0, ["warn store"])
    assert "ok Redis " in told["store"]
    assert "writes no log: a crash loses what waits: appendonly yes" in told["store"]
    redis.ask("CONFIG SET appendonly yes")
    redis.ask("CONFIG SET maxmemory 100mb")
    redis.ask("CONFIG SET maxmemory-policy noeviction")
    filled(shared, bot_api, tmp_path / "log")
    safe = doctor(shared)
    assert safe.bad == []
    assert "of 100 MB used" in safe["memory"]
    assert "opens the store and seals 1 dialogue" in safe["key"]
    assert doctor({**shared, "BOT_STORE_KEY": OTHER_KEY}).bad == ["FAIL key"]
    redis.ask("CONFIG SET maxmemory-policy allkeys-lru")
    assert doctor(shared).bad == ["FAIL store"]
    assert doctor({**shared, "BOT_STORE_KEY": ""}).bad == ["FAIL key"]


def test_a_redis_that_is_not_there_is_told(set_: dict[str, str]) -> None:
    port = free_port()
    told = doctor({**set_, "BOT_STORE": f"redis://:geheim@127.0.0.1:{port}/0", "BOT_STORE_KEY": KEY})
    assert told.bad == ["FAIL store"]
    assert "cannot be used (ConnectionError)" in told["store"]
    assert "geheim" not in str(told)
