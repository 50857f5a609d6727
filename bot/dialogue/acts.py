"""What the bot does in a turn, before it is put into words: the state machine decides acts, `respond` words them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.dialogue.held import Held
from bot.dialogue.layers import Layer
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
class TellBriefly:
    """The conclusion of an answer that was told, without its reasons."""

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
class Unfold:
    """An answer that was told, with one of its layers open, or all of them folded again."""

    entry: str
    known: Mapping[str, str]
    layer: Layer


@dataclass(frozen=True, slots=True)
class ShowPage:
    """A page about the bot: start, help, sources, privacy, language."""

    page: str


@dataclass(frozen=True, slots=True)
class Remind:
    """Ask to leave out personal data of these kinds."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountVote:
    """Count whether an answer has helped, and thank."""

    entry: str
    has_helped: bool


@dataclass(frozen=True, slots=True)
class PreviewDonation:
    """Show what would be stored, before it is."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Donate:
    """Store the text; whoever carries this out gives it an id, which is all that can find it again."""

    text: str = field(repr=False)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Delete a donated question."""

    id: str


@dataclass(frozen=True, slots=True)
class TellHeld:
    """Tell everything that is held of the person; whoever carries this out fills it in."""

    held: Held | None = None


@dataclass(frozen=True, slots=True)
class Erase:
    """Delete everything that is held of the person and say what it was; filled in as above."""

    held: Held | None = None


Act: TypeAlias = (
    Say
    | SayAside
    | Ask
    | ExplainWhy
    | Tell
    | TellBriefly
    | CiteAgain
    | Offer
    | AskWhichChange
    | Decline
    | ShowQuote
    | Unfold
    | ShowPage
    | Remind
    | CountVote
    | PreviewDonation
    | Donate
    | Withdraw
    | TellHeld
    | Erase
)
