"""Numbers that name a person or an account: IBAN, card, tax, insurance, identity documents.

A number is believed for its check digit. Where there is none (a serial number as printed on a card, a Steuernummer), it
is believed only right behind a word for it.
"""

import re
from collections.abc import Callable, Iterable

from stdnum import iban, luhn
from stdnum.de import idnr

from bot.understanding.personal_data import checksums
from bot.understanding.personal_data.checksums import compact
from bot.understanding.personal_data.findings import Detector, Found, Kind, by
from bot.understanding.personal_data.runs import Run, numbers, runs, without_dates

#: Where an IBAN starts, also in "IBANDE…", and how far it may go; where its groups end is tried from the longest.
_IBAN_START = re.compile(r"(?:(?<![^\W_])|(?<=iban))[a-z]{2}[ -]?\d{2}(?=[ .-]{0,2}[0-9a-z])", re.IGNORECASE)
_IBAN_GROUP = re.compile(r"[ .-]{0,2}[0-9A-Za-z]+")
_LONGEST_IBAN = 34

#: The lengths of the cards of a network, by their first digits.
_CARDS = (
    (re.compile(r"4"), (19, 16)),
    (re.compile(r"5[1-5]|2(?:2[2-9]|[3-6]|7[01]|720)|35(?:2[89]|[3-8])|6(?:011|4[4-9]|5)"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"3(?:0[0-5]|[68])"), (14,)),
    (re.compile(r"5[0678]|6[0-9]"), (19, 18, 16)),
)

_INSURANCE_NUMBER = (
    r"(?i)(?<![^\W_])\d{2}[ /.-]{0,2}\d{2}[ .]?\d{2}[ .]?\d{2}[ /.-]{0,2}[a-z][ /.-]{0,2}\d{2} ?\d(?![^\W_])"
)
#: The ten characters on the card; the longer forms go on with the insurer's number and that of the main insured.
_HEALTH_NUMBER = (
    r"(?<![^\W_])(?:[A-Z] ?|[a-z])\d{3} ?\d{3} ?\d{3}(?:[ -]?\d{9}(?:[ -]?[A-Za-z]\d{9})?[ -]?\d)?(?![^\W_])"
)

_SERIAL = r"[CFGHJKLMNPRTVWXYZ0-9]{9}"
_CHECKED_SERIAL = rf"(?<![^\W_])(?P<data>(?=[A-Z](?:[A-Z]*\d){{4}}){_SERIAL}\d)(?:D?(?![^\W_]))"
_NAMED_SERIAL = (
    r"(?i)\b(?:personalausweis|ausweis|perso|reisepass|pass|passport|identity card|id[- ]card|aufenthaltstitel)"
    rf"(?:nummer|nr)?\b[^\d\[\]\n]{{0,25}}(?<![^\W_])(?P<data>(?=[A-Z]*\d){_SERIAL}\d?)D?(?![^\W_])"
)
#: A line of the machine-readable zone, or a part of one that was copied.
_MACHINE_READABLE = r"(?<![A-Z0-9<])(?=[A-Z0-9]{1,44}<)[A-Z0-9<]{20,90}(?![A-Z0-9<])"

_TAX_NUMBER = (
    r"(?i)\b(?:steuer-?(?:nummer|nr)|st\.?-?nr|tax (?:number|no))\b[ .:]{0,3}(?:(?:ist|lautet|is)[ :]{1,2})?"
    r"(?P<data>\d{2,3} ?/ ?\d{3,4} ?/ ?\d{4,5}|\d{10,13})(?!\d)"
)


def ibans(text: str) -> Iterable[Found]:
    free = 0
    for match in _IBAN_START.finditer(text):
        if match.start() >= free and (end := _iban_end(text, match)):
            free = end
            yield Found("iban", match.start(), end)


def _iban_end(text: str, start: re.Match[str]) -> int | None:
    """The end of the IBAN that starts here: at the end of a group, the longest that is right."""
    number, ends = compact(start[0]), list[tuple[int, str]]()
    place = start.end()
    while group := _IBAN_GROUP.match(text, place, place + _LONGEST_IBAN):
        number, place = number + compact(group[0]), group.end()
        if len(number) > _LONGEST_IBAN:
            break
        ends.append((place, number))
    return next((end for end, number in reversed(ends) if _is_iban(number)), None)


def _is_iban(number: str) -> bool:
    return len(number) >= 15 and checksums.is_mod_97(number) and iban.is_valid(number, check_country=False)


def cards(text: str) -> Iterable[Found]:
    return _in_runs("card", text, _card_length)


def tax_ids(text: str) -> Iterable[Found]:
    return _in_runs("tax_id", text, _tax_id_length)


def _in_runs(kind: Kind, text: str, length_at: Callable[[Run, int], int]) -> Iterable[Found]:
    for run in runs(without_dates(text), shortest=11):
        yield from (Found(kind, *span) for span in numbers(run, length_at))


def _card_length(run: Run, start: int) -> int:
    first = run.digits[start : start + 4]
    lengths = (length for network, known in _CARDS if network.match(first) for length in known)
    return next((length for length in lengths if _is_card(run, start, length)), 0)


def _is_card(run: Run, start: int, length: int) -> bool:
    return start + length in run.ends and luhn.is_valid(run.digits[start : start + length])


def _tax_id_length(run: Run, start: int) -> int:
    return 11 if start + 11 in run.ends and idnr.is_valid(run.digits[start : start + 11]) else 0


DETECTORS: tuple[Detector, ...] = (
    ibans,
    by("insurance_number", _INSURANCE_NUMBER, checksums.is_insurance_number),
    by("health_insurance", _HEALTH_NUMBER, checksums.is_health_insurance_number),
    by("id_document", _MACHINE_READABLE),
    by("id_document", _CHECKED_SERIAL, checksums.is_document_number),
    by("id_document", _NAMED_SERIAL),
    by("tax_id", _TAX_NUMBER),
    cards,
    tax_ids,
)
