"""The rule that quotes are verbatim, proved against the original texts where an editor has them."""

from collections.abc import Iterator, Mapping

from bot.knowledge.model import Claim, Knowledge
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import claims


def quotes_are_verbatim(knowledge: Knowledge, originals: Mapping[str, str]) -> Iterator[Problem]:
    """Problems of quotes that do not stand in the original; `originals` maps source ids to texts.

    Only white space may differ, because the originals wrap their lines.
    """
    for claim, original in _provable(knowledge, originals):
        if not _stands_in(claim, original):
            yield Problem(
                claim.place,
                de=f"das Zitat von „{claim.id}“ steht nicht im Original: bitte wörtlich übernehmen",
                en=f'the quote of "{claim.id}" does not stand in the original: copy it verbatim',
            )


def count_verbatim(knowledge: Knowledge, originals: Mapping[str, str]) -> tuple[int, int]:
    """How many quotes stand in their original, and how many quotes there are, with an original or without."""
    proved = sum(_stands_in(claim, original) for claim, original in _provable(knowledge, originals))
    return proved, sum(bool(claim.quote) for _, claim in claims(knowledge))


def _provable(knowledge: Knowledge, originals: Mapping[str, str]) -> Iterator[tuple[Claim, str]]:
    for source, claim in claims(knowledge):
        if claim.quote and source.id in originals:
            yield claim, originals[source.id]


def _stands_in(claim: Claim, original: str) -> bool:
    return _folded(claim.quote) in _folded(original)


def _folded(text: str) -> str:
    return " ".join(text.split())
