"""The rule that quotes are verbatim, proved against the original texts where an editor has them."""

from collections.abc import Iterator, Mapping

from bot.knowledge.model import Knowledge, Problem
from bot.knowledge.rules.links import claims


def quotes_are_verbatim(knowledge: Knowledge, originals: Mapping[str, str]) -> Iterator[Problem]:
    """Problems of quotes that do not stand in the original; `originals` maps source ids to texts.

    Only white space may differ, because the originals wrap their lines.
    """
    for source, claim in claims(knowledge):
        if claim.quote and source.id in originals and _folded(claim.quote) not in _folded(originals[source.id]):
            yield Problem(claim.place, f'the quote of "{claim.id}" does not stand in the original: copy it verbatim')


def _folded(text: str) -> str:
    return " ".join(text.split())
