"""Rules about `plain`, the short answer in simpler words: it decides the same, and is simpler."""

import re
from collections.abc import Iterator

from bot.knowledge.model import Knowledge, Outcome
from bot.knowledge.phrases import Bilingual
from bot.knowledge.problems import Problem
from bot.knowledge.rules.answers import LONGEST_SHORT, words
from bot.knowledge.rules.links import outcomes
from bot.messages import Language

_PROVISION = re.compile(r"§+|\bArt(?:\.|ikel|icle)\s*\d+|\bSection\s*\d+")


def _said_plainly(knowledge: Knowledge) -> Iterator[tuple[Outcome, Bilingual, Language]]:
    for _, outcome in outcomes(knowledge):
        for language in knowledge.languages:
            if outcome.plain is not None:
                yield outcome, outcome.plain, language


def plain_answers_are_short(knowledge: Knowledge) -> Iterator[Problem]:
    for _, plain, language in _said_plainly(knowledge):
        count = words(plain[language])
        if count > LONGEST_SHORT:
            yield Problem(
                plain.place,
                de=f"„plain“ ({language}) hat {count} Wörter: bitte auf {LONGEST_SHORT} kürzen",
                en=f'"plain" ({language}) has {count} words: shorten it to {LONGEST_SHORT}',
            )


def plain_answers_are_simpler(knowledge: Knowledge) -> Iterator[Problem]:
    """Warnings of those that are as long as `short`, or still speak of law."""
    laws = {language: _laws(knowledge, language) for language in knowledge.languages}
    for outcome, plain, language in _said_plainly(knowledge):
        if words(plain[language]) >= words(outcome.short.text[language]):
            yield Problem(
                plain.place,
                de=f"„plain“ ({language}) ist nicht kürzer als „short“: bitte einfacher und kürzer sagen",
                en=f'"plain" ({language}) is no shorter than "short": say it in fewer and simpler words',
                kind="warning",
            )
        found = _PROVISION.search(plain[language]) or laws[language].search(plain[language])
        if found:
            yield Problem(
                plain.place,
                de=f"„plain“ ({language}) nennt „{found[0]}“: bitte ohne Gesetz und Paragraf sagen",
                en=f'"plain" ({language}) names "{found[0]}": say it without law and section',
                kind="warning",
            )


def _laws(knowledge: Knowledge, language: Language) -> re.Pattern[str]:
    """The names of the laws that the knowledge cites; nothing matches where there are none."""
    statutes = (source for source in knowledge.sources.values() if source.kind == "statute")
    names = sorted({re.escape(source.short[language]) for source in statutes if source.short[language]})
    return re.compile(rf"\b(?:{'|'.join(names)})\b" if names else r"(?!)")
