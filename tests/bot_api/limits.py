"""How many messages Telegram takes in a while: 429 beyond that, with the seconds to wait.

Owns the counting. Refuses to be on by itself, and to know the time: whoever orders a limit brings the clock.
"""

import math
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.bot_api.faults import ApiError

Clock = Callable[[], float]


@dataclass
class Limit:
    """So many calls in so many seconds in each of these chats."""

    amount: int
    seconds: float
    clock: Clock
    is_for_groups: bool
    _times: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def wait_seconds(self, chat: int) -> float:
        """How long this chat has to wait; 0 if it need not."""
        times, now = self._times[chat], self.clock()
        while times and times[0] <= now - self.seconds:
            times.popleft()
        return times[0] + self.seconds - now if len(times) >= self.amount else 0

    def note(self, chat: int) -> None:
        """One more call."""
        self._times[chat].append(self.clock())

    def covers(self, chat: int) -> bool:
        """Whether the limit is for this chat; the ids of groups are negative."""
        return chat < 0 or not self.is_for_groups


def spend(limits: Sequence[Limit], chat: int) -> None:
    """Count a call, or refuse it; a refused one does not count."""
    here = [limit for limit in limits if limit.covers(chat)]
    wait = max((limit.wait_seconds(chat) for limit in here), default=0)
    if wait > 0:
        seconds = math.ceil(wait)
        raise ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
    for limit in here:
        limit.note(chat)
