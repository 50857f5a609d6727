"""Choosing by position: "2", "die erste", "option 3", "the last one"."""

import re

from bot.matching.normalise import words

_ORDINALS = {
    **dict.fromkeys(words("eins erste ersten erster erstes first oberste oberstes oberen top former ersteres"), 1),
    **dict.fromkeys(words("zwei zweite zweiten zweiter zweites second two"), 2),
    **dict.fromkeys(words("drei dritte dritten dritter drittes third three"), 3),
    **dict.fromkeys(words("vier vierte vierten vierter viertes fourth four"), 4),
    **dict.fromkeys(words("letzte letzten letzter letztes last unterste unterstes bottom latter letzteres"), -1),
}
#: Words that may stand beside a position without meaning anything else.
_BESIDES = frozenset(
    words(
        "die der das den dem the option nummer number nr no antwort answer one ich nehme wähle nimm i take choose "
        "bitte please ja yes yeah also dann then halt mal knopf schaltfläche button auswahl choice wohl suppose guess "
        "glaube eher rather eigentlich wäre would be its it es is ist"
    )
)


#: "-1" counts from nowhere that a person sees.
_SIGNED = re.compile(r"(?<!\w)[-+−–]\d")


def position(text: str) -> int | None:
    """The position a text names, counted from 1; -1 is the last; None if it names none or says more than that."""
    if _SIGNED.search(text):
        return None
    said = words(text)
    named = [_value(word) for word in said if _value(word) is not None]
    others = [word for word in said if _value(word) is None and word not in _BESIDES]
    if len(named) == 1 and not others:
        return named[0]
    return 1 if said == ["one"] else None


def _value(word: str) -> int | None:
    # More than three digits are a telephone number or a year, not a choice.
    return int(word) if word.isdecimal() and len(word) <= 3 else _ORDINALS.get(word)


def at(text: str, count: int) -> int | None:
    """The index of the chosen one among `count`; None if the text names no position or one that is not there."""
    named = position(text)
    if named == -1:
        return count - 1
    return named - 1 if named is not None and 1 <= named <= count else None
