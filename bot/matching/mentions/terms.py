"""Which term of the glossary a message asks to be explained, and which terms an answer uses.

Owns that a question for a meaning is about one term and nothing else: "Was ist bei Metadaten erlaubt?" asks for no
meaning.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.knowledge.model import Knowledge, Term
from bot.matching.mentions.frame_book import FrameBook
from bot.matching.mentions.spellings import Spellings, Spelt
from bot.matching.normalise import all_words, words
from bot.matching.phrases import PhraseBook
from bot.messages import LANGUAGES, Language

#: Nobody asks for a meaning in more words.
MOST_WORDS = 25
#: So many may be nothing but a term.
FEW_WORDS = 9
#: Stand for the term, and for what it belongs to, where a frame is read around them; no word is spelt so.
_TERM, _SCOPE = "thetermasked", "thescopenamed"


class Terms:
    """Reads the terms of one knowledge; built once."""

    def __init__(self, knowledge: Knowledge) -> None:
        lexicon, frames = knowledge.lexicon, FrameBook(knowledge.frames)
        self._spellings = Spellings(knowledge.terms, frames)
        self._abbreviations = dict(_abbreviations(knowledge.terms.values()))
        self._grammar = all_words(lexicon.function_words.all)
        self._articles = frames.words("articles")
        self._fillers = all_words(lexicon.fillers.all)
        scopes = [lexicon.concepts[name] for names in lexicon.exclusive_concepts() for name in sorted(names)]
        self._scopes = PhraseBook({phrase: None for phrases in scopes for phrase in phrases.all})
        #: Whether a phrase asks for the meaning, or merely may stand beside what does.
        self._frame = PhraseBook(
            dict.fromkeys(frames.phrases("articles", "beside_a_term"), False)
            | {f"{phrase} {_SCOPE}": False for phrase in frames.phrases("within")}
            | dict.fromkeys(frames.listed("explains").all, True)
        )
        self._within = frames.book("within")

    def asked(self, text: str) -> str | None:
        """The term that a message asks to be explained, if it asks nothing else: "was heißt AVV?", or "AVV?" alone."""
        read = words(text)
        if not 0 < len(read) <= MOST_WORDS or not self._may_ask(read):
            return None
        found = self._found(read, text)
        if not found:
            return None
        if len(found) == 1 and found[0].end - found[0].start == len(read):
            return found[0].term if text.rstrip().endswith("?") else None
        main = self._main(read, found)
        return main[0].term if main and self._asks(self._framed(read, found, main)) else None

    def named(self, text: str) -> str | None:
        """The term that a message consists of: "AVV", "der AV-Vertrag"."""
        read = words(text)
        found = self._found(read, text) if len(read) <= MOST_WORDS else []
        if len(found) != 1:
            return None
        others = {*read[: found[0].start], *read[found[0].end :]}
        return found[0].term if others <= self._articles | self._fillers else None

    def used_in(self, texts: Iterable[str], language: Language) -> tuple[str, ...]:
        """The terms that sentences use, in the order of their first use."""
        used: dict[str, None] = {}
        for text in texts:
            read = words(text)
            for spelt in self._spellings.in_answer(read, language):
                if self._is_written(read[spelt.start : spelt.end], text):
                    used.setdefault(spelt.term)
        return tuple(used)

    def _may_ask(self, read: Sequence[str]) -> bool:
        """Whether it is worth looking for terms: most messages ask for no meaning."""
        return len(read) <= FEW_WORDS or any(each.meaning for each in self._frame.find_in(read))

    def _found(self, read: Sequence[str], text: str) -> list[Spelt]:
        """The terms in a message. What is a word of grammar, too, counts if it is written as an abbreviation."""
        found = self._spellings.in_question(read)
        return [each for each in found if self._is_meant(read[each.start : each.end], text)]

    def _is_meant(self, spelt: Sequence[str], text: str) -> bool:
        return any(word not in self._grammar for word in spelt) or self._is_written(spelt, text)

    def _is_written(self, spelt: Sequence[str], text: str) -> bool:
        """Whether an abbreviation stands there in its capitals: "it" is no "IT"."""
        short = self._abbreviations.get("".join(spelt))
        return short is None or re.search(rf"(?<!\w){re.escape(short)}(?!\w)", text) is not None

    def _main(self, read: Sequence[str], found: Sequence[Spelt]) -> list[Spelt]:
        """The places of the one term that is asked for; of several those that are not merely where it belongs."""
        if len({each.term for each in found}) > 1:
            openings = {each.positions[-1] + 1 for each in self._within.find_in(read)}
            found = [each for each in found if each.start not in openings]
        return list(found) if len({each.term for each in found}) == 1 else []

    def _framed(self, read: Sequence[str], found: Sequence[Spelt], main: Sequence[Spelt]) -> list[str]:
        """The words of a message with its term, and what it belongs to, as one word each."""
        stretches = {each.start: (each.end, _TERM if each in main else _SCOPE) for each in found}
        for scope in self._scopes.find_in(read):
            first, end = scope.positions[0], scope.positions[-1] + 1
            if not any(first < each.end and each.start < end for each in found):
                stretches[first] = (end, _SCOPE)
        framed: list[str] = []
        position = 0
        while position < len(read):
            end, word = stretches.get(position, (position + 1, read[position]))
            framed.append(word)
            position = end
        return framed

    def _asks(self, framed: Sequence[str]) -> bool:
        """Whether all that stands beside a term asks for its meaning or may be there."""
        found = self._frame.find_in(framed)
        covered = {position for each in found for position in each.positions}
        return any(each.meaning for each in found) and all(
            word in (_TERM, *self._fillers) for position, word in enumerate(framed) if position not in covered
        )


def _abbreviations(terms: Iterable[Term]) -> Iterator[tuple[str, str]]:
    """Spellings in capitals by what they are when folded."""
    for term in terms:
        for language in LANGUAGES:
            for spelling in (term.name[language], *term.said_as[language]):
                if spelling.isalpha() and spelling.isupper():
                    yield "".join(words(spelling)), spelling
