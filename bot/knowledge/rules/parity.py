"""Rules about both languages saying the same; a knowledge of one language keeps them by having no other."""

from collections.abc import Iterator

from bot.knowledge.model import Knowledge, Outcome
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import may_exist
from bot.messages import LANGUAGES


def _outcomes(knowledge: Knowledge) -> Iterator[Outcome]:
    """Those whose languages can be compared."""
    if len(knowledge.languages) == len(LANGUAGES):
        yield from (outcome for entry in knowledge.entries.values() for outcome in entry.outcomes)


def languages_cite_the_same(knowledge: Knowledge) -> Iterator[Problem]:
    for outcome in _outcomes(knowledge):
        yield from _unlike(knowledge, outcome)


def _unlike(knowledge: Knowledge, outcome: Outcome) -> Iterator[Problem]:
    german, english = outcome.answer.de, outcome.answer.en
    if not german or not english:
        return
    if len(german) != len(english):
        yield Problem(
            outcome.place,
            de=f"{len(german)} deutsche und {len(english)} englische Sätze: bitte angleichen",
            en=f"{len(german)} German and {len(english)} English sentences: make them match",
        )
        # Every pair after the missing one would be told as well.
        return
    for one, other in zip(german, english, strict=True):
        # What cites nothing, or nothing that exists, is told by itself.
        is_sound = one.citations and other.citations
        are_known = all(may_exist(knowledge, each) for each in (*one.citations, *other.citations))
        if is_sound and are_known and set(one.citations) != set(other.citations):
            yield Problem(
                other.place,
                de=f"nennt andere Belege als der deutsche Satz in Zeile {one.place.line}: bitte angleichen",
                en=f"cites other claims than the German sentence in line {one.place.line}: align",
            )


def languages_have_the_same_steps(knowledge: Knowledge) -> Iterator[Problem]:
    for outcome in _outcomes(knowledge):
        german, english = len(outcome.steps.de), len(outcome.steps.en)
        if german != english:
            yield Problem(
                outcome.place,
                de=f"{german} deutsche und {english} englische Schritte: bitte angleichen",
                en=f"{german} German and {english} English steps: make them match",
            )
