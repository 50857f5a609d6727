"""What can be counted without knowing anybody: turns, durations, deliveries, what waits. In Prometheus' terms.

Refuses labels that could hold a person, a chat or a text: every label's values come from a closed list, of the program,
the knowledge or Telegram's reasons. deploy/MONITORING.md explains each figure.
"""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from typing import Literal, TypeAlias

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    Info,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.sessions.store import Depth, Expired

CONTENT_TYPE = CONTENT_TYPE_LATEST
_PREFIX = "datenschutz_bot"

#: Why an update was given up: processes died of it, its time was over, or nobody could read it.
Dropped: TypeAlias = Literal["poisonous", "expired", "unreadable"]
#: What can be out of order: the store; delivering replies; the token; whose updates go elsewhere; keeping what arrives;
#: taking updates.
Trouble: TypeAlias = Literal["store", "replies", "token", "elsewhere", "keeping", "updates"]

#: Upper bounds in seconds: a turn takes milliseconds, most of them in the store.
_TURN_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
_STORE_SECONDS = (0.001, 0.005, 0.025, 0.1, 0.5, 2.5)
#: Known beforehand, so that the first of its kind is seen as an increase.
_UPDATES = ("taken", "ignored", "unreadable", "refused")
_SENDS = ("sent", "blocked", "refused", "retried", "expired")
_DROPPED: tuple[Dropped, ...] = ("poisonous", "expired", "unreadable")
_TROUBLES: tuple[Trouble, ...] = ("store", "replies", "token", "elsewhere", "keeping", "updates")
_RELOADS = ("loaded", "unchanged", "refused")


