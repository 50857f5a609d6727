"""What comes several times at once and wants one answer: the pictures of an album, the same button pressed again.

Owns a short memory of this process. Refuses to be sure: two processes that share the work, or one that was started
anew, do not know what the other has seen, and a person gets a second answer rather than none.
"""

from collections.abc import Callable, Hashable, Sequence
from time import monotonic
from typing import TypeAlias, TypeVar

from bot.channels.telegram.updates import ParsedUpdate
from bot.messages import Incoming, Said, Tapped, Unreadable

#: So long the same button counts as pressed once, in seconds: as long as somebody taps on a telephone that hangs.
SAME_TAP_SECONDS = 3.0
#: So many albums and so many people who have tapped are kept in mind.
MOST_REMEMBERED = 1000

ValueT = TypeVar("ValueT")
Numbered: TypeAlias = tuple[int, ParsedUpdate]


class Repeats:
    """Tells what was answered already. An update that Telegram offers again is no repetition: it has its number."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        #: The update that stands for an album.
        self._albums: dict[Hashable, int] = {}
        #: Of each dialogue the button that was pressed last, by which update first, and when.
        self._taps: dict[Hashable, tuple[Hashable, int, float]] = {}

    def among(self, found: Sequence[Numbered]) -> set[int]:
        """The numbers of the updates that only repeat another one; from now on all of them are known themselves."""
        for number, parsed in found:
            if parsed.album and parsed.incoming and isinstance(parsed.incoming.content, Said):
                # The question below one of the pictures says what all are about.
                _remember(self._albums, _album(parsed), number)
        return {number for number, each in found if each.incoming and self._repeats(number, each, each.incoming)}

    def _repeats(self, number: int, parsed: ParsedUpdate, incoming: Incoming) -> bool:
        dialogue = incoming.conversation.id
        if isinstance(incoming.content, Tapped):
            return self._is_pressed_again(dialogue, (incoming.content.shown, incoming.content.code), number)
        # Whoever writes in between has seen an answer, or wants another one.
        self._taps.pop(dialogue, None)
        if not parsed.album or not isinstance(incoming.content, Unreadable):
            return False
        return _remember(self._albums, _album(parsed), self._albums.get(_album(parsed), number)) != number

    def _is_pressed_again(self, dialogue: str, button: Hashable, number: int) -> bool:
        now = self._clock()
        before, first, since = self._taps.pop(dialogue, (None, number, now))
        is_same = before == button and now - since < SAME_TAP_SECONDS
        # Counted from the first one: who goes on tapping is answered again after a while.
        _remember(self._taps, dialogue, (button, first, since) if is_same else (button, number, now))
        return is_same and first != number


def _album(parsed: ParsedUpdate) -> Hashable:
    return parsed.address.chat, parsed.album


def _remember(seen: dict[Hashable, ValueT], key: Hashable, value: ValueT) -> ValueT:
    seen[key] = value
    while len(seen) > MOST_REMEMBERED:
        del seen[next(iter(seen))]
    return value
