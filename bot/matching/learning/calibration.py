"""Curves and thresholds, fitted on texts that training has not seen; no threshold is a constant.

What each ending is worth to the person who asked decides how the thresholds weigh a wrong answer against asking back.
How well they do is told by cross-validation: fitted on four fifths of the texts, counted on the fifth.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.deciding.decision import (
    EVIDENCE,
    MOST_OFFERED,
    Curve,
    Curves,
    Scored,
    Thresholds,
    best,
    evidence_for,
    veto_nats,
)
from bot.matching.deciding.profiles import Profiles
from bot.matching.learning.ordering import spread
from bot.messages import LANGUAGES, Language

Vector: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]

FOLDS = 5
#: What each ending is worth to the person who asked; the thresholds maximise the mean.
_INSIDE = {"matched right": 1.0, "matched wrong": -1.2, "asked right": 0.5, "asked wrong": -0.2, "declined": -0.6}
_OUTSIDE = {"matched": -1.6, "asked": 0.5, "declined": 1.0}
#: What questions that no entry answers count, all together, compared to all others, however few were written.
_OUTSIDE_WEIGHT = 0.65
#: Few of them are raised to that at most so far.
_MOST_RAISED = 10.0
#: A language with fewer texts of either sort takes the thresholds of all languages together.
_FEWEST_OF_A_LANGUAGE = 40
_GRID = tuple(round(0.04 * step, 2) for step in range(1, 25))
#: Below one in five nobody is helped by what the bot makes of it; few texts, and easy ones, would let it fall further.
_LEAST_LIKELY = 0.2
#: Keeps what few texts show from being believed in full.
_PENALTY = 1.0
_ITERATIONS = 50
#: Differences in worth that mean nothing.
_SAME_WORTH = 1e-4
#: The curve for being in scope of a fold that leaves no text out of scope over, in nats.
_UNTAUGHT: Mapping[str, float] = {"constant": -4.0, "known words": 8.0}
_ALL = (True,) * len(EVIDENCE)
#: Digits kept of a curve: the last ones differ between machines.
_DIGITS = 6
#: The 95 % quantile of the normal distribution, for the upper bound of a rate.
_Z = 1.645


class NothingOutside(ValueError):
    """No text shows what is out of scope: whatever threshold were fitted would answer everything."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A scored text with the position of its right entry, None if there is none. `own` is 1 for a phrasing of its own
    entry, which is then left out of account."""

    scored: Scored
    entry: int | None
    language: Language
    own: int = 0
    #: What it counts compared to a question that was held out by hand.
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """How often something happened in cross-validation, of how many, and what it is at most (95 %, Wilson)."""

    count: int
    total: int

    @property
    def share(self) -> float:
        return self.count / self.total if self.total else 0.0

    @property
    def at_most(self) -> float:
        if not self.total:
            return 1.0
        n, p = self.total, self.share
        spread = _Z * (p * (1 - p) / n + _Z**2 / (4 * n**2)) ** 0.5
        return float((p + _Z**2 / (2 * n) + spread) / (1 + _Z**2 / n))


@dataclass(frozen=True, slots=True)
class Calibration:
    """Curves, thresholds per language, and how often they would answer wrongly: of the texts that an entry answers with
    another entry, of all others with any."""

    curves: Curves
    thresholds: Mapping[Language, Thresholds]
    wrong: ErrorRate
    false: ErrorRate


class _Sample:
    """Judged texts as arrays: their evidence, and what would come of them."""

    def __init__(self, judged: Sequence[Judged], profiles: Profiles) -> None:
        ranked = [best(each.scored) for each in judged]
        found = [evidence_for(j.scored, r[0], profiles, j.own) for j, r in zip(judged, ranked, strict=True)]
        self.evidence = np.array(found)
        self.is_right = np.array([j.entry == r[0] for j, r in zip(judged, ranked, strict=True)])
        self.is_offered = np.array([j.entry in r[:MOST_OFFERED] for j, r in zip(judged, ranked, strict=True)])
        self.is_inside = np.array([j.entry is not None for j in judged])
        self.language = np.array([j.language for j in judged])
        self.weight = np.array([j.weight for j in judged])
        self.veto = np.array([veto_nats(j.scored, r[0], profiles) for j, r in zip(judged, ranked, strict=True)])


def calibrate(judged: Sequence[Judged], profiles: Profiles) -> Calibration:
    """The calibration on texts that training has not seen; at least one must have an entry.

    Raises NothingOutside if none is without one.
    """
    if all(each.entry is not None for each in judged):
        raise NothingOutside("no text is out of scope: give some that no entry answers")
    sample = _Sample(judged, profiles)
    everything = np.ones(len(judged), dtype=bool)
    curves, thresholds = _fitted(sample, everything)
    wrong, false = _cross_validated(sample)
    return Calibration(curves, thresholds, wrong, false)


def _fitted(sample: _Sample, used: Flags) -> tuple[Curves, dict[Language, Thresholds]]:
    curves = Curves(
        _inside_curve(sample, used),
        _curve(sample, sample.is_right, used & sample.is_inside, _ALL),
        _curve(sample, sample.is_offered, used & sample.is_inside, _ALL),
    )
    endings = _Endings(sample, *_probabilities(curves, sample))
    common = endings.best_thresholds(used)
    return curves, {language: _own(endings, used, language, common) for language in LANGUAGES}


def _inside_curve(sample: _Sample, used: Flags) -> Curve:
    """What tells texts in scope from others. Its lead says which entry is meant, not whether any is."""
    outside = float(sample.weight[used & ~sample.is_inside].sum())
    if not outside:
        # Only in a fold: what is out of scope is then what uses none of the knowledge's words.
        return tuple(_UNTAUGHT.get(name, 0.0) for name in EVIDENCE)
    inside = float(sample.weight[used & sample.is_inside].sum())
    share = min(_MOST_RAISED, max(1.0, _OUTSIDE_WEIGHT * inside / outside))
    weight = np.where(sample.is_inside, sample.weight, share * sample.weight)
    return _curve(sample, sample.is_inside, used, tuple(name != "lead" for name in EVIDENCE), weight)


def _own(endings: "_Endings", used: Flags, language: Language, common: Thresholds) -> Thresholds:
    spoken = used & (endings.sample.language == language)
    inside = int((spoken & endings.sample.is_inside).sum())
    has_enough = min(inside, int(spoken.sum()) - inside) >= _FEWEST_OF_A_LANGUAGE
    return endings.best_thresholds(spoken) if has_enough else common


def _cross_validated(sample: _Sample) -> tuple[ErrorRate, ErrorRate]:
    folds = spread(len(sample.is_right)) % FOLDS
    is_answered = np.zeros(len(folds), dtype=bool)
    for fold in range(FOLDS if len(folds) >= FOLDS else 0):
        is_answered |= _answered(sample, folds != fold) & (folds == fold)
    wrong = int((is_answered & sample.is_inside & ~sample.is_right).sum())
    inside = int(sample.is_inside.sum())
    false = int((is_answered & ~sample.is_inside).sum())
    return ErrorRate(wrong, inside), ErrorRate(false, len(folds) - inside)


def _answered(sample: _Sample, used: Flags) -> Flags:
    """Which texts would be answered under curves and thresholds fitted on some of them."""
    curves, thresholds = _fitted(sample, used)
    match_from = np.array([thresholds[language].match_from for language in sample.language])
    return np.asarray(_probabilities(curves, sample)[0] >= match_from)


def _probabilities(curves: Curves, sample: _Sample) -> tuple[Vector, Vector]:
    """For each text the probabilities that the best entry is right, and that the right one is offered."""
    inside = _sigmoid(sample.evidence @ np.array(curves.inside) - sample.veto)
    return (
        inside * _sigmoid(sample.evidence @ np.array(curves.right)),
        inside * _sigmoid(sample.evidence @ np.array(curves.offered)),
    )


def _sigmoid(nats: Vector) -> Vector:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(nats, -30, 30))))


def _curve(sample: _Sample, label: Flags, used: Flags, columns: Sequence[bool], weight: Vector | None = None) -> Curve:
    """The curve for a label on some texts and some of the evidence; the rest counts nothing."""
    kept = np.array(columns)
    weights = sample.weight if weight is None else weight
    fitted = _logistic(sample.evidence[used][:, kept], label[used], weights[used])
    curve = np.zeros(len(kept))
    curve[kept] = fitted.round(_DIGITS)
    return tuple(curve.tolist())


def _logistic(evidence: Vector, label: Flags, weight: Vector) -> Vector:
    """Weighted logistic regression by Newton's method."""
    curve = np.zeros(evidence.shape[1])
    for _ in range(_ITERATIONS):
        probability = _sigmoid(evidence @ curve)
        gradient = evidence.T @ (weight * (label - probability)) - _PENALTY * curve
        curvature = (evidence * (weight * probability * (1 - probability))[:, None]).T @ evidence
        curve = curve + np.linalg.solve(curvature + _PENALTY * np.eye(len(curve)), gradient)
    return curve


