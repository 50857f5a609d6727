"""What is measured: how often the first label is right, and how well scores tell what is out of scope."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from tests.benchmarks.matching.data import Part
from tests.benchmarks.matching.systems import System


@dataclass(frozen=True, slots=True)
class Answers:
    """For each question of a part whether the first label is right, and its score."""

    is_right: NDArray[np.bool_]
    score: NDArray[np.float64]

    @property
    def top1(self) -> float:
        return float(self.is_right.mean())


@dataclass(frozen=True, slots=True)
class Point:
    """A threshold: in-scope accuracy (a rejected question counts as wrong) and out-of-scope recall."""

    threshold: float
    inside: float
    outside: float


def answers(system: System, part: Part) -> Answers:
    ranked = [system.rank(text) for text in part.texts]
    right = [bool(r) and r[0][0] == label for r, label in zip(ranked, part.labels, strict=True)]
    return Answers(np.array(right, dtype=bool), np.array([r[0][1] if r else -np.inf for r in ranked]))


def auroc(inside: Answers, outside: Answers) -> float:
    """The probability that a question in scope scores higher than one out of scope."""
    ranks = rankdata(np.concatenate([inside.score, outside.score]))
    count = len(inside.score)
    above = ranks[:count].sum() - count * (count + 1) / 2
    return float(above / (count * len(outside.score)))


def at(threshold: float, inside: Answers, outside: Answers) -> Point:
    accepted = inside.score >= threshold
    return Point(threshold, float((accepted & inside.is_right).mean()), float((outside.score < threshold).mean()))


def balanced(inside: Answers, outside: Answers) -> Point:
    """The threshold at which the mean of both is best."""
    candidates = np.unique(np.concatenate([inside.score, outside.score]))
    return max((at(float(each), inside, outside) for each in candidates), key=lambda p: p.inside + p.outside)


def curve(inside: Answers, outside: Answers, shares: Sequence[float]) -> list[Point]:
    """The points at which so large a share of the questions in scope is accepted."""
    return [at(float(np.quantile(inside.score, 1 - share)), inside, outside) for share in shares]
