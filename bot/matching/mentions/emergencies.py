"""Hears in a message that something urgent has happened, whatever else it holds; refuses what merely speaks of it.

A phrase counts where somebody tells it. Who supposes it ("wenn ich gehackt werde"), denies it or asks how to prevent it
tells nothing. Of several things that a sentence tells the one in most words counts, as it is the most specific; of
sentences the first.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from bot.knowledge.model import Knowledge
from bot.matching.normalise import all_words, clauses, sentences, words
from bot.matching.phrases import GAP, LONGEST_GAP, Found, PhraseBook
from bot.matching.spelling import LONGEST_WORD, Spelling

#: So many words may stand between a negation and what it negates: "nicht unser Handy".
WORDS_AFTER_NEGATION = 2
#: An auxiliary may stand so many words before what it supposes, if it begins the clause: "Wird unser Handy geklaut".
WORDS_AFTER_AUXILIARY = 3
#: A clause of at most so many words is taken up again after another: "Mein Handy, auf dem alles steht, ist weg".
LONGEST_INTERRUPTED = 6

#: What makes the rest of a clause a supposition, or a question how to keep something from happening.
_SUPPOSING = (
    "wenn", "falls", "sofern", "ob", "angenommen", "im falle", "für den fall", "ohne dass", "schütze", "schützen",
    "verhindere", "verhindern", "vermeide", "vermeiden", "vorbeugen", "if", "in case", "whether", "unless", "suppose",
    "supposing", "imagine", "what happens when", "prevent", "avoid", "protect",
)  # fmt: skip
_AUXILIARIES = frozenset(words("sollte sollten wird werden würde should will would were"))
#: In the middle of a phrase or right after it: what would be done, not what was done ("gehackt werden", "be hacked").
_TO_COME = frozenset(words("wird werde werden werdet wirst würde würden be get gets"))
#: What a clause begins with that interrupts another.
_INTERRUPTING = frozenset(
    words(
        "der die das den dem dessen deren auf in mit wo welches welche welcher samt inklusive which that where with on"
    )
)
#: Words of the lexicon that deny, and may also be what happened, or how: a missing laptop, a telephone without a PIN.
_ABSENCE = frozenset(words("fehlt fehlen fehlende fehlender missing lacking ohne without"))

#: "Kann ich eine Abmahnung bekommen?": with these before it, what may be an infinitive is one …
_MODALS = frozenset(
    words(
        "kann könnte können könnten darf dürfen soll sollen muss müssen würde würden wird will "
        "can could may might would do does should"
    )
)
_SUBJECTS = frozenset(
    words("ich man wir jemand einer ein eine der die das mein meine mich i we one they someone anyone a an the my it")
)
#: … unless somebody has it after all: "Kann ich klagen, ich habe eine Abmahnung bekommen".
_HAVING = frozenset(words("habe hab haben hat ham got received"))
_MAYBE_INFINITIVE = frozenset(words("bekommen erhalten lassen have take"))
#: The end of a compound is taken for the whole, if a phrase has it.
SHORTEST_HEAD = 5
SHORTEST_FIRST_PART = 3

#: What separates figures ends no sentence: "2.000 Euro".
_IN_NUMBERS = re.compile(r"(?<=\d)[.,:](?=\d)")


@dataclass(frozen=True, slots=True)
class _Saying:
    """What a phrase, or two that belong together, say: an emergency, or something that only looks like it."""

    emergency: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """A saying, and where its words stand."""

    saying: _Saying
    positions: tuple[int, ...]

    def outweighs(self, other: "_Said") -> bool:
        """Whether this takes the words that the other one wants: as the one that begins first, or the longer one."""
        is_first = self.positions[0] < other.positions[0] or len(self.positions) >= len(other.positions)
        return is_first and not set(self.positions).isdisjoint(other.positions)


class _Parts:
    """The parts of phrases before and after their gaps, each of which may belong to many.

    `known` words are never taken for misspelt ones; compounds that are known are read by their end all the same.
    """

    def __init__(self, parts: Collection[str], known: Collection[str]) -> None:
        self._parts = {tuple(words(part)): part for part in parts}
        self._words = {word for read in self._parts for word in read}
        self._spelling = Spelling(self._words, frozenset(), known, frozenset())
        self._lengths: dict[str, set[int]] = {}
        for read in filter(None, self._parts):
            self._lengths.setdefault(read[0], set()).add(len(read))

    def every_in(self, said: Sequence[str]) -> list[Found[str]]:
        """All parts in a text from left to right, also such as share words."""
        meant = [self._meant(word) for word in said]
        return [found for start in range(len(said)) for found in self._at(meant, start)]

    def _at(self, said: Sequence[str], start: int) -> Iterator[Found[str]]:
        for length in sorted(self._lengths.get(said[start], ()), reverse=True):
            part = self._parts.get(tuple(said[start : start + length]))
            if part is not None and start + length <= len(said):
                yield Found(part, tuple(range(start, start + length)))

    def _meant(self, word: str) -> str:
        repaired = self._spelling.meant(word)
        return repaired if repaired != word or word in self._words else self._head(word) or word

    def _head(self, word: str) -> str | None:
        """The longest word of any part that a compound ends in: a "Praxishandy" is a "Handy"."""
        last = min(len(word), LONGEST_WORD) - SHORTEST_HEAD
        ends = (word[start:] for start in range(SHORTEST_FIRST_PART, last + 1))
        return next((end for end in ends if end in self._words), None)


class Emergencies:
    """Reads messages with the phrases of a knowledge; built once. `known` words are never taken for misspelt ones.

    The two parts of a phrase with a gap may come in either order, if both say something: "geklaut wurde mein Handy".
    """

    def __init__(self, knowledge: Knowledge, known: Collection[str] = ()) -> None:
        lexicon = knowledge.lexicon
        self._negations = all_words(lexicon.negations.all) - _ABSENCE
        self._barred = self._negations | all_words(each for each in _SUPPOSING if " " not in each)
        self._suppositions = PhraseBook(dict.fromkeys(_SUPPOSING))
        self._grammar = all_words((*lexicon.function_words.all, *lexicon.negations.all))
        #: By a part alone, or by two in the order in which they are said.
        self._sayings: dict[tuple[str, ...], list[_Saying]] = {}
        for parts, saying in _phrases(knowledge):
            self._learn(parts, saying)
        self._parts = _Parts({part for key in self._sayings for part in key}, self._grammar | set(known))

    def _learn(self, parts: tuple[str, ...], saying: _Saying) -> None:
        self._sayings.setdefault(parts, []).append(saying)
        if saying.is_told and len(parts) > 1 and all(self._says_something(part) for part in parts):
            self._sayings.setdefault(parts[::-1], []).append(saying)

    def _says_something(self, part: str) -> bool:
        return not self._grammar.issuperset(part.split())

    def raised(self, text: str) -> str | None:
        """The id of the emergency that a text tells; None if it tells none."""
        told = (self._told(sentence) for sentence in sentences(_IN_NUMBERS.sub("", text)))
        return next((each for each in told if each), None)

    def _told(self, sentence: str) -> str | None:
        """Of what a sentence tells that in most words, of these the first."""
        told = [each for stretch in _stretches(sentence) for each in self._in(stretch)]
        return max(told, key=lambda each: len(each.positions)).saying.emergency if told else None

    def _in(self, said: Sequence[str]) -> list[_Said]:
        """What is told in words that belong together, from left to right."""
        every = list(self._said(said))
        alike = [each for each in every if not each.saying.is_told]
        told = [each for each in every if each.saying.is_told and self._happened(said, each.positions)]
        return [each for each in told if not any(_is_taken(each, other) for other in alike)]

    def _said(self, said: Sequence[str]) -> Iterator[_Said]:
        barred = [position for position, word in enumerate(said) if word in self._barred]
        found = self._parts.every_in(said)
        for number, one in enumerate(found):
            for saying in self._sayings.get((one.meaning,), ()):
                yield _Said(saying, one.positions)
            for other in _near(one, found[number + 1 :], barred):
                for saying in self._sayings.get((one.meaning, other.meaning), ()):
                    yield _Said(saying, one.positions + other.positions)

    def _happened(self, said: Sequence[str], positions: Sequence[int]) -> bool:
        before = said[: positions[0]]
        is_denied = any(word in self._negations for word in before[-WORDS_AFTER_NEGATION:])
        is_unreal = self._is_supposed(before) or _is_to_come(said, positions) or _is_possible(said, positions)
        return not (is_denied or is_unreal)

    def _is_supposed(self, before: Sequence[str]) -> bool:
        is_inverted = len(before) <= WORDS_AFTER_AUXILIARY and not _AUXILIARIES.isdisjoint(before[:1])
        return is_inverted or bool(self._suppositions.find_in(before))


def _is_taken(told: _Said, other: _Said) -> bool:
    return other.saying.emergency == told.saying.emergency and other.outweighs(told)


def _near(one: Found[str], others: Iterable[Found[str]], barred: Sequence[int]) -> Iterator[Found[str]]:
    """The parts that may go on after another's gap: near enough, and nothing barred in between."""
    end = one.positions[-1]
    wall = next((position for position in barred if position > end), end + LONGEST_GAP + 1)
    for other in others:
        if other.positions[0] > min(wall, end + LONGEST_GAP + 1):
            return
        if other.positions[0] > end:
            yield other


