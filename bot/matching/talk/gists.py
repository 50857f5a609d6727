"""What is left of an utterance without address, politeness, particles and the order of its words.

"Könnten Sie mir das bitte etwas kürzer sagen?" and "sag das kürzer" have one gist. Negations and question words stay.
Whatever else is said stays, too: an utterance with more in it has another gist.
"""

from collections.abc import Iterator, Sequence
from itertools import compress, pairwise
from typing import NamedTuple

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.templates import expand
from bot.matching.normalise import all_words, stem, words
from bot.matching.talk.courtesies import COURTESIES
from bot.messages import Language

#: Stands for every word that negates.
NEGATED = "not"
#: So many wordings of one courtesy, or of one part of a template, are told apart: far more than any has.
MOST_WORDINGS = 1000

Words = tuple[str, ...]


class Gist(NamedTuple):
    """The stems, and who is talked of: the asker, the bot. A tuple, for there are thousands."""

    stems: frozenset[str] = frozenset()
    has_asker: bool = False
    has_bot: bool = False
    #: The word that it begins with: "das stimmt" states what "stimmt das" asks.
    opening: str = ""
    #: Whether a question mark or a question word tells that it asks.
    is_open: bool = False

    def with_next(self, other: "Gist") -> "Gist":
        """This and then that in one utterance."""
        asker, bot = self.has_asker or other.has_asker, self.has_bot or other.has_bot
        return Gist(self.stems | other.stems, asker, bot, self.opening or other.opening)


class GistReader:
    """Takes the utterances of one language down to their gist."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        lists = COURTESIES[language]
        self._language: Language = language
        self._spelled = {word: full for (word,), full in _pairs(lists.spelled)}
        self._joined = dict(_pairs(lists.joined))
        self._particles = (all_words(lexicon.fillers[language]) | _set(lists.particles)) - _set("ok okay")
        self._openers, self._closers, self._frames = map(_Strip, (lists.openers, lists.closers, lists.frames))
        #: What tells nothing of what is talked about.
        self.chatter = _set(lists.chatter)
        self._asker, self._bot = _set(lists.asker), _set(lists.bot)
        self._persons = self._asker | self._bot
        self._answers, self._pointers = _set(lists.answers), _set(lists.pointers)
        self._subjects, self._verbs = _set(lists.subjects), _set(lists.verbs)
        self._light, self._slight, self._bare = (
            {self.stem(word) for word in words(each)} for each in (lists.light, lists.slight, lists.bare)
        )
        # "nie wieder" negates, "wieder" alone does not.
        self._negations = {word for each in lexicon.negations[language] for word in words(each) if word == each}
        self._interrogatives = all_words(lexicon.interrogatives[language])
        self._asking = {self.stem(word) for word in self._interrogatives}

    @property
    def known(self) -> set[str]:
        """Every word that means something here, so that none of them is taken for a misspelt one."""
        stripped = (self._openers.words, self._closers.words, self._frames.words, self._negations, self._spelled)
        plain = (self._particles, self._persons, self._answers, self._subjects, self._verbs, self._slight)
        return {word for each in (*stripped, *plain) for word in each}

    def stem(self, word: str) -> str:
        return stem(word, self._language)

    def core(self, said: Sequence[str]) -> Words:
        """The words as they stand, without those around them: what is said if there is nothing else."""
        return self._closers.off_end(self._openers.off_start(self.spelled_out(said)))

    def is_slight(self, gist: Gist) -> bool:
        """Whether so little is left that it tells nothing: "was", "in"."""
        return gist.stems <= self._slight or gist.stems <= self._bare

    def lightened(self, gist: Gist) -> Gist:
        """Without what hardly matters: "what's the date on that", "what date is that"."""
        return Gist(gist.stems - self._light, *gist[1:])

    def asking(self, stems: frozenset[str]) -> frozenset[str]:
        """Those that are question words."""
        return stems & self._asking

    def asks(self, opening: str) -> bool:
        """Whether what begins with a word is a question that needs no question word."""
        return opening in self._verbs

    def gist(self, said: Sequence[str]) -> Gist:
        """The gist of a phrase."""
        core = self.core(said)
        return self._of(core, self._frames.off_start(self._carrying(core)))

    def readings(self, said: Sequence[str], is_asked: bool) -> set[Gist]:
        """The gists that an utterance may have, for what mostly only asks for something may be what is said: "can you
        hear me". `is_asked` if it ends in a question mark."""
        full, core = self.spelled_out(said), self.core(said)
        found = {self.gist(said), self._of(core, self._carrying(core)), self._of(full, self._carrying(full))}
        is_open = is_asked or not self._interrogatives.isdisjoint(full)
        return {gist._replace(is_open=is_open) for gist in found}

    def gists(self, template: str) -> set[Gist]:
        """The gists that a template stands for; it leaves out what is taken off an utterance."""
        found = {Gist()}
        for part in filter(str.strip, outermost(template)):
            ways = {self._gist_of_part(words(text)) for text in expand(part, {}, MOST_WORDINGS)}
            found = {first.with_next(second) for first in found for second in ways}
        return found

    def _gist_of_part(self, said: Sequence[str]) -> Gist:
        full = self.spelled_out(said)
        return self._of(full, self._carrying(full))

    def _of(self, said: Words, kept: Words) -> Gist:
        carrying = frozenset(self._meaning(word) for word in kept if word not in self._persons)
        opening = next((word for word in said if word not in self._particles or word in self._subjects), "")
        return Gist(carrying, not self._asker.isdisjoint(kept), not self._bot.isdisjoint(kept), opening)

    def spelled_out(self, said: Sequence[str]) -> Words:
        """The words with what is drawn together, or in dialect, written in full."""
        full = tuple(part for word in said for part in self._spelled.get(word, (word,)))
        for parts, whole in self._joined.items():
            if parts[0] in full:
                full = _replaced(full, parts, whole)
        return full

    def _carrying(self, said: Words) -> Words:
        """Without particles, and without what only points at an answer: "deine Antwort"."""
        carrying = [word not in self._particles for word in said]
        if not self._answers.isdisjoint(said):
            for position, (first, second) in enumerate(pairwise(said)):
                if first in self._pointers and second in self._answers:
                    carrying[position] = carrying[position + 1] = False
        return tuple(compress(said, carrying))

    def _meaning(self, word: str) -> str:
        return NEGATED if word in self._negations else self.stem(word)


