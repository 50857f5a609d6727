"""A case in a link: an entry and what is known of the asker's case, as a start parameter of a channel.

A parameter carries all that it means, as choice codes do, in digests where ids would be too long:

    A 51tGBT 6x2b 0Qzr … 1dK    version, entry, one part for each fact and its option, check

Reading finds the digests again among the knowledge's own entries and options. So it makes no difference where they
stand, what was added, or in which order; what was removed is not found, is dropped, and will be asked again. Anyone can
forge a parameter, as anyone can say a case. Refuses to store anything and to judge whether the facts decide the entry.
"""

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2s
from itertools import combinations

from bot.dialogue.questions import given_facts
from bot.knowledge.model import UNKNOWN, Entry, Fact, Knowledge

#: What Telegram carries behind `?start=`.
PARAMETER_LENGTH = 64

_PARAMETER = re.compile(rf"[A-Za-z0-9_-]{{1,{PARAMETER_LENGTH}}}")
#: Without "-" and "_": at the end of a link, some programs take them for the sentence's and leave them out.
_ALPHABET = string.digits + string.ascii_letters
#: In upper case, as no entry id is. Another way of packing takes another letter.
_VERSION = "A"
#: Two of a thousand entries share a digest in one knowledge of 100,000; two of a hundred options in one of 3,000.
_ENTRY_LENGTH, _OPTION_LENGTH = 6, 4
#: A parameter that was cut off or mistyped passes once in 240,000 times.
_CHECK_LENGTH = 3
#: More than any entry has whose table a person can review.
MOST_FACTS = (PARAMETER_LENGTH - len(_VERSION) - _ENTRY_LENGTH - _CHECK_LENGTH) // _OPTION_LENGTH

_PACKED = re.compile(
    rf"(?P<body>{_VERSION}(?P<entry>[{_ALPHABET}]{{{_ENTRY_LENGTH}}})"
    rf"(?P<options>(?:[{_ALPHABET}]{{{_OPTION_LENGTH}}}){{0,{MOST_FACTS}}}))"
    rf"(?P<check>[{_ALPHABET}]{{{_CHECK_LENGTH}}})"
)


@dataclass(frozen=True, slots=True)
class Case:
    """An entry and what is known of the asker's case; an option may be `unknown`."""

    entry: str
    facts: Mapping[str, str] = field(default_factory=dict)


def start_parameter(entry: Entry, known: Mapping[str, str], facts: Mapping[str, Fact]) -> str:
    """The most readable parameter that opens the case: the entry's id if it says all, else packed."""
    is_plain = is_parameter(entry.id) and not _told(entry, known, facts)
    return entry.id if is_plain else pack(entry, known, facts)


def is_parameter(text: str) -> bool:
    """Whether a channel carries the text as it stands."""
    return _PARAMETER.fullmatch(text) is not None


def pack(entry: Entry, known: Mapping[str, str], facts: Mapping[str, Fact]) -> str:
    """The case as a parameter: the entry, and those of the known facts that matter for it or were asked in vain."""
    options = (option_digest(name, value) for name, value in _told(entry, known, facts).items())
    body = _VERSION + _entry_digest(entry.id) + "".join(options)
    return body + _check(body)


def unpack(parameter: str, knowledge: Knowledge) -> Case | None:
    """The case that a parameter or a plain entry id opens, in terms of this knowledge; None if it opens nothing."""
    if parameter in knowledge.entries:
        return Case(parameter)
    packed = _PACKED.fullmatch(parameter)
    if packed is None or packed["check"] != _check(packed["body"]):
        return None
    entry = next((each for each in knowledge.entries.values() if _entry_digest(each.id) == packed["entry"]), None)
    return Case(entry.id, _read_options(packed["options"], entry, knowledge.facts)) if entry else None


def find_option(wanted: str, entry: str, knowledge: Knowledge) -> tuple[str, str] | None:
    """The fact and option of an entry that a digest stands for."""
    own = {name: knowledge.facts[name] for name in knowledge.entries[entry].facts}
    return next(((name, value) for name, value in _options(own) if option_digest(name, value) == wanted), None)


def collisions(knowledge: Knowledge) -> list[tuple[str, str]]:
    """The entries, and the options of facts, that a parameter could not tell apart: none, or one of them is renamed."""
    digests = {id_: _entry_digest(id_) for id_ in knowledge.entries}
    options = {f"{name}={value}": option_digest(name, value) for name, value in _options(knowledge.facts)}
    return [*_alike(digests), *_alike(options)]


def _alike(digests: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    return (pair for pair in combinations(digests, 2) if digests[pair[0]] == digests[pair[1]])


def _told(entry: Entry, known: Mapping[str, str], facts: Mapping[str, Fact]) -> dict[str, str]:
    """What to pack. Should it be too much: first what decides, before what is not known, and what is asked first."""
    given = sorted(given_facts(entry, facts, known), key=lambda name: known[name] == UNKNOWN)
    return {name: known[name] for name in given[:MOST_FACTS]}


def _read_options(packed: str, entry: Entry, facts: Mapping[str, Fact]) -> dict[str, str]:
    """The options that the entry still has to do with, in its own order."""
    parts = {packed[at : at + _OPTION_LENGTH] for at in range(0, len(packed), _OPTION_LENGTH)}
    own = {name: facts[name] for name in entry.facts if name in facts}
    return {name: value for name, value in _options(own) if option_digest(name, value) in parts}


def _options(facts: Mapping[str, Fact]) -> Iterator[tuple[str, str]]:
    for name, fact in facts.items():
        yield from ((name, value) for value in (*fact.options, UNKNOWN))


def _entry_digest(entry: str) -> str:
    return digest(_ENTRY_LENGTH, "entry", entry)


def option_digest(fact: str, option: str) -> str:
    """What stands for an option of a fact in a code."""
    return digest(_OPTION_LENGTH, "option", fact, option)


def _check(body: str) -> str:
    return digest(_CHECK_LENGTH, "check", body)


def digest(length: int, *parts: str) -> str:
    """So many letters and digits that stand for the parts."""
    number = int.from_bytes(blake2s("\0".join(parts).encode()).digest(), "big")
    return "".join(_ALPHABET[number // len(_ALPHABET) ** place % len(_ALPHABET)] for place in range(length))
