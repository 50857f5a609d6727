"""When something happened, if a text says so: by the clock and the calendar of Berlin, never in the future.

Owns how what is said of days, parts of days and clock times makes one moment. Never asks the clock: the present is
an argument. What is vague gives the beginning of what it names, so that a period counted from it never ends too late.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.matching.mentions.times.clocks import AGO, CLOCKS
from bot.matching.mentions.times.days import DATES, DAYS, PARTS
from bot.matching.mentions.times.pieces import Ago, Clock, Day, Part, Piece, pieces
from bot.matching.normalise import fold

BERLIN = ZoneInfo("Europe/Berlin")
#: So many words may stand between a day and the time of that day: "gestern ist mir um 15 Uhr …".
MOST_WORDS_BETWEEN = 5
#: So many characters before a time can change what it tells.
LONGEST_LOOK_BACK = 60
#: What is longer ago is no emergency, but a date of birth.
LONGEST_AGO = timedelta(days=3 * 365)
#: Of an hour that may be meant before noon or after, these are rather after.
LATEST_RATHER_AFTER_NOON = 6
_NOON = 12
_DAY = timedelta(days=1)
#: Dates first, and clock times before what is said of days: "Montag um 11" is a day and a time.
_RULES = (*DATES, *AGO, *CLOCKS, *DAYS, *PARTS)

_SENTENCE_END = re.compile(r"[.!?]\s|\n")
#: Right before a time: it is a limit, a habit or still to come.
_NOT_PAST = re.compile(
    r"\b(?:bis|spaetestens|until|till|by|(?<!shortly )(?<!just )before|ab|next|naechst\w*|kommend\w*)"
    r"(?: (?:zum|den|dem|am|um|the|at|next|naechst\w*|kommend\w*|spaetestens))* ?$"
    r"|\b(?:jede[nrsm]?|every|each|always|immer)(?: \w+){0,3} ?$"
    r"|\b(?:frist|deadline|termin|appointment|due)\b\W+(?:\w+\W+){0,3}$"
)
_ABOUT = re.compile(
    r"\b(?:gegen|etwa|circa|ca|ungefaehr|rund|so|around|about|roughly|approximately|approx|nearly|almost|"
    r"kurz vor|kurz nach|(?:shortly|just) (?:before|after)|zwischen|between)\.?(?: um| at)? ?$"
)
_ABOUT_SO_LONG = re.compile(
    r"(?:^| )(?:so|etwa|ca|circa|ungefaehr|ueber|mehr als|knapp|gut|about|around|almost|nearly|over|roughly|some)\b"
)

MeaningT = TypeVar("MeaningT")


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in Berlin's time. It `is_rough` if the text tells no exact time: then it is the beginning of the day or
    of the part of a day that the text names, or a time that it calls approximate or leaves open to two readings."""

    at: datetime
    is_rough: bool


def moment(text: str, now: datetime) -> Moment | None:
    """When it happened, in the first words of a text that say so; None if none do. `now` knows its time zone."""
    return next(iter(moments(text, now)), None)


def moments(text: str, now: datetime) -> tuple[Moment, ...]:
    """Every past moment that a text names, in the order it names them: a theft and its discovery may be two."""
    here = now.astimezone(BERLIN)
    folded = fold(text)
    said = pieces(folded, here.date(), _RULES)
    found = (_resolved(folded, group, here) for group in _grouped(folded, said) if not _is_ahead(folded, group[0]))
    return tuple(each for each in found if each and here - LONGEST_AGO <= each.at <= here)


def _grouped(text: str, said: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces that tell one time together: a day, a part of it and a clock time, in any order."""
    group: list[Piece] = []
    for piece in said:
        if group and not _goes_on(text, group, piece):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _goes_on(text: str, group: Sequence[Piece], piece: Piece) -> bool:
    between = text[group[-1].end : piece.start]
    kinds = {type(each.meaning) for each in (*group, piece)}
    is_near = len(between.split()) <= MOST_WORDS_BETWEEN and not _SENTENCE_END.search(between)
    return is_near and len(kinds) > len(group) and Ago not in kinds


def _is_ahead(text: str, first: Piece) -> bool:
    return _NOT_PAST.search(_before(text, first)) is not None


def _resolved(text: str, group: Sequence[Piece], now: datetime) -> Moment | None:
    """The moment that pieces tell together; None if they only look like one."""
    ago, day, part, clock = _of(Ago, group), _of(Day, group), _of(Part, group), _of(Clock, group)
    is_about = any(_is_about(text, each) for each in group if isinstance(each.meaning, Ago | Clock))
    if ago:
        return Moment(_existing(now.astimezone(UTC) - ago.span), is_about or not ago.span)
    if clock and clock.is_bare and not (day or part):
        return None
    is_exact = clock is not None and not (clock.is_open and not part)
    return Moment(_last(day, part, clock, now), is_about or not is_exact)


def _before(text: str, piece: Piece) -> str:
    return text[max(0, piece.start - LONGEST_LOOK_BACK) : piece.start]


def _is_about(text: str, piece: Piece) -> bool:
    return bool(_ABOUT.search(_before(text, piece)) or _ABOUT_SO_LONG.search(text[piece.start : piece.end]))


def _of(kind: type[MeaningT], group: Sequence[Piece]) -> MeaningT | None:
    return next((each.meaning for each in group if isinstance(each.meaning, kind)), None)


def _last(day: Day | None, part: Part | None, clock: Clock | None, now: datetime) -> datetime:
    """The last such time: what recurs and has not come today was the one before."""
    date_said, recurs = (day.date, day.recurs) if day else (now.date(), _DAY)
    found = _local(date_said, part, clock)
    if found > now and clock and clock.is_open and not part:
        found = _on(date_said, time(clock.hour, clock.minute))
    return _local(date_said - recurs, part, clock) if found > now and recurs else found


def _local(day: date, part: Part | None, clock: Clock | None) -> datetime:
    if clock is None:
        return _on(day, time(part.hour if part else 0))
    hour = _hour(clock, part)
    # A night goes on into the next day.
    is_next = part is not None and part.half == "night" and hour < _NOON
    return _on(day + _DAY if is_next else day, time(hour, clock.minute))


def _hour(clock: Clock, part: Part | None) -> int:
    """The hour of twenty-four: "8" in the evening is 20, at night 20, in the morning 8."""
    if part is None:
        is_rather_after = clock.is_open and clock.hour <= LATEST_RATHER_AFTER_NOON
        return clock.hour + _NOON if is_rather_after else clock.hour
    if part.half in ("night", "nights"):
        return (clock.hour + _NOON) % 24 if LATEST_RATHER_AFTER_NOON <= clock.hour <= _NOON else clock.hour
    is_after = (part.half == "pm" and clock.hour < _NOON) or (
        part.half == "noon" and clock.hour < LATEST_RATHER_AFTER_NOON
    )
    return clock.hour + _NOON if is_after else clock.hour


def _on(day: date, at: time) -> datetime:
    return _existing(datetime.combine(day, at, tzinfo=BERLIN))


def _existing(at: datetime) -> datetime:
    """In Berlin's time; an hour that the clocks leave out in spring is the next."""
    return at.astimezone(UTC).astimezone(BERLIN)
