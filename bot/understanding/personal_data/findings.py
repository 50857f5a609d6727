"""What a detector reports: a kind of personal data and where it stands. No texts: a finding must not carry the data."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "phone",
    "email",
    "iban",
    "card",
    "tax_id",
    "insurance_number",
    "health_insurance",
    "id_document",
    "plate",
    "address",
    "birth_date",
    "handle",
    "coordinates",
    "name",
]


@dataclass(frozen=True, slots=True)
class Found:
    """Personal data of one kind at text[start:end]."""

    kind: Kind
    start: int
    end: int


Detector = Callable[[str], Iterable[Found]]
"""Finds what does not overlap, in linear time whatever the text."""


def by(kind: Kind, pattern: str, check: Callable[[str], bool] | None = None) -> Detector:
    """A detector of every match that passes the check; only of its group "data", the rest being the word for it."""
    compiled = re.compile(pattern)
    group = "data" if "data" in compiled.groupindex else 0

    def detect(text: str) -> Iterable[Found]:
        found = (match for match in compiled.finditer(text) if check is None or check(match[group]))
        return (Found(kind, *match.span(group)) for match in found)

    return detect
