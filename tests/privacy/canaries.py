"""Texts, numbers and secrets that occur nowhere else, so that they are found wherever they turn up."""

from collections.abc import Iterable

TOKEN = "778899:KanarienTokenQ7x"  # noqa: S105 - of nobody
WEBHOOK_SECRET = "KanarienGeheimnisQ7x"  # noqa: S105 - of nobody
STORE_KEY = "S2FuYXJpZW5TY2hsdWVzc2VsUTd4LTEyMzQ1Njc4OTA="
PERSON = 9_876_501_234
STRANGER = 9_876_505_678
GROUP = -1_009_876_500_999
WORD = "Kanarienvogelq7x"
PHONE = "0151 98765012"
MAIL = "kanari.q7x@hof.example"

#: What must be found nowhere, in the ways in which it could be written.
SECRETS = (
    "KanarienTokenQ7x",
    WEBHOOK_SECRET,
    STORE_KEY,
    "KanarienSchluesselQ7x",
    str(PERSON),
    str(STRANGER),
    str(abs(GROUP)),
    WORD,
    "98765012",
    "kanari.q7x",
    "Person 98765",
)


def found_in(written: Iterable[tuple[str, bytes]]) -> list[tuple[str, str]]:
    """Each place and the canary that was found there, whatever its case."""
    return [
        (place, canary)
        for place, content in written
        for canary in SECRETS
        for form in _forms(canary)
        if form in content.lower()
    ]


def _forms(canary: str) -> set[bytes]:
    lower = canary.lower()
    forms = {lower.encode(), lower.encode("utf-16-le"), lower.encode().hex().encode()}
    if canary.isdecimal():
        number = int(canary)
        forms |= {number.to_bytes(8, "big")[3:], number.to_bytes(8, "little")[:5]}
    return forms
