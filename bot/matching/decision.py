"""Scores -> matched, ambiguous or unmatched, with calibrated probabilities. All thresholds are made here.

A logistic curve turns an entry's score, its lead over the next, the share of the text's words that are known and the
number of concepts in common into the probability that this entry is right. It and the thresholds are fitted on
questions held out from training: each phrasing left out in turn, the knowledge's checks, and the questions that no
entry answers. No threshold is a constant.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

Vector: TypeAlias = NDArray[np.float64]
Kind: TypeAlias = Literal["matched", "ambiguous", "unmatched"]

#: More shared concepts than this say nothing more.
ENOUGH_SHARED = 5.0
MOST_CANDIDATES = 5
MOST_OFFERED = 3
#: How much more likely an entry is that is related to the topic at hand, in nats.
FAVOUR_NATS = 1.2
#: An entry is offered if it is at least this likely compared to the best.
LEAST_SHARE_OFFERED = 0.1

#: What each ending is worth to the person who asked; the thresholds maximise the mean.
_INSIDE = {"matched right": 1.0, "matched wrong": -1.2, "asked right": 0.5, "asked wrong": -0.3, "declined": -0.3}
_OUTSIDE = {"matched right": -1.2, "matched wrong": -1.2, "asked right": 0.3, "asked wrong": 0.3, "declined": 1.0}
#: What questions that no entry answers count, all together, compared to all others, however few were written.
_OUTSIDE_WEIGHT = 0.65
_GRID = tuple(round(0.04 * step, 2) for step in range(1, 25))
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
    """The fitted curves and thresholds of one knowledge."""

    def __init__(self, examples: Sequence[Labelled]) -> None:
        best = [_best(example.scored) for example in examples]
        evidence = np.array([_evidence(ex.scored, each[0]) for ex, each in zip(examples, best, strict=True)])
        is_right = np.array([ex.entry == each[0] for ex, each in zip(examples, best, strict=True)])
        is_offered = np.array([ex.entry in each[:MOST_OFFERED] for ex, each in zip(examples, best, strict=True)])
        self._right = _fitted(evidence, is_right)
        self._offered = _fitted(evidence, is_offered)
        endings = _Endings(_sigmoid(evidence @ self._right), _sigmoid(evidence @ self._offered), is_right, is_offered)
        is_inside = np.array([example.entry is not None for example in examples])
        self.match_from, self.offer_from = endings.best_thresholds(is_inside)

    def decide(self, scored: Scored, favoured: frozenset[int] = frozenset()) -> Ranked:
        best = _best(scored)
        evidence = {each: _evidence(scored, each) for each in best}
        bonus = {each: FAVOUR_NATS * (each in favoured) for each in best}
        right = {each: float(_sigmoid(evidence[each] @ self._right + bonus[each])) for each in best}
        ranked = sorted(best, key=lambda each: -right[each])
        is_offered = float(_sigmoid(evidence[best[0]] @ self._offered + bonus[ranked[0]]))
        kind = self._kind(right[ranked[0]], is_offered)
        return Ranked(kind, tuple((each, right[each]) for each in ranked))

    def _kind(self, is_right: float, is_offered: float) -> Kind:
        if is_right >= self.match_from:
            return "matched"
        return "ambiguous" if is_offered >= self.offer_from else "unmatched"


def _best(scored: Scored) -> list[int]:
    return [int(each) for each in np.argsort(-scored.scores, kind="stable")[:MOST_CANDIDATES]]


def _evidence(scored: Scored, entry: int) -> Vector:
    """What speaks for an entry: its score, its lead over the best other, how much of the text is known, and how many
    ideas they share: one word in common ("angebot und nachfrage") is not yet a topic in common."""
    own = float(scored.scores[entry])
    others = np.delete(scored.scores, entry)
    lead = own - float(others.max()) if len(others) else own
    shared = min(float(scored.shared[entry]), ENOUGH_SHARED) / ENOUGH_SHARED
    return np.array([1.0, own, lead, scored.known, shared])


def _sigmoid(value: Vector) -> Vector:
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(value, -30, 30))))


def _fitted(evidence: Vector, label: NDArray[np.bool_]) -> Vector:
    """Logistic regression by Newton's method."""
    curve = np.zeros(evidence.shape[1])
    for _ in range(_ITERATIONS):
        probability = _sigmoid(evidence @ curve)
        gradient = evidence.T @ (label - probability) - _PENALTY * curve
        curvature = (evidence * (probability * (1 - probability))[:, None]).T @ evidence
        curve = curve + np.linalg.solve(curvature + _PENALTY * np.eye(len(curve)), gradient)
    return np.asarray(curve)


@dataclass(frozen=True, slots=True)
class _Endings:
    """How a set of questions would end under any thresholds: per question the probabilities, and what is true."""

    right: Vector
    offered: Vector
    is_right: NDArray[np.bool_]
    is_offered: NDArray[np.bool_]

    def best_thresholds(self, is_inside: NDArray[np.bool_]) -> tuple[float, float]:
        """The pair that is worth most together with its neighbours: a lone peak is chance, and one question more or
        less must not move the bot from answering to asking back."""
        worth = np.array([[self._total(is_inside, match, offer) for offer in _GRID] for match in _GRID])
        smoothed = _with_neighbours(_with_neighbours(worth).T).T
        match, offer = np.unravel_index(int(np.argmax(smoothed)), smoothed.shape)
        return _GRID[match], _GRID[offer]

    def _total(self, is_inside: NDArray[np.bool_], match: float, offer: float) -> float:
        inside = self._worth(_INSIDE, is_inside, match, offer)
        return inside + _OUTSIDE_WEIGHT * self._worth(_OUTSIDE, ~is_inside, match, offer)

    def _worth(self, worth: Mapping[str, float], where: NDArray[np.bool_], match: float, offer: float) -> float:
        """The mean worth of the questions in `where`; 0 if there are none."""
        if not where.any():
            return 0.0
        matched = np.where(self.is_right, worth["matched right"], worth["matched wrong"])
        asked = np.where(self.is_offered, worth["asked right"], worth["asked wrong"])
        ending = np.where(self.offered >= offer, asked, worth["declined"])
        return float(np.where(self.right >= match, matched, ending)[where].mean())


def _with_neighbours(rows: Vector) -> Vector:
    """Each row averaged with the rows up to two steps before and after it."""
    padded = np.pad(rows, ((2, 2), (0, 0)), mode="edge")
    return np.asarray(sum(padded[shift : shift + len(rows)] for shift in range(5)) / 5)
