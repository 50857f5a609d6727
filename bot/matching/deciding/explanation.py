"""What spoke for and against an entry: each word's and each idea's part in its score."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.matching.deciding.index import Index
from bot.matching.reading.features import Block, Features

#: Reasons smaller than this are not worth telling.
SMALLEST = 0.005


@dataclass(frozen=True, slots=True)
class Reason:
    """Something in a text and what it added to an entry's score; below 0 it spoke against it."""

    what: str
    amount: float


def reasons(index: Index, features: Features, entry: int) -> list[Reason]:
    """The reasons for and against an entry, the weightiest first."""
    amounts: dict[str, float] = {}
    for what, amount in _parts(index, features, entry):
        amounts[what] = amounts.get(what, 0.0) + amount
    told = [Reason(what, amount) for what, amount in amounts.items() if abs(amount) >= SMALLEST]
    return sorted(told, key=lambda reason: (-abs(reason.amount), reason.what))


def stolen_by(index: Index, features: Features, thief: int, owner: int) -> list[Reason]:
    """What made one entry score more than another, the weightiest first."""
    against = {reason.what: reason.amount for reason in reasons(index, features, owner)}
    gained = [Reason(r.what, r.amount - against.pop(r.what, 0.0)) for r in reasons(index, features, thief)]
    gained += [Reason(what, -amount) for what, amount in against.items()]
    return sorted((r for r in gained if r.amount >= SMALLEST), key=lambda reason: (-reason.amount, reason.what))


def _parts(index: Index, features: Features, entry: int) -> Iterator[tuple[str, float]]:
    added = index.contributions(features, entry)
    for block, counts in features.blocks.items():
        positions = index.columns.positions[block]
        known = {name: added[positions[name]] for name in counts if name in positions}
        yield from _letters(features, known) if block == "letters" else _named(block, known)


def _named(block: Block, known: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    for name, amount in known.items():
        yield (f"[{name}]" if block == "concepts" else name.replace("|", "·")), amount


def _letters(features: Features, known: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """The letters of each word together; what several words share is shared among them."""
    content = [token for token in features.tokens if token.is_content]
    shares: dict[str, int] = {}
    for token in content:
        for run in token.letters:
            shares[run] = shares.get(run, 0) + 1
    for token in content:
        yield f"“{token.word}”", sum(known.get(run, 0.0) / shares[run] for run in token.letters)
