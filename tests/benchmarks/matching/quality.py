"""Quality on the public data sets."""

from collections.abc import Callable, Iterator
from statistics import mean
from typing import Any, TypeAlias

from tests.benchmarks.matching.data import OUT_OF_SCOPE, DataSet, Part, few, misspelt
from tests.benchmarks.matching.measures import Answers, answers, at, auroc, balanced, curve
from tests.benchmarks.matching.systems import SYSTEMS, System

Figures: TypeAlias = dict[str, Any]
Tick: TypeAlias = Callable[[str], None]

SEEDS = (0, 1, 2)
FEW = 10
ACCEPTED = (0.99, 0.97, 0.95, 0.92, 0.9, 0.85, 0.8, 0.7)
#: rapidfuzz compares a question with every text: of many texts only every so many questions are asked.
_SLOW = "rapidfuzz WRatio"
_SLOW_STEP = 15
#: Banking77 brings no validation part; a share of its training texts stands in for it.
_HELD_OUT_STEP = 10


def clinc(data: DataSet, tick: Tick) -> dict[str, Figures]:
    """All variants: top-1 as it is and misspelt, AUROC, the balanced threshold from validation, and the curve."""
    found = {}
    for name, build in SYSTEMS.items():
        tick(f"CLINC150, all variants: {name}")
        system = build(data.train.inside(), data.validation)
        found[name] = _in_and_out(system, data, 1 if name != _SLOW else _SLOW_STEP)
    return found


def clinc_few(data: DataSet, tick: Tick) -> dict[str, Figures]:
    """Ten variants an intent, the mean of three samples."""
    found = {}
    for name, build in SYSTEMS.items():
        runs = []
        for seed in SEEDS:
            tick(f"CLINC150, {FEW} variants, sample {seed + 1}: {name}")
            system = build(few(data.train.inside(), FEW, seed), data.validation)
            runs.append(_in_and_out(system, data, 1 if name != _SLOW else _SLOW_STEP))
        found[name] = {key: mean(run[key] for run in runs) for key in runs[0] if key != "curve"}
    return found


def banking(data: DataSet, other: DataSet, tick: Tick) -> dict[str, Figures]:
    """All variants, and ten an intent (mean of three samples): top-1. What is out of scope, without which nothing can
    be calibrated, comes from the other set; it has no part in what is told here."""
    train, inside = _parted(data.train)
    outside = other.validation.outside()
    held_out = Part(inside.texts + outside, inside.labels + (OUT_OF_SCOPE,) * len(outside))
    found = {}
    for name, build in SYSTEMS.items():
        tick(f"Banking77: {name}")
        step = 1 if name != _SLOW else _SLOW_STEP
        test = _every(data.test, step)
        full = answers(build(data.train, held_out), test).top1
        tick(f"Banking77, {FEW} variants: {name}")
        samples = [answers(build(few(train, FEW, seed), held_out), test).top1 for seed in SEEDS]
        found[name] = {"top1": full, "top1_few": mean(samples)}
    return found


def _parted(train: Part) -> tuple[Part, Part]:
    rows = list(zip(train.texts, train.labels, strict=True))
    kept = [row for number, row in enumerate(rows) if number % _HELD_OUT_STEP]
    return Part(*map(tuple, zip(*kept, strict=True))), _every(train, _HELD_OUT_STEP)


def _every(part: Part, step: int) -> Part:
    return Part(part.texts[::step], part.labels[::step])


def _in_and_out(system: System, data: DataSet, step: int) -> Figures:
    inside, test = _every(data.test.inside(), step), _outside(data.test)
    found = answers(system, inside)
    others = answers(system, _every(test, step))
    point = _from_validation(system, data, step)
    chosen = at(point, found, others)
    return {
        "questions": len(inside.texts),
        "top1": found.top1,
        "top1_misspelt": answers(system, Part(misspelt(inside.texts), inside.labels)).top1,
        "auroc": auroc(found, others),
        "balanced_inside": chosen.inside,
        "balanced_outside": chosen.outside,
        "curve": list(_points(found, others)),
    }


def _from_validation(system: System, data: DataSet, step: int) -> float:
    inside = answers(system, _every(data.validation.inside(), step))
    return balanced(inside, answers(system, _outside(data.validation))).threshold


def _outside(part: Part) -> Part:
    texts = part.outside()
    return Part(texts, ("",) * len(texts))


def _points(inside: Answers, outside: Answers) -> Iterator[Figures]:
    for share, point in zip(ACCEPTED, curve(inside, outside, ACCEPTED), strict=True):
        yield {"accepted": share, "inside": point.inside, "outside": point.outside}
