"""Features -> a weighted row: each feature's column, how rare it is, and how blocks weigh against each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.reading.features import BLOCKS, Block, Features

Vector: TypeAlias = NDArray[np.float64]
Positions: TypeAlias = NDArray[np.int64]
Row: TypeAlias = tuple[Positions, Vector]

#: How much each block counts. Chosen on the validation part of CLINC150; the optimum is flat.
BLOCK_WEIGHTS: Mapping[Block, float] = {"words": 0.2, "sequences": 0.1, "pairs": 0.2, "letters": 0.5, "concepts": 0.25}
#: A feature in so few texts proves nothing where there are endless many of its kind.
FEWEST_TEXTS: Mapping[Block, int] = {"words": 1, "sequences": 2, "pairs": 2, "concepts": 1, "letters": 1}
#: Rarity counts less than in full: a rare word is often only somebody's way of speaking.
RARITY_POWER = 0.6
#: The value of the last column, which every text has: what an entry scores from the start.
CONSTANT = 0.8
#: Below any square of a row's values that is not zero.
SMALLEST_SQUARE = 1e-12
_BLOCK_NUMBERS = np.arange(len(BLOCKS))
_WEIGHTS = np.array([BLOCK_WEIGHTS[block] for block in BLOCKS])


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one index, block by block, the constant one last."""

    positions: Mapping[Block, Mapping[str, int]]
    #: In how many texts each feature occurs, and of how many.
    counts: Vector
    texts: int
    rarity: Vector

    @property
    def width(self) -> int:
        return len(self.counts) + 1

    def row(self, features: Features) -> Row:
        """Columns and values of a text: sub-linear counts by rarity, each block scaled to its weight."""
        positions: list[int] = []
        counts: list[float] = []
        sizes = [self._find(self.positions[each], features.blocks[each], positions, counts) for each in BLOCKS]
        where = np.array([*positions, self.width - 1])
        return where, np.append(self._values(where[:-1], np.array(counts), sizes), CONSTANT)

    def _find(
        self, known: Mapping[str, int], features: Mapping[str, float], positions: list[int], counts: list[float]
    ) -> int:
        """Append the known features of a block and their counts; how many they are. A plain loop: it is the hot one."""
        before = len(positions)
        for feature, count in features.items():
            position = known.get(feature)
            if position is not None:
                positions.append(position)
                counts.append(count)
        return len(positions) - before

    def _values(self, positions: Positions, counts: Vector, sizes: Sequence[int]) -> Vector:
        values = weighed(counts) * self.rarity[positions]
        block = np.repeat(_BLOCK_NUMBERS, sizes)
        squares = np.bincount(block, weights=values * values, minlength=len(BLOCKS))
        scale = np.sqrt(_WEIGHTS / np.maximum(squares, SMALLEST_SQUARE))
        return np.asarray(values * scale[block])

    def is_known(self, block: Block, name: str, own: int = 0) -> bool:
        """Whether a feature would have a column without `own` occurrences."""
        position = self.positions[block].get(name)
        return position is not None and (not own or self.counts[position] - own >= FEWEST_TEXTS[block])

    def occurrences(self, stem: str) -> float:
        """In how many texts a stem occurs."""
        position = self.positions["words"].get(stem)
        return 0.0 if position is None else float(self.counts[position])


def weighed(counts: Vector) -> Vector:
    """Said twice is not twice as much; said only in passing (below 1) counts as little as it was weighed."""
    return np.where(counts > 1, 1 + np.log(np.maximum(counts, 1)), counts)


def columns(names: Mapping[Block, Iterable[str]], counts: Sequence[float], texts: int) -> Columns:
    """The columns of features by name, in order, with their counts in `texts` texts."""
    positions: dict[Block, dict[str, int]] = {}
    start = 0
    for block in BLOCKS:
        positions[block] = {name: start + offset for offset, name in enumerate(names[block])}
        start += len(positions[block])
    counted = np.array(counts, dtype=np.float64)
    rarity = (np.log((1 + texts) / (1 + counted)) + 1) ** RARITY_POWER
    return Columns(positions, counted, texts, rarity)
