"""Rules about enough: phrasings and checks per entry, and nothing that is written and never used."""

from collections.abc import Iterator

from bot.knowledge.checks import NO_ENTRY, Expected
from bot.knowledge.model import Knowledge, Reference
from bot.knowledge.phrases import Phrases, Place, Problem
from bot.knowledge.rules.links import claims, nearest
from bot.knowledge.rules.wording import plain
from bot.messages import LANGUAGES, Language

#: What an entry needs to be found by people who have not read it.
FEWEST_PHRASINGS: dict[Language, int] = {"de": 12, "en": 8}
FEWEST_CHECKS: dict[Language, int] = {"de": 4, "en": 3}


def entries_have_enough_phrasings(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        yield from _too_few(entry.asked_as, FEWEST_PHRASINGS, "phrasings under asked_as", entry.place)


def entries_have_enough_checks(knowledge: Knowledge) -> Iterator[Problem]:
    checked = {checks.entry: checks for checks in knowledge.checks.entries}
    for entry in knowledge.entries.values():
        found = checked.get(entry.id)
        place = found.place if found else entry.place
        questions = found.questions if found else Phrases()
        yield from _too_few(questions, FEWEST_CHECKS, f"questions under checks/ for {entry.id}", place)


def _too_few(phrases: Phrases, fewest: dict[Language, int], what: str, place: Place) -> Iterator[Problem]:
    for language in LANGUAGES:
        # A template is one way to ask, however many phrasings it stands for.
        written = {line: plain(text) for text, line in zip(phrases[language], phrases.lines(language), strict=True)}
        count = len(set(written.values()))
        if count < fewest[language]:
            yield Problem(place, f"{count} {what} ({language}): write at least {fewest[language]} different ones")


def checks_are_held_out(knowledge: Knowledge) -> Iterator[Problem]:
    phrasings = {plain(text): entry.id for entry in knowledge.entries.values() for text in entry.asked_as.all}
    for checks in knowledge.checks.entries:
        if checks.entry not in knowledge.entries:
            hint = nearest(checks.entry, list(knowledge.entries))
            yield Problem(checks.place, f'checks the entry "{checks.entry}", which does not exist{hint}: correct it')
        for text in checks.questions.all:
            if plain(text) in phrasings:
                message = f'"{text}" stands under asked_as of {phrasings[plain(text)]}: a check must be held out'
                yield Problem(checks.place, message)


def pairs_can_hold(knowledge: Knowledge) -> Iterator[Problem]:
    for pair in knowledge.checks.pairs:
        for side in (pair.first, pair.second):
            yield from _expected(side, knowledge)


def _expected(side: Expected, knowledge: Knowledge) -> Iterator[Problem]:
    if side.entry not in (None, NO_ENTRY, *knowledge.entries):
        hint = nearest(str(side.entry), list(knowledge.entries))
        yield Problem(side.place, f'there is no entry "{side.entry}"{hint}: correct it, or write {NO_ENTRY}')
    for name in (*side.facts, *side.untold):
        if name not in knowledge.facts:
            hint = nearest(name, list(knowledge.facts))
            yield Problem(side.place, f'facts.yaml has no fact "{name}"{hint}: correct it')
        elif name in side.facts and side.facts[name] not in knowledge.facts[name].options:
            yield Problem(side.place, f'"{name}" has no option "{side.facts[name]}": correct it')


def claims_are_used(knowledge: Knowledge) -> Iterator[Problem]:
    used = {reference for entry in knowledge.entries.values() for reference in entry.citations()}
    used |= {reference for _, claim in claims(knowledge) for reference in claim.see}
    for source, claim in claims(knowledge):
        if Reference(source.id, claim.id) not in used:
            yield Problem(claim.place, f'no answer cites "{source.id}#{claim.id}": cite it or remove the claim')


def facts_are_used(knowledge: Knowledge) -> Iterator[Problem]:
    used = {name for entry in knowledge.entries.values() for name in entry.facts}
    for fact in knowledge.facts.values():
        if fact.name not in used:
            yield Problem(fact.place, f'no entry asks the fact "{fact.name}": use it or remove it')
