"""Scores -> matched, ambiguous or unmatched, with calibrated probabilities. All thresholds are made here.

A logistic curve turns an entry's score, its lead over the next, the share of the text's words that are known and the
number of concepts in common into the probability that this entry is right. It and the thresholds are fitted on
questions held out from training: each phrasing left out in turn, the knowledge's checks, and the questions that no
entry answers. No threshold is a constant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float64]
Kind: TypeAlias = Literal["matched", "ambiguous", "unmatched"]

#: More shared concepts than this say nothing more.
ENOUGH_SHARED = 5.0
MOST_CANDIDATES = 5
MOST_OFFERED = 3
#: An entry is offered if it is at least this likely compared to the best.
LEAST_SHARE_OFFERED = 0.2

#: What each ending is worth to the person who asked; the thresholds maximise the mean. Questions that no entry answers
#: weigh as much as all others together, however few were written.
_INSIDE = {"matched right": 1.0, "matched wrong": -1.2, "asked right": 0.5, "asked wrong": -0.3, "declined": -0.3}
_OUTSIDE = {"matched right": -1.2, "matched wrong": -1.2, "asked right": 0.3, "asked wrong": 0.3, "declined": 1.0}
_GRID = tuple(round(0.02 * step, 2) for step in range(1, 50))
_PENALTY = 1e-2
_ITERATIONS = 50


@dataclass(frozen=True, slots=True)
class Scored:
    """A text's scores per entry, the share of its rarity mass that is known (0 to 1), and how many of its concepts each
    entry shares."""

    scores: Vector
    known: float
    shared: Vector


@dataclass(frozen=True, slots=True)
class Labelled:
    """A scored text with the position of its right entry; None if there is none."""

    scored: Scored
    entry: int | None


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best entries by position with their probabilities, best first, and what they amount to."""

    kind: Kind
    candidates: tuple[tuple[int, float], ...]


class Decider:
    """The fitted curve and thresholds of one knowledge."""

    def __init__(self, examples: Sequence[Labelled]) -> None:
        self._curve = _fitted(examples)
        self.match_from, self.offer_from = self._thresholds(examples)

    def decide(self, scored: Scored) -> Ranked:
        candidates = self._candidates(scored)
        return Ranked(_kind(candidates[0][1], self.match_from, self.offer_from), candidates)

    def _candidates(self, scored: Scored) -> tuple[tuple[int, float], ...]:
        best = np.argsort(-scored.scores, kind="stable")[:MOST_CANDIDATES]
        probabilities = [_sigmoid(float(_evidence(scored, int(each)) @ self._curve)) for each in best]
        return tuple((int(each), probability) for each, probability in zip(best, probabilities, strict=True))

    def _thresholds(self, examples: Sequence[Labelled]) -> tuple[float, float]:
        """The pair that is worth most; of equals the middle one, which is the least sensitive."""
        ranked = [(self._candidates(example.scored), example.entry) for example in examples]
        inside = _Endings([_case(candidates, entry) for candidates, entry in ranked if entry is not None], _INSIDE)
        outside = _Endings([_case(candidates, entry) for candidates, entry in ranked if entry is None], _OUTSIDE)
        pairs = [(match, offer) for match, offer in product(_GRID, _GRID) if offer <= match]
        worth = [inside.mean_worth(*pair) + outside.mean_worth(*pair) for pair in pairs]
        best = max(worth)
        ties = [pair for pair, value in zip(pairs, worth, strict=True) if value >= best - 1e-9]
        return ties[len(ties) // 2]


def _kind(probability: float, match_from: float, offer_from: float) -> Kind:
    if probability >= match_from:
        return "matched"
    return "ambiguous" if probability >= offer_from else "unmatched"


def _evidence(scored: Scored, entry: int) -> Vector:
    """What speaks for an entry: its score, its lead over the best other, how much of the text is known, and how many
    ideas they share: one word in common ("angebot und nachfrage") is not yet a topic in common."""
    own = float(scored.scores[entry])
    others = np.delete(scored.scores, entry)
    lead = own - float(others.max()) if len(others) else own
    shared = min(float(scored.shared[entry]), ENOUGH_SHARED) / ENOUGH_SHARED
    return np.array([1.0, own, lead, scored.known, shared])


def _sigmoid(value: float) -> float:
    return float(1.0 / (1.0 + np.exp(-np.clip(value, -30, 30))))


def _fitted(examples: Sequence[Labelled]) -> Vector:
    """Logistic regression by Newton's method: is the best-scored entry the right one?"""
    best = [int(np.argmax(example.scored.scores)) for example in examples]
    evidence = np.array([_evidence(ex.scored, entry) for ex, entry in zip(examples, best, strict=True)])
    is_right = np.array([float(ex.entry == entry) for ex, entry in zip(examples, best, strict=True)])
    curve = np.zeros(evidence.shape[1])
    for _ in range(_ITERATIONS):
        probability = 1 / (1 + np.exp(-np.clip(evidence @ curve, -30, 30)))
        gradient = evidence.T @ (is_right - probability) - _PENALTY * curve
        curvature = (evidence * (probability * (1 - probability))[:, None]).T @ evidence
        curve = curve + np.linalg.solve(curvature + _PENALTY * np.eye(len(curve)), gradient)
    return np.asarray(curve)


Candidates: TypeAlias = tuple[tuple[int, float], ...]
#: (probability of the best, is it right, is the right one among those offered)
Case: TypeAlias = tuple[float, bool, bool]


def _case(candidates: Candidates, entry: int | None) -> Case:
    is_offered = entry in [position for position, _ in candidates[:MOST_OFFERED]]
    return candidates[0][1], candidates[0][0] == entry, is_offered


class _Endings:
    """What a set of questions is worth under any thresholds; `worth` names what each ending is worth."""

    def __init__(self, cases: Sequence[Case], worth: Mapping[str, float]) -> None:
        table = np.array(cases, dtype=np.float64).reshape(-1, 3)
        self._probability = table[:, 0]
        self._if_matched = np.where(table[:, 1] > 0, worth["matched right"], worth["matched wrong"])
        self._if_asked = np.where(table[:, 2] > 0, worth["asked right"], worth["asked wrong"])
        self._if_declined = worth["declined"]

    def mean_worth(self, match: float, offer: float) -> float:
        if not len(self._probability):
            return 0.0
        asked = np.where(self._probability >= offer, self._if_asked, self._if_declined)
        return float(np.where(self._probability >= match, self._if_matched, asked).mean())
