"""The log as an operator reads it: of real processes, as text and as JSON."""

import json
import logging
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.cli.commands import COMMANDS
from bot.cli.logs import configure
from bot.settings import LogSettings
from tests.bot_api import BotApiServer, error
from tests.cli.processes import ROOT, bot, command, environment, until
from tests.sessions.redis_server import free_port, running

#: What each command needs to be started at all.
ARGUMENTS = {
    "ask": ["Darf mein Hund mit?"],
    "backup": ["copy.sqlite3"],
    "cites": ["pool-rules"],
    "eval": ["x.yaml"],
    "link": ["pool-dogs"],
    "new": ["entry", "pool-cats"],
    "restore": ["copy.sqlite3"],
}


def objects(log: str) -> list[dict[str, Any]]:
    """Each line as JSON, and in the order of their times."""
    found = [json.loads(line) for line in log.splitlines()]
    assert all({"time", "level", "logger", "event"} <= each.keys() for each in found)
    times = [datetime.fromisoformat(each["time"]) for each in found]
    assert all(time.utcoffset() is not None for time in times)
    assert times == sorted(times)
    return found


def test_the_first_line_says_what_runs_and_the_last_that_it_has_left(
    bot_api: BotApiServer, small_folder: Path, tmp_path: Path
) -> None:
    port = free_port()
    settings = environment(
        bot_api,
        small_folder,
        f"sqlite:///{tmp_path}/s.sqlite3",
        BOT_STORE_KEY="k" * 43 + "=",
        BOT_LISTEN=f"127.0.0.1:{port}",
        BOT_CONTROLLER_KIND="public",
    )
    with bot(settings, tmp_path / "log") as process:
        person = bot_api.user(7)
        person.says("Darf mein Hund mit ins Freibad?")
        person.waits_for()
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    first, second, *_, last = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    for told in (
        " INFO bot.channels.telegram.service: running on Telegram ",
        f" bot=@{bot_api.state.username} ",
        " mode=polling ",
        " version=0.1.0 ",
        f' store="sqlite {tmp_path}/s.sqlite3" ',
        f" listen=127.0.0.1:{port} ",
        " entries=3 ",
        " reviewed=2026-01-15 ",
        f" python={'.'.join(map(str, sys.version_info[:3]))} ",
    ):
        assert told in first, first
    assert "BOT_CONTROLLER_DPO is not set" in second
    assert last.endswith("left Telegram")


def test_json_is_one_object_a_line_from_the_first_to_the_last(
    bot_api: BotApiServer, small_folder: Path, tmp_path: Path
) -> None:
    with running(tmp_path) as redis:
        address = redis.url.replace("redis://", "redis://:geheim@")
        redis.ask("CONFIG SET requirepass geheim")
        settings = environment(
            bot_api,
            small_folder,
            address,
            BOT_STORE_KEY="k" * 43 + "=",
            BOT_LOG_FORMAT="json",
            BOT_LOG_LEVEL="debug",
        )
        with bot(settings, tmp_path / "log") as process:
            person = bot_api.user(7)
            person.says("Darf mein Hund mit ins Freibad?")
            person.waits_for()
            bot_api.fails("sendMessage", error(400, "Bad Request: chat not found"))
            person.says("/hilfe")
            log = tmp_path / "log"
            until(lambda: "chat not found" in log.read_text(encoding="utf-8"), "the refusal")
            process.send_signal(signal.SIGHUP)
            until(lambda: "knowledge unchanged" in log.read_text(encoding="utf-8"), "the reload")
            process.send_signal(signal.SIGTERM)
            assert process.wait() == 0
    told = objects(log.read_text(encoding="utf-8"))
    (start,) = [each for each in told if each["event"] == "running on Telegram"]
    assert start["store"] == redis.url
    (refused,) = [each for each in told if each["event"].startswith("not delivered: ")]
    assert refused["reason"] == "chat not found"
    assert (start["mode"], start["listen"], start["entries"]) == ("polling", "off", 3)
    assert told[-1]["event"] == "left Telegram"
    assert "geheim" not in log.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"BOT_SESION_HOURS": "3"}, "BOT_SESION_HOURS is not known: did you mean BOT_SESSION_HOURS?"),
        ({"TELEGRAM_BOT_TOKEN": "x"}, "TELEGRAM_BOT_TOKEN holds no bot token"),
        ({"BOT_KNOWLEDGE": "/nowhere"}, "BOT_KNOWLEDGE: no such folder"),
        ({"TELEGRAM_API_BASE_URL": "http://127.0.0.1:1"}, "TELEGRAM_API_BASE_URL: no answer"),
    ],
)
def test_a_refusal_is_of_the_logs_form(
    wrong: dict[str, str], says: str, bot_api: BotApiServer, small_folder: Path
) -> None:
    settings = environment(bot_api, small_folder, "memory:", BOT_LOG_FORMAT="json")
    done = command(["telegram"], {**settings, **wrong})
    assert done.returncode in (2, 75)
    last = objects(done.stderr)[-1]
    assert last["level"] == "error"
    assert last["event"].startswith(says)


