"""The country that a message says the asker is in, or asks about.

Owns which words are a country's; what they stand there for is read elsewhere.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.knowledge.guidance import LAND
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Country, Knowledge
from bot.matching.mentions.frame_book import FrameBook
from bot.matching.mentions.whereabouts import Mention, Sentence, Whereabouts
from bot.matching.normalise import all_words, sentences, words
from bot.matching.phrases import PhraseBook
from bot.messages import LANGUAGES

#: Who names more in a sentence is not telling where they are.
MOST_NAMED = 20
#: Stands for where the knowledge itself is at home.
_HOME = ""
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")
#: Adjectives, and who is from there: "schweizerisch", "Swiss". Others end in "-er" and go with a name of their country.
_ADJECTIVE = re.compile(
    r"\w+isch(e|er|es|en|em)?|\w+(ian|ish|ese)|swiss|dutch|french|welsh|greek|czech|manx|scots|american|german"
)
_FROM_THERE = re.compile(r"(\w{3,})er(in|innen|n|s)?")


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a phrase of the book is: a country's name or adjective, or a phrase that says by itself who is there."""

    country: str
    is_adjective: bool = False
    is_explicit: bool = False


class Countries:
    """Reads the countries of one knowledge; built once. `known` words are never taken for a misspelt country."""

    def __init__(self, knowledge: Knowledge, known: Collection[str] = ()) -> None:
        lexicon, frames = knowledge.lexicon, FrameBook(knowledge.frames)
        self._grammar = all_words(lexicon.function_words.all)
        self._whereabouts = Whereabouts(lexicon, frames, frozenset(_services(lexicon)) - self._grammar)
        right = self._grammar | frames.words("no_country")
        self._book = PhraseBook(self._phrases(knowledge, frames), right | set(known))
        others = all_words((*lexicon.fillers.all, *lexicon.negations.all))
        self._beside = self._grammar | others | frames.words("articles", "home", "beside_a_country")
        self._joiners = frames.words("and_is", "articles")
        self._has_any = bool(knowledge.countries)

    def named(self, text: str) -> str | None:
        """The country that a message says the asker is in or asks about, not where data go or where a thing is from."""
        return next((country for country, _ in self._meant(text)), None)

    def is_only(self, text: str) -> bool:
        """Whether a message names a country and says nothing else but that, or asks whether it holds there."""
        meant = list(self._meant(text))
        return bool(meant) and all(word in self._beside for word in _others(text, meant))

    def mentioned(self, text: str) -> str | None:
        """The only country that a message names, whatever it says of it: for one that nothing else understands."""
        parts = [Sentence(part) for part in sentences(text)] if self._has_any else []
        found = {m.country for part in parts for m, _ in self._mentions(part) if m.country and not m.is_adjective}
        return found.pop() if len(found) == 1 else None

    def _meant(self, text: str) -> Iterator[tuple[str, Mention]]:
        if self._has_any:
            for part in sentences(text):
                yield from self._meant_in(Sentence(part))

    def _meant_in(self, sentence: Sentence) -> Iterator[tuple[str, Mention]]:
        found = list(self._mentions(sentence))
        home = [mention for meaning, mention in found if meaning.country == _HOME]
        # Who is at home here and has customers there asks about here.
        at_home = [mention.clause for mention in home if self._whereabouts.is_askers(mention)]
        for meaning, mention, first in self._joined(found):
            is_here = first is mention and any(mention.clause is clause for clause in at_home)
            if meaning.country == _HOME or is_here:
                continue
            if meaning.is_explicit or self._whereabouts.is_meant(first):
                yield meaning.country, mention

    def _joined(self, found: Sequence[tuple[_Meaning, Mention]]) -> Iterator[tuple[_Meaning, Mention, Mention]]:
        """Each mention with the first that it is joined to: "Server in Irland und den USA" has one preposition."""
        first: Mention | None = None
        end = 0
        for meaning, mention in found:
            between = mention.sentence.words[end : mention.start]
            if first is None or not all(word in self._joiners for word in between):
                first = mention
            end = mention.end
            yield meaning, mention, first

    def _mentions(self, sentence: Sentence) -> Iterator[tuple[_Meaning, Mention]]:
        for each in self._book.find_in(sentence.words)[:MOST_NAMED]:
            start, end = each.positions[0], each.positions[-1] + 1
            if each.meaning and not self._is_mere_grammar(sentence, start, end):
                yield each.meaning, Mention(sentence, start, end, each.meaning.is_adjective)

    def _is_mere_grammar(self, sentence: Sentence, start: int, end: int) -> bool:
        """Whether "us" is no "US": a name that is a word of grammar, too, stands in capitals or behind an article."""
        word = sentence.words[start]
        if end - start > 1 or word not in self._grammar:
            return False
        is_written = re.search(rf"(?<!\w){word.upper()}(?!\w)", sentence.text) is not None
        return not is_written and sentence.words[start - 1 : start] != ["the"]

    def _phrases(self, knowledge: Knowledge, frames: FrameBook) -> dict[str, _Meaning | None]:
        """All phrases with what they are: nothing for those that only use the words of a country up."""
        home = (*frames.phrases("home"), *_lands(knowledge))
        found: dict[str, _Meaning | None] = dict.fromkeys(home, _Meaning(_HOME))
        for country in knowledge.countries.values():
            found |= dict(self._said(country))
        names = {phrase for phrase, meaning in found.items() if meaning and meaning.country}
        return {**found, **dict.fromkeys(_names_of_others(knowledge, names))}

    def _said(self, country: Country) -> Iterator[tuple[str, _Meaning]]:
        """Every way to say a country, and what each is."""
        said = [tuple(words(_IN_BRACKETS.sub("", each))) for each in (country.name.de, country.name.en)]
        said += [tuple(words(each)) for each in country.said_as.all]
        names = {each[0] for each in said if len(each) == 1}
        for each in filter(None, said):
            is_explicit = len(each) > 1 and self._whereabouts.is_explicit(each)
            is_adjective = not is_explicit and _is_adjective(each[-1], names - {each[-1]})
            yield " ".join(each), _Meaning(country.id, is_adjective, is_explicit)


