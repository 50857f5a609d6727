"""What stands in the files and could not be read: no rule may complain that it is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

UnreadKind: TypeAlias = Literal[
    "source", "claim", "entry", "fact", "concept", "checks", "term", "country", "authority", "emergency"
]

#: Stands for all of a kind: a file that holds them could not be read at all.
ALL = "*"


@dataclass(frozen=True, slots=True)
class Unread:
    """Names by kind: of a source, of a claim (`source#claim`), of the entry that is checked."""

    names: frozenset[tuple[UnreadKind, str]] = frozenset()

    def holds(self, kind: UnreadKind, name: str) -> bool:
        """Whether something of a name may well stand there."""
        return (kind, name) in self.names or (kind, ALL) in self.names

    def holds_any(self, *kinds: UnreadKind) -> bool:
        return any(kind in kinds for kind, _ in self.names)

    def and_more(self, kind: UnreadKind, names: Iterable[str]) -> "Unread":
        return Unread(self.names | {(kind, name) for name in names})
