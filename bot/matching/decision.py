"""Scores -> matched, ambiguous or unmatched, with calibrated probabilities.

Logistic curves turn what speaks for an entry into probabilities: that the text is in scope at all, and if it is, that
the entry is the right one, and that the right one is among those that would be offered. Curves and thresholds are
fitted in `calibration`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.profiles import Profiles
from bot.messages import Language

Vector: TypeAlias = NDArray[np.float64]
Kind: TypeAlias = Literal["matched", "ambiguous", "unmatched"]
Evidence: TypeAlias = tuple[float, ...]
Curve: TypeAlias = tuple[float, ...]

MOST_CANDIDATES = 5
MOST_OFFERED = 3
#: How much less likely an entry is that is always asked of another service than the text names, in nats: a veto, for
#: few held-out texts show what no text may end in.
VETO_NATS = 6.0
#: How much more likely an entry is that is related to the topic at hand, in nats.
FAVOUR_NATS = 1.2
#: An entry is offered if it is at least this likely compared to the best.
LEAST_SHARE_OFFERED = 0.1
#: What the evidence consists of, in order.
EVIDENCE = ("constant", "score", "lead", "known words", "shared ideas", "another service", "no service", "brevity")
_BRIEF = 6.0


@dataclass(frozen=True, slots=True)
class Scored:
    """A text's scores per entry, the share of its rarity mass that is known (0 to 1), the concepts it names, and how
    many content words it has."""

    scores: Vector
    known: float
    named: frozenset[str]
    words: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best entries by position with their probabilities, best first, and what they amount to."""

    kind: Kind
    candidates: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on an entry is answered, and from which it is offered."""

    match_from: float
    offer_from: float


@dataclass(frozen=True, slots=True)
class Curves:
    """What turns evidence into probabilities: of being in scope, and then of being right, and of being offered."""

    inside: Curve
    right: Curve
    offered: Curve


@dataclass(frozen=True, slots=True)
class Decider:
    """The fitted curves and thresholds of one knowledge."""

    curves: Curves
    thresholds: Mapping[Language, Thresholds]
    profiles: Profiles

    def decide(self, scored: Scored, language: Language, favoured: frozenset[int] = frozenset()) -> Ranked:
        evidence = {entry: evidence_for(scored, entry, self.profiles) for entry in best(scored)}
        bonus = {
            entry: FAVOUR_NATS * (entry in favoured) - VETO_NATS * self.profiles.conflict(scored.named, entry)
            for entry in evidence
        }
        inside = {entry: probability(self.curves.inside, found, bonus[entry]) for entry, found in evidence.items()}
        right = {entry: inside[entry] * probability(self.curves.right, evidence[entry]) for entry in evidence}
        ranked = sorted(right.items(), key=lambda each: -each[1])
        first = ranked[0][0]
        is_offered = inside[first] * probability(self.curves.offered, evidence[first])
        return Ranked(_kind(ranked[0][1], is_offered, self.thresholds[language]), tuple(ranked))


def _kind(is_right: float, is_offered: float, thresholds: Thresholds) -> Kind:
    if is_right >= thresholds.match_from:
        return "matched"
    return "ambiguous" if is_offered >= thresholds.offer_from else "unmatched"


def best(scored: Scored) -> list[int]:
    """The entries with the highest scores, best first."""
    return [int(entry) for entry in np.argsort(-scored.scores, kind="stable")[:MOST_CANDIDATES]]


def evidence_for(scored: Scored, entry: int, profiles: Profiles, own: int = 0) -> Evidence:
    """What speaks for an entry, in the order of `EVIDENCE`; `own` phrasings of it are left out of account."""
    score = float(scored.scores[entry])
    return (
        1.0,
        score,
        score - _best_other(scored.scores, entry),
        scored.known,
        profiles.shared(scored.named, entry, own),
        profiles.conflict(scored.named, entry),
        profiles.missing(scored.named, entry),
        1 - min(scored.words, _BRIEF) / _BRIEF,
    )


def _best_other(scores: Vector, entry: int) -> float:
    if len(scores) == 1:
        return -1.0
    first, second = np.partition(scores, -2)[-2:][::-1]
    return float(second if scores[entry] == first else first)


def probability(curve: Curve, evidence: Evidence, bonus: float = 0.0) -> float:
    nats = sum(weight * each for weight, each in zip(curve, evidence, strict=True)) + bonus
    return 1 / (1 + exp(-max(-30.0, min(30.0, nats))))
