"""Check digits of German numbers that python-stdnum does not know. Takes text of the right shape, also with spaces.

Insurance number (Versicherungsnummer der Rentenversicherung, § 147 SGB VI, § 2 VKVV) and the unchanging part of the
health-insurance number (§ 290 SGB V): the letter stands for its place in the alphabet in two digits, each digit is
weighed, and the cross sums of the products add up to the check digit modulo 10.
https://de.wikipedia.org/wiki/Versicherungsnummer, https://de.wikipedia.org/wiki/Krankenversichertennummer

Serial number of identity card and passport: ICAO Doc 9303 part 3, 4.9: weights 7, 3, 1, letters from A = 10.
https://www.icao.int/publications/doc-series/doc-9303
"""

import re
from itertools import cycle

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_97_10

_INSURANCE_WEIGHTS = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
_HEALTH_WEIGHTS = (1, 2, 1, 2, 1, 2, 1, 2, 1, 2)


_BETWEEN = re.compile(r"[^0-9A-Za-z]")


def compact(number: str) -> str:
    return _BETWEEN.sub("", number).upper()


def is_insurance_number(written: str) -> bool:
    """BBTTMMJJASSP: also the area and the month must be possible, one check digit being little."""
    number = compact(written)
    is_possible = 2 <= int(number[:2]) <= 89 and int(number[2:4]) <= 31 and int(number[4:6]) <= 12
    return is_possible and _cross_sums(number[:-1], _INSURANCE_WEIGHTS) == int(number[-1])


def is_health_insurance_number(written: str) -> bool:
    number = compact(written)
    return _cross_sums(number[:9], _HEALTH_WEIGHTS) == int(number[9])


def is_document_number(number: str) -> bool:
    """Nine characters and their check digit."""
    weighed = (int(each, 36) * weight for each, weight in zip(number[:9], cycle((7, 3, 1)), strict=False))
    return sum(weighed) % 10 == int(number[9])


def is_mod_97(number: str) -> bool:
    try:
        return mod_97_10.checksum(number[4:] + number[:4]) == 1
    except (ValidationError, ValueError):
        return False


def _cross_sums(number: str, weights: tuple[int, ...]) -> int:
    digits = "".join(f"{ord(each) - 64:02}" if each.isalpha() else each for each in number)
    products = (int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return sum(product // 10 + product % 10 for product in products) % 10
