"""Questions that prove a knowledge: held out from what it learns from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.knowledge.phrases import NOWHERE, Phrases, Place
from bot.messages import Language

Difference: TypeAlias = Literal["negation", "role", "direction", "service", "channel"]

#: With so many lines of its own in a language that nothing answers, a knowledge knows its neighbourhood better than a
#: list that is made for all.
ENOUGH_OUT_OF_SCOPE = 150

#: What stands for "no entry" where an entry is expected.
NO_ENTRY = "none"


@dataclass(frozen=True, slots=True)
class EntryChecks:
    """Questions held out from `asked_as` that must reach an entry."""

    entry: str
    questions: Phrases
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Expected:
    """One side of a minimal pair: a question and what must come of it.

    `entry` is to be answered or offered first, NO_ENTRY means that nothing may be answered, None leaves it open. The
    text tells `facts` and does not tell those in `untold`.
    """

    text: str
    entry: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    untold: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class MinimalPair:
    """Two questions that differ in little and mean something else."""

    differ_in: Difference
    language: Language
    first: Expected
    second: Expected


@dataclass(frozen=True, slots=True)
class Checks:
    """All held-out questions, those that no entry answers, and the minimal pairs.

    `everyday` is what nothing answers in any knowledge, by theme: it makes up for an `out_of_scope` of too few lines.
    """

    entries: tuple[EntryChecks, ...] = ()
    out_of_scope: Phrases = field(default_factory=Phrases)
    pairs: tuple[MinimalPair, ...] = ()
    everyday: Mapping[str, Phrases] = field(default_factory=dict, repr=False)