@dataclass(frozen=True, slots=True)
class _Endings:
    """How a sample would end under any thresholds, given the probabilities of its texts."""

    sample: _Sample
    right: Vector
    offered: Vector

    def best_thresholds(self, used: Flags) -> Thresholds:
        """The pair that is worth most together with its neighbours: a lone peak is chance, and one question more or
        less must not move the bot from answering to asking back. Of many that are worth the same, one in their middle.
        """
        worth = np.array([[self._total(used, match, offer) for offer in _GRID] for match in _GRID])
        smoothed = _with_neighbours(_with_neighbours(worth).T).T
        found = np.argwhere(smoothed >= smoothed.max() - _SAME_WORTH)
        distances = np.abs(found - found.mean(axis=0)).sum(axis=1)
        match, offer = found[int(np.argmin(distances.round(_DIGITS)))]
        return Thresholds(max(_LEAST_LIKELY, _GRID[match]), max(_LEAST_LIKELY, _GRID[offer]))

    def _total(self, used: Flags, match: float, offer: float) -> float:
        is_matched, is_asked = self.right >= match, self.offered >= offer
        matched = np.where(self.sample.is_right, _INSIDE["matched right"], _INSIDE["matched wrong"])
        asked = np.where(self.sample.is_offered, _INSIDE["asked right"], _INSIDE["asked wrong"])
        inside = np.where(is_matched, matched, np.where(is_asked, asked, _INSIDE["declined"]))
        outside = np.where(is_matched, _OUTSIDE["matched"], np.where(is_asked, _OUTSIDE["asked"], _OUTSIDE["declined"]))
        is_inside = self.sample.is_inside
        return self._mean(inside, used & is_inside) + _OUTSIDE_WEIGHT * self._mean(outside, used & ~is_inside)

    def _mean(self, values: Vector, where: Flags) -> float:
        weight = self.sample.weight[where]
        return float((values[where] * weight).sum() / weight.sum()) if len(weight) else 0.0


def _with_neighbours(rows: Vector) -> Vector:
    """Each row averaged with the rows up to two steps before and after it."""
    padded = np.pad(rows, ((2, 2), (0, 0)), mode="edge")
    return np.asarray(sum(padded[shift : shift + len(rows)] for shift in range(5)) / 5)
