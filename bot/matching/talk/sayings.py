"""What is said in one language, by its gist: in any order of words, with any address and politeness.

Owns which utterances have one gist; refuses to forgive typos, which it is given mended.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.templates import expand
from bot.matching.normalise import words
from bot.matching.talk.gists import Gist, GistReader, Words
from bot.messages import Language

#: So many phrasings of a template are known where too little of it is left for a gist.
MOST_PHRASINGS = 300
#: A gist with less in it is compared as it is.
FEWEST_STEMS = 2


class _Saying(NamedTuple):
    """What an aside is said as."""

    name: str
    gist: Gist
    #: Whether it may leave the asker out.
    is_loose: bool


_ByStems: TypeAlias = dict[frozenset[str], list[_Saying]]


class Sayings:
    """The asides of one language."""

    def __init__(self, lexicon: Lexicon, language: Language) -> None:
        self._reader = GistReader(lexicon, language)
        self._sayings: _ByStems = {}
        self._lightened: _ByStems = {}
        #: What has too little gist, as it stands.
        self._cores: dict[Words, list[str]] = {}
        self._vocabulary = _Vocabulary()
        self._stems: set[str] = set()
        #: Every word that an utterance may have as it stands.
        self.known = self._reader.known

    def learn(self, name: str, line: str) -> None:
        """That an aside is said as a line says, which may be a template; TemplateFault if it is none."""
        self.known.update(words(line))
        gists = self._reader.gists(line) if is_template(line) else {self._reader.gist(words(line))}
        telling = {gist for gist in gists if not self._reader.is_slight(gist)}
        self._learn_gists(name, telling, is_template(line))
        for phrase in map(words, expand(line, {}, MOST_PHRASINGS) if gists - telling else ()):
            if self._reader.is_slight(self._reader.gist(phrase)):
                self._cores.setdefault(self._reader.core(phrase), []).append(name)

    def _learn_gists(self, name: str, gists: Collection[Gist], is_loose: bool) -> None:
        for gist in gists:
            self._stems.update(gist.stems)
            self._sayings.setdefault(gist.stems, []).append(_Saying(name, gist, is_loose))
        if not is_loose:
            return
        self._vocabulary.learn(name, gists, self._reader)
        for gist in {self._reader.lightened(gist) for gist in gists} - set(gists):
            self._lightened.setdefault(gist.stems, []).append(_Saying(name, gist, is_loose))

    def has_stem_of(self, word: str) -> bool:
        """Whether an aside is said with this word, in whatever inflection."""
        return self._reader.stem(word) in self._stems

    def asks(self, said: Sequence[str]) -> bool:
        """Whether words begin as a question does that has no question word."""
        return bool(said) and self._reader.asks(said[0])

    def named(self, said: Sequence[str], is_asked: bool) -> tuple[str, ...]:
        """The names of the asides that words may be."""
        telling = [gist for gist in self._reader.readings(said, is_asked) if not self._reader.is_slight(gist)]
        found = [name for gist in telling for name in self._of(gist, self._sayings.get(gist.stems, ()))]
        found = found or self._cores.get(self._reader.core(said), [])
        return tuple(found or (name for gist in telling for name in self._loosely(gist)))

    def _loosely(self, gist: Gist) -> Collection[str]:
        """The asides whose gist differs in what hardly matters, or else the one whose words these are."""
        lightened = self._reader.lightened(gist)
        is_question = self._reader.asks(gist.opening)
        # "May I …" is a question of its own, whatever it is that the asker may.
        if len(lightened.stems) < FEWEST_STEMS or (is_question and gist.has_asker):
            return ()
        full, light = (each.get(lightened.stems, []) for each in (self._sayings, self._lightened))
        found = self._of(lightened, [each for each in full + light if each.is_loose])
        is_own = found or is_question or not gist.is_open
        return found if is_own else self._vocabulary.names(gist, lightened.stems, self._reader)

    def _of(self, gist: Gist, sayings: Iterable[_Saying]) -> tuple[str, ...]:
        """The names of those that fit; those that talk of the asker just as the words do come alone."""
        fitting = [each for each in sayings if self._fits(gist, each)]
        closest = [each.name for each in fitting if each.gist.has_asker == gist.has_asker]
        return tuple(closest) or tuple(each.name for each in fitting)

    def _fits(self, gist: Gist, known: _Saying) -> bool:
        """Whether both talk of the bot, or neither ("wer hat das geschrieben", "wer hat dich geschrieben"), and of the
        asker likewise, but for templates: "what happens to me" may leave "to me" out. What asks nothing is no question
        ("das stimmt", "stimmt das")."""
        is_asked = gist.is_open or self._reader.asks(gist.opening) or not self._reader.asks(known.gist.opening)
        is_of_asker = known.gist.has_asker == gist.has_asker or (known.is_loose and known.gist.has_asker)
        return is_asked and is_of_asker and known.gist.has_bot == gist.has_bot


class _Vocabulary:
    """Which asides are said with which words, in whatever phrase of theirs."""

    def __init__(self) -> None:
        self._names: dict[tuple[str, bool], set[str]] = {}
        self._asked: dict[tuple[str, str], set[str]] = {}

    def learn(self, name: str, gists: Collection[Gist], reader: GistReader) -> None:
        for has_bot in (False, True):
            for each in _stems(gist for gist in gists if gist.has_bot == has_bot):
                self._names.setdefault((each, has_bot), set()).add(name)
        for word in reader.asking(_stems(gists)):
            for each in _stems(gist for gist in gists if word in gist.stems):
                self._asked.setdefault((word, each), set()).add(name)

    def names(self, gist: Gist, carrying: frozenset[str], reader: GistReader) -> set[str]:
        """The one aside that has all the words, and asks after one of them as the utterance does: "what year" is the
        answer's age, "what is new" is not."""
        names = set.intersection(*(self._names.get((each, gist.has_bot), set()) for each in gist.stems))
        asking = reader.asking(gist.stems)
        for word in asking if names else ():
            names &= set().union(*(self._asked.get((word, each), set()) for each in carrying - asking))
        return names if len(names) == 1 else set()


def _stems(gists: Iterable[Gist]) -> frozenset[str]:
    return frozenset().union(*(gist.stems for gist in gists))


def is_template(line: str) -> bool:
    """Whether a line stands for several phrasings."""
    return not {"(", "["}.isdisjoint(line)