class Metrics:
    """The figures of one process."""

    def __init__(self, today: Callable[[], date] = date.today) -> None:
        # When a counter began would double the series and tell nothing.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self._registry)
        self._build = Info(
            f"{_PREFIX}_build", "What runs: the version, its Python, its knowledge", registry=self._registry
        )
        self._count_turns()
        self._count_deliveries()
        self._describe_knowledge(today)

    def _count_turns(self) -> None:
        self._turns = self._counter(
            "turns", "Turns by what was understood and the entry at hand", ["decision", "entry"]
        )
        self._seconds = self._histogram("turn", "From the beginning of a turn until it is saved", _TURN_SECONDS)
        self._joined = self._counter("messages_joined", "Messages that were read as one with those before them")
        self._apologies = self._counter("turns_apologised", "Turns that broke off, and ended with an apology")
        self._overrun = self._counter("turns_overrun", "Turns that ended since the text took too long to read")

    def _count_deliveries(self) -> None:
        self._updates = self._counter("updates", "Updates by what became of them", ["result"], _UPDATES)
        self._dropped = self._counter(
            "updates_dropped", "Updates that were kept and given up, by reason", ["reason"], _DROPPED
        )
        self._sends = self._counter("sends", "Attempts to deliver a reply by their result", ["result"], _SENDS)
        self._failures = self._counter(
            "send_failures", "Attempts to deliver a reply that failed, by Telegram's reason", ["reason"]
        )
        self._depth = self._gauge("queue_depth", "What waits in the store", ["queue"], ("inbox", "outbox"))
        self._outages = self._gauge("outage", "1 while something is out of order", ["what"], _TROUBLES)
        self._store_seconds = self._histogram("store", "Work of the store", _STORE_SECONDS, ["operation"])
        self._store_failures = self._counter("store_failures", "Work of the store that failed", ["operation"])

    def _describe_knowledge(self, today: Callable[[], date]) -> None:
        self._reloads = self._counter("knowledge_reloads", "Knowledge by what became of it", ["result"], _RELOADS)
        self._loaded = self._gauge("knowledge_loaded_timestamp_seconds", "When the knowledge in use was loaded")
        self._entries = self._gauge("knowledge_entries", "Entries in use")
        self._reviewed = self._gauge("knowledge_reviewed_timestamp_seconds", "The day of the latest review of an entry")
        self._due: tuple[date, ...] = ()
        overdue = self._gauge("knowledge_entries_overdue", "Entries whose next review should have been before today")
        overdue.set_function(lambda: sum(day < today() for day in self._due))

    def built(self, version: str, digest: str) -> None:
        """What runs: a version of the program with a knowledge, by the digest of its files."""
        python = ".".join(str(part) for part in sys.version_info[:3])
        self._build.info({"version": version, "python": python, "knowledge": digest})

    def knows(self, reviewed: Sequence[date], due: Sequence[date]) -> None:
        """The days on which the entries in use were reviewed, and those on which their next review is due."""
        self._entries.set(len(reviewed))
        self._due = tuple(due)
        if reviewed:
            self._reviewed.set(datetime.combine(max(reviewed), time(), UTC).timestamp())

    def loaded(self, result: str, timestamp_seconds: float) -> None:
        """The knowledge was looked at: `loaded`, `unchanged` or `refused`."""
        self._reloads.labels(result).inc()
        if result == "loaded":
            self._loaded.set(timestamp_seconds)

    def turned(self, decision: str, entry: str) -> None:
        """A turn is over; with the decision `failed` it has ended with an apology."""
        self._turns.labels(decision, entry).inc()
        if decision == "failed":
            self._apologies.inc()

    def joined(self, amount: int) -> None:
        """Messages were read as one with those before them."""
        self._joined.inc(amount)

    def turn_took(self, seconds: float) -> None:
        """How long a turn took."""
        self._seconds.observe(seconds)

    def overran(self) -> None:
        """A turn has ended since its text took too long to read."""
        self._overrun.inc()

    def arrived(self, result: str, amount: int = 1) -> None:
        """Updates have arrived: `taken`, `ignored`, `unreadable`, or `refused` by the webhook."""
        self._updates.labels(result).inc(amount)

    def dropped(self, reason: Dropped, amount: int = 1) -> None:
        """Updates that were kept are given up, with an apology at most."""
        self._dropped.labels(reason).inc(amount)

    def attempted(self, outcome: str, reason: str = "") -> None:
        """An attempt to deliver a reply, and why it failed, by a name out of a closed list."""
        self._sends.labels("retried" if outcome == "later" else outcome).inc()
        if reason:
            self._failures.labels(reason).inc()

    def expired(self, expired: Expired) -> None:
        """Replies whose time was over before they could be delivered, and updates before they were answered."""
        self._sends.labels("expired").inc(expired.messages)
        self.dropped("expired", expired.updates)

    def waiting(self, depth: Depth) -> None:
        """What waits in the store."""
        self._depth.labels("inbox").set(depth.inbox)
        self._depth.labels("outbox").set(depth.outbox)

    def outage(self, what: Trouble) -> Callable[[bool], None]:
        """To be told whether this is out of order."""
        return self._outages.labels(what).set

    def store_took(self, operation: str, seconds: float) -> None:
        """How long work of the store took, by the name of its method."""
        self._store_seconds.labels(operation).observe(seconds)

    def store_failed(self, operation: str) -> None:
        """Work of the store has failed."""
        self._store_failures.labels(operation).inc()

    def exposition(self) -> bytes:
        """All figures in the text format."""
        return generate_latest(self._registry)

    def _counter(self, name: str, help_: str, labels: Sequence[str] = (), known: Sequence[str] = ()) -> Counter:
        made = Counter(f"{_PREFIX}_{name}", help_, labels, registry=self._registry)
        for value in known:
            made.labels(value)
        return made

    def _gauge(self, name: str, help_: str, labels: Sequence[str] = (), known: Sequence[str] = ()) -> Gauge:
        made = Gauge(f"{_PREFIX}_{name}", help_, labels, registry=self._registry)
        for value in known:
            made.labels(value)
        return made

    def _histogram(self, name: str, help_: str, bounds: Sequence[float], labels: Sequence[str] = ()) -> Histogram:
        return Histogram(f"{_PREFIX}_{name}_seconds", help_, labels, registry=self._registry, buckets=bounds)
