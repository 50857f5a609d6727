"""What a turn meant. An event is all the state machine sees of a message: never its text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from bot.dialogue.layers import Layer
from bot.knowledge.model import Reference
from bot.messages import Language

Facts: TypeAlias = Mapping[str, str]

#: What people ask about an answer; each is answered from what the answer already holds.
Aspect: TypeAlias = Literal[
    "verdict",
    "brief",
    "simpler",
    "reasons",
    "next_steps",
    "citing",
    "wording",
    "sources",
    "age",
    "still_valid",
    "author",
    "certain",
    "repeat",
    "template",
    "example",
    "risk",
    "helpers",
    "as_file",
    "what_change",
    "facts_used",
]
#: What was wrong with an answer that has not helped.
Complaint: TypeAlias = Literal["too-long", "other-question", "too-general"]


@dataclass(frozen=True, slots=True)
class Matched:
    """A question that one entry answers, the facts said with it, and what is only supposed for it ("ist die Business
    App erlaubt?" asks of that app, whatever the person uses).

    What `is_assumed` is the best that fits, but not surely meant. Those in `later` were asked in the same breath.
    """

    entry: str
    facts: Facts = field(default_factory=dict)
    supposed: Facts = field(default_factory=dict)
    is_assumed: bool = False
    later: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A question that two or three entries may answer, best first."""

    entries: tuple[str, ...]
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A message that no entry answers; a question of its own, or what might have been an answer."""

    facts: Facts = field(default_factory=dict)
    is_question: bool = False
    #: The entries that come nearest, best first.
    nearest: tuple[str, ...] = ()
    #: Whether it tells something rather than asks, whatever it tells.
    is_statement: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A fact was given for an entry's question, by a button or in words; the option may be `unknown`."""

    fact: str
    option: str
    entry: str | None = None
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Revised:
    """Facts without a question of their own: "und mit der Business API?", "wir sind ein Verein"."""

    facts: Facts


@dataclass(frozen=True, slots=True)
class Supposed:
    """ "Und wenn sie nicht zustimmen?", "was wäre mit der normalen App?": facts that are not told, only supposed.

    A button names the case it belongs to: the entry, and all that its answer rested on.
    """

    facts: Facts
    entry: str | None = None
    known: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Excluded:
    """ "Kein Betrieb": options that do not hold, by fact, and what was told besides."""

    options: Mapping[str, tuple[str, ...]]
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Picked:
    """An entry was picked: from an offered round, a see-also button or a link."""

    entry: str


@dataclass(frozen=True, slots=True)
class PickedNone:
    """None of the offered entries."""


@dataclass(frozen=True, slots=True)
class PickedAll:
    """All of the offered entries: "beides"."""


@dataclass(frozen=True, slots=True)
class WhyAsked:
    """Why do you ask that? The fact is named if a button asked."""

    fact: str | None = None


@dataclass(frozen=True, slots=True)
class WentBack:
    """One question back."""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """Leave this question; what is known of the case stays."""


@dataclass(frozen=True, slots=True)
class NewQuestionAsked:
    """Something else: the topic ends, what is known of the person stays."""


@dataclass(frozen=True, slots=True)
class WaitingAsked:
    """ "And my second question?" """


@dataclass(frozen=True, slots=True)
class Continued:
    """ "Go on": with whatever is open."""


@dataclass(frozen=True, slots=True)
class Reset:
    """Forget everything."""


@dataclass(frozen=True, slots=True)
class ChangeAsked:
    """Change a fact: one that is named, or one to choose."""

    fact: str | None = None
    entry: str | None = None


@dataclass(frozen=True, slots=True)
class LanguageChosen:
    """Speak this language from now on; None asks which."""

    language: Language | None = None


@dataclass(frozen=True, slots=True)
class QuoteAsked:
    """Show the passage that a citation rests on."""

    reference: Reference


@dataclass(frozen=True, slots=True)
class Unfolded:
    """Open a layer of an answer that was told, or fold it; the case is the answer's own, whatever was said since."""

    entry: str
    facts: Facts
    layer: Layer


@dataclass(frozen=True, slots=True)
class AnswerAsked:
    """Something about the answer: shorter, why, since when, what now; and what was told beside it."""

    aspect: Aspect
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TermAsked:
    """What does a word mean?"""

    term: str


@dataclass(frozen=True, slots=True)
class TermsAsked:
    """The words of an answer, explained; those of the last one if no case is named."""

    entry: str | None = None
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Alarmed:
    """An emergency or a case for a lawyer, whatever else was said; when it happened, if that was told, and entries that
    answer what was asked with it."""

    emergency: str
    at: datetime | None = None
    is_rough: bool = False
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryAsked:
    """Does it hold in this country?"""

    country: str


@dataclass(frozen=True, slots=True)
class Complained:
    """What was wrong with an answer."""

    entry: str
    complaint: Complaint


@dataclass(frozen=True, slots=True)
class AsideMade:
    """Small talk, by the aside's name."""

    aside: str


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """The person has not understood what the bot said: "häh?", "too complicated"."""


@dataclass(frozen=True, slots=True)
class Requested:
    """A page about the bot: start, help, sources or privacy."""

    page: str


@dataclass(frozen=True, slots=True)
class Rated:
    """Whether an entry's answer has helped."""

    entry: str
    has_helped: bool


@dataclass(frozen=True, slots=True)
class DonationOffered:
    """The person would leave a question for the editors; its text with personal data blanked, none if it is gone."""

    text: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class DonationConfirmed:
    """The person has seen the text, word for word, and leaves it; `shown` tells which message showed it."""

    text: str = field(default="", repr=False)
    shown: str = ""


@dataclass(frozen=True, slots=True)
class DonationRefused:
    """The person has seen the text and keeps it; `shown` as above."""

    shown: str = ""


@dataclass(frozen=True, slots=True)
class DonationWithdrawn:
    """The person takes a donated question back."""

    id: str


@dataclass(frozen=True, slots=True)
class DataRequested:
    """What is held of me?"""


@dataclass(frozen=True, slots=True)
class ErasureRequested:
    """Delete everything that is held of me."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """No text that could be read: a photo, emoji, an empty message."""

    #: Key of the text that says why.
    text: str = "not_text"


@dataclass(frozen=True, slots=True)
class Outdated:
    """A button that leads nowhere any more: of another knowledge, or forged."""


Event: TypeAlias = (
    Matched
    | Ambiguous
    | Unmatched
    | Answered
    | Revised
    | Supposed
    | Excluded
    | Picked
    | PickedNone
    | PickedAll
    | WhyAsked
    | WentBack
    | Cancelled
    | NewQuestionAsked
    | WaitingAsked
    | Continued
    | Reset
    | ChangeAsked
    | LanguageChosen
    | QuoteAsked
    | Unfolded
    | AnswerAsked
    | TermAsked
    | TermsAsked
    | Alarmed
    | CountryAsked
    | Complained
    | AsideMade
    | NotUnderstood
    | Requested
    | Rated
    | DonationOffered
    | DonationConfirmed
    | DonationRefused
    | DonationWithdrawn
    | DataRequested
    | ErasureRequested
    | Unreadable
    | Outdated
)
