"""Street addresses: a street with its number, and the town behind it.

A town or a postal code alone is no address, nor is a word that only ends like a street's ("Arbeitsplatz 2").
"""

import re
from collections.abc import Iterable

from bot.understanding.personal_data import vocabulary
from bot.understanding.personal_data.findings import Detector, Found, by

_COUNTED = (
    r"(?i:kund|euro|eur\b|person|nutzer|user|empfänger|kontakt|mitglied|nachricht|mal\b|prozent|uhr|customer|people)"
)
_TOWN = rf",?\s{{1,3}}(?:[A-Z]{{1,2}}-)?\d{{4,5}}\s{{1,2}}(?!{_COUNTED})[A-ZÄÖÜ][\w-]*"
_NUMBER = (
    r"(?!(?:19|20)\d\d\b)\d{1,4}(?: ?[a-hA-H]\b)?(?: ?[-/+] ?\d{1,4}(?: ?[a-hA-H]\b)?)?"
    rf"(?![\w%€$]|[.,:]\d| {_COUNTED}| ?[%€$])"
)
_NUMBERED = re.compile(
    rf"(?<![\w-])(?:(?P<town>\d{{5}} (?!{_COUNTED})[A-ZÄÖÜ][\w-]*),? )?"
    rf"(?P<before>[^\W\d_][\w-]*\.? )?(?P<word>[^\W\d_][\w-]*\.?) ?(?P<number>{_NUMBER}(?:{_TOWN})?)"
)
#: Whatever the street is called: its number, a comma, a postal code and a town.
_WITH_TOWN = rf"(?<![\w-])[A-ZÄÖÜ][\w-]*\.?(?: [\w-]+\.?){{0,2}} \d{{1,3}}[a-h]?(?:,|\s?\n){_TOWN}"
_NAMED_AFTER = (
    rf"(?<![\w-])(?:Straße|Strasse|Platz|Allee) (?:des|der) (?:\d{{1,2}}\. )?[A-ZÄÖÜ][\w-]+(?: [A-ZÄÖÜ][\w-]+)? "
    rf"{_NUMBER}(?:{_TOWN})?"
)
_ENGLISH = (
    r"(?<![\w./,-])\d{1,4}[a-z]? (?!Wall )(?:[A-Z][\w'-]* ){1,3}"
    r"(?:Street|Road|Avenue|Lane|Boulevard|Terrace|Crescent|St|Rd|Ave|Ln|Blvd)\b\.?"
)

_STREETS = ("straße", "strasse", "str", "gasse", "allee", "chaussee")
#: Too many other words end like these, so they need a capital, and a word before them that streets have.
_WAYS = ("weg", "platz", "damm")
_WAYS_APART = (*_WAYS, "ring", "ufer", "stieg", "pfad", "markt")


def numbered_streets(text: str) -> Iterable[Found]:
    for match in _NUMBERED.finditer(text):
        if (start := _street_start(match)) is not None:
            yield Found("address", start, match.end())


def _street_start(match: re.Match[str]) -> int | None:
    """Where the address starts: at "Hauptstraße", at the word before ("Lange Straße"), or at the town before both."""
    word, before = match["word"], match["before"] or ""
    is_glued = _is_street(word) or _is_way(word)
    if not is_glued and not (before and _is_apart(before.strip(), word)):
        return None
    if match["town"] and not (is_glued and before):
        return match.start("town")
    return match.start("word" if is_glued else "before")


def _is_street(word: str) -> bool:
    ending = _ending(word, _STREETS)
    return ending is not None and len(ending) >= 3 and ending not in vocabulary.NO_STREETS


def _is_way(word: str) -> bool:
    ending = _ending(word, _WAYS)
    if word[0].isupper() and ending and len(ending) >= 3 and ending not in vocabulary.NO_WAYS:
        return True
    return (_ending(word, _WAYS_APART) or "").endswith("-") and word.rsplit("-", 1)[-1][:1].isupper()


def _is_apart(before: str, word: str) -> bool:
    """Whether a street is written in two words: "Lange Straße", "Potsdamer Platz"."""
    if not (before[0].isupper() and word[0].isupper()) or before.lower() in vocabulary.NO_STREET_NAMES:
        return False
    is_street = _ending(word, _STREETS) == ""
    return is_street or (_ending(word, _WAYS_APART) == "" and before.endswith("er"))


def _ending(word: str, endings: tuple[str, ...]) -> str | None:
    """What stands before one of the endings; None if the word has none of them."""
    lowered = word.lower().rstrip(".")
    return next((lowered.removesuffix(each) for each in endings if lowered.endswith(each)), None)


DETECTORS: tuple[Detector, ...] = (
    numbered_streets,
    by("address", _WITH_TOWN),
    by("address", _NAMED_AFTER),
    by("address", _ENGLISH),
)
