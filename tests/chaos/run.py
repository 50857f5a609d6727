"""A run: people talk one after another or at once, the bot is killed again and again and started anew, and in the end
everybody has heard everything.

The bot is killed at its first step, then, started anew, at its second, and so on; when it has lived through a whole
conversation, it begins with the first again. So every step is met in every place.
"""

import signal
import time
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.bot_api import BotApiServer, Sent, User
from tests.chaos.forks import Forks
from tests.chaos.talk import BURST, SCRIPT, act, heard, judge
from tests.forking import Child

#: So long means "never": nothing that works takes a fraction of it.
DEADLINE_SECONDS = 60
#: A step beyond this is not met again before people have said everything.
MOST_STEPS = 60


@dataclass
class Report:
    """What became of a run."""

    kills: int = 0
    people: int = 0
    replies: int = 0
    #: Who has not heard everything in order, and what they have heard.
    lost: list[tuple[int, list[str]]] = field(default_factory=list)
    duplicates: int = 0
    #: Duplicates that no kill explains: both copies were sent by the same process.
    unexplained: int = 0
    #: The most duplicates in one chat that one kill has caused.
    most_in_a_chat: int = 0


class Run:
    """One run against one server, with one store."""

    def __init__(
        self, forks: Forks, server: BotApiServer, environment: dict[str, str], counts: Sequence[int], folder: Path
    ) -> None:
        self._forks = forks
        self._server = server
        self._counts = counts
        self._log = folder / "bot.log"
        self._environment = {
            **environment,
            "TELEGRAM_API_BASE_URL": server.url,
            "TELEGRAM_BOT_TOKEN": server.token,
            "BOT_ENV": "development",
        }
        self._bot: Child | None = None
        self._step: int | None = None
        self._numbers = iter(range(1001, 1_000_000))
        #: How many messages the bot had sent at the end of each life.
        self._lives: list[int] = []
        self._expected: list[str] = []
        self.report = Report()

    def calm(self) -> list[str]:
        """What a person hears when nothing goes wrong."""
        (person,) = self._talk(1)
        self._stop()
        return [text for _, text in heard(person)]

    def calm_burst(self, amount: int) -> list[str]:
        """The same for somebody who does not wait for answers, with so many messages as answers."""
        person = self._server.user(next(self._numbers))
        person.says_all(BURST)
        self._wait(lambda: len(person.messages) >= amount, "a burst")
        self._stop()
        return [sent.text for sent in person.messages]

    def go(self, kills: int, at_once: int = 1) -> Report:
        """People talk until the bot has been killed so often."""
        self._expected = self.calm()
        self._step = 0
        while self.report.kills < kills:
            for person in self._talk(at_once):
                self._judge(person)
        self._stop()
        return self.report

    def _talk(self, at_once: int) -> list[User]:
        """So many people say everything, each thing once they have heard what answers the one before."""
        people = [self._server.user(next(self._numbers)) for _ in range(at_once)]
        due = 0
        for what, count in zip(SCRIPT, self._counts, strict=True):
            due += count
            for person in people:
                act(person, what)
            self._wait(lambda due=due: all(self._arrived(person) >= due for person in people), what)  # type: ignore[misc]
        return people

    def _arrived(self, person: User) -> int:
        texts = [text for _, text in heard(person)]
        return judge(texts, self._expected).arrived if self._expected else len(texts)

    def _judge(self, person: User) -> None:
        told = heard(person)
        texts = [text for _, text in told]
        verdict = judge(texts, self._expected)
        self.report.people += 1
        self.report.replies += len(self._expected)
        self.report.duplicates += len(verdict.duplicates)
        if not verdict.is_orderly or verdict.arrived < len(self._expected):
            self.report.lost.append((person.id, texts))
        causes = Counter(self._cause(told[index - 1][0], told[index][0]) for index in verdict.duplicates)
        self.report.unexplained += causes.pop(None, 0)
        self.report.most_in_a_chat = max([self.report.most_in_a_chat, *causes.values()])

    def _cause(self, first: Sent, second: Sent) -> int | None:
        """The life that ended between the two copies, if one did."""
        everything = self._server.messages
        life = bisect_right(self._lives, everything.index(first))
        return life if life < len(self._lives) and self._lives[life] <= everything.index(second) else None

    def _wait(self, is_true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + DEADLINE_SECONDS
        while not is_true():
            if time.monotonic() > end:
                raise AssertionError(f"waited in vain after {what!r}:\n{self._log.read_text()[-2000:]}")
            self._keep_running()
            with self._server.state.changed:
                self._server.state.changed.wait(0.02)

    def _keep_running(self) -> None:
        """Start the bot anew if it has died, to die one step later."""
        if self._bot is not None and self._bot.poll() is None:
            return
        if self._bot is not None:
            assert self._bot.returncode == -signal.SIGKILL, self._log.read_text()[-2000:]
            self.report.kills += 1
            # What it had still sent belongs to its life.
            while self._server.is_connected:
                time.sleep(0.001)
            self._lives.append(len(self._server.messages))
        if self._step is not None:
            self._step = self._step % MOST_STEPS + 1
        self._bot = self._forks.bot(self._environment, self._log, self._step)

    def _stop(self) -> None:
        if self._bot is not None:
            self._bot.send_signal(signal.SIGKILL)
            self._bot.wait()
            self._bot = None
