"""What can be counted without knowing anybody: turns, durations, deliveries, what waits. In Prometheus' terms.

Refuses labels that could hold a person, a chat or a text: decisions, entries and outcomes come from closed lists.
"""

from collections.abc import Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.sessions.store import Depth, Expired

CONTENT_TYPE = CONTENT_TYPE_LATEST
_PREFIX = "datenschutz_bot"
#: Upper bounds in seconds: a turn takes milliseconds, most of them in the store.
_TURN_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


class Metrics:
    """The figures of one process."""

    def __init__(self) -> None:
        # When a counter began would double the series and tell nothing.
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = CollectorRegistry()
        self._turns = self._counter(
            "turns", "Turns by what was understood and the entry at hand", ["decision", "entry"]
        )
        self._seconds = Histogram(
            f"{_PREFIX}_turn_seconds",
            "From the beginning of a turn until it is saved",
            registry=self._registry,
            buckets=_TURN_SECONDS,
        )
        self._overruns = self._counter("turns_overrun", "Turns that ended since the text took too long to read", [])
        self._dropped = self._counter("updates_dropped", "Updates that were given up, by reason", ["reason"])
        self._updates = self._counter("updates", "Updates by what became of them", ["result"])
        self._sends = self._counter("sends", "Attempts to deliver a reply by their result", ["result"])
        self._depth = Gauge(f"{_PREFIX}_queue_depth", "What waits in the store", ["queue"], registry=self._registry)
        self._reloads = self._counter("knowledge_reloads", "Changed knowledge by what became of it", ["result"])
        self._loaded = Gauge(
            f"{_PREFIX}_knowledge_loaded_timestamp_seconds",
            "When the knowledge in use was loaded",
            registry=self._registry,
        )

    def turned(self, decision: str, entry: str) -> None:
        """A turn is over."""
        self._turns.labels(decision, entry).inc()

    def turn_took(self, seconds: float) -> None:
        """How long a turn took."""
        self._seconds.observe(seconds)

    def overran(self) -> None:
        """A text took too long to read."""
        self._overruns.inc()

    def dropped(self, reason: str) -> None:
        """An update was not answered but with an apology: `poisonous`, as processes died of it."""
        self._dropped.labels(reason).inc()

    def arrived(self, result: str, amount: int = 1) -> None:
        """Updates have arrived: `taken`, `ignored`, `unreadable`, or `refused` by the webhook."""
        self._updates.labels(result).inc(amount)

    def attempted(self, outcome: str) -> None:
        """An attempt to deliver a reply."""
        self._sends.labels("retried" if outcome == "later" else outcome).inc()

    def expired(self, expired: Expired) -> None:
        """Replies whose time was over before they could be delivered."""
        self._sends.labels("expired").inc(expired.messages)

    def waiting(self, depth: Depth) -> None:
        """What waits in the store."""
        self._depth.labels("inbox").set(depth.inbox)
        self._depth.labels("outbox").set(depth.outbox)

    def loaded(self, result: str, timestamp_seconds: float) -> None:
        """The knowledge was loaded: `loaded` or `refused`."""
        self._reloads.labels(result).inc()
        if result == "loaded":
            self._loaded.set(timestamp_seconds)

    def exposition(self) -> bytes:
        """All figures in the text format."""
        return generate_latest(self._registry)

    def _counter(self, name: str, help_: str, labels: Sequence[str]) -> Counter:
        return Counter(f"{_PREFIX}_{name}", help_, labels, registry=self._registry)
