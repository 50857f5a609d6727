"""What the bot does in a turn, before it is put into words: the state machine decides acts, `respond` words them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from bot.dialogue.events import Aspect, Complaint
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
    #: Options that the person has denied.
    excluded: tuple[str, ...] = ()
    #: How many questions of this topic the person has answered.
    answered: int = 0
    #: What the fact is now, where it is asked to be changed.
    present: str = ""
    #: Those of the known facts that are only supposed.
    supposed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HintAt:
    """What would count as an answer to the open question."""

    fact: str


@dataclass(frozen=True, slots=True)
class Deny:
    """What the person has said not to be so."""

    options: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ExplainWhy:
    """Why a fact is asked."""

    fact: str


@dataclass(frozen=True, slots=True)
class Tell:
    """An entry's answer for what is known; covers every open case if something is not known.

    `changed` are the facts that were other ones when this entry was answered before, `supposed` those not told.
    """

    entry: str
    known: Mapping[str, str]
    changed: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TellBriefly:
    """The conclusion of an answer, without its reasons; `lead` is the key of what is said before it."""

    entry: str
    known: Mapping[str, str]
    lead: str = ""
    changed: tuple[str, ...] = ()
    supposed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TellAbout:
    """One thing about an answer that was told: its reasons, its steps, its age …"""

    entry: str
    known: Mapping[str, str]
    aspect: Aspect


@dataclass(frozen=True, slots=True)
class ExplainTerm:
    """What a word means."""

    term: str


@dataclass(frozen=True, slots=True)
class ExplainTerms:
    """What the words of an answer mean."""

    entry: str
    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Alarm:
    """What to do at once; `at` is when it happened, to reckon from."""

    emergency: str
    at: datetime | None = None
    is_rough: bool = False
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TellAboutAlarm:
    """One thing about an emergency that was told: its sources, a text for it, what to do once more."""

    emergency: str
    aspect: Aspect


@dataclass(frozen=True, slots=True)
class TellHelpers:
    """Who helps, for what is known of the asker."""

    known: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LeaveUnplaced:
    """Something told that cannot be placed: what would change the answer, or entries that may help."""

    entry: str
    known: Mapping[str, str]
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TellCountry:
    """What holds in a country, and who helps there; `is_remark` if something else is answered as well."""

    country: str
    is_remark: bool = False


@dataclass(frozen=True, slots=True)
class Announce:
    """Topics that come next, or are taken up now; `key` names the text."""

    key: str
    entries: tuple[str, ...]


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
    """Nothing fits, for the so many-th time in a row, or nothing of what was offered; `related` entries may help."""

    misses: int
    related: tuple[str, ...] = ()
    was_offered: bool = False
    #: Whether the first of the related ones come near to what was asked.
    is_near: bool = False


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
    """Count whether an answer has helped, and thank; a vote that was changed is taken back."""

    entry: str
    has_helped: bool
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class CountComplaint:
    """Count what was wrong with an answer, and thank."""

    entry: str
    complaint: Complaint


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
    | TellAbout
    | ExplainTerm
    | ExplainTerms
    | Alarm
    | TellAboutAlarm
    | TellHelpers
    | LeaveUnplaced
    | TellCountry
    | Announce
    | HintAt
    | Deny
    | Offer
    | AskWhichChange
    | Decline
    | ShowQuote
    | Unfold
    | ShowPage
    | Remind
    | CountVote
    | CountComplaint
    | PreviewDonation
    | Donate
    | Withdraw
    | TellHeld
    | Erase
)
