"""Rules about the first words: whoever reads no further must have read the verdict.

Where "may I …?" or "must I …?" is asked, the short answer begins with the verdict's word; where "what" or "how" is
asked, with the thing itself.
"""

import re
from collections.abc import Iterator, Mapping

from bot.knowledge.model import EntryKind, Knowledge, Outcome, Verdict
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import outcomes
from bot.messages import Language

#: The words that a verdict's short answer begins with, as they are told to editors.
_WORDS: Mapping[Verdict, Mapping[Language, tuple[str, ...]]] = {
    "yes": {"de": ("Ja",), "en": ("Yes",)},
    "yes-if": {"de": ("Ja", "Nur"), "en": ("Yes", "Only")},
    "rather-not": {"de": ("Besser nicht", "Lieber nicht"), "en": ("Better not", "Rather not")},
    "no": {"de": ("Nein",), "en": ("No",)},
}
#: Openings that decide something, and those that decide nothing and take a line to do so.
_DECIDING: Mapping[Language, tuple[str, ...]] = {
    "de": ("Ja", "Nein", "Besser nicht", "Lieber nicht"),
    "en": ("Yes", "No", "Better not", "Rather not"),
}
_IDLE: Mapping[Language, tuple[str, ...]] = {
    "de": ("Teils", "Beides", "Das ist umstritten", "Umstritten", "Es kommt darauf an", "Das kommt darauf an"),
    "en": ("Partly", "In part", "Both", "That is disputed", "This is disputed", "It depends", "That depends"),
}
_YES_OR_NO: frozenset[EntryKind] = frozenset({"may", "must"})


def shorts_fit_their_verdicts(knowledge: Knowledge) -> Iterator[Problem]:
    for entry, outcome in outcomes(knowledge):
        for language in knowledge.languages:
            yield from _misfit(entry.kind, outcome, language)
            yield from _misfit_plainly(entry.kind, outcome, language)


def _misfit(kind: EntryKind, outcome: Outcome, language: Language) -> Iterator[Problem]:
    expected, short = _expected(kind, outcome.verdict, language), outcome.short.text[language]
    if expected and not _begins(short, expected):
        allowed = _either(expected)
        yield Problem(
            outcome.short.place,
            de=f"das Ergebnis ist „{outcome.verdict}“, „short“ ({language}) beginnt aber nicht mit {allowed[0]}: "
            "bitte angleichen",
            en=f'the verdict is "{outcome.verdict}", yet "short" ({language}) does not begin with {allowed[1]}: '
            "make them match",
        )
    if not expected and _begins(short, _DECIDING[language]):
        what = kind if kind not in _YES_OR_NO else outcome.verdict
        yield Problem(
            outcome.short.place,
            de=f"„short“ ({language}) beginnt wie ein Ja oder Nein, obwohl es zu „{what}“ gehört: bitte mit der Sache "
            "beginnen",
            en=f'"short" ({language}) begins like a yes or no, yet belongs to "{what}": begin with the thing itself',
        )
    if outcome.verdict == "it-depends" and _begins(short, _IDLE[language]):
        yield Problem(
            outcome.short.place,
            de=f"„short“ ({language}) sagt nur, dass es darauf ankommt: bitte nennen, worauf",
            en=f'"short" ({language}) only says that it depends: name what it depends on',
        )


def _misfit_plainly(kind: EntryKind, outcome: Outcome, language: Language) -> Iterator[Problem]:
    """Whoever asked for simpler words reads them alone: they must decide what `short` decides."""
    if outcome.plain is None:
        return
    expected, plain = _expected(kind, outcome.verdict, language), outcome.plain[language]
    is_fitting = _begins(plain, expected) if expected else not _begins(plain, _DECIDING[language])
    if not is_fitting:
        what = _either(expected) if expected else ("der Sache selbst", "the thing itself")
        yield Problem(
            outcome.plain.place,
            de=f"„plain“ ({language}) sagt nicht dasselbe Ergebnis wie „short“: bitte mit {what[0]} beginnen",
            en=f'"plain" ({language}) does not tell the verdict that "short" tells: begin with {what[1]}',
        )


def _expected(kind: EntryKind, verdict: Verdict, language: Language) -> tuple[str, ...]:
    """What an answer must begin with; nothing if its verdict asks for no word."""
    return _WORDS.get(verdict, {}).get(language, ()) if kind in _YES_OR_NO else ()


def _begins(text: str, openings: tuple[str, ...]) -> bool:
    pattern = "|".join(re.escape(opening) for opening in openings)
    return re.match(rf"(?:{pattern})\b", text) is not None


def _either(openings: tuple[str, ...]) -> tuple[str, str]:
    german = " oder ".join(f"„{each}“" for each in openings)
    return german, " or ".join(f'"{each}"' for each in openings)
