"""Processes that start quickly: one process imports and loads what all of them need, and each of them is a fork of it.

A fork has its own sockets, surroundings and streams, and is killed like any other process; only the second that each
start would spend on importing is saved. Whoever wants one connects to the process that forks, sends an order as JSON
and three streams, and hears the number of the new process, and in the end its exit code.
"""

import gc
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import Any, NoReturn, Self, TypeAlias

ROOT = Path(__file__).parent.parent
Order: TypeAlias = Mapping[str, Any]
#: Where the process that forks is to listen: the name of a variable of its environment.
_PLACE = "TESTS_FORK_AT"
#: For whom: the number of the process of the tests.
_TESTS = "TESTS_FORK_FOR"
#: How often the process that forks looks whether anybody is still there.
_LOOK_SECONDS = 1.0


class Parent:
    """The process that forks. A context manager; at its end it is dead."""

    def __init__(self, module: str, *arguments: str) -> None:
        self._command = [sys.executable, "-m", module, *arguments]
        self._folder = TemporaryDirectory()
        #: Its socket.
        self.place = Path(self._folder.name, "socket")
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        environment = {**os.environ, _PLACE: str(self.place), _TESTS: str(os.getpid())}
        self._process = subprocess.Popen(self._command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
        assert self._process.stdout
        if not self._process.stdout.readline():
            raise RuntimeError("the process that forks has died")
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process
        self._process.kill()
        self._process.communicate()
        self._folder.cleanup()

    def start(self, order: Order, streams: Sequence[int]) -> "Child":
        """A fork that does as it is told, with these descriptors as its standard streams."""
        connection = socket.socket(socket.AF_UNIX)
        connection.connect(str(self.place))
        socket.send_fds(connection, [b"\0"], streams)
        connection.sendall(json.dumps(order).encode() + b"\n")
        return Child(connection)


class Child:
    """A fork, with what is used of `subprocess.Popen`."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._heard = b""
        self.returncode: int | None = None
        told = self._number(None)
        assert told is not None
        self.pid = told

    def poll(self) -> int | None:
        """How it ended (below zero: the signal), or None while it runs."""
        return self._ended_within(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; raises TimeoutExpired."""
        code = self._ended_within(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(f"fork {self.pid}", timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def _ended_within(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            self.returncode = self._number(timeout)
            if self.returncode is not None:
                self._connection.close()
        return self.returncode

    def _number(self, timeout: float | None) -> int | None:
        """The next number that is told, or None if it does not come within so many seconds."""
        end = None if timeout is None else monotonic() + timeout
        while b"\n" not in self._heard:
            self._connection.settimeout(None if end is None else max(0.0, end - monotonic()))
            try:
                more = self._connection.recv(100)
            except (TimeoutError, BlockingIOError):
                return None
            if not more:
                raise RuntimeError("the process that forks has died")
            self._heard += more
        line, _, self._heard = self._heard.partition(b"\n")
        return int(line)


def serve(become: Callable[[Order], object]) -> None:
    """Be the process that forks: all that is to be shared has been imported and loaded."""
    gc.collect()
    # Else each fork would copy what it looks through for garbage.
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(os.environ[_PLACE])
        listening.listen(100)
        print("ready", flush=True)
        signal.signal(signal.SIGCHLD, _bury)
        while connection := _accepted(listening):
            with connection:
                if not os.fork():
                    listening.close()
                    _fork(connection, become)
    shutil.rmtree(Path(os.environ[_PLACE]).parent, ignore_errors=True)


def _accepted(listening: socket.socket) -> socket.socket | None:
    """The next who wants a fork; None once the tests are gone, be it that they were killed."""
    listening.settimeout(_LOOK_SECONDS)
    while os.getppid() == int(os.environ[_TESTS]):
        with suppress(TimeoutError):
            return listening.accept()[0]
    return None


def _bury(*_: object) -> None:
    """Those processes that have told the end of their fork."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _fork(connection: socket.socket, become: Callable[[Order], object]) -> NoReturn:
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _, streams, _, _ = socket.recv_fds(connection, 1, 3)
    with connection.makefile("rb") as orders:
        order = json.loads(orders.readline())
    if pid := os.fork():
        _tell_the_end(pid, connection, streams)
        os._exit(0)
    connection.close()
    _take_streams(streams)
    become(order)
    sys.exit(0)


def _tell_the_end(pid: int, connection: socket.socket, streams: Sequence[int]) -> None:
    for stream in streams:
        os.close(stream)
    # A test that has failed hears nothing any more.
    with suppress(OSError):
        connection.sendall(b"%d\n" % pid)
        _, status = os.waitpid(pid, 0)
        connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def _take_streams(streams: Sequence[int]) -> None:
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", errors="backslashreplace", buffering=1, closefd=False)  # noqa: SIM115
