"""Choosing by position: "2", "die erste", "option 3", "the last one", "1 und 3", "the first two"."""

import re
from collections.abc import Sequence

from bot.matching.normalise import words

_ORDINALS = {
    **dict.fromkeys(
        words("eins erste ersten erster erstes erstens first firstly oberste oberstes oberen top former ersteres"), 1
    ),
    **dict.fromkeys(words("zwei zweite zweiten zweiter zweites zweitens second secondly two"), 2),
    **dict.fromkeys(words("drei dritte dritten dritter drittes drittens third thirdly three"), 3),
    **dict.fromkeys(words("vier vierte vierten vierter viertes viertens fourth four"), 4),
    **dict.fromkeys(words("letzte letzten letzter letztes last unterste unterstes bottom latter letzteres"), -1),
}
#: Words that may stand beside a position without meaning anything else.
_BESIDES = frozenset(
    words(
        "die der das den dem des s the option nummer number nr no punkt point position antwort answer one ich nehme "
        "nehm wähle nimm i take choose bitte please ja yes yeah also dann then halt mal knopf schaltfläche button "
        "auswahl choice wohl suppose guess glaube glaub think denke denk mein meine eher rather eigentlich wäre would "
        "be its it es is ist"
    )
)
#: What is between the others, where there are three.
_MIDDLE = frozenset(words("mittlere mittleren mittlerer mittleres mitte middle"))
#: What leads from one position to the next.
_AND = frozenset(words("und u and plus sowie both beide"))
_IN = frozenset(words("in"))
#: "The first two", "die ersten beiden": so many from the beginning.
_PAIR = frozenset(words("beiden zwei two couple"))
_FIRST, _LAST = frozenset(words("ersten first")), frozenset(words("letzten last"))
#: "Number one": what makes a number of a mere "one".
_NUMBERING = frozenset(words("number nr option punkt point position"))


#: "-1" counts from nowhere that a person sees.
_SIGNED = re.compile(r"(?<!\w)[-+−–]\d")


#: Of so many one is in the middle.
MOST_IN_A_MIDDLE = 3


def position(text: str) -> int | None:
    """The position a text names, counted from 1; -1 is the last; None if it names none or says more than that."""
    named = _named(text, _BESIDES)
    return named[0] if len(named) == 1 else None


def _named(text: str, besides: frozenset[str]) -> Sequence[int]:
    """The positions that a text names, in order; none if it says more than that."""
    if _SIGNED.search(text):
        return ()
    said = words(text)
    named = [value for word in said if (value := _value(word)) is not None]
    others = [word for word in said if _value(word) is None and word not in besides]
    if not named and not others and (said == ["one"] or ("one" in said and not _NUMBERING.isdisjoint(said))):
        return (1,)
    return () if others else named


def _value(word: str) -> int | None:
    # More than three digits are a telephone number or a year, not a choice.
    return int(word) if word.isdecimal() and len(word) <= 3 else _ORDINALS.get(word)


def at(text: str, count: int) -> int | None:
    """The index of the chosen one among `count`; None if the text names no position or one that is not there."""
    if count == MOST_IN_A_MIDDLE and _is_middle(text):
        return 1
    named = position(text)
    return None if named is None else _index(named, count)


def every_at(text: str, count: int) -> tuple[int, ...]:
    """The indices of several that are chosen among `count` ("1 und 3", "the first two"), else none."""
    if (first := _pair(words(text), count)) is not None:
        return (first, first + 1)
    found = dict.fromkeys(_index(named, count) for named in _named(text, _BESIDES | _AND))
    several = tuple(index for index in found if index is not None)
    return several if len(several) == len(found) > 1 else ()


def _index(named: int, count: int) -> int | None:
    if named == -1:
        return count - 1
    return named - 1 if 1 <= named <= count else None


def _is_middle(text: str) -> bool:
    said = words(text)
    return not _MIDDLE.isdisjoint(said) and all(word in _MIDDLE | _BESIDES | _IN for word in said)


def _pair(said: Sequence[str], count: int) -> int | None:
    """Where two of them begin that are named together."""
    if _PAIR.isdisjoint(said) or any(word not in _PAIR | _FIRST | _LAST | _BESIDES for word in said):
        return None
    if not _FIRST.isdisjoint(said) and count > 1:
        return 0
    return count - 2 if not _LAST.isdisjoint(said) and count > 1 else None
