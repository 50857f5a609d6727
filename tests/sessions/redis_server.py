"""A Redis server of the tests' own: on a free port, with nothing written to the disk, ended with the tests."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import pytest

PROGRAM = "redis-server"
_READY_WITHIN_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class RedisServer:
    """A server that runs."""

    port: int

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def empty(self) -> None:
        """Forget everything that earlier tests have left."""
        assert self.ask("FLUSHALL").startswith(b"+OK")

    def ask(self, command: str) -> bytes:
        """The beginning of what the server answers."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall(f"{command}\r\n".encode())
            return connection.recv(4096)


@contextmanager
def running(folder: Path) -> Iterator[RedisServer]:
    """A server for as long as the block. Where the program is missing the test is skipped, but not in CI."""
    program = _program()
    server = RedisServer(free_port())
    options = ("--port", str(server.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no")
    log = folder / "redis.log"
    with log.open("wb") as written:
        process = subprocess.Popen([program, *options, "--dir", str(folder)], stdout=written, stderr=written)
    try:
        _await_ready(server, process, log)
        yield server
    finally:
        process.kill()
        process.wait()


def _program() -> str:
    found = shutil.which(PROGRAM)
    if found is None and os.environ.get("CI"):
        pytest.fail(f"{PROGRAM} is not installed")
    if found is None:
        pytest.skip(f"{PROGRAM} is not installed")
    return found


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_ready(server: RedisServer, process: "subprocess.Popen[bytes]", log: Path) -> None:
    until = monotonic() + _READY_WITHIN_SECONDS
    while not _is_ready(server):
        if process.poll() is not None or monotonic() > until:
            pytest.fail(f"{PROGRAM} does not answer: {log.read_text(errors='replace')}")
        sleep(0.02)


def _is_ready(server: RedisServer) -> bool:
    try:
        return server.ask("PING").startswith(b"+PONG")
    except OSError:
        return False
