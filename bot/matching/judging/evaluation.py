"""Matching quality over labelled questions: right, offered, wrong, missed; and what was answered falsely.

A question's right entries may be several. Only entries that the knowledge has count; a question whose entries it all
lacks must be declined, like one that nothing answers.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.matching.matcher import Decision, Matcher
from bot.messages import Language

Ending: TypeAlias = Literal["right", "offered", "wrong", "missed", "declined", "asked", "false"]
Group: TypeAlias = Literal["in scope", "not covered", "out of scope"]


@dataclass(frozen=True, slots=True)
class Question:
    """A labelled question. `entries` is empty for one that nothing answers; `is_vague` if asking back is right."""

    id: str
    text: str
    language: Language | None = None
    entries: tuple[str, ...] = ()
    is_vague: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """How a question ended, and why it is judged in its group."""

    question: Question
    group: Group
    ending: Ending
    decision: Decision
    language: Language | None


def evaluate(matcher: Matcher, questions: Iterable[Question], entries: Iterable[str]) -> list[Result]:
    """Every question's result, in the given order."""
    known = frozenset(entries)
    return [_result(matcher, question, known) for question in questions]


def _result(matcher: Matcher, question: Question, known: frozenset[str]) -> Result:
    covered = [entry for entry in question.entries if entry in known]
    language = matcher.languages.detect(question.text)
    decision = matcher.decide(question.text, language)
    if not covered:
        group: Group = "not covered" if question.entries else "out of scope"
        return Result(question, group, _ending_outside(decision), decision, language)
    return Result(question, "in scope", _ending_inside(decision, covered, question), decision, language)


def _ending_outside(decision: Decision) -> Ending:
    endings: dict[str, Ending] = {"matched": "false", "ambiguous": "asked", "unmatched": "declined"}
    return endings[decision.kind]


def _ending_inside(decision: Decision, covered: Sequence[str], question: Question) -> Ending:
    if decision.kind == "matched":
        return "right" if decision.entry in covered else "wrong"
    if decision.kind == "ambiguous" and any(entry in covered for entry in decision.offered):
        # A vague question is answered best by asking back.
        return "right" if question.is_vague else "offered"
    return "missed"


def counts(results: Iterable[Result]) -> dict[Group, Counter[str]]:
    """How many questions of each group ended how."""
    found: dict[Group, Counter[str]] = {}
    for result in results:
        found.setdefault(result.group, Counter())[result.ending] += 1
    return found
