"""Which ideas each entry's phrasings name, and what of a text speaks against an entry: another service, or none at all.

Concepts of an exclusive kind stand against each other: who asks about e-mail and names no messenger does not ask an
entry whose phrasings all name one and never e-mail.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.computed import computed_once

#: More shared concepts than this say nothing more.
ENOUGH_SHARED = 5
#: An entry is asked of a service in earnest if so large a part of its phrasings (one in this many) names it.
ENOUGH_NAMED = 5
#: An entry is about one of a kind at all if so large a share of its phrasings names one.
LEAST_NAMED = 0.1


@dataclass(frozen=True)
class Profiles:
    """For each concept in how many phrasings of each entry it occurs, and how many phrasings each entry has.

    `exclusive` holds the concepts of each exclusive kind.
    """

    counts: Mapping[str, Sequence[float]]
    sizes: Sequence[float]
    exclusive: Sequence[frozenset[str]]

    def shared(self, named: Collection[str], entry: int, own: int = 0) -> float:
        """How many of a text's concepts an entry's phrasings name too (0 to 1), `own` phrasings left out of account."""
        shared = sum(self.counts[concept][entry] > own for concept in named if concept in self.counts)
        return min(shared, ENOUGH_SHARED) / ENOUGH_SHARED

    def conflict(self, named: frozenset[str], entry: int) -> float:
        """How clearly an entry is about another of a kind than the text names (0 to 1)."""
        return max((self._conflict(kind, named & kind, entry) for kind in self.exclusive), default=0.0)

    def missing(self, named: frozenset[str], entry: int) -> float:
        """How usual it is for an entry to name one of a kind of which the text names none (0 to 1)."""
        return max((self._usual(kind, entry) for kind in self.exclusive if not named & kind), default=0.0)

    def _conflict(self, kind: frozenset[str], named: frozenset[str], entry: int) -> float:
        total, usual = self._of_kind[kind][entry]
        if not named or total < LEAST_NAMED:
            return 0.0
        own = sum(self._share(concept, entry) for concept in named)
        return max(0.0, (usual - ENOUGH_NAMED * own) / total)

    def _usual(self, kind: frozenset[str], entry: int) -> float:
        return self._of_kind[kind][entry][1]

    @computed_once
    def _of_kind(self) -> dict[frozenset[str], list[tuple[float, float]]]:
        """The sum and the highest of an entry's shares of a kind, for each entry."""
        return {
            kind: [self._sum_and_highest(kind, entry) for entry in range(len(self.sizes))] for kind in self.exclusive
        }

    def _sum_and_highest(self, kind: frozenset[str], entry: int) -> tuple[float, float]:
        shares = [self._share(concept, entry) for concept in sorted(kind)]
        return sum(shares), max(shares)

    def _share(self, concept: str, entry: int) -> float:
        return self.counts[concept][entry] / self.sizes[entry] if concept in self.counts else 0.0


def profiles_of(
    named: Iterable[tuple[frozenset[str], int]], entries: int, exclusive: Sequence[frozenset[str]]
) -> Profiles:
    """The profiles of phrasings, each given by the concepts it names and its entry."""
    counts: dict[str, list[float]] = {}
    sizes = [0.0] * entries
    for concepts, entry in named:
        sizes[entry] += 1
        for concept in concepts:
            counts.setdefault(concept, [0.0] * entries)[entry] += 1
    return Profiles(counts, sizes, exclusive)
