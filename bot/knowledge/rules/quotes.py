"""The rule that quotes are verbatim, proved against the original texts where an editor has them."""

from collections.abc import Iterator, Mapping

from bot.knowledge.model import Claim, Knowledge
from bot.knowledge.originals import Originals
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import claims
from bot.messages import Language


def quotes_are_verbatim(knowledge: Knowledge, originals: Mapping[str, Originals]) -> Iterator[Problem]:
    """Problems of quotes that do not stand in the original, a law's within the provision that it is cited from."""
    for claim, language, is_verbatim in _tried(knowledge, originals):
        if not is_verbatim:
            name, where = f"{claim.id} ({language})", claim.locator
            yield Problem(
                claim.place,
                de=f"das Zitat „{name}“ steht nicht im Original ({where['de']}): bitte wörtlich übernehmen",
                en=f'the quote "{name}" does not stand in the original ({where["en"]}): copy it verbatim',
            )


def count_verbatim(knowledge: Knowledge, originals: Mapping[str, Originals]) -> tuple[int, int]:
    """How many quotes stand in their original, and how many quotes there are, with an original or without. A quotation
    in two languages counts as two."""
    proved = sum(is_verbatim for _, _, is_verbatim in _tried(knowledge, originals))
    return proved, sum(len(_quoted(claim, knowledge)) for _, claim in claims(knowledge))


def _tried(knowledge: Knowledge, originals: Mapping[str, Originals]) -> Iterator[tuple[Claim, Language, bool]]:
    for source, claim in claims(knowledge):
        original = originals.get(source.id)
        for language, quote in _quoted(claim, knowledge).items() if original else ():
            if original and original.has(language):
                yield claim, language, original.holds(quote, claim.provision, language)


def _quoted(claim: Claim, knowledge: Knowledge) -> dict[Language, str]:
    """The quotation in each language that it is written in: once, if it is the same in both."""
    if claim.quote is None:
        return {}
    found: dict[Language, str] = {}
    for language in knowledge.languages:
        if claim.quote[language] not in found.values():
            found[language] = claim.quote[language]
    return found
