"""A sentence that is told, and the claims that carry it: what everything that the bot tells is made of."""

from dataclasses import dataclass, field

from bot.knowledge.phrases import NOWHERE, Bilingual, Place


@dataclass(frozen=True, slots=True, order=True)
class Reference:
    """A pointer at one claim of one source, written `source#claim`."""

    source: str
    claim: str

    def __str__(self) -> str:
        return f"{self.source}#{self.claim}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence of an answer, in both languages, and the claims that carry both.

    What `is_own` is our advice, conclusion or search: it says so, and nothing else carries it.
    """

    text: Bilingual
    citations: tuple[Reference, ...] = ()
    is_own: bool = False
    place: Place = field(default=NOWHERE, compare=False, repr=False)
