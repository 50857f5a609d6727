"""The knowledge as frozen data: sources with claims, entries with outcomes, facts, lexicon, guidance, asides and texts.

Owns the meaning of the words; refuses to read files, to check rules or to word replies.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

from bot.knowledge.checks import Checks
from bot.knowledge.guidance import Authority, Country, Emergency, Example, Term
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.phrases import NOWHERE, Bilingual, Phrases, Place
from bot.knowledge.provisions import Provision
from bot.knowledge.statements import Reference, Statement
from bot.knowledge.unread import Unread
from bot.messages import LANGUAGES, Language

__all__ = [
    "UNKNOWN",
    "Aside",
    "Authority",
    "Claim",
    "Country",
    "Emergency",
    "Entry",
    "EntryKind",
    "Fact",
    "FactScope",
    "Knowledge",
    "Option",
    "Outcome",
    "Reading",
    "Reference",
    "Source",
    "SourceKind",
    "Standing",
    "Statement",
    "Term",
    "Texts",
    "Verdict",
]

SourceKind: TypeAlias = Literal["article", "statute", "decision", "authority", "company"]
Standing: TypeAlias = Literal["right", "imprecise", "outdated", "disputed"]
FactScope: TypeAlias = Literal["asker", "question"]
Verdict: TypeAlias = Literal["yes", "yes-if", "rather-not", "no", "it-depends", "info"]
#: What is asked: "may I …?", "must I …?", "what is …?", "how do I …?". It decides which words an answer may begin with.
EntryKind: TypeAlias = Literal["may", "must", "what", "how"]
#: What was read when a source was written down: the source itself, or only what somebody reports of it.
Reading: TypeAlias = Literal["original", "report"]

#: The option value that stands for "I don't know"; always possible and never an option of its own.
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Claim:
    """One numbered statement of a source, in our words, with its standing today.

    A statute's claim names the `provision` that says it; its locator and address are made from that. `quote` holds the
    words themselves: in both languages where both are official, else the same text twice; None if nothing is quoted.
    """

    id: str
    locator: Bilingual
    says: Bilingual
    today: Standing
    note: Bilingual | None = None
    quote: Bilingual | None = None
    url: Bilingual | None = None
    see: tuple[Reference, ...] = ()
    provision: Provision | None = None
    #: When it must be looked at again, where that is sooner than its source.
    review_by: date | None = None
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A document that can be cited. `published` is `unknown`, a year, a month or a day.

    `url` is what readers are led to. If that is a report on the source, `report_by` names who reports, and readers are
    told. If it is the source itself, but could not be read when its claims were written, then `read` is "report",
    `report_by` names what was read instead, and `report_url` where that stands.
    """

    id: str
    kind: SourceKind
    title: Bilingual
    short: Bilingual
    publisher: Bilingual
    url: Bilingual
    published: str
    checked: date
    claims: Mapping[str, Claim]
    report_by: str = ""
    report_url: str = ""
    #: The address of the source itself, known although `url` is a report on it: a problem that rules tell.
    original: str = ""
    read: Reading = "original"
    author: str = ""
    review_by: date | None = None
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def is_second_hand(self) -> bool:
        """Whether readers are led to a report instead of the source."""
        return bool(self.report_by) and self.read == "original"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One row of an entry's decision table: the layers of one answer, from what is read first to what unfolds.

    `when` maps a fact to its options; a fact not named may be anything.
    """

    when: Mapping[str, tuple[str, ...]]
    verdict: Verdict
    short: Statement
    why: tuple[Statement, ...] = ()
    steps: tuple[Statement, ...] = ()
    #: A text to be copied: a slip to sign, a first reply.
    copy: Bilingual | None = None
    disputed: tuple[Statement, ...] = ()
    #: What a source text wrote about it, to be shown with what is so today.
    source_says: tuple[Reference, ...] = ()
    #: `short` once more in simpler words, carried by what `short` cites.
    plain: Bilingual | None = None
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    def applies(self, facts: Mapping[str, str]) -> bool:
        """Whether the row holds for a full assignment of the facts it names."""
        return all(facts.get(name) in options for name, options in self.when.items())

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every sentence that is visible at once, in the order in which it is read."""
        return (self.short, *self.why, *self.steps, *self.disputed)


@dataclass(frozen=True, slots=True)
class Entry:
    """One curated question with its outcomes. `label` is its title where that must be short: on a button."""

    id: str
    title: Bilingual
    label: Bilingual
    kind: EntryKind
    asked_as: Phrases
    not_asked_as: Phrases
    facts: tuple[str, ...]
    outcomes: tuple[Outcome, ...]
    reviewed: date
    review_by: date
    see_also: tuple[str, ...] = ()
    #: The option of a fact that is supposed, to be on the safe side, for somebody who does not know the fact.
    if_unknown: Mapping[str, str] = field(default_factory=dict)
    #: The option of a fact that holds unless somebody says otherwise; the fact is not asked.
    unless_said: Mapping[str, str] = field(default_factory=dict)
    #: The sources, or single claims (`source#claim`), that the entry is about.
    subject: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    def citations(self) -> Iterator[Reference]:
        """Every claim that the entry rests on or shows, as often as it does."""
        for outcome in self.outcomes:
            for statement in outcome.statements:
                yield from statement.citations
            yield from outcome.source_says

    def is_about(self, reference: Reference) -> bool:
        """Whether the claim, or the source that makes it, is what the entry is about."""
        return str(reference) in self.subject or reference.source in self.subject


