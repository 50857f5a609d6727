"""Choices as rows of buttons. Pure.

Owns which buttons share a row. Refuses those that Telegram would refuse together with their message.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeAlias

from bot.channels.telegram.legible import clean, is_blank, verbatim
from bot.channels.telegram.markup import utf16_units
from bot.messages import CHOICE_CODE_BYTES, Choice

Keyboard: TypeAlias = tuple[tuple[Choice, ...], ...]

#: Telegram's limit of what a button puts on the clipboard. Whether it counts characters or their halves is not told.
MAX_COPIED_UNITS = 256
#: More than these in a row cannot be read on a narrow phone.
MOST_IN_ROW = 4
#: So many share a row if none of their labels is longer; on a narrow phone longer ones would be cut off.
_SHARED: Mapping[int, int] = {2: 18}
#: Of more choices than a few (the sixteen Länder, say) more share one, so that all can be seen at once.
_FEW = 10
_SHARED_BY_MANY: Mapping[int, int] = {2: 22, 3: 11}
#: What Telegram takes behind "?start=".
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def arrange(choices: Iterable[Choice]) -> Keyboard:
    """Rows of buttons: those of a group share one, of the others as many as are short enough."""
    shown = [_legible(choice) for choice in choices if _is_usable(choice)]
    rows: list[tuple[Choice, ...]] = []
    for group, found in groupby(shown, key=lambda choice: choice.group):
        together = tuple(found)
        # What would change an answer is said in words, too many for a row.
        rows += _filled(together) if group in ("", "turns") else _in_one_row(together)
    return tuple(rows)


def is_copied(choice: Choice) -> bool:
    """Whether the button itself puts its text on the clipboard; else its code brings the text."""
    is_short = utf16_units(choice.copies) <= MAX_COPIED_UNITS
    return choice.kind == "copy" and is_short and not is_blank(choice.copies)


def _legible(choice: Choice) -> Choice:
    return replace(choice, label=clean(choice.label), copies=verbatim(choice.copies))


def _is_usable(choice: Choice) -> bool:
    if is_blank(choice.label):
        return False
    if choice.kind in ("open", "share"):
        return bool(_START_PARAMETER.fullmatch(choice.code))
    code_bytes = len(choice.code.encode("utf-8", "surrogatepass"))
    return is_copied(choice) or (choice.code.isprintable() and 0 < code_bytes <= CHOICE_CODE_BYTES)


def _in_one_row(choices: Sequence[Choice]) -> list[tuple[Choice, ...]]:
    return [tuple(choices[start : start + MOST_IN_ROW]) for start in range(0, len(choices), MOST_IN_ROW)]


def _filled(choices: Sequence[Choice]) -> list[tuple[Choice, ...]]:
    longest = _SHARED if len(choices) <= _FEW else _SHARED_BY_MANY
    rows: list[tuple[Choice, ...]] = []
    for choice in choices:
        grown = (*rows[-1], choice) if rows else ()
        if grown and max(len(each.label) for each in grown) <= longest.get(len(grown), 0):
            rows[-1] = grown
        else:
            rows.append((choice,))
    return rows
