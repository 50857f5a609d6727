"""Decision tables by enumeration: which assignments of facts there are, and which outcomes they meet.

Both the rules (is the table sound?) and the dialogue (which fact still matters?) reckon with these.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import prod

from bot.knowledge.model import UNKNOWN, Entry, Fact, Outcome

#: Above this many combinations a table is refused: nobody can review it, and each turn walks all of it.
MOST_COMBINATIONS = 20_000


def combinations(entry: Entry, facts: Mapping[str, Fact]) -> int:
    """How many assignments the entry's facts have."""
    return prod(len(facts[name].options) for name in entry.facts)


def assignments(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Every full assignment of the entry's facts that agrees with what is known; unknown stays open."""
    yield from (dict(zip(entry.facts, values, strict=True)) for values in product(*_open_options(entry, facts, known)))


def _open_options(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> list[Sequence[str]]:
    return [_possible(facts[name], known.get(name, UNKNOWN)) for name in entry.facts]


def _possible(fact: Fact, value: str) -> Sequence[str]:
    return (value,) if value in fact.options else tuple(fact.options)


def matching_outcomes(entry: Entry, assignment: Mapping[str, str]) -> list[int]:
    """The positions of the rows that hold for a full assignment; exactly one in a sound table."""
    return [index for index, outcome in enumerate(entry.outcomes) if outcome.applies(assignment)]


def leading_options(
    outcome: Outcome, entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]
) -> dict[str, Sequence[str]] | None:
    """The options of each of the entry's facts that lead to an outcome and agree with what is known; None if what is
    known excludes it. A row names options fact by fact, so that no assignment need be walked."""
    leading: dict[str, Sequence[str]] = {}
    for name in entry.facts:
        possible = _possible(facts[name], known.get(name, UNKNOWN))
        allowed = outcome.when.get(name)
        leading[name] = possible if allowed is None else [option for option in possible if option in allowed]
        if not leading[name]:
            return None
    return leading


def open_outcomes(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> list[Outcome]:
    """The outcomes that are still possible, in the table's order."""
    return [each for each in entry.outcomes if leading_options(each, entry, facts, known) is not None]


def can_change_outcome(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str], name: str) -> bool:
    """Whether two assignments that agree with what is known and differ in this fact alone end differently: they do if a
    row that is still possible takes some of its options and not others."""
    others = {fact: value for fact, value in known.items() if fact != name}
    leading = (leading_options(each, entry, facts, others) for each in entry.outcomes)
    return any(len(each[name]) < len(facts[name].options) for each in leading if each is not None)
