"""Quality on the real knowledge and questions that people asked, beside peers trained on the same phrasings.

Peers get a threshold from the knowledge's own checks (the balanced one) and answer or decline; only ours asks back.
"""

from pathlib import Path

from bot.cli.labelled import read
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.matching.judging.evaluation import Question, Result, evaluate
from bot.matching.matcher import Matcher
from tests.benchmarks.matching.data import OUT_OF_SCOPE, Part
from tests.benchmarks.matching.measures import answers, balanced
from tests.benchmarks.matching.quality import Figures, Tick
from tests.benchmarks.matching.systems import SYSTEMS, System
from tests.small import REAL


def real(questions: Path, tick: Tick) -> dict[str, Figures]:
    """Right, offered, wrong and missed of the questions that an entry answers; answered falsely of the others."""
    knowledge = load(REAL).knowledge
    asked = [each for file in sorted(questions.glob("questions-*.yaml")) for each in read(file)]
    inside = [each for each in asked if any(entry in knowledge.entries for entry in each.entries)]
    outside = [each for each in asked if not each.entries]
    tick("real knowledge: ours")
    found = {"ours": _ours(knowledge, inside, outside)}
    train, checks = _phrasings(knowledge), _checks(knowledge)
    for name, build in SYSTEMS.items():
        if name != "ours":
            tick(f"real knowledge: {name}")
            found[name] = _peer(build(train, checks), checks, inside, outside)
    return found


def _ours(knowledge: Knowledge, inside: list[Question], outside: list[Question]) -> Figures:
    results = evaluate(Matcher(knowledge), [*inside, *outside], knowledge.entries)
    answered, others = results[: len(inside)], results[len(inside) :]
    return {
        "inside": len(inside),
        "right": _share(answered, "right"),
        "offered": _share(answered, "offered"),
        "wrong": _share(answered, "wrong"),
        "missed": _share(answered, "missed"),
        "outside": len(outside),
        "false": _share(others, "false"),
        "asked": _share(others, "asked"),
        "misses": [each.question.text for each in results if each.ending in ("wrong", "missed", "false")],
    }


def _share(results: list[Result], ending: str) -> float:
    return sum(result.ending == ending for result in results) / max(1, len(results))


def _peer(system: System, checks: Part, inside: list[Question], outside: list[Question]) -> Figures:
    others = Part(checks.outside(), ("",) * len(checks.outside()))
    threshold = balanced(answers(system, checks.inside()), answers(system, others)).threshold
    ranked = [system.rank(each.text) for each in inside]
    is_right = [bool(r) and r[0][0] in q.entries for r, q in zip(ranked, inside, strict=True)]
    is_answered = [bool(r) and r[0][1] >= threshold for r in ranked]
    both = list(zip(is_answered, is_right, strict=True))
    false = [bool(r) and r[0][1] >= threshold for r in (system.rank(each.text) for each in outside)]
    return {
        "inside": len(inside),
        "right": sum(a and r for a, r in both) / len(both),
        "offered": 0.0,
        "wrong": sum(a and not r for a, r in both) / len(both),
        "missed": sum(not a for a, _ in both) / len(both),
        "outside": len(outside),
        "false": sum(false) / len(false),
        "asked": 0.0,
    }


def _phrasings(knowledge: Knowledge) -> Part:
    rows = [(text, entry.id) for entry in knowledge.sorted_entries() for text in entry.asked_as.all]
    return Part(tuple(text for text, _ in rows), tuple(label for _, label in rows))


def _checks(knowledge: Knowledge) -> Part:
    rows = [(text, each.entry) for each in knowledge.checks.entries for text in each.questions.all]
    rows += [(text, OUT_OF_SCOPE) for text in knowledge.checks.out_of_scope.all]
    return Part(tuple(text for text, _ in rows), tuple(label for _, label in rows))
