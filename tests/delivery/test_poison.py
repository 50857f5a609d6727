"""A text that the bot cannot cope with, forced into real processes: it stops nobody but its sender, and them not for
long. A supervisor starts the bot again when it has died, and kills it when its liveness probe is not answered."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from bot.knowledge.loader import load
from tests.bot_api import BotApiServer
from tests.bot_api.waiting import DEADLINE_SECONDS
from tests.cli.starting import Running, Streams, started
from tests.delivery.poisoned import POISON
from tests.sessions.conftest import redis_server  # noqa: F401 - a fixture
from tests.sessions.redis_server import RedisServer, free_port
from tests.small import write_small

#: As deploy/kubernetes/deployment.yaml has it, but quicker.
PROBE_SECONDS = 3.0
#: So long a process may take to be live for the first time.
START_SECONDS = 8.0


@dataclass
class Supervisor:
    """Keeps one bot process running, as an operator's machine would."""

    fault: str
    environment: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    #: How each life ended: below zero by a signal.
    ends: list[int] = field(default_factory=list)
    process: Running | None = None
    started: float = 0
    was_live: bool = False

    def look(self) -> None:
        """Start the process if there is none, and kill one that does not answer, or not any more."""
        if self.process is not None and (code := self.process.poll()) is not None:
            self.ends.append(code)
            self.process = None
        if self.process is None:
            self._start()
        elif self._is_live():
            self.was_live = True
        elif self.was_live or time.monotonic() > self.started + START_SECONDS:
            self.process.kill()
            self.process.wait()

    def _start(self) -> None:
        environment = {**os.environ, **self.environment, "BOT_LISTEN": f"127.0.0.1:{self.port}"}
        streams = Streams(self.log, self.log)
        self.process = started([self.fault], environment, streams, "tests.delivery.poisoned")
        self.started, self.was_live = time.monotonic(), False

    def _is_live(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=PROBE_SECONDS).is_success
        except httpx.HTTPError:
            return False

    def until(self, is_true: Callable[[], bool], what: str) -> None:
        """Look after the process until something has happened."""

        def looked() -> bool:
            self.look()
            return is_true()

        self._wait(looked, what)

    def _wait(self, is_true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + 3 * DEADLINE_SECONDS
        while not is_true():
            assert time.monotonic() < end, f"waited in vain for {what}:\n{self.log.read_text()[-2000:]}"
            time.sleep(0.02)

    def figure(self, name: str) -> float:
        """A figure of the process that runs now."""
        text = httpx.get(f"http://127.0.0.1:{self.port}/metrics").text
        found = re.search(rf"^datenschutz_bot_{re.escape(name)} (\S+)$", text, re.MULTILINE)
        return float(found[1]) if found else 0.0

    def stop(self) -> int:
        """Stop the process as a supervisor does; its exit code."""
        assert self.process
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(DEADLINE_SECONDS)


@contextmanager
def supervised(fault: str, server: BotApiServer, folder: Path, store: str) -> Iterator[Supervisor]:
    environment = {
        "TELEGRAM_API_BASE_URL": server.url,
        "TELEGRAM_BOT_TOKEN": server.token,
        "BOT_ENV": "development",
        "BOT_STORE": store,
        "BOT_STORE_KEY": "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=",
        "BOT_KNOWLEDGE": str(write_small(folder / "knowledge")),
    }
    supervisor = Supervisor(fault, environment, folder / "log")
    try:
        yield supervisor
    finally:
        if supervisor.process is not None:
            supervisor.process.kill()
            supervisor.process.wait()


@pytest.fixture
def apology(tmp_path: Path) -> str:
    return load(write_small(tmp_path / "texts")).knowledge.texts["de"]["apology"]


DOGS = "Darf mein Hund mit ins Freibad?"
NO_DOGS = "Nein, Hunde bleiben draußen."


def test_a_text_that_never_ends_delays_nobody_else_and_gets_the_apology(
    bot_api: BotApiServer, tmp_path: Path, apology: str
) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    with supervised("spins", bot_api, tmp_path, f"sqlite:///{tmp_path}/s.sqlite3") as supervisor:
        supervisor.until(lambda: supervisor.was_live, "the start")
        anna.says(f"{POISON} im Freibad?")
        anna.says(DOGS)
        bert.says(DOGS)
        # Before the poisonous text is given up, for nothing else was said to Anna yet.
        supervisor.until(lambda: bool(bert.messages), "an answer to somebody else")
        assert NO_DOGS in bert.messages[0].text
        assert not anna.messages
        supervisor.until(lambda: len(anna.messages) >= 2, "what became of the poisonous text, and the next answer")
        assert anna.messages[0].text == apology
        assert NO_DOGS in anna.messages[1].text
        assert supervisor.figure("turns_overrun_total") == 1
        assert POISON not in supervisor.log.read_text()
        # A thread that still reads keeps the process from nothing.
        assert supervisor.stop() == 0
    assert supervisor.ends == []


@pytest.mark.parametrize("fault", ["dies", "blocks"])
def test_a_text_of_which_the_process_dies_twice_is_given_up(
    fault: str, bot_api: BotApiServer, tmp_path: Path, apology: str
) -> None:
    _dies_twice_of(fault, bot_api, tmp_path, f"sqlite:///{tmp_path}/s.sqlite3", apology)


def test_the_same_with_redis(
    bot_api: BotApiServer,
    tmp_path: Path,
    redis_server: RedisServer,  # noqa: F811
    apology: str,
) -> None:
    redis_server.empty()
    _dies_twice_of("dies", bot_api, tmp_path, redis_server.url, apology)


def _dies_twice_of(fault: str, bot_api: BotApiServer, folder: Path, store: str, apology: str) -> None:
    anna, bert = bot_api.user(7), bot_api.user(8)
    with supervised(fault, bot_api, folder, store) as supervisor:
        supervisor.until(lambda: supervisor.was_live, "the start")
        anna.says(f"{POISON} im Freibad?")
        anna.says(DOGS)
        supervisor.until(lambda: bool(supervisor.ends), "the first death")
        bert.says(DOGS)
        supervisor.until(lambda: len(anna.messages) >= 2 and bool(bert.messages), "everybody's answers")
        assert anna.messages[0].text == apology
        assert NO_DOGS in anna.messages[1].text
        assert NO_DOGS in bert.messages[0].text
        assert supervisor.ends == [-signal.SIGKILL] * 2
        assert supervisor.figure('updates_dropped_total{reason="poisonous"}') == 1
        assert POISON not in supervisor.log.read_text()
        assert supervisor.stop() == 0
