"""Choice codes: stateless, so that a button works years later, in another session and on another machine.

A code names its action, the language of its message and what it is about, all by stored ids, for example
`a:de:whatsapp-advertising:consent:yes`. Anyone can forge one; reading it proves every part against the knowledge.
"""

from collections.abc import Callable, Mapping
from typing import get_args

from bot.dialogue.cases import find_option, option_digest, pack, unpack
from bot.dialogue.events import (
    Answered,
    ChangeAsked,
    Complained,
    Complaint,
    DonationConfirmed,
    DonationOffered,
    DonationRefused,
    DonationWithdrawn,
    Event,
    LanguageChosen,
    Outdated,
    Picked,
    PickedNone,
    QuoteAsked,
    Rated,
    Requested,
    Supposed,
    TermsAsked,
    Unfolded,
    WentBack,
    WhyAsked,
)
from bot.dialogue.layers import Layer
from bot.knowledge.model import UNKNOWN, Entry, Fact, Knowledge, Reference
from bot.messages import CHANGES_ITS_MESSAGE, LANGUAGES, Language


def answer(language: Language, entry: str, fact: str, option: str) -> str:
    return f"a:{language}:{entry}:{fact}:{option}"


def pick(language: Language, entry: str) -> str:
    return f"e:{language}:{entry}"


def change(language: Language, entry: str, fact: str) -> str:
    return f"f:{language}:{entry}:{fact}"


def why(language: Language, fact: str) -> str:
    return f"w:{language}:{fact}"


def rate(language: Language, entry: str, *, has_helped: bool) -> str:
    return f"{'u' if has_helped else 'v'}:{language}:{entry}"


def withdraw(language: Language, donation: str) -> str:
    return f"x:{language}:{donation}"


def unfold(language: Language, layer: Layer, entry: Entry, known: Mapping[str, str], facts: Mapping[str, Fact]) -> str:
    """Unfolds a layer of the answer to a case, or folds it: the answer's message may be much older than the session."""
    return f"{CHANGES_ITS_MESSAGE}{language}:{layer.code}:{pack(entry, known, facts)}"


def suppose(language: Language, supposed: tuple[str, str], packed: str) -> str:
    """What if this were so: a packed case, with another option of one fact."""
    return f"i:{language}:{option_digest(*supposed)}:{packed}"


def terms(language: Language, entry: Entry, known: Mapping[str, str], facts: Mapping[str, Fact]) -> str:
    """The words of an answer, explained."""
    return f"t:{language}:{pack(entry, known, facts)}"


def complain(language: Language, entry: str, complaint: Complaint) -> str:
    return f"z:{language}:{entry}:{complaint}"


def plain(action: str, language: Language) -> str:
    """An action that is about nothing further: n(one of these), b(ack), c(hange), l(anguage), and for donated
    questions g(ive), y(es, as shown), k(eep to myself); m(ore topics)."""
    return f"{action}:{language}"


def read(code: str, knowledge: Knowledge) -> tuple[Event, Language | None]:
    """The event of a code and the language it was shown in; `Outdated` for anything that is not of this knowledge."""
    action, _, rest = code.partition(":")
    spoken, *parts = rest.split(":")
    # A button may be older than the knowledge, and of a language that this one lacks.
    language = next((knowledge.spoken(known) for known in LANGUAGES if known == spoken), None)
    reader = _READERS.get((action, len(parts)))
    if reader is None or language is None:
        return Outdated(), language
    return reader(knowledge, language, *parts), language


def _read_answer(knowledge: Knowledge, _: Language, entry: str, fact: str, option: str) -> Event:
    if not _is_fact_of(knowledge, entry, fact):
        return Outdated()
    is_option = option == UNKNOWN or option in knowledge.facts[fact].options
    # An option that no longer exists still tells which question was meant: ask that one anew.
    return Answered(fact, option, entry) if is_option else ChangeAsked(fact, entry)


def _read_change(knowledge: Knowledge, _: Language, entry: str, fact: str) -> Event:
    return ChangeAsked(fact, entry) if _is_fact_of(knowledge, entry, fact) else Outdated()


def _is_fact_of(knowledge: Knowledge, entry: str, fact: str) -> bool:
    return entry in knowledge.entries and fact in knowledge.entries[entry].facts


def _read_pick(knowledge: Knowledge, _: Language, entry: str) -> Event:
    return Picked(entry) if entry in knowledge.entries else Outdated()


def _read_rate(knowledge: Knowledge, entry: str, *, has_helped: bool) -> Event:
    return Rated(entry, has_helped) if entry in knowledge.entries else Outdated()


def _read_why(knowledge: Knowledge, _: Language, fact: str) -> Event:
    return WhyAsked(fact) if fact in knowledge.facts else Outdated()


def _read_quote(knowledge: Knowledge, _: Language, source: str, claim: str) -> Event:
    is_known = source in knowledge.sources and claim in knowledge.sources[source].claims
    return QuoteAsked(Reference(source, claim)) if is_known else Outdated()


def _read_unfold(knowledge: Knowledge, _: Language, layer: str, packed: str) -> Event:
    case = unpack(packed, knowledge)
    return Unfolded(case.entry, case.facts, Layer(layer)) if case else Outdated()


def _read_suppose(knowledge: Knowledge, _: Language, option: str, packed: str) -> Event:
    case = unpack(packed, knowledge)
    supposed = find_option(option, case.entry, knowledge) if case else None
    return Supposed(dict([supposed]), case.entry, case.facts) if case and supposed else Outdated()


def _read_terms(knowledge: Knowledge, _: Language, packed: str) -> Event:
    case = unpack(packed, knowledge)
    return TermsAsked(case.entry, case.facts) if case else Outdated()


def _read_complaint(knowledge: Knowledge, _: Language, entry: str, said: str) -> Event:
    complaint = next((each for each in get_args(Complaint) if each == said), None)
    return Complained(entry, complaint) if complaint and entry in knowledge.entries else Outdated()


_READERS: dict[tuple[str, int], Callable[..., Event]] = {
    ("a", 3): _read_answer,
    ("f", 2): _read_change,
    ("e", 1): _read_pick,
    ("w", 1): _read_why,
    # No button is made with it any more, but those below older answers still show their passage.
    ("q", 2): _read_quote,
    (CHANGES_ITS_MESSAGE.rstrip(":"), 2): _read_unfold,
    ("u", 1): lambda knowledge, _, entry: _read_rate(knowledge, entry, has_helped=True),
    ("v", 1): lambda knowledge, _, entry: _read_rate(knowledge, entry, has_helped=False),
    ("i", 2): _read_suppose,
    ("t", 1): _read_terms,
    ("z", 2): _read_complaint,
    ("x", 1): lambda _, __, donation: DonationWithdrawn(donation),
    # The texts of these two come with the tap.
    ("g", 0): lambda *_: DonationOffered(),
    ("y", 0): lambda *_: DonationConfirmed(),
    ("k", 0): lambda *_: DonationRefused(),
    ("n", 0): lambda *_: PickedNone(),
    ("b", 0): lambda *_: WentBack(),
    ("m", 0): lambda *_: Requested("topics"),
    ("c", 0): lambda *_: ChangeAsked(),
    ("l", 0): lambda _, language: LanguageChosen(language),
}
