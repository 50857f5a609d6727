"""What people ask of any bot, as far as a knowledge has to learn from it what to decline.

Owns that a knowledge's own subject wins: a bakery is asked about bread in earnest, and a weather service about
umbrellas, so that lines and whole themes which come near to what it answers teach it nothing. Refuses to add anything
to a knowledge that brings enough of its own.
"""

from collections.abc import Iterator

from bot.knowledge.checks import ENOUGH_OUT_OF_SCOPE
from bot.knowledge.model import Knowledge
from bot.matching.normalise import all_words, stem, words
from bot.messages import Language

#: A line is near to a knowledge if so large a share of its content words stands in the knowledge's phrasings: of
#: two words more than one, for "what does … cost" is asked of everything.
NEAR_SHARE = 0.6
#: A theme is a knowledge's own subject if so large a share of its lines is near.
OWN_SHARE = 0.25


def everyday_lines(knowledge: Knowledge, language: Language) -> Iterator[str]:
    """The everyday lines that a knowledge declines, if it needs any."""
    if len(knowledge.checks.out_of_scope[language]) >= ENOUGH_OUT_OF_SCOPE:
        return
    own = _Own(knowledge, language)
    for phrases in knowledge.checks.everyday.values():
        lines = phrases[language]
        far = [line for line in lines if not own.is_near(line)]
        if len(lines) - len(far) < OWN_SHARE * len(lines):
            yield from far


class _Own:
    """The content words of a knowledge's phrasings in a language."""

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        self._language = language
        self._grammar = all_words((*knowledge.lexicon.function_words.all, *knowledge.lexicon.negations.all))
        entries = knowledge.entries.values()
        phrasings = [text for entry in entries for text in (entry.title[language], *entry.asked_as[language])]
        self._stems = self._stems_of("\n".join(phrasings))

    def is_near(self, line: str) -> bool:
        said = self._stems_of(line)
        return len(said & self._stems) >= NEAR_SHARE * max(1, len(said))

    def _stems_of(self, text: str) -> frozenset[str]:
        return frozenset(stem(word, self._language) for word in words(text) if word not in self._grammar)