@dataclass(frozen=True, slots=True)
class Option:
    """One possible value of a fact: its button, how the bot states it, and how people say it."""

    id: str
    label: Bilingual
    #: How the bot states it as something it assumes: "Einwilligung nachweisbar" for the button "Ja, nachweisbar".
    stated: Bilingual
    #: Phrases that tell it anywhere in a message, and further ones that do so only in answer to its question.
    said_as: Phrases
    answered_as: Phrases
    #: Callings, which tell it where somebody introduces themselves: "Hebamme hier", and not "die Hebamme sagt".
    called_as: Phrases = field(default_factory=Phrases)
    #: Phrases that suppose it and do not tell it: "und wenn sie zustimmen?" is no consent that anybody gave.
    supposed_as: Phrases = field(default_factory=Phrases)
    #: Whether only an answer without reservations chooses it: "ja, aber nur mündlich" is no provable consent.
    needs_certainty: bool = False
    implies: Mapping[str, str] = field(default_factory=dict)
    #: Facts with the options by which somebody who is in that role tells this one, too: who asks "als Hofladen" is
    #: responsible.
    told_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    #: Facts that whoever tells this one tells of others: "mein Friseur schickt mir Werbung" names no trade of theirs.
    leaves_untold: tuple[str, ...] = ()
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about the asker's case, with the follow-up question that finds it out.

    What is `about` the asker ("Betrieb") holds for all that they ask; what is about the question ("eingewilligt") holds
    for the one at hand.
    """

    name: str
    about: FactScope
    ask: Bilingual
    why: Bilingual
    options: Mapping[str, Option]
    #: What would count as an answer, for somebody whose answer was not read as one.
    counts: Bilingual | None = None
    #: Answers that several options share ("teils, teils"): as good as not known, so every case is told.
    undecided_as: Phrases = field(default_factory=Phrases)
    #: What looks like the fact and does not tell it: "brauche ich keine Einwilligung".
    untold_as: Phrases = field(default_factory=Phrases)
    #: Concepts or classes that may be named beside an option that needs certainty, because the fact is about them.
    beside: tuple[str, ...] = ()
    #: Options of which somebody may be two at once ("Verein mit eigener Praxis"): the one that stands first decides.
    strictest_first: tuple[str, ...] = ()
    #: Whether its phrases leave their words to other facts: "bei der Stadt Köln" tells an authority, and the Land.
    is_apart: bool = False
    #: Whether it is what somebody is ("Behörde"), which nobody becomes for the sake of another answer.
    is_identity: bool = False
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    @property
    def is_lasting(self) -> bool:
        """Whether it holds for all that a person asks, not for one question alone."""
        return self.about == "asker" or self.is_identity

    def stated(self, value: str, language: Language) -> str:
        """How a value is named where it can be changed: as the bot states it, or by the question if it is not known."""
        option = self.options.get(value)
        return option.stated[language] if option else self.ask[language]


@dataclass(frozen=True, slots=True)
class Aside:
    """An utterance that is no question of ours: small talk (with a reply) or a command (without). What asks for an
    `entry` in few words ("was droht mir?") is answered by it."""

    id: str
    said_as: Phrases
    reply: Bilingual | None = None
    entry: str = ""
    #: What hints at it in a message that nothing else understands.
    cues: Phrases = field(default_factory=Phrases)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Texts:
    """Everything the bot says itself, by key, per language; empty for a language that the knowledge lacks."""

    de: Mapping[str, str]
    en: Mapping[str, str]
    places: Mapping[tuple[Language, str], Place] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, language: Language) -> Mapping[str, str]:
        """The texts in a language, or in the only one that there is."""
        return self.de or self.en if language == "de" else self.en or self.de


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that the bot knows."""

    sources: Mapping[str, Source]
    entries: Mapping[str, Entry]
    facts: Mapping[str, Fact]
    lexicon: Lexicon
    asides: Mapping[str, Aside]
    texts: Texts
    checks: Checks
    #: The languages that it is written in; the first is that of a text which does not tell its own.
    languages: tuple[Language, ...] = LANGUAGES
    #: Empty if the knowledge is sound.
    unread: Unread = field(default_factory=Unread)
    terms: Mapping[str, Term] = field(default_factory=dict)
    countries: Mapping[str, Country] = field(default_factory=dict)
    authorities: Mapping[str, Authority] = field(default_factory=dict)
    emergencies: Mapping[str, Emergency] = field(default_factory=dict)
    examples: tuple[Example, ...] = ()
    #: How people ask what a word means, and how they tell where they are: phrases by what they do.
    frames: Mapping[str, Phrases] = field(default_factory=dict, repr=False)

    def spoken(self, language: Language | None) -> Language:
        """The language to speak to somebody who would like this one."""
        return language if language in self.languages else self.languages[0]

    def claim(self, reference: Reference) -> Claim:
        """The claim a reference points at; KeyError if it dangles (a sound knowledge has none)."""
        return self.sources[reference.source].claims[reference.claim]

    def told_beside(self) -> Iterator[Statement]:
        """Every sentence that is told and belongs to no answer: of terms, of countries, of emergencies."""
        for term in self.terms.values():
            yield from term.means
        for country in self.countries.values():
            yield from country.reply
        for emergency in self.emergencies.values():
            yield from emergency.lines

    def sorted_entries(self) -> Sequence[Entry]:
        return tuple(self.entries[key] for key in sorted(self.entries))
