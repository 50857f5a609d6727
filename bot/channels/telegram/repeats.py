"""What comes several times at once and wants one answer: the pictures of an album, the same button pressed again.

Owns a short memory of this process. Refuses to be sure: two processes that share the work, or one that was started
anew, do not know what the other has seen, and a person gets a second answer rather than none.
"""

from collections.abc import Callable, Hashable
from time import monotonic
from typing import TypeAlias

from bot.channels.telegram.updates import ParsedUpdate
from bot.messages import Tapped

#: So long the same button counts as pressed once, in seconds: as long as somebody taps on a telephone that hangs.
SAME_TAP_SECONDS = 3.0
#: So many albums and so many people who have tapped are kept in mind.
MOST_REMEMBERED = 1000

Seen: TypeAlias = dict[Hashable, tuple[Hashable, int, float]]


class Repeats:
    """Tells what was answered already. An update that Telegram offers again is no repetition: it has its number."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._albums: Seen = {}
        self._taps: Seen = {}

    def is_repeated(self, number: int, parsed: ParsedUpdate) -> bool:
        """Whether the update with this number only repeats another one; from now on it is known itself."""
        incoming = parsed.incoming
        if incoming is None:
            return False
        person, content = incoming.conversation.id, incoming.content
        if isinstance(content, Tapped):
            return self._is_known(self._taps, person, (content.shown, content.code), number, SAME_TAP_SECONDS)
        # Whoever writes in between has seen an answer, or wants another one.
        self._taps.pop(person, None)
        if not parsed.album:
            return False
        return self._is_known(self._albums, (person, parsed.album), "", number, float("inf"))

    def _is_known(self, seen: Seen, key: Hashable, what: Hashable, number: int, seconds: float) -> bool:
        now = self._clock()
        before, first, since = seen.pop(key, (None, number, now))
        is_same = before == what and now - since < seconds
        # The first one counts, also when it is offered again; a tap now and then never ends otherwise.
        seen[key] = (what, first if is_same else number, since if is_same else now)
        while len(seen) > MOST_REMEMBERED:
            del seen[next(iter(seen))]
        return is_same and first != number