class _Strip:
    """Sequences of words that are taken off an utterance, the longest first, as long as something remains."""

    def __init__(self, templates: str) -> None:
        texts = (text for template in templates.split(";") for text in expand(template, {}, MOST_WORDINGS))
        self._sequences = {tuple(words(text)) for text in texts}
        self._lengths = sorted({len(each) for each in self._sequences}, reverse=True)
        self.words = {word for sequence in self._sequences for word in sequence}

    def off_start(self, said: Words) -> Words:
        for length in self._lengths:
            if length < len(said) and said[:length] in self._sequences:
                return self.off_start(said[length:])
        return said

    def off_end(self, said: Words) -> Words:
        for length in self._lengths:
            if length < len(said) and said[-length:] in self._sequences:
                return self.off_end(said[:-length])
        return said


def outermost(template: str) -> Iterator[str]:
    """The outermost parts of a template one after the other: plain text, and what stands in brackets."""
    depth, start = 0, 0
    for position, sign in enumerate(template):
        if sign in "([":
            if depth == 0:
                yield template[start:position]
                start = position
            depth += 1
        elif sign in ")]":
            depth -= 1
            if depth == 0:
                yield template[start : position + 1]
                start = position + 1
    yield template[start:]


def _replaced(said: Words, parts: Words, whole: Words) -> Words:
    for start in range(len(said) - len(parts) + 1):
        if said[start : start + len(parts)] == parts:
            return (*said[:start], *whole, *_replaced(said[start + len(parts) :], parts, whole))
    return said


def _pairs(text: str) -> Iterator[tuple[Words, Words]]:
    """What "one: two; three: four" pairs, in words."""
    for pair in text.split(";"):
        first, _, second = pair.partition(":")
        yield tuple(words(first)), tuple(words(second))


def _set(text: str) -> frozenset[str]:
    return frozenset(words(text))
