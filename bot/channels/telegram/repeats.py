"""What comes several times at once and wants one answer: the pictures of an album, the same button pressed again.

Owns a short memory of this process: seconds, and nothing of it is stored. Refuses to be sure: two processes that share
the work, or one that was started anew, do not know what the other has seen, and a person gets a second answer rather
than none.
"""

from collections.abc import Callable, Hashable, Sequence
from time import monotonic
from typing import Generic, TypeAlias, TypeVar

from bot.channels.telegram.updates import ParsedUpdate
from bot.messages import Incoming, Said, Tapped, Unreadable

#: So long the same button counts as pressed once, in seconds: as long as somebody taps on a telephone that hangs.
SAME_TAP_SECONDS = 3.0
#: So long the pictures of an album are awaited, in seconds.
ALBUM_SECONDS = 60.0
#: So many albums, and so many people who have tapped, are kept in mind.
MOST_REMEMBERED = 1000

ValueT = TypeVar("ValueT")
Numbered: TypeAlias = tuple[int, ParsedUpdate]


class Repeats:
    """Tells what was answered already. An update that Telegram offers again is no repetition: it has its number."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        #: The update that stands for an album.
        self._albums = _Recent[int](ALBUM_SECONDS, clock)
        #: Of each dialogue the button that was pressed last, and by which update first.
        self._taps = _Recent[tuple[Hashable, int]](SAME_TAP_SECONDS, clock)

    def among(self, found: Sequence[Numbered]) -> set[int]:
        """The numbers of the updates that only repeat another one; from now on all of them are known themselves."""
        for number, parsed in found:
            if parsed.album and parsed.incoming and isinstance(parsed.incoming.content, Said):
                # The question below one of the pictures says what all are about.
                self._albums.put((parsed.address.chat, parsed.album), number)
        return {number for number, each in found if each.incoming and self._repeats(number, each, each.incoming)}

    def _repeats(self, number: int, parsed: ParsedUpdate, incoming: Incoming) -> bool:
        dialogue, content = incoming.conversation.id, incoming.content
        if isinstance(content, Tapped):
            return self._is_pressed_again(dialogue, (content.shown, content.code), number)
        # Whoever writes in between has seen an answer, or wants another one.
        self._taps.drop(dialogue)
        if not parsed.album or not isinstance(content, Unreadable):
            return False
        return self._albums.setdefault((parsed.address.chat, parsed.album), number) != number

    def _is_pressed_again(self, dialogue: str, button: Hashable, number: int) -> bool:
        before, first = self._taps.setdefault(dialogue, (button, number))
        if before != button:
            self._taps.put(dialogue, (button, number))
        return before == button and first != number


class _Recent(Generic[ValueT]):
    """What was put in within the last seconds, the latest of it."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._values: dict[Hashable, tuple[ValueT, float]] = {}

    def put(self, key: Hashable, value: ValueT) -> None:
        self.drop(key)
        self._values[key] = (value, self._clock())

    def setdefault(self, key: Hashable, value: ValueT) -> ValueT:
        """What is there, which stays as old as it is; if nothing is, what is given."""
        self._forget()
        if key not in self._values:
            self.put(key, value)
        return self._values[key][0]

    def drop(self, key: Hashable) -> None:
        self._values.pop(key, None)

    def _forget(self) -> None:
        oldest = self._clock() - self._seconds
        # They lie in the order in which they were put in.
        while self._values and (len(self._values) > MOST_REMEMBERED or next(iter(self._values.values()))[1] <= oldest):
            del self._values[next(iter(self._values))]
