"""The frames of a knowledge, ready to be read with: phrases as books, words as sets; empty where there are none."""

from collections.abc import Mapping

from bot.knowledge.phrases import Phrases
from bot.matching.normalise import words
from bot.matching.phrases import PhraseBook

_NOTHING = Phrases()


class FrameBook:
    """Phrases by what they do, as `knowledge.frames` has them."""

    def __init__(self, frames: Mapping[str, Phrases]) -> None:
        self._frames = frames

    def listed(self, name: str) -> Phrases:
        return self._frames.get(name, _NOTHING)

    def phrases(self, *names: str) -> tuple[str, ...]:
        """The phrases of some lists, folded, in all languages together."""
        return tuple(" ".join(words(phrase)) for name in names for phrase in self.listed(name).all)

    def words(self, *names: str) -> set[str]:
        """The phrases of some lists, to look words up in."""
        return set(self.phrases(*names))

    def book(self, name: str) -> PhraseBook[None]:
        """The phrases of a list, to be found in a text."""
        return PhraseBook(dict.fromkeys(self.listed(name).all))
