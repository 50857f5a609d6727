"""One measurement: a server and a bot, each a process of its own; people write; how fast are they answered?

Two loads: as fast as the bot can (everything at once), and a calm one at a fixed rate, which shows how long one waits.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).parent.parent.parent.parent
TOKEN = "4242:benchmark"  # noqa: S105 - of nobody
#: A question that is answered by one message, a follow-up question, however often it is put.
TEXT = "Darf ich Angebote per WhatsApp verschicken?"
_DEADLINE_SECONDS = 180


@dataclass(frozen=True, slots=True)
class System:
    """A bot to measure: the commands that start its processes, each with its own environment."""

    name: str
    processes: Sequence[tuple[Sequence[str], Mapping[str, str]]]
    #: Where the webhooks listen, if Telegram is to call.
    webhooks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Load:
    """How much is written by how many people."""

    messages: int = 3000
    people: int = 200
    calm_messages: int = 600
    calm_per_second: float = 60


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured; milliseconds where it is about waiting."""

    start_seconds: float
    per_second: float
    calm_p50: float
    calm_p99: float
    #: Resident, with the libraries' pages on the disk; and what is the process's alone and freed when it ends.
    resident_mib: float
    unique_mib: float


def measure(system: System, load: Load, environment: Mapping[str, str]) -> Figures:
    """Run the system under both loads."""
    with ExitStack() as stack:
        url = stack.enter_context(_server(is_local=bool(system.webhooks)))
        control = httpx.Client(base_url=f"{url}/control", timeout=_DEADLINE_SECONDS)
        if system.webhooks:
            control.post("/balance", json={"urls": list(system.webhooks)})
        # Written before the bot is there: the first answer is the end of its start.
        control.post("/say_many", json={"count": 1, "chats": 1, "text": TEXT})
        began = time.perf_counter()
        common = {**environment, "TELEGRAM_API_BASE_URL": url, "TELEGRAM_BOT_TOKEN": TOKEN}
        bots = [stack.enter_context(_process(command, {**common, **own})) for command, own in system.processes]
        _answered(control, 1)
        start_seconds = time.perf_counter() - began
        per_second = _burst(control, load)
        calm = _calm(control, load)
        memory = [psutil.Process(bot.pid).memory_full_info() for bot in bots]
    resident, unique = (sum(getattr(each, name) for each in memory) / 2**20 for name in ("rss", "uss"))
    return Figures(start_seconds, per_second, calm["p50"] * 1000, calm["p99"] * 1000, resident, unique)


def _burst(control: httpx.Client, load: Load) -> float:
    control.post("/reset")
    began = time.perf_counter()
    control.post("/say_many", json={"count": load.messages, "chats": load.people, "text": TEXT})
    _answered(control, load.messages)
    return load.messages / (time.perf_counter() - began)


def _calm(control: httpx.Client, load: Load) -> Mapping[str, float]:
    control.post("/reset")
    order = {"count": load.calm_messages, "chats": load.people, "text": TEXT, "per_second": load.calm_per_second}
    control.post("/say_many", json=order)
    waits: Mapping[str, float] = _answered(control, load.calm_messages)["latency_seconds"]
    return waits


def _answered(control: httpx.Client, messages: int) -> Any:
    """The summary, once there are so many messages of the bot."""
    end = time.monotonic() + _DEADLINE_SECONDS
    while time.monotonic() < end:
        summary = control.get("/summary").json()
        if summary["messages"] >= messages:
            return summary
        time.sleep(0.05)
    raise TimeoutError(f"{summary['messages']} of {messages} messages were answered")


@contextmanager
def _server(*, is_local: bool) -> Iterator[str]:
    command = ["-m", "tests.bot_api", "--port", "0", "--token", TOKEN, "--detached", "--max-calls", "100"]
    command += ["--local", "--order", "queues"] if is_local else []
    with _process([sys.executable, *command], {}, stdout=subprocess.PIPE) as process:
        assert process.stdout
        yield process.stdout.readline().split()[0].partition("=")[2]


@contextmanager
def _process(
    command: Sequence[str], environment: Mapping[str, str], stdout: int = subprocess.DEVNULL
) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        command, cwd=ROOT, env=dict(environment) or None, stdout=stdout, stderr=subprocess.DEVNULL, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
