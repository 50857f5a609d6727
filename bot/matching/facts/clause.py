"""A clause read once for the phrases of facts: which it has, and what stands besides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.matching.normalise import clauses, words
from bot.matching.phrases import Found, PhraseBook

Told: TypeAlias = tuple[str, str]
"""A fact and its option."""
Phrase: TypeAlias = Found[tuple[Told, ...]]
Book: TypeAlias = PhraseBook[tuple[Told, ...]]

#: What a phrase for somebody else means: "mein Friseur" tells no fact.
OTHERS: Told = ("", "")
#: Marks a phrase for a calling, which tells a fact only where somebody introduces themselves with it.
CALLED: Told = ("", "called")


@dataclass(frozen=True, slots=True)
class Clause:
    """Its words, the phrases in it, and its words with those of the phrases blanked: "ohne Einwilligung als Verein" has
    a negation inside a phrase, which negates no other."""

    words: Sequence[str]
    found: list[Phrase]
    free: list[str]
    others: frozenset[str]


def read(book: Book, text: str) -> list[Clause]:
    """The clauses of a text, read with a book. Each is read once, whatever is then asked of it: a text in which every
    word is a phrase would else take the square of its length."""
    return [read_words(book, words(clause)) for clause in clauses(text)]


def read_words(book: Book, said: Sequence[str]) -> Clause:
    """One clause by its words, as `read`."""
    found = book.find_in(said)
    covered = {position for each in found for position in each.positions}
    free = ["" if position in covered else word for position, word in enumerate(said)]
    return Clause(said, found, free, frozenset(free) - {""})
