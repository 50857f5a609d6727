"""Features -> a weighted row: which column each feature has, how rare it is, and how blocks weigh against each other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.features import BLOCKS, Block, Features

Vector: TypeAlias = NDArray[np.float64]
Positions: TypeAlias = NDArray[np.int64]
Row: TypeAlias = tuple[Positions, Vector]

#: How much each block counts. Chosen on the validation part of CLINC150; the optimum is flat.
BLOCK_WEIGHTS: Mapping[Block, float] = {"words": 0.2, "sequences": 0.1, "pairs": 0.2, "letters": 0.5, "concepts": 0.25}
#: A feature in so few texts proves nothing where there are endless many of its kind.
FEWEST_TEXTS: Mapping[Block, int] = {"words": 1, "sequences": 2, "pairs": 2, "concepts": 1, "letters": 1}
#: Rarity counts less than in full: a rare word is often only somebody's way of speaking.
RARITY_POWER = 0.7
#: The value of the last column, which every text has: what an entry scores from the start.
CONSTANT = 0.8


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
        blocks = [self._block(block, features.blocks[block]) for block in BLOCKS]
        positions = [each[0] for each in blocks if len(each[0])]
        values = [each[1] for each in blocks if len(each[0])]
        last = np.array([self.width - 1])
        return np.concatenate([*positions, last]), np.concatenate([*values, [CONSTANT]])

    def _block(self, block: Block, counts: Mapping[str, float]) -> Row:
        known = self.positions[block]
        found = [(known[feature], count) for feature, count in counts.items() if feature in known]
        if not found:
            return _NO_POSITIONS, _NO_VALUES
        positions = np.array([position for position, _ in found])
        values = np.array([count if count <= 1 else 1 + log(count) for _, count in found]) * self.rarity[positions]
        return positions, values * (BLOCK_WEIGHTS[block] / (values @ values)) ** 0.5

    def occurrences(self, stem: str) -> float:
        """In how many texts a stem occurs."""
        position = self.positions["words"].get(stem)
        return 0.0 if position is None else float(self.counts[position])


_NO_POSITIONS: Positions = np.array([], dtype=np.int64)
_NO_VALUES: Vector = np.array([])


def columns_of(read: Sequence[Features]) -> Columns:
    """The columns of training texts: every feature that occurs in enough of them."""
    counted: dict[Block, dict[str, int]] = {block: {} for block in BLOCKS}
    for features in read:
        for block in BLOCKS:
            _count(counted[block], features.blocks[block])
    kept = {block: _frequent(counted[block], FEWEST_TEXTS[block]) for block in BLOCKS}
    return columns(kept, [count for block in BLOCKS for count in kept[block].values()], len(read))


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


def _count(counts: dict[str, int], features: Iterable[str]) -> None:
    for feature in features:
        counts[feature] = counts.get(feature, 0) + 1


def _frequent(counts: Mapping[str, int], fewest: int) -> dict[str, int]:
    return {feature: count for feature, count in counts.items() if count >= fewest}
