"""The systems that are compared, and the table of what was measured."""

import os
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks.telegram.load import Figures, Load, System, measure
from tests.chaos.replicas import KEY, SECRET
from tests.sessions.redis_server import running

_BOT = (sys.executable, "-m", "bot", "telegram")
Tick = Callable[[str], None]


def compare(folder: Path, tick: Tick, load: Load | None = None) -> str:
    """A Markdown table of all systems under the same load."""
    environment = {**os.environ, "BOT_ENV": "development"}
    with running(folder) as redis:
        systems = [echo(), single(folder), replicated("one replica on Redis", 1, redis.url)]
        systems.append(replicated("three replicas on Redis", 3, redis.url))
        found: dict[str, Figures] = {}
        for system in systems:
            tick(system.name)
            found[system.name] = measure(system, load or Load(), environment)
            redis.empty()
    return _table(found)


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


def _table(found: Mapping[str, Figures]) -> str:
    bare = found["echo bot"].per_second
    lines = [f"| | {' | '.join(found)} |", f"|---|{'---|' * len(found)}"]
    rows = {
        "messages answered per second": [f"{each.per_second:.0f}" for each in found.values()],
        "… compared to the echo bot": [f"{each.per_second / bare:.2f}" for each in found.values()],
        "waiting under a calm load, p50 / p99, ms": [f"{e.calm_p50:.0f} / {e.calm_p99:.0f}" for e in found.values()],
        "memory, MiB: resident / the process's own": [
            f"{each.resident_mib:.0f} / {each.unique_mib:.0f}" for each in found.values()
        ],
        "start to first answer, s": [f"{each.start_seconds:.2f}" for each in found.values()],
    }
    return "\n".join([*lines, *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items())])


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
