"""Starts bot processes quickly: one process imports and loads everything once, and each bot is a fork of it.

A fork has its own sockets, its own store and its own settings, and is killed like any other process; only the second
that each start would spend on importing is saved. As a program it is that one process: it reads orders, a JSON object a
line, and answers each with the number of the new process.
"""

import asyncio
import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

#: The signal at which a bot tells what it waits for.
TELL = signal.SIGUSR2
ROOT = Path(__file__).parent.parent.parent


class Forks:
    """The process that forks, and what it has forked. A context manager; at its end all are dead."""

    def __init__(self, knowledge: Path) -> None:
        self._knowledge = knowledge
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        command = [sys.executable, "-m", "tests.chaos.forks", str(self._knowledge)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._read()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process
        self._process.kill()
        self._process.communicate()

    def start(self, environment: Mapping[str, str], log: Path, kill_at: int | None = None) -> "Fork":
        """A new bot."""
        return Fork(self, int(self._order({"start": dict(environment), "log": str(log), "kill_at": kill_at})))

    def ask(self, order: str, pid: int) -> Any:
        """Let something be done with a fork: `poll` or `wait`, which only its parent can."""
        return self._order({order: pid})

    def _order(self, order: Mapping[str, object]) -> Any:
        assert self._process
        assert self._process.stdin
        print(json.dumps(order), file=self._process.stdin, flush=True)
        return self._read()

    def _read(self) -> Any:
        assert self._process
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the forking process has died")
        return json.loads(line)


class Fork:
    """One bot process."""

    def __init__(self, forks: Forks, pid: int) -> None:
        self._forks = forks
        self.pid = pid
        self.code: int | None = None

    def poll(self) -> int | None:
        """How it ended (below zero: the signal), or None while it runs."""
        if self.code is None:
            self.code = self._forks.ask("poll", self.pid)
        return self.code

    def signal(self, number: int) -> None:
        """Send a signal, if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def wait(self) -> int:
        """Wait for its end."""
        if self.code is None:
            self.code = int(self._forks.ask("wait", self.pid))
        return self.code


def main() -> None:
    """Load, then fork whenever told."""
    from bot.cli import telegram  # noqa: F401, PLC0415 - loaded here, so that no fork has to
    from bot.cli.index_cache import open_matcher  # noqa: PLC0415
    from bot.cli.knowledge import KnowledgeFolder, open_sound  # noqa: PLC0415
    from bot.sessions.redis import RedisStore  # noqa: F401, PLC0415

    folder = KnowledgeFolder(Path(sys.argv[1]), "knowledge")
    knowledge = open_sound(folder)
    matcher = open_matcher(knowledge, folder)
    print("0", flush=True)
    for line in sys.stdin:
        print(json.dumps(_obey(json.loads(line), (knowledge, matcher, folder))), flush=True)


def _obey(order: Mapping[str, Any], loaded: tuple[Any, Any, Any]) -> int | None:
    if "start" in order:
        return _fork(order, loaded)
    pid = order.get("poll") or order["wait"]
    found, status = os.waitpid(pid, os.WNOHANG if "poll" in order else 0)
    return os.waitstatus_to_exitcode(status) if found else None


def _fork(order: Mapping[str, Any], loaded: tuple[Any, Any, Any]) -> int:
    pid = os.fork()
    if pid:
        return pid
    try:
        _become_bot(order, loaded)
    except BaseException as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(1)
    os._exit(0)


def _become_bot(order: Mapping[str, Any], loaded: tuple[Any, Any, Any]) -> None:
    from bot import settings  # noqa: PLC0415
    from bot.cli import telegram  # noqa: PLC0415
    from bot.delivery import worker  # noqa: PLC0415
    from tests.chaos.steps import Killer, install  # noqa: PLC0415

    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    for descriptor in (1, 2):
        os.dup2(log, descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    # Here a process is killed again and again at the same update, which is not to blame for it.
    worker.MOST_DEATHS = sys.maxsize
    install(Killer(order["kill_at"]))
    signal.signal(TELL, lambda *_: _tell_tasks())
    environment = order["start"]
    telegram.start(*loaded, settings.read(environment), settings.telegram(environment))


def _tell_tasks() -> None:
    """What this process waits for, for who finds that it waits in vain."""
    told = [f"tasks of {os.getpid()}:"]
    for task in asyncio.all_tasks():
        inner: Any = task.get_coro()
        while inner is not None and (frame := getattr(inner, "cr_frame", None) or getattr(inner, "ag_frame", None)):
            told.append(f"  {Path(frame.f_code.co_filename).name}:{frame.f_lineno} {frame.f_code.co_name}")
            inner = getattr(inner, "cr_await", None) or getattr(inner, "ag_await", None)
        told.append("  --")
    os.write(2, "\n".join([*told, ""]).encode())


if __name__ == "__main__":
    main()
