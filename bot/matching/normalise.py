"""Text -> plain words: lower case, folded umlauts, no hidden characters, no look-alikes. Knows no vocabulary."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

from bot.matching.legible import decoded, latin
from bot.messages import Language

#: What stands beyond this many characters of a message is not read: no question needs it, and work stays bounded.
LONGEST_READ = 4000

_FOLDED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d"})
_APOSTROPHES = re.compile(r"['’‘`´]")
_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_CLAUSE = re.compile(r"[,;:.!?()\n]+|\s[-–—]\s")
#: Without a cache of their own, which would not bear several threads.
_STEMMERS = {"de": Stemmer.Stemmer("german", 0), "en": Stemmer.Stemmer("english", 0)}


def fold(text: str) -> str:
    """Lower-case Latin letters without marks; ä is ae and ß is ss, as people type who lack the keys."""
    plain = _APOSTROPHES.sub("", text[:LONGEST_READ]).casefold().translate(_FOLDED)
    if plain.isascii():
        # Most texts: nothing is left that would have to be taken apart.
        return plain
    visible = "".join(c for c in decoded(text[:LONGEST_READ]) if unicodedata.category(c) != "Cf")
    composed = latin(unicodedata.normalize("NFKC", visible)).casefold().translate(_FOLDED)
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", composed))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words and numbers of a text, folded, in order."""
    return _WORD.findall(fold(text))


def all_words(texts: Iterable[str]) -> set[str]:
    """Every word of several texts, once."""
    return {word for text in texts for word in words(text)}


def sentences(text: str) -> list[str]:
    """A text cut after full stops, question marks and line ends; never empty for a text with words."""
    return [part.strip() for part in _SENTENCE.findall(text[:LONGEST_READ]) if part.strip()]


def clauses(text: str) -> list[str]:
    """A text cut at its punctuation: what negates one clause leaves the next alone."""
    return [part for part in _CLAUSE.split(text[:LONGEST_READ]) if part.strip()]


@lru_cache(maxsize=65536)
def stem(word: str, language: Language) -> str:
    """The word without its inflection; words of up to three letters stay."""
    return word if len(word) <= 3 else str(_STEMMERS[language].stemWord(_unfolded(word, language)))


def _unfolded(word: str, language: Language) -> str:
    """Snowball's German stemmer knows umlauts only by their letters; English words have none."""
    return word.replace("ae", "ä").replace("oe", "ö").replace("ue", "ü") if language == "de" else word
