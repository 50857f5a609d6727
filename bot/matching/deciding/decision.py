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

from bot.computed import computed_once
from bot.matching.deciding.profiles import Profiles
from bot.messages import Language

Vector: TypeAlias = NDArray[np.float64]
Kind: TypeAlias = Literal["matched", "ambiguous", "unmatched"]
Evidence: TypeAlias = tuple[float, ...]
Curve: TypeAlias = tuple[float, ...]

MOST_CANDIDATES = 5
MOST_OFFERED = 3
#: How much less likely an entry is, in nats, if it is always asked of another service than the text names, or if the
#: text is more like its near misses than like itself: a veto, for few held-out texts show what must not happen.
VETO_NATS = 6.0
#: By so much a text is clearly more like a near miss.
CLEARLY_NEARER = 0.5
#: How much more likely an entry is that is related to the topic at hand, in nats.
FAVOUR_NATS = 1.2
#: An entry is offered if it is at least this likely compared to the best.
LEAST_SHARE_OFFERED = 0.1
#: What the evidence consists of, in order.
EVIDENCE = (
    "constant",
    "score",
    "lead",
    "known words",
    "known pairs",
    "shared ideas",
    "another service",
    "no service",
    "near miss",
    "outside",
)


@dataclass(frozen=True)
class Scored:
    """A text's scores per entry, the shares (0 to 1) of its rarity mass and of its pairs of words that are known, the
    concepts it names, and its scores as a near miss of each entry and as outside of all."""

    scores: Vector
    known: float
    known_pairs: float
    named: frozenset[str]
    near_misses: Vector | None = None
    outside: float = -1.0

    def near_miss(self, entry: int) -> float:
        return -1.0 if self.near_misses is None else float(self.near_misses[entry])

    @computed_once
    def highest(self) -> tuple[float, float]:
        """The two highest scores; of a single entry, the second is that of a text which matches nothing."""
        if len(self.scores) == 1:
            return float(self.scores[0]), -1.0
        second, first = np.partition(self.scores, -2)[-2:]
        return float(first), float(second)


@dataclass(frozen=True, slots=True)
class Ranked:
    """The best entries by position with their probabilities, best first, and what they amount to."""

    kind: Kind
    candidates: tuple[tuple[int, float], ...]
    in_scope: float


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
        evidence = {e: evidence_for(scored, e, self.profiles, is_related=e in favoured) for e in best(scored)}
        bonus = {e: FAVOUR_NATS * (e in favoured) - veto_nats(scored, e, self.profiles) for e in evidence}
        inside = {entry: probability(self.curves.inside, found, bonus[entry]) for entry, found in evidence.items()}
        right = {entry: inside[entry] * probability(self.curves.right, evidence[entry]) for entry in evidence}
        ranked = sorted(right.items(), key=lambda each: -each[1])
        first = ranked[0][0]
        is_offered = inside[first] * probability(self.curves.offered, evidence[first])
        kind = _kind(ranked[0][1], is_offered, self.thresholds[language])
        return Ranked(kind, tuple(ranked), max(inside.values()))


def veto_nats(scored: Scored, entry: int, profiles: Profiles) -> float:
    """What the text says that speaks against an entry whatever else it says."""
    nearer = (scored.near_miss(entry) - float(scored.scores[entry])) / CLEARLY_NEARER
    return VETO_NATS * max(profiles.conflict(scored.named, entry), min(1.0, max(0.0, nearer)))


def _kind(is_right: float, is_offered: float, thresholds: Thresholds) -> Kind:
    if is_right >= thresholds.match_from:
        return "matched"
    return "ambiguous" if is_offered >= thresholds.offer_from else "unmatched"


def best(scored: Scored) -> list[int]:
    """The entries with the highest scores, best first."""
    return [int(entry) for entry in np.argsort(-scored.scores, kind="stable")[:MOST_CANDIDATES]]


def evidence_for(scored: Scored, entry: int, profiles: Profiles, own: int = 0, *, is_related: bool = False) -> Evidence:
    """What speaks for an entry, in the order of `EVIDENCE`; `own` phrasings of it are left out of account.

    Of an entry that is related to what was just talked about, nobody need name the service again.
    """
    score = float(scored.scores[entry])
    first, second = scored.highest
    return (
        1.0,
        score,
        score - (second if score == first else first),
        scored.known,
        scored.known_pairs,
        profiles.shared(scored.named, entry, own),
        profiles.conflict(scored.named, entry),
        0.0 if is_related else profiles.missing(scored.named, entry),
        scored.near_miss(entry),
        scored.outside,
    )


def probability(curve: Curve, evidence: Evidence, bonus: float = 0.0) -> float:
    nats = sum(weight * each for weight, each in zip(curve, evidence, strict=True)) + bonus
    return 1 / (1 + exp(-max(-30.0, min(30.0, nats))))