@pytest.mark.parametrize("name", [each.name for each in COMMANDS])
def test_every_command_refuses_a_misspelt_setting(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_SESION_HOURS", "3")
    assert main([name, *ARGUMENTS.get(name, [])]) == 2
    told = capsys.readouterr().err
    assert told == "datenschutz-bot: BOT_SESION_HOURS is not known: did you mean BOT_SESSION_HOURS?\n"


def test_only_what_is_grave_enough_is_written(bot_api: BotApiServer, small_folder: Path, tmp_path: Path) -> None:
    settings = environment(bot_api, small_folder, "memory:", BOT_LOG_LEVEL="error")
    with bot(settings, tmp_path / "log") as process:
        person = bot_api.user(7)
        person.says("Darf mein Hund mit ins Freibad?")
        person.waits_for()
        process.send_signal(signal.SIGTERM)
        assert process.wait() == 0
    assert (tmp_path / "log").read_text(encoding="utf-8") == ""


#: Everything that Python and libraries would write by themselves, each with a canary in it.
_UNCAUGHT = """
import logging, threading, warnings
from bot.cli.logs import configure
from bot.settings import LogSettings
configure(LogSettings("debug", "json"))
WORD = "Kanarien" + "vogel"
warnings.warn(WORD, UserWarning)
thread = threading.Thread(target=int, args=(WORD,))
thread.start()
thread.join()
class Broken:
    def __del__(self):
        raise ValueError(WORD)
Broken()
for name in ("telegram.Bot", "uvicorn.error", "redis", "asyncio", "somebody.elses"):
    library = logging.getLogger(name)
    library.setLevel(logging.DEBUG)
    library.warning("%s and more", WORD)
    library.error(f"{WORD}!")
    try:
        int(WORD)
    except ValueError:
        library.exception("broke off")
raise KeyError(WORD)
"""


def test_what_nobody_has_caught_and_what_libraries_say_is_told_without_content() -> None:
    done = subprocess.run([sys.executable, "-c", _UNCAUGHT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    told = objects(done.stderr)
    assert "anarienvogel" not in done.stderr
    errors = [each.get("error", "") for each in told]
    for expected in ("UserWarning", "ValueError at", "KeyError at __main__"):
        assert any(each.startswith(expected) for each in errors), (expected, errors)
    for library in ("telegram.Bot", "uvicorn.error", "redis", "asyncio", "somebody.elses"):
        said = [each for each in told if each["logger"] == library]
        assert [each["level"] for each in said] == ["warning", "error", "error"], library
        assert said[0]["event"] == "%s and more"
        assert said[1]["event"].startswith("said something that is not logged")
        assert said[2]["error"].startswith("ValueError at")


def test_a_line_of_text_is_one_line_and_its_fields_can_be_told_apart(capsys: pytest.CaptureFixture[str]) -> None:
    configure(LogSettings())
    logging.getLogger("bot.x").warning(
        "two\nlines", extra={"plain": 1, "spaced": "a b", "quoted": '"', "none": "", "told": "lines"}
    )
    written = capsys.readouterr().err
    assert written.endswith('Z WARNING bot.x: two lines plain=1 spaced="a b" quoted="\\""\n')
    assert written.count("\n") == 1


def test_nobody_reads_the_log_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    configure(LogSettings())
    logging.getLogger("bot.x").error("said to nobody")
