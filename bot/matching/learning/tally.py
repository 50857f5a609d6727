"""Training texts by their features, kept as numbers: which features there are, how often, and the matrix they make.

The features of many texts as names would take ten times the memory.
"""

from array import array

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.matching.deciding.columns import (
    BLOCK_WEIGHTS,
    CONSTANT,
    FEWEST_TEXTS,
    SMALLEST_SQUARE,
    Columns,
    Vector,
    columns,
    weighed,
)
from bot.matching.reading.features import BLOCKS, Block, Features


class Tally:
    """Takes texts one after the other; then tells their columns and rows."""

    def __init__(self) -> None:
        self._numbers = {block: _Numbers() for block in BLOCKS}
        self._found = {block: _Found() for block in BLOCKS}
        self._texts = 0

    def add(self, features: Features) -> None:
        for block, counts in features.blocks.items():
            numbers, found = self._numbers[block], self._found[block]
            found.features.extend([numbers[feature] for feature in counts])
            found.counts.extend(counts.values())
            found.lengths.append(len(counts))
        self._texts += 1

    def columns(self) -> Columns:
        """A column for every feature that occurs in enough texts."""
        names: dict[Block, list[str]] = {}
        counts: list[float] = []
        for block in BLOCKS:
            occurrences = self._occurrences(block)
            kept = self._kept(block, occurrences)
            names[block] = [name for name, number in self._numbers[block].items() if kept[number]]
            counts += occurrences[kept].tolist()
        return columns(names, counts, self._texts)

    def matrix(self, laid_out: Columns) -> sparse.csr_matrix:
        """The texts by their columns, each row as `Columns.row` makes it."""
        parts, first = [], 0
        for block in BLOCKS:
            kept = self._kept(block, self._occurrences(block))
            width = int(kept.sum())
            parts.append(self._block(block, kept, laid_out.rarity[first : first + width]))
            first += width
        constant = sparse.csr_matrix(np.full((self._texts, 1), CONSTANT))
        return sparse.csr_matrix(sparse.hstack([*parts, constant], format="csr", dtype=np.float32))

    def _occurrences(self, block: Block) -> NDArray[np.int64]:
        return np.bincount(self._found[block].features, minlength=len(self._numbers[block]))

    def _kept(self, block: Block, occurrences: NDArray[np.int64]) -> NDArray[np.bool_]:
        return occurrences >= FEWEST_TEXTS[block]

    def _block(self, block: Block, kept: NDArray[np.bool_], rarity: Vector) -> sparse.csr_matrix:
        found = self._found[block]
        rows = np.repeat(np.arange(self._texts), found.lengths)
        numbers = np.array(found.features)
        is_kept = kept[numbers]
        rows, numbers, counts = rows[is_kept], numbers[is_kept], np.array(found.counts)[is_kept]
        where = (np.cumsum(kept) - 1)[numbers]
        values = weighed(counts) * rarity[where]
        lengths = np.bincount(rows, weights=values * values, minlength=self._texts)
        values *= (BLOCK_WEIGHTS[block] / np.maximum(lengths, SMALLEST_SQUARE))[rows] ** 0.5
        return sparse.csr_matrix((values.astype(np.float32), (rows, where)), shape=(self._texts, len(rarity)))


class _Numbers(dict[str, int]):
    """Numbers what it is asked for, in the order of the first asking."""

    def __missing__(self, name: str) -> int:
        number = self[name] = len(self)
        return number


class _Found:
    """The features of all texts of one block, one text after the other."""

    def __init__(self) -> None:
        self.features = array("i")
        self.counts = array("f")
        self.lengths = array("i")
