"""Rules about letters and signs: look-alikes, what a wrong encoding left, markup that would be shown."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Bilingual, Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import claims
from bot.knowledge.rules.shown import Shown, phrases, shown_texts

_HIDDEN = {"Cf", "Cc", "Co", "Cn", "Zl", "Zp"}
#: UTF-8 that was read as Windows-1252 and saved: "ä" became "Ã¤", a quotation mark "â€ž".
_MANGLED = re.compile("Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€|Â[\u00a0-\u00bf]|\ufffd")
_MARKUP = (
    (re.compile(r"\*\*[^*]+\*\*|__[^_]+__|(?<!\w)\*\S[^*]*\*(?!\w)"), Bilingual(de="Fettschrift", en="bold type")),
    (re.compile(r"</?[a-zA-Z][^<>]*>|&(?:[a-z]+|#\d+);"), Bilingual(de="HTML", en="HTML")),
    (
        re.compile(r"\[[^\[\]]+\]\([^()]*\)"),
        Bilingual(de="ein Link aus [Text](Adresse)", en="a link of [text](address)"),
    ),
    (
        re.compile(r"\[[a-z0-9-]+#[a-z0-9-]+"),
        Bilingual(de="ein Beleg mitten im Text", en="a citation inside"),
    ),
    (re.compile(r"\{\w+\}"), Bilingual(de="ein Begriff in Klammern", en="a concept between braces")),
    (re.compile(r"`[^`]+`|^#+ |^[-•] "), Bilingual(de="Markdown", en="Markdown")),
)


def letters_are_latin(knowledge: Knowledge) -> Iterator[Problem]:
    for text, place in _all_texts(knowledge):
        if "\t" in text:
            yield _tab(text, place)
        for letter in sorted(letter for letter in set(text) if letter != "\t" and _is_strange(letter)):
            name, around = unicodedata.name(letter, f"U+{ord(letter):04X}"), _around(text, letter)
            yield Problem(
                place,
                de=f"in „{around}“ steht ein fremdes oder unsichtbares Zeichen ({name}): bitte das Wort neu tippen",
                en=f'"{around}" holds {name}: type the word anew with Latin letters',
            )


def _tab(text: str, place: Place) -> Problem:
    around = " ".join(_around(text, "\t").split())
    return Problem(
        place,
        de=f"in „{around}“ steht ein Tabulator: bitte durch ein Leerzeichen ersetzen",
        en=f'a tab stands in "{around}": replace it with a space',
    )


def letters_are_whole(knowledge: Knowledge) -> Iterator[Problem]:
    """Nothing was saved with a wrong encoding."""
    told: set[str] = set()
    for text, place in _all_texts(knowledge):
        found = _MANGLED.search(text)
        # One file is saved as a whole.
        if found and place.file not in told:
            told.add(place.file)
            around = _around(text, found[0])
            yield Problem(
                place,
                de=f"in „{around}“ hat eine falsche Kodierung Zeichen zerstört, wohl auch sonst in der Datei",
                en=f'a wrong encoding has damaged letters in "{around}" or in the whole file: type them anew',
            )


def texts_have_no_markup(knowledge: Knowledge) -> Iterator[Problem]:
    for shown in shown_texts(knowledge):
        for pattern, what in _MARKUP:
            if found := pattern.search(shown.text):
                yield _literal(found[0], what, shown)


def _literal(found: str, what: Bilingual, shown: Shown) -> Problem:
    return Problem(
        shown.place,
        de=f"„{found}“ ist {what.de} und würde so angezeigt: bitte nur den Text schreiben",
        en=f'"{found}" is {what.en} and would be shown as it stands: write the text alone',
    )


@lru_cache(maxsize=4096)
def _is_strange(letter: str) -> bool:
    if letter.isascii():
        return unicodedata.category(letter) == "Cc"
    if letter.isalpha():
        return not unicodedata.name(letter, "").startswith(("LATIN", "MICRO", "FEMININE", "MASCULINE"))
    return unicodedata.category(letter) in _HIDDEN or unicodedata.combining(letter) > 0


def _around(text: str, part: str) -> str:
    position = text.index(part)
    return text[max(0, position - 10) : position + 10].strip()


def _all_texts(knowledge: Knowledge) -> Iterator[tuple[str, Place]]:
    asked = (shown for entry in knowledge.entries.values() for shown in phrases(entry.asked_as))
    yield from ((shown.text, shown.place) for shown in chain(shown_texts(knowledge), asked))
    quotes = ((claim.quote, claim.place) for _, claim in claims(knowledge) if claim.quote)
    yield from ((text, place) for quote, place in quotes for text in {quote.de, quote.en})
