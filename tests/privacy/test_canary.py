"""Whole processes at debug level, talked to and killed: none of the canaries is found in anything that was written."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.waiting import wait_until
from tests.privacy.canaries import PERSON, STORE_KEY, TOKEN, WEBHOOK_SECRET, WORD, found_in
from tests.privacy.talking import talk
from tests.sessions.redis_server import free_port, running
from tests.small import write_small

ROOT = Path(__file__).parent.parent.parent
#: The command itself, with tracebacks for crashes, and beside its own log everything that reaches the root, as it is.
_AT_DEBUG_LEVEL = """
import faulthandler, logging, sys, warnings
faulthandler.enable()
warnings.simplefilter("always")
from bot.cli import logs, main
configure = logs.configure
def configure_twice(chosen):
    configure(chosen)
    everything = logging.StreamHandler()
    everything.setFormatter(logging.Formatter("as it is: %(name)s %(message)s"))
    logging.getLogger().addHandler(everything)
logs.configure = configure_twice
sys.exit(main(["telegram"]))
"""


@contextmanager
def bot(environment: Mapping[str, str], log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """The bot as a process of its own."""
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, "-X", "dev", "-c", _AT_DEBUG_LEVEL],
            cwd=ROOT,
            env={**os.environ, **environment},
            stdout=written,
            stderr=written,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def surroundings(server: BotApiServer, tmp_path: Path, port: int, log_format: str = "text") -> dict[str, str]:
    return {
        "TELEGRAM_API_BASE_URL": server.url,
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "BOT_STORE_KEY": STORE_KEY,
        "BOT_ENV": "development",
        "BOT_LOG_LEVEL": "debug",
        "BOT_LOG_FORMAT": log_format,
        "BOT_LISTEN": f"127.0.0.1:{port}",
        "BOT_KNOWLEDGE": str(write_small(tmp_path / "knowledge")),
    }


@pytest.mark.parametrize("log_format", ["text", "json"])
def test_polling_with_sqlite_leaves_no_canary(tmp_path: Path, log_format: str) -> None:
    port, folder = free_port(), tmp_path / "data"
    folder.mkdir()
    with BotApiServer(TOKEN) as server:
        store = f"sqlite:///{folder}/bot.sqlite3"
        environment = surroundings(server, tmp_path, port, log_format) | {"BOT_STORE": store}
        with bot(environment, folder / "log") as process:
            talk(server)
            figures = httpx.get(f"http://127.0.0.1:{port}/metrics").content
            # What has arrived and is not answered is in the store when the process crashes.
            server.user(PERSON).says_all([WORD] * 20)
            process.send_signal(signal.SIGABRT)
            process.wait()
        # Refused at the start, and in one line.
        with bot({**environment, "TELEGRAM_BOT_TOKEN": f"{TOKEN}wrong"}, folder / "log") as refused:
            assert refused.wait() == 2
    written = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()]
    assert {"log", "bot.sqlite3"} <= {name for name, _ in written}
    assert b"datenschutz_bot_turns_total" in figures
    assert_whole(dict(written)["log"])
    assert found_in([*written, ("metrics", figures)]) == []


def test_a_webhook_with_redis_leaves_no_canary(tmp_path: Path) -> None:
    port, folder = free_port(), tmp_path / "data"
    folder.mkdir()
    with running(folder) as redis, BotApiServer(TOKEN, is_local=True, order="queues") as server:
        redis.ask("CONFIG SET rdbcompression no")
        server.balance([f"http://127.0.0.1:{port}/telegram"])
        environment = surroundings(server, tmp_path, port) | {
            "BOT_STORE": redis.url,
            "BOT_WEBHOOK_URL": "http://127.0.0.1:8443/telegram",
            "BOT_WEBHOOK_SECRET": WEBHOOK_SECRET,
        }
        with bot(environment, folder / "log") as process:
            talk(server)
            url = f"http://127.0.0.1:{port}"
            forged = httpx.post(f"{url}/telegram", content=WORD, headers={"X-Telegram-Bot-Api-Secret-Token": WORD})
            figures = httpx.get(f"{url}/metrics").content
            server.user(PERSON).says_all([WORD] * 20)
            process.send_signal(signal.SIGABRT)
            process.wait()
        assert redis.ask("SAVE").startswith(b"+OK")
    assert forged.status_code == 403
    written = [(path.name, path.read_bytes()) for path in sorted(folder.iterdir()) if path.is_file()]
    assert {"log", "dump.rdb"} <= {name for name, _ in written}
    assert_whole(dict(written)["log"])
    assert found_in([*written, ("metrics", figures)]) == []


def assert_whole(log: bytes) -> None:
    """The log was at debug level and saw the crash: else finding nothing in it would prove nothing."""
    assert b"as it is: bot.channels.telegram" in log
    # Told from the level of debugging on only.
    assert b"Started server process" in log
    assert b"Fatal Python error: Aborted" in log


@pytest.mark.parametrize("form", [WORD, WORD.upper(), str(PERSON), TOKEN])
def test_a_canary_would_be_found(form: str) -> None:
    assert found_in([("somewhere", f"before {form} after".encode())])


def test_somebody_heard_the_canary(tmp_path: Path) -> None:
    """The texts do reach the bot: its echo on Telegram's side shows what was donated."""
    port = free_port()
    with BotApiServer(TOKEN) as server:
        environment = surroundings(server, tmp_path, port) | {"BOT_STORE": f"sqlite:///{tmp_path}/b.sqlite3"}
        with bot(environment, tmp_path / "log"):
            talk(server)
            wait_until(server.state, lambda: any(WORD in sent.text for sent in server.state.sent), "the preview")
