"""Rules about decision tables, proved by walking every combination of the facts."""

from collections.abc import Iterator, Mapping

from bot.knowledge.model import Entry, Knowledge, Outcome
from bot.knowledge.phrases import Bilingual
from bot.knowledge.problems import Problem
from bot.knowledge.tables import (
    MOST_COMBINATIONS,
    assignments,
    can_change_outcome,
    combinations,
    matching_outcomes,
)

#: So many cases of one gap or overlap are shown; more would hide the others.
CASES_SHOWN = 3


def options_exist(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        for outcome in entry.outcomes:
            for name, values in outcome.when.items():
                yield from _wrong_options(knowledge, entry, outcome, name, values)


def _wrong_options(
    knowledge: Knowledge, entry: Entry, outcome: Outcome, name: str, values: tuple[str, ...]
) -> Iterator[Problem]:
    if name not in entry.facts:
        yield Problem(
            outcome.place,
            de=f"when nennt „{name}“, das nicht unter facts steht: bitte dort ergänzen oder hier entfernen",
            en=f'when names "{name}", which is not under facts: add it there or remove it here',
        )
        return
    known = knowledge.facts[name].options if name in knowledge.facts else {}
    for value in values:
        if known and value not in known:
            yield Problem(
                outcome.place,
                de=f"„{name}“ hat keine Option „{value}“: möglich sind {', '.join(known)}",
                en=f'"{name}" has no option "{value}": write one of {", ".join(known)}',
            )


def _is_sound(knowledge: Knowledge, entry: Entry) -> bool:
    """Whether the table can be walked at all; what it is made of is checked by the rules above."""
    if any(name not in knowledge.facts for name in entry.facts):
        return False
    rows = [row for outcome in entry.outcomes for row in outcome.when.items()]
    is_known = all(n in entry.facts and set(v) <= set(knowledge.facts[n].options) for n, v in rows)
    return is_known and combinations(entry, knowledge.facts) <= MOST_COMBINATIONS


def _walkable(knowledge: Knowledge) -> Iterator[Entry]:
    yield from (entry for entry in knowledge.entries.values() if _is_sound(knowledge, entry))


def supposed_options_exist(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        for key, supposed in (("if_unknown", entry.if_unknown), ("unless_said", entry.unless_said)):
            for name, option in supposed.items():
                fact = knowledge.facts.get(name)
                if name not in entry.facts or (fact is not None and option not in fact.options):
                    yield _is_no_option(entry, key, f"{name}: {option}")


def _is_no_option(entry: Entry, key: str, supposed: str) -> Problem:
    return Problem(
        entry.place,
        de=f"{key} nennt „{supposed}“, das ist keine Option einer Angabe unter facts: bitte berichtigen",
        en=f'{key} names "{supposed}", which is no option of a fact under facts: correct it',
    )


def table_is_small_enough(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        if all(name in knowledge.facts for name in entry.facts):
            count = combinations(entry, knowledge.facts)
            if count > MOST_COMBINATIONS:
                yield Problem(
                    entry.place,
                    de=f"{count} Kombinationen der Angaben: bitte den Eintrag teilen oder nach weniger fragen",
                    en=f"{count} combinations of facts: split the entry or ask fewer facts",
                )


def every_case_meets_one_outcome(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in _walkable(knowledge):
        gaps, overlaps = _gaps_and_overlaps(knowledge, entry)
        if gaps:
            yield Problem(
                entry.place,
                de=f"kein Ergebnis für {_cases(gaps).de}: bitte eine Zeile ergänzen oder eine weiter fassen",
                en=f"no outcome for {_cases(gaps).en}: add a row or widen one",
            )
        for rows, cases in overlaps.items():
            yield _overlap([entry.outcomes[row] for row in rows], _cases(cases))


def _overlap(outcomes: list[Outcome], cases: Bilingual) -> Problem:
    lines = [str(outcome.place.line) for outcome in outcomes]
    return Problem(
        outcomes[-1].place,
        de=f"die Ergebnisse in den Zeilen {' und '.join(lines)} gelten beide für {cases.de}: bitte eines enger fassen",
        en=f"the outcomes in lines {' and '.join(lines)} both hold for {cases.en}: narrow one of them",
    )


def _gaps_and_overlaps(
    knowledge: Knowledge, entry: Entry
) -> tuple[list[Mapping[str, str]], dict[tuple[int, ...], list[Mapping[str, str]]]]:
    gaps: list[Mapping[str, str]] = []
    overlaps: dict[tuple[int, ...], list[Mapping[str, str]]] = {}
    for full in assignments(entry, knowledge.facts, {}):
        rows = tuple(matching_outcomes(entry, full))
        if not rows:
            gaps.append(full)
        elif len(rows) > 1:
            overlaps.setdefault(rows, []).append(full)
    return gaps, overlaps


def _cases(cases: list[Mapping[str, str]]) -> Bilingual:
    named = [", ".join(f"{name}={value}" for name, value in case.items()) for case in cases]
    shown, more = named[:CASES_SHOWN], len(named) - CASES_SHOWN
    return Bilingual(
        de="; ".join(case or "jeden Fall" for case in shown) + (f" und {more} weitere Fälle" if more > 0 else ""),
        en="; ".join(case or "any case" for case in shown) + (f" and {more} more cases" if more > 0 else ""),
    )


def outcomes_can_be_reached(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in _walkable(knowledge):
        for outcome in entry.outcomes:
            if not _is_reachable(knowledge, outcome):
                yield Problem(
                    outcome.place,
                    de="dieses Ergebnis ist nie zu erreichen: seine Bedingungen schließen einander aus",
                    en="this outcome can never be reached: its conditions exclude each other",
                )


def _is_reachable(knowledge: Knowledge, outcome: Outcome) -> bool:
    """False if every option of some fact implies another fact's value that the row excludes."""
    for name, values in outcome.when.items():
        implied = [knowledge.facts[name].options[value].implies for value in values]
        if not any(_agrees(outcome, each) for each in implied):
            return False
    return True


def _agrees(outcome: Outcome, implied: Mapping[str, str]) -> bool:
    return all(value in outcome.when.get(name, (value,)) for name, value in implied.items())


def facts_change_the_outcome(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in _walkable(knowledge):
        for name in entry.facts:
            if not can_change_outcome(entry, knowledge.facts, {}, name):
                yield Problem(
                    entry.place,
                    de=f"die Angabe „{name}“ ändert das Ergebnis nie: bitte hier nicht danach fragen",
                    en=f'the fact "{name}" never changes the outcome: do not ask it here',
                )
