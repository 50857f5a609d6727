"""What a message most probably means, told by cues: words and phrases that people use when they talk about an answer.

Owns how cues are written and what they weigh; refuses to be sure: it is asked where everything else has failed.

    schwarz auf weiß               the words in this order, with one other word between them at most
    (find*|such*) … [noch] nicht   … stands for a few words, * for the rest of a word; else as in any template
    gericht* & (entschied*|sagt)   in any order
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from bot.knowledge.templates import expand
from bot.matching.normalise import fold
from bot.matching.talk.gists import GistReader, outermost

#: So far behind one word of a cue the next may stand, as it is and behind a gap.
REACH = 2
LONG_REACH = 6
#: So many wordings of one part of a cue are told apart: far more than any has.
MOST_WORDINGS = 500
#: What a cue weighs besides its words, and the least that a word weighs however many asides are said with it.
BASE = 1.0
LEAST_WEIGHT = 0.25
#: As "…" is folded.
_GAP = "..."
_TOKEN = re.compile(r"\.\.\.|\*?[a-z0-9]+\*?")

Positions: TypeAlias = frozenset[int]


class _Step(NamedTuple):
    """A pattern, and how far behind the word before it may stand."""

    pattern: int
    reach: int


_Steps: TypeAlias = tuple[_Step, ...]
#: One of several ways to go on; none of them is needed if one is empty.
_Slot: TypeAlias = tuple[_Steps, ...]


class _Cue(NamedTuple):
    name: str
    #: Sequences of slots, each anywhere in a message.
    parts: tuple[tuple[_Slot, ...], ...]


class Cues:
    """The cues of one language."""

    def __init__(self, reader: GistReader) -> None:
        self._reader = reader
        self._stems: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        #: For each pattern the asides that are said with it.
        self._names: list[set[str]] = []
        self._by_first: dict[int, list[_Cue]] = {}
        #: Every whole word of a cue.
        self.words: set[str] = set()

    def learn(self, name: str, cue: str) -> None:
        """That a cue tells an aside; TemplateFault if it is no template."""
        parts = tuple(filter(None, (tuple(self._slots(part)) for part in fold(cue).split("&"))))
        learnt = _Cue(name, parts)
        for step in (step for part in parts for slot in part for steps in slot for step in steps):
            self._names[step.pattern].add(name)
        for pattern in dict.fromkeys(steps[0].pattern for steps in _firsts(parts[0]) if steps) if parts else ():
            self._by_first.setdefault(pattern, []).append(learnt)

    def _slots(self, part: str) -> Iterator[_Slot]:
        reach = REACH
        for text in outermost(part):
            slot = tuple(dict.fromkeys(tuple(self._steps(way, reach)) for way in expand(text, {}, MOST_WORDINGS)))
            if any(slot):
                yield slot
            reach = LONG_REACH if text.strip().endswith(_GAP) else REACH

    def _steps(self, way: str, reach: int) -> Iterator[_Step]:
        for token in _TOKEN.findall(way):
            if token == _GAP:
                reach = LONG_REACH
                continue
            for pattern in self._patterns(token):
                yield _Step(pattern, reach)
                reach = REACH

    def _patterns(self, token: str) -> Iterator[int]:
        bare = token.strip("*")
        if token.endswith("*"):
            yield self._numbered(self._starts, bare)
        elif token.startswith("*"):
            yield self._numbered(self._ends, bare)
        else:
            for word in self._reader.spelled_out((bare,)):
                self.words.add(word)
                yield self._numbered(self._stems, self._reader.stem(word))

    def _numbered(self, patterns: dict[str, int], pattern: str) -> int:
        if pattern not in patterns:
            patterns[pattern] = len(self._names)
            self._names.append(set())
        return patterns[pattern]

    def has(self, word: str) -> bool:
        """Whether any aside is told by a word."""
        return self._reader.stem(word) in self._stems

    def weights(self, said: Sequence[str], against: Sequence[float]) -> dict[str, float]:
        """How much tells for each aside, that any cue tells. `against` is what each word tells against those in whose
        cues it is not."""
        matches = [set(self._matching(word)) for word in said]
        found: dict[str, set[int]] = {}
        for cue in self._possible(matches):
            if (covered := _covered(cue, matches)) is not None:
                found.setdefault(cue.name, set()).update(covered)
        return {name: self._weight(name, covered, matches, against) for name, covered in found.items()}

    def _matching(self, word: str) -> Iterator[int]:
        """The patterns that a word fits."""
        if (number := self._stems.get(self._reader.stem(word))) is not None:
            yield number
        yield from (self._starts[word[:end]] for end in range(1, len(word) + 1) if word[:end] in self._starts)
        yield from (self._ends[word[start:]] for start in range(len(word)) if word[start:] in self._ends)

    def _possible(self, matches: Iterable[set[int]]) -> list[_Cue]:
        found = (cue for pattern in set().union(*matches) for cue in self._by_first.get(pattern, ()))
        return list({id(cue): cue for cue in found}.values())

    def _weight(self, name: str, covered: set[int], matches: Sequence[set[int]], against: Sequence[float]) -> float:
        told_against = sum(each for position, each in enumerate(against) if position not in covered)
        return BASE + sum(self._weight_of(name, matches[position]) for position in covered) - told_against

    def _weight_of(self, name: str, patterns: Iterable[int]) -> float:
        """The fewer asides are said with a word, the more it tells."""
        own = [len(self._names[each]) for each in patterns if name in self._names[each]]
        return max(LEAST_WEIGHT, 2 / (1 + min(own))) if own else 0.0


def _firsts(slots: Sequence[_Slot]) -> Iterator[_Steps]:
    """All that a sequence may begin with."""
    for slot in slots:
        yield from slot
        if () not in slot:
            return


def _covered(cue: _Cue, matches: Sequence[set[int]]) -> Positions | None:
    """The positions of a cue's words, if they are all there."""
    covered: set[int] = set()
    for part in cue.parts:
        way = next(_anywhere(part, matches), None)
        if way is None:
            return None
        covered.update(way)
    return frozenset(covered)


def _anywhere(slots: Sequence[_Slot], matches: Sequence[set[int]]) -> Iterator[Sequence[int]]:
    for start in range(len(matches)):
        for steps in _firsts(slots):
            if steps and steps[0].pattern in matches[start]:
                yield from _on(slots, start - 1, matches, is_start=True)
                break


def _on(
    slots: Sequence[_Slot], after: int, matches: Sequence[set[int]], *, is_start: bool = False
) -> Iterator[Sequence[int]]:
    """The ways to go on behind a position."""
    if not slots:
        yield ()
        return
    for steps in slots[0]:
        for taken in _taken(steps, after, matches, is_start=is_start):
            is_first = is_start and not taken
            for rest in _on(slots[1:], taken[-1] if taken else after, matches, is_start=is_first):
                yield (*taken, *rest)


def _taken(
    steps: _Steps, after: int, matches: Sequence[set[int]], *, is_start: bool = False
) -> Iterator[tuple[int, ...]]:
    if not steps:
        yield ()
        return
    reach = 1 if is_start else steps[0].reach
    for position in range(after + 1, min(after + 1 + reach, len(matches))):
        if steps[0].pattern in matches[position]:
            for rest in _taken(steps[1:], position, matches):
                yield (position, *rest)
