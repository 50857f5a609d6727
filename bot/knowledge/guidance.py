"""What a knowledge tells beside its answers: what words mean, what holds elsewhere, who is in charge, what is urgent.

Owns the meaning of these words. None of it is asked for by facts: it is told as it stands.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from bot.knowledge.phrases import NOWHERE, Bilingual, Phrases, Place
from bot.knowledge.statements import Statement

#: Something has happened and must be dealt with at once, or somebody is in a dispute at law.
EmergencyKind: TypeAlias = Literal["emergency", "legal"]
#: Whose processing an authority supervises. `public` are the bodies of its Land, `country` is all of another country.
Served: TypeAlias = Literal[
    "private", "public", "federal", "church-catholic", "church-protestant", "broadcaster", "country"
]

#: The fact that tells in which Land somebody is; each of its options needs its authorities.
LAND = "land"


@dataclass(frozen=True, slots=True)
class Example:
    """A question to begin with, shown as a button, and the entry that answers it."""

    entry: str
    question: Bilingual
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A word that not everybody knows, explained in one or two sentences; `entry` is the one that says more."""

    id: str
    name: Bilingual
    #: Further spellings, abbreviations, plurals; the name itself is one without being written again.
    said_as: Phrases
    means: tuple[Statement, ...]
    entry: str | None = None
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Country:
    """Another country: how people tell that they are there, and what the bot can say of it.

    `authority` is the id of the one that supervises there.
    """

    id: str
    name: Bilingual
    said_as: Phrases
    reply: tuple[Statement, ...]
    authority: str | None = None
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Authority:
    """Who supervises, and where they are found. `land` is an option of the fact of that name."""

    id: str
    land: str | None
    serves: tuple[str, ...]
    name: Bilingual
    short: Bilingual
    url: str
    checked: date
    #: Where to complain, and where to report a breach; empty if there is no form for it.
    complaint: str = ""
    breach: str = ""
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Emergency:
    """Something urgent, how people say that it has happened, and what to do first, line by line.

    `untold_as` looks like it and tells something else. With `deadline_hours` there is a moment until which something
    must be done, counted from when it became known.
    """

    id: str
    kind: EmergencyKind
    title: Bilingual
    said_as: Phrases
    untold_as: Phrases
    lines: tuple[Statement, ...]
    deadline_hours: int | None = None
    entries: tuple[str, ...] = ()
    #: A text to be copied, such as a note to those in charge.
    copy: Bilingual | None = None
    place: Place = field(default=NOWHERE, compare=False, repr=False)
