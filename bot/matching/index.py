"""The trained index: ridge regression of every entry against all others, on rarity-weighted features.

Solved in its dual form, so that the score which each training phrase would get if it were left out follows in closed
form; the decision is calibrated on those. numpy in double precision; no randomness.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.matching.features import Features

Vector: TypeAlias = NDArray[np.float64]

#: How much each block of features counts.
BLOCK_WEIGHTS: Mapping[str, float] = {"words": 0.36, "pairs": 0.16, "concepts": 0.18, "letters": 0.3}
#: Regularisation: the larger, the closer to plain similarity.
RIDGE = 0.4


@dataclass(frozen=True, slots=True)
class Example:
    """One training text: its features, and the position of its entry; None if no entry answers it.

    A near miss that may belong to another entry `is_judged` false: it is learnt from, but its own score proves nothing.
    """

    features: Features
    entry: int | None
    is_judged: bool = True


class Index:
    """Scores a text against every entry; around 1 for a sure match, around 0 for none."""

    def __init__(self, examples: Sequence[Example], entries: int) -> None:
        self._positions: dict[tuple[str, str], int] = {}
        counts = self._count(examples)
        self._rarity = np.log((1 + len(examples)) / (1 + counts)) + 1
        rows = [self._row(example.features) for example in examples]
        matrix = _stacked(rows, len(self._positions))
        targets = _targets(examples, entries)
        self._weights, self.left_out = _solved(matrix, targets)
        self._counts = counts
        self._concepts = _concept_counts(examples, entries)

    def scores(self, features: Features) -> Vector:
        """One score per entry, in the order of the entries."""
        positions, values = self._row(features)
        return np.asarray(values @ self._weights[positions])

    def shared_concepts(self, features: Features, left_out: int | None = None) -> Vector:
        """How many of the text's concepts each entry's phrasings have too, but for one phrasing of `left_out`."""
        shared = np.zeros(self._weights.shape[1])
        for concept in named_concepts(features):
            counts = self._concepts.get(concept)
            if counts is not None:
                shared += counts > (np.arange(len(shared)) == left_out)
        return shared

    def rarity(self, stem: str, own: int = 0) -> float:
        """How rare a stem is among the training texts; `own` occurrences are left out of the count."""
        position = self._positions.get(("words", stem))
        count = 0.0 if position is None else max(0.0, self._counts[position] - own)
        return log((1 + len(self.left_out)) / (1 + count)) + 1

    def knows(self, stem: str, own: int = 0) -> bool:
        position = self._positions.get(("words", stem))
        return position is not None and self._counts[position] > own

    def _count(self, examples: Sequence[Example]) -> Vector:
        """In how many examples each feature occurs; fixes each feature's position."""
        found: list[float] = []
        for example in examples:
            for block, counts in example.features.blocks.items():
                for feature in counts:
                    position = self._positions.setdefault((block, feature), len(found))
                    if position == len(found):
                        found.append(0.0)
                    found[position] += 1
        return np.array(found)

    def _row(self, features: Features) -> tuple[NDArray[np.int64], Vector]:
        """Positions and values of a text: sub-linear counts by rarity, each block of its weight's length."""
        positions: list[int] = []
        values: list[float] = []
        for block, counts in features.blocks.items():
            found = ((self._positions.get((block, name)), count) for name, count in counts.items())
            known = [(position, count) for position, count in found if position is not None]
            weighed = [_damped(n) * float(self._rarity[position]) for position, n in known]
            length = sqrt(sum(value * value for value in weighed)) or 1.0
            positions += [position for position, _ in known]
            values += [value / length * sqrt(BLOCK_WEIGHTS[block]) for value in weighed]
        return np.array(positions, dtype=np.int64), np.array(values)


def _damped(count: float) -> float:
    """Said twice is not twice as much; said only in passing (below 1) counts as little as it was weighed."""
    return 1 + log(count) if count > 1 else count


def _stacked(rows: Sequence[tuple[NDArray[np.int64], Vector]], width: int) -> sparse.csr_matrix:
    starts = np.cumsum([0, *(len(positions) for positions, _ in rows)])
    columns = np.concatenate([positions for positions, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return sparse.csr_matrix((values, columns, starts), shape=(len(rows), width))


def _targets(examples: Sequence[Example], entries: int) -> Vector:
    targets = np.zeros((len(examples), entries))
    for row, example in enumerate(examples):
        if example.entry is not None:
            targets[row, example.entry] = 1.0
    return targets


def named_concepts(features: Features) -> list[str]:
    """The concepts themselves, without their pairs."""
    return [each for each in features.blocks["concepts"] if "+" not in each]


def _concept_counts(examples: Sequence[Example], entries: int) -> dict[str, Vector]:
    """In how many phrasings of each entry a concept occurs."""
    counts: dict[str, Vector] = {}
    for example in examples:
        if example.entry is not None:
            for concept in named_concepts(example.features):
                counts.setdefault(concept, np.zeros(entries))[example.entry] += 1
    return counts


def _solved(matrix: sparse.csr_matrix, targets: Vector) -> tuple[Vector, Vector]:
    """The weights per feature and entry, and each example's scores had it been left out of the training.

    Left-out scores of ridge regression: y - alpha / diag((K + lambda I)^-1), see e.g. Rifkin and Lippert,
    "Notes on Regularized Least Squares", 2007, section 4.
    """
    kernel = (matrix @ matrix.T).toarray()
    kernel[np.diag_indices_from(kernel)] += RIDGE
    inverse = np.linalg.inv(kernel)
    del kernel  # as large as the inverse, and start-up is when the process is at its largest
    alpha = inverse @ targets
    left_out = targets - alpha / np.diag(inverse)[:, None]
    return np.asarray(matrix.T @ alpha), left_out
