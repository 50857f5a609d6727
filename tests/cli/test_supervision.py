"""What systemd hears: over real sockets, from a real bot."""

import asyncio
import os
import signal
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from bot.cli.supervision import Supervisor
from tests.bot_api import BotApiServer
from tests.cli.processes import PATIENCE_SECONDS, bot, environment
from tests.sessions.redis_server import free_port


class Manager:
    """In systemd's place."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.settimeout(PATIENCE_SECONDS)
        self._socket.bind(address.replace("@", "\0", 1) if address.startswith("@") else address)

    def hears(self) -> str:
        return self._socket.recv(4096).decode()

    def hears_nothing(self) -> bool:
        self._socket.setblocking(False)
        try:
            self._socket.recv(4096)
        except BlockingIOError:
            return True
        finally:
            self._socket.settimeout(PATIENCE_SECONDS)
        return False

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(params=["a path", "an abstract name"])
def manager(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Manager]:
    if request.param == "an abstract name" and not Path("/proc").is_dir():
        pytest.skip("only Linux has abstract sockets")
    name = str(tmp_path / "notify") if request.param == "a path" else f"@datenschutz-bot/{uuid4()}"
    with closing(Manager(name)) as listening:
        yield listening


def test_it_is_told_in_its_own_words(manager: Manager) -> None:
    supervisor = Supervisor({"NOTIFY_SOCKET": manager.address})
    supervisor.tell("ready")
    supervisor.tell("leaving")
    assert [manager.hears(), manager.hears()] == ["READY=1", "STOPPING=1"]


async def test_the_event_loop_shows_that_it_turns_for_as_long_as_it_is_watched(manager: Manager) -> None:
    told = {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "20000", "WATCHDOG_PID": str(os.getpid())}
    async with Supervisor(told).watched():
        for _ in range(3):
            assert await asyncio.to_thread(manager.hears) == "WATCHDOG=1"
    # What was sent before the end may still be there; after it nothing comes.
    while not manager.hears_nothing():
        pass
    await asyncio.sleep(0.1)
    assert manager.hears_nothing()


@pytest.mark.parametrize(
    "watchdog", [{}, {"WATCHDOG_USEC": "20000", "WATCHDOG_PID": "1"}, {"WATCHDOG_USEC": "soon"}, {"WATCHDOG_USEC": "0"}]
)
async def test_nobody_is_shown_who_does_not_look(watchdog: dict[str, str], tmp_path: Path) -> None:
    with closing(Manager(str(tmp_path / "notify"))) as manager:
        async with Supervisor({"NOTIFY_SOCKET": manager.address, **watchdog}).watched():
            await asyncio.sleep(0.05)
        assert manager.hears_nothing()


def test_what_the_bot_starts_is_not_the_service() -> None:
    told = {"NOTIFY_SOCKET": "@x", "WATCHDOG_USEC": "1", "WATCHDOG_PID": "1", "LANG": "C"}
    Supervisor(told)
    assert told == {"LANG": "C"}


@pytest.mark.parametrize("address", ["", "/nowhere/notify", "@nobody-listens-here"])
def test_where_nobody_listens_the_bot_goes_on(address: str) -> None:
    Supervisor({"NOTIFY_SOCKET": address}).tell("ready")


def test_ready_means_that_it_answers_at_once(
    manager: Manager, bot_api: BotApiServer, small_folder: Path, tmp_path: Path
) -> None:
    """What `systemctl start` waits for: the next command may ask /readyz."""
    address = f"127.0.0.1:{free_port()}"
    set_ = environment(bot_api, small_folder, f"sqlite:///{tmp_path}/s.sqlite3", BOT_LISTEN=address)
    told = {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "60000000"}
    with bot({**set_, **told}, tmp_path / "log") as process:
        heard = {manager.hears(), manager.hears()}
        with urllib.request.urlopen(f"http://{address}/readyz", timeout=PATIENCE_SECONDS) as answer:
            assert answer.status == 200
        process.send_signal(signal.SIGTERM)
        assert heard == {"READY=1", "WATCHDOG=1"}
        assert manager.hears() == "STOPPING=1"
        assert process.wait(PATIENCE_SECONDS) == 0


def test_a_bot_that_is_not_let_in_is_never_ready(bot_api: BotApiServer, small_folder: Path, tmp_path: Path) -> None:
    set_ = environment(bot_api, small_folder, f"sqlite:///{tmp_path}/s.sqlite3", TELEGRAM_BOT_TOKEN="1:wrong")  # noqa: S106
    with closing(Manager(str(tmp_path / "notify"))) as manager:
        with bot({**set_, "NOTIFY_SOCKET": manager.address}, tmp_path / "log") as process:
            assert process.wait(PATIENCE_SECONDS) == 2
        assert manager.hears_nothing()
