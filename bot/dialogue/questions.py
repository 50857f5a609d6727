"""Which follow-up question comes next, and which cases stay open when something is not known.

A question is asked only if its answer can still change the outcome given everything known; "I don't know" counts as
given, so that nothing is asked twice.
"""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from bot.knowledge.model import UNKNOWN, Entry, Fact, Outcome, Verdict
from bot.knowledge.tables import can_change_outcome, leading_options, open_outcomes

#: Verdicts that say something by themselves: who hears "yes" in every open case need not be asked before.
_TELLING: frozenset[Verdict] = frozenset(("yes", "yes-if", "rather-not", "no"))


def next_question(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> str | None:
    """The first fact, in the entry's order, that is not yet given and still matters; None if nothing is left to ask."""
    return next(iter(open_questions(entry, facts, known)), None)


def open_questions(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> list[str]:
    """The facts, in the entry's order, that are not yet given and still matter: at most so many questions are left."""
    known = completed(entry, known)
    if len(open_outcomes(entry, facts, known)) <= 1:
        return []
    open_names = (name for name in entry.facts if not is_given(facts[name], known))
    return [name for name in open_names if can_change_outcome(entry, facts, known, name)]


def supposed(entry: Entry, known: Mapping[str, str]) -> dict[str, str]:
    """What is supposed of the facts that the person does not know, for this entry."""
    return {name: option for name, option in entry.if_unknown.items() if known.get(name) == UNKNOWN}


def completed(entry: Entry, known: Mapping[str, str]) -> dict[str, str]:
    """What is known, what holds unless somebody says otherwise, and what is supposed of what they do not know."""
    return {**entry.unless_said, **known, **supposed(entry, known)}


def outcome_of(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> Outcome | None:
    """The one outcome that what is known leads to, or None if several are open."""
    possible = open_outcomes(entry, facts, completed(entry, known))
    return possible[0] if len(possible) == 1 else None


def agreed_verdict(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> Verdict | None:
    """The verdict of all outcomes that are still possible, if they share one that says something."""
    verdicts = _verdicts(entry, facts, known)
    return verdicts.pop() if len(verdicts) == 1 and verdicts <= _TELLING else None


#: A fact, another option of it, and the verdict that it leads to.
Turn: TypeAlias = tuple[str, str, Verdict]


def turns(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> list[Turn]:
    """The single changes of what is known that lead to another verdict, in the entry's order."""
    outcome = outcome_of(entry, facts, known)
    if outcome is None:
        return []
    changeable = [name for name in relevant_facts(entry, facts, known) if not facts[name].is_identity]
    found = ((name, option) for name in changeable for option in facts[name].options)
    changed = ((name, option, _verdicts(entry, facts, {**known, name: option})) for name, option in found)
    return [
        (name, option, verdicts.pop() if len(verdicts) == 1 else "it-depends")
        for name, option, verdicts in changed
        if verdicts <= _TELLING - {outcome.verdict}
    ]


def _verdicts(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> set[Verdict]:
    """The verdicts that are still possible."""
    return {outcome.verdict for outcome in open_outcomes(entry, facts, completed(entry, known))}


def is_given(fact: Fact, known: Mapping[str, str]) -> bool:
    """Whether the person has told this fact, or told that they don't know it."""
    value = known.get(fact.name)
    return value == UNKNOWN or value in fact.options


def relevant_facts(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> dict[str, str]:
    """What is known of the entry's facts, as far as it decides or could decide its outcome, in the entry's order."""
    given = {name: known[name] for name in entry.facts if known.get(name) in facts[name].options}
    return {name: value for name, value in given.items() if can_change_outcome(entry, facts, given, name)}


def given_facts(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> tuple[str, ...]:
    """The facts that an answer rests on: those that matter, and those that the person did not know."""
    relevant = relevant_facts(entry, facts, known)
    return tuple(name for name in entry.facts if name in relevant or known.get(name) == UNKNOWN)


def changeable_facts(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> tuple[str, ...]:
    """Those of them that are worth changing: not what would hold anyway."""
    given = given_facts(entry, facts, known)
    return tuple(name for name in given if known[name] != entry.unless_said.get(name))


def with_implied(facts: Mapping[str, Fact], said: Mapping[str, str]) -> dict[str, str]:
    """The facts said and those they imply: a municipality is an authority. What is said outright wins."""
    implied: dict[str, str] = {}
    for name, value in said.items():
        option = facts[name].options.get(value)
        implied.update(option.implies if option else {})
    return {**implied, **said}


#: The options of each open fact that lead to an outcome, and the outcome.
Case: TypeAlias = tuple[dict[str, set[str]], Outcome]


def cases(entry: Entry, facts: Mapping[str, Fact], known: Mapping[str, str]) -> list[Case]:
    """Each outcome still possible, with the options of the open facts that lead to it, in the table's order."""
    leading = ((leading_options(each, entry, facts, known), each) for each in entry.outcomes)
    return [(_telling(options, facts, known), outcome) for options, outcome in leading if options is not None]


def _telling(
    options: Mapping[str, Sequence[str]], facts: Mapping[str, Fact], known: Mapping[str, str]
) -> dict[str, set[str]]:
    """The open facts, without those of which every option leads there: they tell nothing."""
    open_facts = {name: values for name, values in options.items() if known.get(name) not in facts[name].options}
    return {name: set(values) for name, values in open_facts.items() if len(values) < len(facts[name].options)}
