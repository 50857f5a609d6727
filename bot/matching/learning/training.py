"""Training: a linear large-margin classifier of every entry against all others.

Minimises, for each entry, half the squared weights plus the squared hinge losses, by dual coordinate descent
(Hsieh et al., "A Dual Coordinate Descent Method for Large-scale Linear SVM", ICML 2008), for all entries at once, in
blocks of examples whose products with each other are computed once. No random numbers, and no library routine whose
sums depend on the machine or on the number of threads: the same texts give the same weights everywhere.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.matching.learning.ordering import spread

Vector: TypeAlias = NDArray[np.float64]
Matrix: TypeAlias = NDArray[np.float32]

#: What a loss counts compared to the size of the weights, and an entry's own phrasings compared to all others.
#: Chosen on the validation part of CLINC150 (0.3 to 3, and 1 to 50); the optimum is flat.
LOSS_WEIGHT = 0.7
OWN_WEIGHT = 20.0
BLOCK = 64
#: So many passes, and so many steps (one example, one entry) all together at most: a large knowledge is trained in
#: fewer passes, which its many phrasings make up for.
MOST_PASSES = 40
MOST_STEPS = 30_000_000
FEWEST_PASSES = 8
#: Training ends when a pass changes less than this share of the squared solution.
LEAST_CHANGE = 2e-4
#: Entries trained at once: bounds the memory of a large knowledge.
ENTRIES_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class _Block:
    """Some examples: which, the columns they have, their values in these, and their products with each other."""

    rows: NDArray[np.int64]
    columns: NDArray[np.int64] | NDArray[np.int32]
    values: sparse.csr_matrix
    transposed: sparse.csr_matrix
    products: Matrix


class Solver:
    """Trains on one matrix of examples (rows) by features; again, and quickly, with some examples left out."""

    def __init__(
        self,
        matrix: sparse.csr_matrix,
        entries: NDArray[np.int64],
        importance: Vector,
        count: int,
        silent: Mapping[int, NDArray[np.int64]] | None = None,
    ) -> None:
        """`entries` holds each example's entry, `count` is how many entries there are. An example in `silent` says
        nothing of the entries there: neither that it belongs to them nor that it does not."""
        self._blocks = list(_blocks(matrix.astype(np.float32)))
        self._squares = np.asarray(matrix.multiply(matrix).sum(axis=1), dtype=np.float32).ravel()
        self._slack = (1 / (2 * LOSS_WEIGHT * importance)).astype(np.float32)
        self._entries = entries
        self._silent = silent or {}
        self._shape = (matrix.shape[1], count)
        self._dual = np.zeros((len(entries), count), dtype=np.float32)

    def solve(self) -> Matrix:
        """The weights, features by entries."""
        passes = max(FEWEST_PASSES, min(MOST_PASSES, MOST_STEPS // self._dual.size))
        weights = np.zeros(self._shape, dtype=np.float32)
        for first in range(0, self._shape[1], ENTRIES_AT_ONCE):
            span = slice(first, min(first + ENTRIES_AT_ONCE, self._shape[1]))
            self._descend(weights[:, span], self._dual[:, span], first, self._blocks, passes)
        return weights

    def solve_without(self, left_out: NDArray[np.int64], passes: int) -> Matrix:
        """The weights had some examples not been there, starting from the solution with all of them."""
        dual = self._dual.copy()
        dual[left_out] = 0
        weights = np.zeros(self._shape, dtype=np.float32)
        for block in self._blocks:
            weights[block.columns] += block.transposed @ dual[block.rows]
        kept = [_without(block, left_out) for block in self._blocks]
        self._descend(weights, dual, 0, kept, passes)
        return weights

    def _descend(self, weights: Matrix, dual: Matrix, first: int, blocks: Sequence[_Block], passes: int) -> None:
        for _ in range(passes):
            change = sum(self._improve(block, weights, dual, first) for block in blocks)
            if change <= LEAST_CHANGE * float((dual * dual).sum()):
                break

    def _improve(self, block: _Block, weights: Matrix, dual: Matrix, first: int) -> float:
        """One pass over a block; the squared change of its dual variables."""
        own = weights[block.columns]
        before = dual[block.rows]
        after = before.copy()
        scores = np.asarray(block.values @ own)
        for position, row in enumerate(block.rows.tolist()):
            step = self._step(scores[position], after[position], row, first)
            after[position] += step
            # Those before it are not looked at again in this pass.
            scores[position + 1 :] += block.products[position, position + 1 :, None] * step
        change = after - before
        own += block.transposed @ change
        weights[block.columns] = own
        dual[block.rows] = after
        return float((change * change).sum())

    def _step(self, scores: Matrix, dual: Matrix, row: int, first: int) -> Matrix:
        """The change of an example's dual variables that is best for each entry while all others stay."""
        square, slack = self._squares[row], self._slack[row]
        new = scores + 1
        new += slack * dual
        new /= -(square + slack)
        new += dual
        np.minimum(new, 0, out=new)
        own = int(self._entries[row]) - first
        if 0 <= own < len(new):
            slack /= OWN_WEIGHT
            gain = (scores[own] - 1 + slack * dual[own]) / (square + slack)
            new[own] = max(0, dual[own] - gain)
        if row in self._silent:
            of_span = self._silent[row] - first
            new[of_span[(of_span >= 0) & (of_span < len(new))]] = 0
        new -= dual
        return np.asarray(new)


def _blocks(matrix: sparse.csr_matrix) -> Iterator[_Block]:
    order = spread(matrix.shape[0])
    for start in range(0, len(order), BLOCK):
        rows = order[start : start + BLOCK]
        part = matrix[rows]
        columns, within = np.unique(part.indices, return_inverse=True)
        values = sparse.csr_matrix((part.data, within, part.indptr), shape=(len(rows), len(columns)))
        yield _Block(rows, columns, values, values.T.tocsr(), (values @ values.T).toarray())


def _without(block: _Block, left_out: NDArray[np.int64]) -> _Block:
    kept = ~np.isin(block.rows, left_out)
    values = block.values[kept]
    return _Block(block.rows[kept], block.columns, values, values.T.tocsr(), block.products[np.ix_(kept, kept)])
