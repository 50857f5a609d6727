"""Replacing the store's key and taking the old one away, with real bots, on both stores that outlive a process."""

import base64
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.waiting import wait_until
from tests.cli.processes import PATIENCE_SECONDS, bot, command, environment
from tests.sessions.redis_server import running

PRICE = "Was kostet der Eintritt ins Freibad?"
OLD, NEW = (base64.b64encode(letter * 32).decode() for letter in (b"k", b"o"))


@pytest.fixture(params=["sqlite", "redis"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/s.sqlite3"
        return
    with running(tmp_path) as server:
        yield server.url


def asked(server: BotApiServer, settings: dict[str, str], log: Path) -> str:
    """A bot runs until somebody's question has been answered with one of its own."""
    anna = server.user(7)
    heard = len(anna.messages)
    with bot(settings, log):
        anna.says(PRICE)
        wait_until(server.state, lambda: len(anna.messages) > heard, "an answer")
    return anna.last.text


def ended(settings: dict[str, str], log: Path) -> "tuple[int, str]":
    """A bot that does not start: its exit code and its last line."""
    with bot(settings, log) as process:
        code = process.wait(PATIENCE_SECONDS)
    return code, log.read_text(encoding="utf-8").splitlines()[-1]


def shown(done: "subprocess.CompletedProcess[str]") -> list[str]:
    assert done.returncode == 0, done.stderr
    return [re.sub(r"^[0-9a-f]{8}  ", "", line) for line in done.stdout.splitlines()]


def test_a_key_that_is_still_needed_is_not_taken_away_without_a_word(
    address: str, bot_api: BotApiServer, small_folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    set_ = environment(bot_api, small_folder, address)
    asked(bot_api, {**set_, "BOT_STORE_KEY": OLD}, log)
    assert shown(command(["keys"], {**set_, "BOT_STORE_KEY": f"{NEW} {OLD}"})) == [
        "in use: nothing",
        "earlier, still needed: 1 dialogue",
    ]
    code, line = ended({**set_, "BOT_STORE_KEY": NEW}, tmp_path / "second log")
    assert code == 2
    assert "a key is missing that still seals 1 dialogue: set it again" in line
    assert "keys --discard" in line
    assert shown(command(["keys"], {**set_, "BOT_STORE_KEY": NEW, "LANG": "de_DE.UTF-8"})) == [
        "in Gebrauch: nichts",
        "FEHLT: 1 Gespräch",
    ]
    # Either way leads on: with the key the dialogue goes over, and then the key can go; or its dialogue is deleted.
    assert "Wer möchte baden?" in asked(bot_api, {**set_, "BOT_STORE_KEY": f"{NEW} {OLD}"}, log)
    assert shown(command(["keys"], {**set_, "BOT_STORE_KEY": f"{NEW} {OLD}"})) == [
        "in use: 1 dialogue",
        "earlier, can be removed: nothing",
    ]
    asked(bot_api, {**set_, "BOT_STORE_KEY": NEW}, log)


def test_what_a_lost_key_sealed_can_be_deleted(
    address: str, bot_api: BotApiServer, small_folder: Path, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    set_ = environment(bot_api, small_folder, address)
    asked(bot_api, {**set_, "BOT_STORE_KEY": OLD}, log)
    assert command(["keys"], {**set_, "BOT_STORE_KEY": f"{NEW} {OLD}"}).returncode == 0
    new = {**set_, "BOT_STORE_KEY": NEW}
    assert ended(new, tmp_path / "second log")[0] == 2
    assert shown(command(["keys", "--discard"], new)) == ["deleted, for no key opens it: 1", "in use: nothing"]
    asked(bot_api, new, log)
    told = json.loads(command(["keys", "--json"], new).stdout)
    assert told["discarded"] == 0
    (key,) = told["keys"]
    assert re.fullmatch("[0-9a-f]{8}", key["fingerprint"])
    assert (key["set"], key["seals"]) == (True, {"sessions": 1, "inbox": 0, "outbox": 0, "donations": 0})


def test_nothing_is_deleted_under_a_running_bot(bot_api: BotApiServer, small_folder: Path, tmp_path: Path) -> None:
    set_ = environment(bot_api, small_folder, f"sqlite:///{tmp_path}/s.sqlite3")
    with bot(set_, tmp_path / "log"):
        wait_until(bot_api.state, lambda: bot_api.calls("deleteWebhook"), "the bot")
        done = command(["keys", "--discard"], set_)
    assert done.returncode == 75
    assert "another process runs on" in done.stderr


def test_there_is_nothing_to_look_into_without_a_store(tmp_path: Path) -> None:
    done = command(["keys"], {"BOT_STORE": f"sqlite:///{tmp_path}/none.sqlite3", "LANG": "en_GB.UTF-8"})
    assert done.returncode == 2
    assert "no store at" in done.stderr
