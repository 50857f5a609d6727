"""Where a person is or drives: coordinates and number plates.

A plate needs the word for it, or its hyphen and space ("M-AB 1234"): "VI ZR 15" and "EU-US 2023" are none.
"""

from bot.understanding.personal_data.findings import by

_DEGREES = (
    r"(?i)(?<![\d.,])[+-]?(?:[0-8]?\d|90)[.,]\d{4,15}°?(?: ?[NS])?(?:[,;/] ?| )(?:[EWO] ?)?[+-]?(?:1[0-8]\d|\d{1,2})"
    r"[.,]\d{4,15}(?!\d)°?(?: ?[EWO]\b)?"
)
_MINUTES = r"\d{1,3} ?° ?\d{1,2}(?:[.,]\d{1,6})? ?'(?: ?\d{1,2}(?:[.,]\d{1,4})? ?(?:\"|''))?"
_DEGREES_AND_MINUTES = rf"(?i)(?<!\d){_MINUTES} ?[NS],? {{0,2}}{_MINUTES} ?[EWO]\b"

_NAMED_PLATE = (
    r"(?i)\b(?:kennzeichen|nummernschild|kfz|(?:license|licence|number|registration) (?:plate|number))\b"
    r"[^\d\[\]\n]{0,15}?(?<![^\W_])"
    r"(?P<data>[A-ZÄÖÜ]{1,3}[ -]{1,2}[A-Z]{1,2}[ -]?\d{1,4}[EH]?|[A-Z]{2}\d{2} ?[A-Z]{3})(?![^\W_])"
)
_PLATE = r"(?<![\w-])(?!EU-US )[A-ZÄÖÜ]{1,3}-[A-Z]{1,2} (?!(?:19|20)\d\d\b)\d{2,4}[EH]?(?![\w/%€]|[.,:-]\d)"

DETECTORS = (
    by("coordinates", _DEGREES),
    by("coordinates", _DEGREES_AND_MINUTES),
    by("plate", _NAMED_PLATE),
    by("plate", _PLATE),
)