def _is_adjective(word: str, names: Iterable[str]) -> bool:
    """Whether a word describes what is from a country ("Swiss", "Wiener") rather than naming a place there."""
    if _ADJECTIVE.fullmatch(word):
        return True
    found = _FROM_THERE.fullmatch(word)
    return found is not None and any(OSA.distance(found[1], name, score_cutoff=1) <= 1 for name in names)


def _services(lexicon: Lexicon) -> Iterator[str]:
    """The words for what a knowledge tells apart: services, which have a place of their own."""
    for names in lexicon.exclusive_concepts():
        yield from (word for name in names for word in all_words(lexicon.concepts[name].all))


def _lands(knowledge: Knowledge) -> Iterator[str]:
    """How people tell that they are in a Land of the knowledge's own country."""
    fact = knowledge.facts.get(LAND)
    for option in fact.options.values() if fact else ():
        yield from (" ".join(words(phrase)) for phrase in option.said_as.all)


def _names_of_others(knowledge: Knowledge, countries: set[str]) -> Iterator[str]:
    """Terms that have a country in their name, such as a company's: they use the word up."""
    for term in knowledge.terms.values():
        for language in LANGUAGES:
            for spelling in (term.name[language], *term.said_as[language]):
                read = words(spelling)
                if len(read) > 1 and not countries.isdisjoint(read):
                    yield " ".join(read)


def _others(text: str, meant: Sequence[tuple[str, Mention]]) -> Iterator[str]:
    """The words of a text besides those of the countries that are meant."""
    places = [(mention.sentence.text, range(mention.start, mention.end)) for _, mention in meant]
    for part in sentences(text):
        covered = {position for said, place in places if said == part for position in place}
        yield from (word for position, word in enumerate(Sentence(part).words) if position not in covered)
