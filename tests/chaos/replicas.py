"""Several replicas behind one webhook, killed at random while many people talk at once.

The server passes each update to the replicas in turn, and past those that are dead, as a load balancer does. A lane
that a dead replica held is free again when its lock has expired.
"""

import random
import signal
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot_api import BotApiServer, User
from tests.bot_api.posting import TIMEOUT_SECONDS
from tests.chaos.forks import TELL, Forks
from tests.chaos.run import DEADLINE_SECONDS
from tests.chaos.talk import BURST, SCRIPT, act, heard, judge
from tests.forking import Child

SECRET = "a-secret"  # noqa: S105 - of nobody
KEY = "a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s="
_PAUSE_SECONDS = 0.3
#: What a replica has heard and not answered when it died may come again only after the server's own time limit.
PATIENCE_SECONDS = TIMEOUT_SECONDS + DEADLINE_SECONDS


@dataclass
class Report:
    """What became of a run."""

    kills: int = 0
    people: int = 0
    duplicates: int = 0
    lost: list[tuple[int, list[str]]] = field(default_factory=list)
    #: How many updates each replica has taken, by its address.
    shares: dict[str, int] = field(default_factory=dict)


class Replicas:
    """So many replicas of one bot, and people who talk to it."""

    def __init__(self, forks: Forks, server: BotApiServer, store: str, folder: Path, amount: int = 3) -> None:
        self._forks = forks
        self._server = server
        self._log = folder / "replicas.log"
        self._common = {
            "TELEGRAM_API_BASE_URL": server.url,
            "TELEGRAM_BOT_TOKEN": server.token,
            "BOT_ENV": "development",
            "BOT_STORE": store,
            "BOT_STORE_KEY": KEY,
            "BOT_WEBHOOK_URL": "http://127.0.0.1:8443/telegram",
            "BOT_WEBHOOK_SECRET": SECRET,
        }
        self._ports = [_free_port() for _ in range(amount)]
        self._bots: dict[int, Child] = {}
        self._random = random.Random(7)  # noqa: S311 - a choice of victims
        self._deaths_due = 0
        self._next_death = 0.0
        self.report = Report()

    def start(self) -> None:
        """Start all, and deliver to all."""
        self._server.balance([f"http://127.0.0.1:{port}/telegram" for port in self._ports])
        for port in self._ports:
            self._start(port)

    def talk(self, at_once: int, counts: Sequence[int], expected: Sequence[str], kills: int) -> Report:
        """So many people say everything while so many replicas are killed."""
        self._deaths_due += kills
        people = [self._server.user(5001 + self.report.people + number) for number in range(at_once)]
        due = 0
        for what, count in zip(SCRIPT, counts, strict=True):
            due += count
            for person in people:
                act(person, what)
            self._wait(lambda due=due: all(_arrived(person, expected) >= due for person in people), what)  # type: ignore[misc]
        for person in people:
            self._judge(person, expected)
        return self.report

    def burst(self, at_once: int, expected: Sequence[str], kills: int) -> Report:
        """So many people say several things without waiting for an answer."""
        self._deaths_due += kills
        people = [self._server.user(5001 + self.report.people + number) for number in range(at_once)]
        for person in people:
            person.says_all(BURST)
        self._wait(lambda: all(_arrived(person, expected) >= len(expected) for person in people), "a burst")
        for person in people:
            self._judge(person, expected)
        return self.report

    def stop(self) -> dict[int, int]:
        """Tell all to stop; how each ended."""
        for bot in self._bots.values():
            bot.send_signal(signal.SIGTERM)
        codes = {port: bot.wait() for port, bot in self._bots.items()}
        with self._server.state.changed:
            for delivery in self._server.state.deliveries:
                taken = delivery.problem is None
                self.report.shares[delivery.url] = self.report.shares.get(delivery.url, 0) + taken
        return codes

    def _start(self, port: int) -> None:
        environment = {**self._common, "BOT_LISTEN": f"127.0.0.1:{port}"}
        self._bots[port] = self._forks.bot(environment, self._log)

    def _judge(self, person: User, expected: Sequence[str]) -> None:
        texts = [text for _, text in heard(person)]
        verdict = judge(texts, expected)
        self.report.people += 1
        self.report.duplicates += len(verdict.duplicates)
        if not verdict.is_orderly or verdict.arrived < len(expected):
            self.report.lost.append((person.id, texts))

    def _wait(self, is_true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not is_true():
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain after {what!r}: {self._heard()}\n{self._told()}")
            self._let_die()
            with self._server.state.changed:
                self._server.state.changed.wait(0.02)

    def _heard(self) -> str:
        """What those have heard who have heard least, and how it went with the updates that no replica has taken."""
        people = [self._server.user(5001 + number) for number in range(self.report.people, self.report.people + 20)]
        begun = {person.id: [text[:40] for _, text in heard(person)] for person in people}
        least = min(map(len, begun.values()))
        waiting = [update["update_id"] for update in self._server.state.updates]
        tries = [each for each in self._server.state.deliveries if each.update_id in waiting]
        few = {who: texts for who, texts in begun.items() if len(texts) == least}
        return f"heard {few}; not taken: {waiting}; tries: {tries[-10:]}"

    def _told(self) -> str:
        """What went wrong at any time, and what each replica waits for now. An outage is told when it begins only."""
        troubles = [line for line in self._log.read_text().splitlines() if " INFO " not in line]
        for bot in self._bots.values():
            bot.send_signal(TELL)
        time.sleep(1)
        tasks = self._log.read_text().partition("tasks of ")[2]
        return "\n".join([*troubles[-60:], tasks[:30_000]])

    def _let_die(self) -> None:
        for port, bot in list(self._bots.items()):
            if bot.poll() is not None:
                assert bot.returncode == -signal.SIGKILL, self._log.read_text()[-3000:]
                self._start(port)
        if self._deaths_due and time.monotonic() >= self._next_death:
            self._bots[self._random.choice(self._ports)].send_signal(signal.SIGKILL)
            self._deaths_due -= 1
            self.report.kills += 1
            self._next_death = time.monotonic() + _PAUSE_SECONDS


def _arrived(person: User, expected: Sequence[str]) -> int:
    return judge([text for _, text in heard(person)], expected).arrived


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port
