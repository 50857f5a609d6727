"""Persons by name.

Names cannot be told from other words: only what a salutation, a degree, "my name is" or a closing formula announces is
found, and a name behind "mein Chef" if it begins with a usual first name. All else that is capitalised in German stays.
"""

import re
from collections.abc import Iterable

from bot.understanding.personal_data import vocabulary
from bot.understanding.personal_data.findings import Detector, Found, by

_UPPER, _LOWER = "A-ZÀ-ÖØ-ÞĀ-ž", "a-zß-öø-ÿĀ-ž"
_NAME = rf"(?:Mc|Mac|[OD]')?[{_UPPER}][{_LOWER}]{{1,30}}(?:-[{_UPPER}][{_LOWER}]{{1,30}})?(?![\w-])"
_PARTICLE = r"(?:(?:von|vom|van|zu|zum|de|di|da|del|la|el|al|ten|ter)(?: (?:der|den|dem))? )?"
_DEGREE = r"(?:(?:Prof|Dr|med|jur|rer|nat|phil|pol|h\.c|Dipl\.-Ing)\. ?|(?:Prof|Dr|Doktor|Professor(?:in)?) )"
_NAMES = rf"{_PARTICLE}(?P<first>{_NAME})(?P<last> {_PARTICLE}{_NAME})?"
_TITLE = r"(?P<title>Herrn?|Frau|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?)"

_SALUTED = re.compile(
    r"(?:\b(?P<before>[^\W\d_]{1,20}) )?\b(?<!Mann und )(?<!Mann oder )"
    rf"(?P<data>{_TITLE} {_DEGREE}{{0,5}}{_NAMES})"
)
_WITH_DEGREE = re.compile(rf"(?<![\w-])(?P<data>{_DEGREE}{{1,5}}{_NAMES})")
_RELATED = re.compile(
    r"\b(?i:(?:mein|unser|dein|eur|ihr|sein)(?:e[mnrs]?)?|euer|my|our|your|his|her|their) "
    rf"(?P<relation>[^\W\d_]{{3,20}}),? (?P<data>{_NAMES})"
)
_ANNOUNCED = (
    r"\b(?i:ich hei(?:ß|ss)e|mein name ist|my name is|my name's|i am called) "
    rf"(?P<data>{_PARTICLE}{_NAME}(?: {_PARTICLE}{_NAME})?)(?=\s*(?:$|[.,;:!?()\n])| (?:und|and|aus|from)\b)"
)
_SIGNED = (
    rf"\b(?i:gr(?:ü|ue)(?:ß|ss)e?n?|regards)[,.!]?\s{{1,3}}(?P<data>{_NAME}(?: {_PARTICLE}{_NAME}){{0,2}})(?=\s*$)"
)


def names(text: str) -> Iterable[Found]:
    for match in _SALUTED.finditer(text):
        if not _is_determined(match["before"], match["title"]) and _is_name(match):
            yield _name(match)


def names_with_degree(text: str) -> Iterable[Found]:
    return (_name(match) for match in _WITH_DEGREE.finditer(text) if _is_name(match))


def names_of_relations(text: str) -> Iterable[Found]:
    for match in _RELATED.finditer(text):
        if match["relation"].lower() in vocabulary.RELATIONS and _is_first_name(match["first"]):
            yield _name(match)


def _name(match: re.Match[str]) -> Found:
    """With the second word only if it goes on from a first name: in "Frau Huber Werbung schicken" it is no name."""
    last = (match["last"] or "").lower()
    is_last = last and _is_first_name(match["first"]) and not last.endswith(vocabulary.NOUN_ENDINGS)
    return Found("name", match.start("data"), match.end("last" if is_last else "first"))


def _is_determined(before: str | None, title: str) -> bool:
    """Whether "Herr" or "Frau" is a noun here: "meine Frau Kunden anschreibt", "die Frau Auskunft will"."""
    if before is None or title.startswith("M"):
        return False
    is_article = before.lower() in vocabulary.ARTICLES
    return before.lower() in vocabulary.DETERMINERS or (is_article and title.startswith("F"))


def _is_name(match: re.Match[str]) -> bool:
    word = match["first"].lower()
    is_public = word in vocabulary.IN_PUBLIC or (match["last"] or "").strip().lower() in vocabulary.IN_PUBLIC
    return not is_public and word not in vocabulary.NO_SURNAMES and not word.endswith(vocabulary.NO_SURNAME_ENDINGS)


def _is_first_name(word: str) -> bool:
    return word.split("-", maxsplit=1)[0].lower() in vocabulary.FIRST_NAMES


DETECTORS: tuple[Detector, ...] = (
    names,
    names_with_degree,
    by("name", _ANNOUNCED),
    by("name", _SIGNED),
    names_of_relations,
)