def _is_to_come(said: Sequence[str], positions: Sequence[int]) -> bool:
    first, last = positions[0], positions[-1]
    between = {said[position] for position in range(first, last) if position not in positions}
    after = [word for word in said[last + 1 : last + 3] if word not in ("zu", "to")][:1]
    return not _TO_COME.isdisjoint(between) or (_is_done(said[last]) and not _TO_COME.isdisjoint(after))


def _is_possible(said: Sequence[str], positions: Sequence[int]) -> bool:
    """Whether a phrase is what "kann ich …" asks for."""
    if _MAYBE_INFINITIVE.isdisjoint(said[position] for position in positions):
        return False
    asked = [at for at in range(positions[0]) if said[at] in _MODALS and said[at + 1] in _SUBJECTS]
    return bool(asked) and _HAVING.isdisjoint(said[asked[-1] + 1 : positions[0]])


def _is_done(word: str) -> bool:
    """Whether a word looks like a German participle: after any other, "wird" begins something new."""
    return word.startswith(("ge", "abge", "ange", "einge", "ver", "ueber")) and word.endswith(("t", "n"))


def _stretches(sentence: str) -> Iterator[list[str]]:
    """The clauses of a sentence in words, and each that is interrupted, with how it goes on."""
    said = [words(clause) for clause in clauses(sentence)]
    for number, clause in enumerate(said):
        yield clause
        if number + 2 < len(said) and _interrupts(clause, said[number + 1]):
            yield [*clause, *said[number + 2]]


def _interrupts(clause: Sequence[str], other: Sequence[str]) -> bool:
    return len(clause) <= LONGEST_INTERRUPTED and not _INTERRUPTING.isdisjoint(other[:2])


def _phrases(knowledge: Knowledge) -> Iterator[tuple[tuple[str, ...], _Saying]]:
    """What emergencies are said as, and what only looks so, in parts as they are read."""
    # Many phrases share their parts.
    folded = cache(lambda part: " ".join(words(part)))
    for each in knowledge.emergencies.values():
        for phrases, is_told in ((each.said_as, True), (each.untold_as, False)):
            saying = _Saying(each.id, is_told)
            yield from ((tuple(folded(part) for part in phrase.split(GAP)), saying) for phrase in phrases.all)
