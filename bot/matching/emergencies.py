"""Hears in a message that something urgent has happened, whatever else it holds; refuses what merely speaks of it.

A phrase counts where somebody tells it. Who supposes it ("wenn ich gehackt werde"), denies it or asks how to prevent it
tells nothing. Of several things that a sentence tells the one in most words counts, as it is the most specific; of
sentences the first.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from bot.knowledge.model import Emergency, Knowledge
from bot.matching.normalise import all_words, clauses, sentences, words
from bot.matching.phrases import GAP, LONGEST_WORD, Found, PhraseBook

#: So many words may stand between a negation and what it negates: "nicht unser Handy".
WORDS_AFTER_NEGATION = 2
#: An auxiliary may stand so many words before what it supposes, if it begins the clause: "Wird unser Handy geklaut".
WORDS_AFTER_AUXILIARY = 3
#: A clause of at most so many words is taken up again after another: "Mein Handy, auf dem alles steht, ist weg".
LONGEST_INTERRUPTED = 6

#: What makes the rest of a clause a supposition, or a question how to keep something from happening.
_SUPPOSING = (
    "wenn", "falls", "sofern", "ob", "angenommen", "im falle", "für den fall", "schütze", "schützen", "verhindere",
    "verhindern", "vermeide", "vermeiden", "vorbeugen", "if", "in case", "whether", "unless", "suppose", "supposing",
    "imagine", "what happens when", "prevent", "avoid", "protect",
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
#: Words of the lexicon that deny, and may also be what happened: a missing laptop.
_ABSENCE = frozenset(words("fehlt fehlen fehlende fehlender missing lacking"))

#: "Kann ich eine Abmahnung bekommen?": with these before it, what may be an infinitive is one …
_MODALS = frozenset(
    words("kann könnte können könnten darf dürfen würde würden wird will can could may might will would do does should")
)
_SUBJECTS = frozenset(
    words("ich man wir jemand einer ein eine der die das mein meine mich i we one they someone anyone a an the my it")
)
#: … unless somebody has it after all: "Kann ich klagen, ich habe eine Abmahnung bekommen".
_HAVING = frozenset(words("habe hab haben hat ham got received"))
_MAYBE_INFINITIVE = frozenset(words("bekommen erhalten have"))
#: The end of a compound is taken for the whole, if a phrase has it: a "Praxishandy" is a "Handy".
SHORTEST_HEAD = 5
SHORTEST_FIRST_PART = 3

_Meaning: TypeAlias = bool
"""Whether a phrase tells its emergency, or only looks as if it did."""


class Emergencies:
    """Reads messages with the phrases of a knowledge; built once. `known` words are never taken for misspelt ones."""

    def __init__(self, knowledge: Knowledge, known: Collection[str] = ()) -> None:
        self._negations = all_words(knowledge.lexicon.negations.all) - _ABSENCE
        self._suppositions = PhraseBook(dict.fromkeys(_SUPPOSING))
        barred = self._negations | all_words(each for each in _SUPPOSING if " " not in each)
        phrases = {each.id: _phrases(each) for each in knowledge.emergencies.values()}
        self._written = {word for each in phrases.values() for phrase in each for word in phrase.replace(GAP, " ").split()}
        self._grammar = all_words((*knowledge.lexicon.function_words.all, *knowledge.lexicon.negations.all))
        certain = self._written | self._grammar | set(known)
        self._books = {name: PhraseBook(each, certain, barred) for name, each in phrases.items()}

    def raised(self, text: str) -> str | None:
        """The id of the emergency that a text tells; None if it tells none."""
        told = (self._told(sentence) for sentence in sentences(text))
        return next((each for each in told if each), None)

    def _told(self, sentence: str) -> str | None:
        """Of what a sentence tells that in most words, of these the first."""
        told = [each for stretch in _stretches(sentence) for each in self._in([self._head(word) for word in stretch])]
        return max(told, key=lambda each: each[0])[1] if told else None

    def _head(self, word: str) -> str:
        """The longest word of a phrase that an unknown compound ends in; itself if there is none."""
        if word in self._written or word in self._grammar or len(word) > LONGEST_WORD:
            return word
        ends = (word[start:] for start in range(SHORTEST_FIRST_PART, len(word) - SHORTEST_HEAD + 1))
        return next((end for end in ends if end in self._written), word)

    def _in(self, stretch: Sequence[str]) -> list[tuple[int, str]]:
        """What is told in words that belong together, from left to right, with how many words tell it."""
        found = [
            (each.positions[0], len(each.positions), name)
            for name, book in self._books.items()
            for each in book.find_in(stretch)
            if each.meaning and self._happened(stretch, each)
        ]
        return [(length, name) for _, length, name in sorted(found, key=lambda each: each[0])]

    def _happened(self, said: Sequence[str], found: Found[_Meaning]) -> bool:
        before = said[: found.positions[0]]
        is_denied = any(word in self._negations for word in before[-WORDS_AFTER_NEGATION:])
        is_unreal = (
            self._is_supposed(before) or _is_to_come(said, found.positions) or _is_possible(said, found.positions)
        )
        return not (is_denied or is_unreal)

    def _is_supposed(self, before: Sequence[str]) -> bool:
        is_inverted = len(before) <= WORDS_AFTER_AUXILIARY and not _AUXILIARIES.isdisjoint(before[:1])
        return is_inverted or bool(self._suppositions.find_in(before))


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


def _phrases(emergency: Emergency) -> dict[str, _Meaning]:
    """What an emergency is said as, and what only looks so, by the words they are read as."""
    return {
        **{_read(phrase): True for phrase in emergency.said_as.all},
        **{_read(phrase): False for phrase in emergency.untold_as.all},
    }


def _read(phrase: str) -> str:
    # Part by part: a text of plain letters is folded at once.
    return GAP.join(" ".join(words(part)) for part in phrase.split(GAP))
