"""What the bot does in a turn, before it is put into words: the state machine decides acts, `respond` words them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.knowledge.model import Reference


@dataclass(frozen=True, slots=True)
class Say:
    """A text of texts/ by its key, and entries that may help further."""

    key: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SayAside:
    """The reply of an aside."""

    aside: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A follow-up question. `lead` is the key of a text before it: the question is repeated, resumed …"""

    entry: str
    fact: str
    known: Mapping[str, str]
    lead: str = ""
    can_go_back: bool = False


@dataclass(frozen=True, slots=True)
class ExplainWhy:
    """Why a fact is asked."""

    fact: str


@dataclass(frozen=True, slots=True)
class Tell:
    """An entry's answer for what is known; covers every open case if something is not known."""

    entry: str
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CiteAgain:
    """The sources of an answer that was told."""

    entry: str
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Offer:
    """A round of titled choices, with what is known so far."""

    entries: tuple[str, ...]
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class AskWhichChange:
    """Which of the known facts is to be changed?"""

    entry: str
    facts: tuple[str, ...]
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decline:
    """Nothing fits, for the so many-th time in a row; `related` entries are offered."""

    misses: int
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowQuote:
    """The passage behind a citation."""

    reference: Reference


@dataclass(frozen=True, slots=True)
class ShowPage:
    """A page about the bot: start, help, sources, privacy, language."""

    page: str


Act: TypeAlias = (
    Say | SayAside | Ask | ExplainWhy | Tell | CiteAgain | Offer | AskWhichChange | Decline | ShowQuote | ShowPage
)
