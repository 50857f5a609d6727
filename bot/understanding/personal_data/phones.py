"""Telephone numbers, with the numbering plans of the phonenumbers library.

Not its matcher: that must read the text once for each country, which adds up in long runs of digits, and it wants a
valid number, which "0151/2345678" is not. Here a number starts with "+", "0" or a German mobile prefix, and only so
many are looked up. What has the shape of one after that is taken for one: better too much hidden than one number shown.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count

import phonenumbers

from bot.understanding.personal_data.findings import Detector, Found
from bot.understanding.personal_data.runs import Run, numbers, runs, without_dates

#: The longest is "0049 (0) 151 …".
_LENGTHS = range(17, 6, -1)
_MOST_LOOKUPS = 100
#: Where a national number may be from; of the neighbours and of those who write in English.
_REGIONS = ("DE", "AT", "CH", "GB")
_GERMAN_MOBILE = re.compile(r"01[567]\d{7,10}$")
#: As messengers show a German mobile number: "4915…" without a plus.
_MOBILE_ABROAD = ("4915", "4916", "4917")
_BEFORE = re.compile(r"(?<!\w)\(?\+ {0,2}\(?$|\($")
_ENCODED_PLUS = re.compile("%2b", re.IGNORECASE)

#: The address of a page whose digits are most likely the page's own number.
_PAGE = re.compile(r"(?:https?://|www\.)(?!\S*(?:\+|tel|phone|=|01[567]\d[\d-]{6}|491[567]\d{7}))\S+", re.IGNORECASE)

#: "01 02 03 04", "0 - 5 - 10 - 15"
_COUNTING = re.compile(r"0\d(?:[ ./()-]+\d\d?)*|\d+(?: - \d\d?)+")

_AMERICAN = re.compile(r"(?<![\w.-])(?:\(\d{3}\) ?|\d{3}[-.])\d{3}[-.]\d{4}(?![\w-])")
_LINKED = re.compile(r"(?:\bwa\.me/|\bsignal\.me/#p/|\bphone=|\btel:)\+?(?P<data>\d[\d-]{5,18}\d)(?!\w)", re.IGNORECASE)
#: Directly behind a word for it any number will do, also one without an area code.
_NAMED = re.compile(
    r"\b(?:(?:telefon|mobilfunk|mobil|handy|festnetz|whatsapp|ruf|fax|funk)[ -]?(?:nummer|nr)|telefon|tel|fon|handy|"
    r"mobil|fax|(?:phone|mobile|cell)(?: phone)?(?: number| no)?|call me(?: at| on)?)"
    r"(?![^\W\d_])[ .:=]{0,3}(?:(?:ist|lautet|is)[ :]{1,2})?(?P<data>\(?\d(?:[ /()-]{0,3}\d){5,14})"
    r"(?![\w%€$]|[ /.:-]?\d| (?:%|€|euro|eur|prozent|kund))",
    re.IGNORECASE,
)


def phones(text: str) -> Iterable[Found]:
    plain = without_dates(_ENCODED_PLUS.sub("+  ", text))
    spans = sorted((*_numbered(_PAGE.sub(_crossed_out, plain)), *_patterned(plain)))
    return (Found("phone", *span) for span in _merged(spans))


def _crossed_out(match: re.Match[str]) -> str:
    return "#" * len(match[0])


def _merged(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """One span for those that overlap: what is left of the shorter one would be half a number."""
    open_span: tuple[int, int] | None = None
    for span in spans:
        if open_span and span[0] < open_span[1]:
            open_span = (open_span[0], max(open_span[1], span[1]))
            continue
        if open_span:
            yield open_span
        open_span = span
    if open_span:
        yield open_span


def _patterned(text: str) -> Iterator[tuple[int, int]]:
    yield from (match.span("data") for pattern in (_LINKED, _NAMED) for match in pattern.finditer(text))
    yield from (match.span() for match in _AMERICAN.finditer(text) if _is_valid(match[0], "US"))


def _numbered(text: str) -> Iterator[tuple[int, int]]:
    search = _Search()
    for run in runs(text, shortest=_LENGTHS[-1]):
        for start, end in numbers(run, search.length):
            yield start - len(_sign_before(text, start)), end


class _Search:
    """Numbers at the groups of runs, with a limit on how many are looked up."""

    def __init__(self) -> None:
        self._lookups = count()

    def length(self, run: Run, start: int) -> int:
        digits = _as_dialled(run, start)
        if digits is None:
            return 0
        shift = len(digits) - len(run.digits[start : start + _LENGTHS[0]])
        lengths = (length for length in _LENGTHS if _is_written_as_one(run, start, length))
        return next((length for length in lengths if self._is_phone(digits[: length + shift])), 0)

    def _is_phone(self, number: str) -> bool:
        if _GERMAN_MOBILE.match(number):
            return True
        if number.startswith("+"):
            return self._is_spent() or _is_possible(number)
        return any(self._is_spent() or _is_valid(number, region) for region in _REGIONS)

    def _is_spent(self) -> bool:
        return next(self._lookups) >= _MOST_LOOKUPS


def _is_written_as_one(run: Run, start: int, length: int) -> bool:
    return start + length in run.ends and not _COUNTING.fullmatch(run.text, *run.span(start, start + length))


def _as_dialled(run: Run, start: int) -> str | None:
    """The digits from here on, with "+" for an international prefix; None where no number can start."""
    digits = run.digits[start : start + _LENGTHS[0]]
    if digits.startswith("0"):
        return digits
    is_international = "+" in _sign_before(run.text, run.places[start]) or digits.startswith(_MOBILE_ABROAD)
    return f"+{digits}" if is_international else None


def _sign_before(text: str, place: int) -> str:
    sign = _BEFORE.search(text[max(0, place - 5) : place])
    return sign[0] if sign else ""


def _is_possible(number: str) -> bool:
    parsed = _parsed(number, None)
    return parsed is not None and phonenumbers.is_possible_number(parsed)


def _is_valid(number: str, region: str) -> bool:
    parsed = _parsed(number, region)
    return parsed is not None and phonenumbers.is_valid_number(parsed)


def _parsed(number: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(number, region)
    except phonenumbers.NumberParseException:
        return None


DETECTORS: tuple[Detector, ...] = (phones,)
