"""What an index makes of a text that was read: scores, and how much of the text it knows."""

from math import log

from bot.matching.deciding.decision import Scored
from bot.matching.deciding.index import Index
from bot.matching.reading.features import Block, Features

_PAIRED: tuple[Block, ...] = ("sequences", "pairs")


def scored(index: Index, features: Features, own: int = 0) -> Scored:
    """The scores of a text; `own` occurrences of its words are its own and left out of account."""
    scores = index.scores(features)
    known, pairs = _known_share(index, features, own), _known_pairs(index, features, own)
    if not index.has_others:
        return Scored(scores, known, pairs, features.concepts)
    others = scores[index.count : -1], float(scores[-1])
    return Scored(scores[: index.count], known, pairs, features.concepts, *others)


def _known_pairs(index: Index, features: Features, own: int) -> float:
    """The share of the text's pairs of words, in a row or near each other, that other texts have, too."""
    found = [index.columns.is_known(block, name, own) for block in _PAIRED for name in features.blocks[block]]
    return sum(found) / len(found) if found else 0.0


def _known_share(index: Index, features: Features, own: int) -> float:
    """The share of the text's rarity mass that other texts know; a repaired word counts in part."""
    total = known = 0.0
    texts = index.columns.texts
    for token in features.tokens:
        occurrences = max(0.0, index.columns.occurrences(token.stem) - own)
        mass = token.weight * (log((1 + texts) / (1 + occurrences)) + 1)
        total += mass
        known += mass * token.trust if occurrences else 0.0
    return known / total if total else 0.0
