"""Recognising phrases in a text: whole words, in order, the longest first, one typo in a longer word forgiven.

A phrase may have one gap, written "…": "haben … zugestimmt" is found in "haben der Werbung zugestimmt". A slot stands
for any phrase of a class: "{de:child}". What begins with a hyphen is the end of a compound: "-verein" is found in
"Kegelverein", and not in "Verein".
"""

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

from bot.knowledge.templates import SLOT
from bot.matching.normalise import words
from bot.matching.spelling import END, EVERY_WORD, Spelling

#: So many words a gap may span.
LONGEST_GAP = 9
GAP = "…"

MeaningT = TypeVar("MeaningT")
_Words: TypeAlias = tuple[str, ...]
#: The classes by their slots: the phrases that each stands for.
Classes: TypeAlias = Mapping[str, Sequence[str]]


_NO_SLOTS: list[dict[str, list[int]]] = [{}]


@dataclass(frozen=True, slots=True)
class Found(Generic[MeaningT]):
    """A phrase in a text: what it means, and the positions of its words in order."""

    meaning: MeaningT
    positions: tuple[int, ...]


class Pattern(NamedTuple):
    """A phrase by its words and slots: those before its gap, and those after it. Splitting is what takes time."""

    words: _Words
    rest: _Words = ()


def pattern(phrase: str) -> Pattern:
    """A phrase as it is written, split. The end of a compound keeps its hyphen."""
    if phrase.startswith(END):
        return Pattern((END + words(phrase)[0],))
    before, _, after = phrase.partition(GAP)
    first, second = _tokens(before), _tokens(after)
    return Pattern(first, second) if first else Pattern(second)


def _tokens(text: str) -> _Words:
    if "{" not in text:
        return tuple(words(text))
    parts = ((part,) if SLOT.fullmatch(part) else words(part) for part in SLOT.split(text))
    return tuple(token for part in parts for token in part)


#: Nothing is ever put into it.
_NOWHERE: "dict[str, Any]" = {}


@dataclass(slots=True, eq=False)
class _Node(Generic[MeaningT]):
    """Where a phrase can go on after some words: by a word, by a slot, or after its gap."""

    #: Most nodes lead nowhere by one of them or both: they share what holds nothing.
    words: "dict[str, _Node[MeaningT]]" = field(default_factory=lambda: _NOWHERE)
    slots: "dict[str, _Node[MeaningT]]" = field(default_factory=lambda: _NOWHERE)
    gap: "_Node[MeaningT] | None" = None
    #: The meaning of a phrase that ends here, in a tuple of its own: a meaning may be None.
    meaning: tuple[MeaningT] | None = None

    def after(self, tokens: _Words) -> "_Node[MeaningT]":
        """The node after some words and slots, which is made if there is none."""
        node = self
        for token in tokens:
            if token.startswith("{"):
                ways = node.slots = node.slots or {}
            else:
                ways = node.words = node.words or {}
            if token not in ways:
                ways[token] = _Node()
            node = ways[token]
        return node


