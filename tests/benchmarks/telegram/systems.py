"""The systems that are compared, and the table of what was measured."""

import os
import socket
import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from tests.benchmarks.telegram.load import Figures, Load, System, measure
from tests.chaos.replicas import KEY, SECRET
from tests.sessions.redis_server import running

_BOT = (sys.executable, "-m", "bot", "telegram")
Tick = Callable[[str], None]


#: Whole rounds, each system once in each: what else the machine does falls on all of them alike.
ROUNDS = 3


def compare(tick: Tick, load: Load | None = None, rounds: int = ROUNDS) -> str:
    """A Markdown table of all systems under the same load: medians over the rounds."""
    environment = {**os.environ, "BOT_ENV": "development"}
    found: dict[str, list[Figures]] = {}
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as redis:
        for number in range(rounds):
            for system in _systems(Path(folder) / str(number), redis.url):
                tick(f"round {number + 1} of {rounds}: {system.name}")
                found.setdefault(system.name, []).append(measure(system, load or Load(), environment))
                redis.empty()
    return _table(found)


def _systems(folder: Path, redis_url: str) -> list[System]:
    folder.mkdir()
    return [
        echo(),
        single(folder),
        replicated("one replica on Redis", 1, redis_url),
        replicated("three replicas on Redis", 3, redis_url),
    ]


def echo() -> System:
    """The bare echo bot."""
    return System("echo bot", [((sys.executable, "-m", "tests.benchmarks.telegram.echo"), {})])


def single(folder: Path) -> System:
    """Ours as it comes: one process, SQLite, long polling."""
    return System("ours, SQLite", [(_BOT, {"BOT_STORE": f"sqlite:///{folder}/bot.sqlite3"})])


def replicated(name: str, amount: int, redis_url: str) -> System:
    """Ours behind one webhook."""
    ports = [_free_port() for _ in range(amount)]
    common = {
        "BOT_STORE": redis_url,
        "BOT_STORE_KEY": KEY,
        "BOT_WEBHOOK_URL": "http://127.0.0.1:8443/telegram",
        "BOT_WEBHOOK_SECRET": SECRET,
    }
    processes = [(_BOT, {**common, "BOT_LISTEN": f"127.0.0.1:{port}"}) for port in ports]
    return System(name, processes, [f"http://127.0.0.1:{port}/telegram" for port in ports])


def _table(found: Mapping[str, Sequence[Figures]]) -> str:
    rows = {
        "messages answered per second": _cells(found, lambda each: each.per_second, ".0f"),
        "… compared to the echo bot, each round": [_ratios(each, found["echo bot"]) for each in found.values()],
        "waiting under a calm load, p50, ms": _cells(found, lambda each: each.calm_p50, ".0f"),
        "… p99, ms": _cells(found, lambda each: each.calm_p99, ".0f"),
        "memory, resident, MiB": _cells(found, lambda each: each.resident_mib, ".0f"),
        "… the process's own": _cells(found, lambda each: each.unique_mib, ".0f"),
        "start to first answer, s": _cells(found, lambda each: each.start_seconds, ".1f"),
    }
    lines = [f"| | {' | '.join(found)} |", f"|---|{'---|' * len(found)}"]
    return "\n".join([*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items())])


def _cells(found: Mapping[str, Sequence[Figures]], figure: Callable[[Figures], float], form: str) -> list[str]:
    return [format(statistics.median(map(figure, rounds)), form) for rounds in found.values()]


def _ratios(rounds: Sequence[Figures], bare: Sequence[Figures]) -> str:
    ratios = [ours.per_second / theirs.per_second for ours, theirs in zip(rounds, bare, strict=True)]
    return f"{statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
