"""Whether both sides of a minimal pair are read as they should be."""

from collections.abc import Iterator

from bot.knowledge.checks import NO_ENTRY, Expected, MinimalPair
from bot.knowledge.problems import Problem
from bot.matching.matcher import Matcher
from bot.messages import Language


def faults(matcher: Matcher, pair: MinimalPair) -> tuple[Problem, ...]:
    """What is read otherwise than expected; nothing if all is well."""
    return (*_faults(matcher, pair.first, pair.language), *_faults(matcher, pair.second, pair.language))


def _faults(matcher: Matcher, expected: Expected, language: Language) -> Iterator[Problem]:
    yield from _misled(matcher, expected, language)
    told = matcher.facts.told(expected.text)
    for fact, option in expected.facts.items():
        read = told.get(fact)
        if read != option:
            yield Problem(
                expected.place,
                de=f"„{expected.text}“ sagt {fact}: {option}, gelesen wurde aber {read or 'nichts dazu'}",
                en=f'"{expected.text}" tells {fact}: {option}, and was read as {read or "untold"}',
            )
    for fact in expected.untold:
        if fact in told:
            yield Problem(
                expected.place,
                de=f"„{expected.text}“ sagt {fact} nicht, gelesen wurde aber {told[fact]}",
                en=f'"{expected.text}" does not tell {fact}, and was read as {told[fact]}',
            )


def _misled(matcher: Matcher, expected: Expected, language: Language) -> Iterator[Problem]:
    decision = matcher.decide(expected.text, language)
    kind = decision.kind
    first = decision.candidates[0].entry if decision.kind != "unmatched" else None
    if expected.entry == NO_ENTRY and decision.entry is not None:
        yield Problem(
            expected.place,
            de=f"„{expected.text}“ beantwortet {decision.entry}, und soll nicht beantwortet werden",
            en=f'"{expected.text}" is answered by {decision.entry}, and should not be',
        )
    if expected.entry not in (None, NO_ENTRY, first):
        yield Problem(
            expected.place,
            de=f"„{expected.text}“ soll zu {expected.entry} führen, und führt zu {first or 'keinem Eintrag'}",
            en=f'"{expected.text}" should lead to {expected.entry}, and leads to {first or "no entry"} ({kind})',
        )
