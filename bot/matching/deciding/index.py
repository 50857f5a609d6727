"""The trained index: the weight of every feature for every entry, in whole numbers.

Scores are sums of products of whole numbers, all below 2^53, so that they are exact: the same text gets the same scores
on every machine, in whatever order a library adds.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.computed import computed_once
from bot.matching.deciding.columns import Columns, Positions, Vector
from bot.matching.reading.features import Features

Weights: TypeAlias = NDArray[np.int16]

#: Weights and values are stored in these units.
WEIGHT_UNITS = 2048
VALUE_UNITS = 4096
_LARGEST_WEIGHT = 32767
#: So many weights (two bytes each) are laid out as a table.
LARGEST_TABLE = 32_000_000


@dataclass(frozen=True)
class Index:
    """Scores texts against classes: around 1 for a sure match, around -1 for none.

    The first `count` classes are the entries. If there are more, as many follow for the near misses of each entry, and
    a last one for what is outside altogether. The weights of a feature are those from `starts[feature]` up to the next
    start: to `classes`, `weights` each; a class not named has none.
    """

    columns: Columns
    starts: Positions
    classes: NDArray[np.int32]
    weights: Weights
    count: int
    has_others: bool

    def scores(self, features: Features) -> Vector:
        """One score per class."""
        positions, values = self.columns.row(features)
        whole = np.rint(values * VALUE_UNITS)
        total = self._summed(positions, whole) if self._table is None else whole @ self._table[positions]
        return np.asarray(total / (VALUE_UNITS * WEIGHT_UNITS))

    @property
    def _width(self) -> int:
        return 2 * self.count + 1 if self.has_others else self.count

    @computed_once
    def _table(self) -> Weights | None:
        """All weights, those that are zero too, for a quick look-up; None if they would take too much memory."""
        width = len(self.starts) - 1
        if width * self._width > LARGEST_TABLE:
            return None
        table = np.zeros((width, self._width), dtype=np.int16)
        table[np.repeat(np.arange(width), np.diff(self.starts)), self.classes] = self.weights
        return table

    def _summed(self, positions: Positions, whole: Vector) -> Vector:
        where, lengths = self._ranges(positions)
        products = np.repeat(whole, lengths) * self.weights[where]
        return np.asarray(np.bincount(self.classes[where], weights=products, minlength=self._width), dtype=np.float64)

    def contributions(self, features: Features, entry: int) -> dict[int, float]:
        """What each column adds to an entry's score."""
        positions, values = self.columns.row(features)
        return {
            int(position): float(np.rint(value * VALUE_UNITS)) * self._weight(position, entry)
            for position, value in zip(positions, values, strict=True)
        }

    def _weight(self, position: int, entry: int) -> float:
        span = slice(self.starts[position], self.starts[position + 1])
        return float(self.weights[span][self.classes[span] == entry].sum()) / (VALUE_UNITS * WEIGHT_UNITS)

    def _ranges(self, positions: Positions) -> tuple[Positions, Positions]:
        """Where the weights of some columns stand, and how many each column has."""
        first = self.starts[positions]
        lengths = self.starts[positions + 1] - first
        ends = np.cumsum(lengths)
        return np.arange(ends[-1]) + np.repeat(first - ends + lengths, lengths), lengths


def index_of(columns: Columns, weights: NDArray[np.float32], count: int) -> Index:
    """The index of trained weights (features by classes) for so many entries, rounded to whole units."""
    starts, classes, kept = [0], [], []
    # In slices: all at once would need the memory of the weights several times over.
    for first in range(0, len(weights), 4096):
        units = np.clip(np.rint(weights[first : first + 4096] * WEIGHT_UNITS), -_LARGEST_WEIGHT, _LARGEST_WEIGHT)
        rows, found = np.nonzero(units)
        classes.append(found.astype(np.int32))
        kept.append(units[rows, found].astype(np.int16))
        starts.extend(starts[-1] + np.cumsum(np.bincount(rows, minlength=len(units))))
    return Index(
        columns, np.array(starts), np.concatenate(classes), np.concatenate(kept), count, weights.shape[1] > count
    )
