"""The trained index: the weight of every feature for every entry, in whole numbers.

Scores are sums of products of whole numbers, all below 2^53, so that they are exact: the same text gets the same scores
on every machine, in whatever order a library adds.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.columns import Columns, Positions, Vector
from bot.matching.features import Features

Weights: TypeAlias = NDArray[np.int16]

#: Weights and values are stored in these units.
WEIGHT_UNITS = 2048
VALUE_UNITS = 4096
_LARGEST_WEIGHT = 32767


@dataclass(frozen=True, slots=True)
class Index:
    """Scores texts against entries: around 1 for a sure match, around -1 for none.

    The weights of a feature are those from `starts[feature]` up to the next start: to `entries`, `weights` each; an
    entry not named has none.
    """

    columns: Columns
    starts: Positions
    entries: NDArray[np.int32]
    weights: Weights
    count: int

    def scores(self, features: Features) -> Vector:
        """One score per entry, in the order of the entries."""
        positions, values = self.columns.row(features)
        where, lengths = self._ranges(positions)
        whole = np.repeat(np.rint(values * VALUE_UNITS), lengths) * self.weights[where]
        total = np.bincount(self.entries[where], weights=whole, minlength=self.count)
        return total / (VALUE_UNITS * WEIGHT_UNITS)

    def contributions(self, features: Features, entry: int) -> dict[int, float]:
        """What each column adds to an entry's score."""
        positions, values = self.columns.row(features)
        return {
            int(position): float(np.rint(value * VALUE_UNITS)) * self._weight(position, entry)
            for position, value in zip(positions, values, strict=True)
        }

    def _weight(self, position: int, entry: int) -> float:
        span = slice(self.starts[position], self.starts[position + 1])
        return float(self.weights[span][self.entries[span] == entry].sum()) / (VALUE_UNITS * WEIGHT_UNITS)

    def _ranges(self, positions: Positions) -> tuple[Positions, Positions]:
        """Where the weights of some columns stand, and how many each column has."""
        first = self.starts[positions]
        lengths = self.starts[positions + 1] - first
        ends = np.cumsum(lengths)
        return np.arange(ends[-1]) + np.repeat(first - ends + lengths, lengths), lengths


def index_of(columns: Columns, weights: NDArray[np.float32]) -> Index:
    """The index of trained weights (features by entries), rounded to whole units."""
    starts, entries, kept = [0], [], []
    # In slices: all at once would need the memory of the weights several times over.
    for first in range(0, len(weights), 4096):
        units = np.clip(np.rint(weights[first : first + 4096] * WEIGHT_UNITS), -_LARGEST_WEIGHT, _LARGEST_WEIGHT)
        rows, found = np.nonzero(units)
        entries.append(found.astype(np.int32))
        kept.append(units[rows, found].astype(np.int16))
        starts.extend(starts[-1] + np.cumsum(np.bincount(rows, minlength=len(units))))
    return Index(columns, np.array(starts), np.concatenate(entries), np.concatenate(kept), weights.shape[1])
