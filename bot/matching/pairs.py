"""Whether both sides of a minimal pair are read as they should be."""

from collections.abc import Iterator

from bot.knowledge.checks import NO_ENTRY, Expected, MinimalPair
from bot.matching.matcher import Matcher
from bot.messages import Language


def faults(matcher: Matcher, pair: MinimalPair) -> tuple[str, ...]:
    """What is read otherwise than expected, a sentence each; nothing if all is well."""
    return (*_faults(matcher, pair.first, pair.language), *_faults(matcher, pair.second, pair.language))


def _faults(matcher: Matcher, expected: Expected, language: Language) -> Iterator[str]:
    said = f'{expected.place}: "{expected.text}"'
    decision = matcher.decide(expected.text, language)
    first = decision.candidates[0].entry if decision.kind != "unmatched" else None
    if expected.entry == NO_ENTRY and decision.entry is not None:
        yield f"{said} is answered by {decision.entry}, and should not be"
    if expected.entry not in (None, NO_ENTRY, first):
        yield f"{said} should lead to {expected.entry}, and leads to {first or 'no entry'} ({decision.kind})"
    told = matcher.facts.told(expected.text)
    for fact, option in expected.facts.items():
        if told.get(fact) != option:
            yield f"{said} tells {fact}: {option}, and was read as {told.get(fact, 'untold')}"
    for fact in expected.untold:
        if fact in told:
            yield f"{said} does not tell {fact}, and was read as {told[fact]}"
