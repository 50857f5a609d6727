"""What people ask of any bot, as far as a knowledge has to learn from it what to decline.

Owns that a knowledge's own phrasings win: a bakery is asked about bread in earnest, so that lines which come near to
what it answers teach it nothing. Refuses to add anything to a knowledge that brings enough of its own.
"""

from collections.abc import Iterator

from bot.knowledge.checks import ENOUGH_OUT_OF_SCOPE
from bot.knowledge.model import Knowledge
from bot.matching.normalise import all_words, stem, words
from bot.messages import Language

#: A line is near to a knowledge if so large a share of its content words stands in the knowledge's phrasings.
NEAR_SHARE = 0.5


def everyday_lines(knowledge: Knowledge, language: Language) -> Iterator[str]:
    """The everyday lines that a knowledge declines, if it needs any."""
    if len(knowledge.checks.out_of_scope[language]) >= ENOUGH_OUT_OF_SCOPE:
        return
    grammar = all_words((*knowledge.lexicon.function_words.all, *knowledge.lexicon.negations.all))
    own = _stems("\n".join(_own(knowledge, language)), language, grammar)
    for line in knowledge.checks.everyday[language]:
        said = _stems(line, language, grammar)
        if len(said & own) < NEAR_SHARE * max(1, len(said)):
            yield line


def _own(knowledge: Knowledge, language: Language) -> Iterator[str]:
    for entry in knowledge.entries.values():
        yield from (entry.title[language], *entry.asked_as[language])


def _stems(text: str, language: Language, grammar: set[str]) -> frozenset[str]:
    return frozenset(stem(word, language) for word in words(text) if word not in grammar)
