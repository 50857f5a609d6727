"""How fast a bot may write: in a group at most 20 messages a minute (core.telegram.org/bots/faq).

Owns the count of one process. Where several write to one group, Telegram's own refusal says when to go on.
"""

from collections import deque
from collections.abc import Callable
from time import monotonic

MESSAGES = 20
WINDOW_SECONDS = 60.0


class GroupPace:
    """The latest messages to each group; a group without any takes no memory."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._sent: dict[int, deque[float]] = {}

    def wait_seconds(self, chat: int) -> float:
        """How long a chat must be left alone before the next message; 0 if it may be sent now."""
        now = self._clock()
        self._forget_old(now)
        sent = self._sent.get(chat)
        return max(0.0, sent[0] + WINDOW_SECONDS - now) if sent and len(sent) >= MESSAGES else 0.0

    def count(self, chat: int) -> None:
        """A message was sent. Telegram numbers groups below zero."""
        if chat < 0:
            self._sent.setdefault(chat, deque(maxlen=MESSAGES)).append(self._clock())

    def _forget_old(self, now: float) -> None:
        for chat in [chat for chat, sent in self._sent.items() if sent[-1] + WINDOW_SECONDS <= now]:
            del self._sent[chat]