class PhraseBook(Generic[MeaningT]):
    """Phrases with their meanings.

    A word in `known` is correct as it is, never a misspelt word of a phrase; one in `barred` never stands in a gap. A
    word that is `whole` is no compound, whatever it ends in.
    """

    def __init__(
        self,
        phrases: Mapping[str, MeaningT] | Mapping[Pattern, MeaningT],
        known: Container[str] = (),
        barred: Container[str] = (),
        *,
        whole: Container[str] = (),
        classes: Classes | None = None,
    ) -> None:
        read = {each if isinstance(each, Pattern) else pattern(each): meaning for each, meaning in phrases.items()}
        self._root: _Node[MeaningT] = _Node()
        for each, meaning in read.items():
            self._learn(each, meaning)
        tokens = {token for each in read for token in (*each.words, *each.rest)}
        used = {token: (classes or {}).get(token, ()) for token in tokens if token.startswith("{")}
        self._members = _members(used)
        self._barred = barred
        in_slots = {word for first, rests in self._members.items() for rest, _ in rests for word in (first, *rest)}
        heads = {word for word, node in self._root.words.items() if node.meaning}
        is_exact = known is EVERY_WORD
        self._spelling = None if is_exact else Spelling((tokens - used.keys()) | in_slots, heads, known, whole)

    def _learn(self, each: Pattern, meaning: MeaningT) -> None:
        node = self._root.after(each.words)
        if each.rest:
            node.gap = node.gap or _Node()
            node = node.gap.after(each.rest)
        if each.words:
            node.meaning = (meaning,)

    def find(self, text: str) -> list[Found[MeaningT]]:
        """The phrases in a text from left to right, no word in two of them."""
        return self.find_in(words(text))

    def find_in(self, read: Sequence[str]) -> list[Found[MeaningT]]:
        """The phrases in words, as `find`."""
        if self._spelling is not None:
            meant = {word: self._spelling.meant(word) for word in set(read)}
            read = [meant[word] for word in read]
        return list(self._find(read))

    def at_start(self, read: Sequence[str]) -> Found[MeaningT] | None:
        """The longest phrase that words begin with, as they are spelt."""
        slots = [self._slots(read, at) for at in range(len(read))] if self._members else _NO_SLOTS * len(read)
        return max(self._at(read, slots, 0), key=lambda each: len(each.positions), default=None)

    def _find(self, read: Sequence[str]) -> Iterator[Found[MeaningT]]:
        taken: set[int] = set()
        slots = [self._slots(read, at) for at in range(len(read))] if self._members else _NO_SLOTS * len(read)
        for start, word in enumerate(read):
            end = self._spelling.end(word) if self._spelling is not None else None
            if word not in self._root.words and not slots[start] and not end:
                continue
            found = [*self._at(read, slots, start)]
            if end and all(len(each.positions) > 1 for each in found):
                # A compound that no phrase names is what its end says.
                found += [Found(meaning, (start,)) for meaning in self._root.words[end].meaning or ()]
            possible = [each for each in found if taken.isdisjoint(each.positions)]
            if possible:
                longest = max(possible, key=lambda each: len(each.positions))
                alike = [each.meaning for each in possible if each.positions == longest.positions]
                taken.update(longest.positions)
                yield Found(self._joined(alike), longest.positions) if len(alike) > 1 else longest

    def _joined(self, meanings: Sequence[MeaningT]) -> MeaningT:
        """The meaning of what several phrases stand for alike: of the one that says it most exactly."""
        return meanings[0]

    def _slots(self, read: Sequence[str], at: int) -> dict[str, list[int]]:
        """The slots that are filled at a position, each with where what fills it ends."""
        found: dict[str, list[int]] = {}
        for rest, slot in self._members.get(read[at], ()):
            end = at + 1 + len(rest)
            if tuple(read[at + 1 : end]) == rest:
                found.setdefault(slot, []).append(end)
        return found

    def _at(
        self, read: Sequence[str], slots: Sequence[Mapping[str, list[int]]], start: int
    ) -> Iterator[Found[MeaningT]]:
        reached = sorted(self._reached(self._root, read, slots, start), key=lambda each: -each[1])
        for node, end in reached:
            if node.meaning:
                yield Found(node.meaning[0], tuple(range(start, end)))
            if node.gap:
                yield from self._resumed(node.gap, read, slots, (start, end))

    def _resumed(
        self,
        gap: _Node[MeaningT],
        read: Sequence[str],
        slots: Sequence[Mapping[str, list[int]]],
        before: tuple[int, int],
    ) -> Iterator[Found[MeaningT]]:
        """The phrases that go on after their gap, each where it does so first."""
        seen: set[_Node[MeaningT]] = set()
        end = before[1]
        for position in range(end, min(len(read), end + LONGEST_GAP + 1)):
            for node, last in self._reached(gap, read, slots, position):
                if node.meaning and node not in seen:
                    seen.add(node)
                    yield Found(node.meaning[0], (*range(*before), *range(position, last)))
            if read[position] in self._barred:
                break

    def _reached(
        self, node: _Node[MeaningT], read: Sequence[str], slots: Sequence[Mapping[str, list[int]]], at: int
    ) -> Iterator[tuple[_Node[MeaningT], int]]:
        """The nodes that the words from a position on lead to, and where each has come to."""
        if at == len(read):
            return
        ways = [(node.words[read[at]], at + 1)] if read[at] in node.words else []
        if node.slots and slots[at]:
            ways += [(node.slots[slot], end) for slot, ends in slots[at].items() if slot in node.slots for end in ends]
        for each, end in ways:
            yield each, end
            yield from self._reached(each, read, slots, end)


def _members(classes: Classes) -> dict[str, list[tuple[_Words, str]]]:
    """What fills slots, by its first word: the words that follow, and the slot."""
    found: dict[str, list[tuple[_Words, str]]] = {}
    for slot, phrases in classes.items():
        for first, *rest in filter(None, map(words, phrases)):
            found.setdefault(first, []).append((tuple(rest), slot))
    return found
