"""The terms that an answer uses, to be explained on demand."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.knowledge.guidance import Term
from bot.knowledge.model import Knowledge, Outcome
from bot.messages import Language

#: How a German noun ends where it is inflected; an English plural ends in "s".
_ENDINGS = {"de": "(?:e?s|e?n|e|er)?", "en": "s?"}


def terms_of(knowledge: Knowledge, language: Language, outcomes: Iterable[Outcome]) -> tuple[Term, ...]:
    """The terms that these outcomes use, in the order in which they are read."""
    if not knowledge.terms:
        return ()
    # In folded letters: "Verstoß" is "VERSTOSS" as well.
    said = " \n".join(_sentences(outcomes, language)).casefold()
    names = {spelling.casefold(): term for term in knowledge.terms.values() for spelling in _spellings(term, language)}
    # Few of them stand there at all: only those are worth a look at where they begin and end.
    present = [name for name in names if name in said]
    found = (names[match.group(1)] for match in _pattern(present, language).finditer(said)) if present else ()
    return tuple({term.id: term for term in found}.values())


def _sentences(outcomes: Iterable[Outcome], language: Language) -> Iterator[str]:
    for outcome in outcomes:
        yield from (statement.text[language] for statement in outcome.statements)


def _spellings(term: Term, language: Language) -> Sequence[str]:
    return (term.name[language], *term.said_as[language])


def _pattern(spellings: Sequence[str], language: Language) -> re.Pattern[str]:
    """Any of the spellings as a whole word, the longest first."""
    longest_first = sorted(spellings, key=len, reverse=True)
    alternatives = "|".join(re.escape(each) for each in longest_first)
    return re.compile(rf"(?<!\w)({alternatives}){_ENDINGS[language]}(?!\w)")
