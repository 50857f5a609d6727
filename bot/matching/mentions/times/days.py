"""Words for days and their parts: "gestern Abend", "am 28.11.", "on Friday night"."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta

from bot.matching.mentions.times.pieces import TAKEN, Day, Meaning, Part, Rule, nothing, rule

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_WEEKDAYS = (
    ("montag", "monday"), ("dienstag", "tuesday"), ("mittwoch", "wednesday"), ("donnerstag", "thursday"),
    ("freitag", "friday"), ("samstag", "sonnabend", "saturday"), ("sonntag", "sunday"),
)  # fmt: skip
_SATURDAY = 5
_MONTHS = (
    ("jan", "jaen"), ("feb",), ("maer", "mar", "mrz"), ("apr",), ("mai", "may"), ("jun",), ("jul",), ("aug",),
    ("sep",), ("okt", "oct"), ("nov",), ("dez", "dec"),
)  # fmt: skip
_PARTS: Mapping[str, Part] = {
    **dict.fromkeys(("morgen", "morgn", "frueh", "fruah", "morning"), Part(6, "am")),
    "vormittag": Part(9, "am"),
    **dict.fromkeys(("mittag", "lunchtime"), Part(12, "noon")),
    **dict.fromkeys(("nachmittag", "afternoon"), Part(12, "pm")),
    **dict.fromkeys(("abend", "obend", "evening"), Part(18, "pm")),
    "nacht": Part(22, "night"),
    "nachts": Part(0, "nights"),
    # In English a night begins with the evening.
    "night": Part(20, "night"),
}

_DAY_NAMES = "|".join(name for names in _WEEKDAYS for name in names)
_PART_NAMES = "|".join(sorted(_PARTS, key=len, reverse=True))
_WEEKDAY = rf"(?P<weekday>{_DAY_NAMES})"
_PART = rf"(?P<part>{_PART_NAMES})s?\b"
_NEAR = r"\s?(?:in the |in der |am |auf (?:die |d ?))?"
_LAST = r"(?P<last>vorletzte[nrms]?|letzte[nrms]?|vergangene[nrms]?|vorige[nrms]?|last|past|previous)"
_MONTH = (
    r"(?P<month>januar|jaenner|january|jan|februar|february|feb|maerz|march|mrz|mar|april|apr|mai|may|juni|june|jun|"
    r"juli|july|jul|august|aug|september|sept|sep|oktober|october|okt|oct|november|nov|dezember|december|dez|dec)\b\.?"
)
_NUMBER = r"(?P<day>\d{1,2})"
_NUMBERED_MONTH = r"(?P<month>\d{1,2})"
#: Two figures after a blank are rather the hour.
_YEAR = r"\s?(?P<year>\d{4}|(?<=\S)\d\d)\b(?![:.]\d| ?uhr)"
_NAMING = rf"(?:{_WEEKDAY}|(?:mo|di|mi|do|fr|sa|so)\b\.?),? (?:den |dem |der |the )?"
_NAMED = rf"(?:{_NAMING})?"
#: What comes before a date that is written without its year: "Version 17.4." is none.
_ON = r"(?:am|vom|seit|seit dem|den|dem|zum|on|since|from)"


def _with_part(day: Day, match: re.Match[str]) -> tuple[Meaning, ...]:
    part = match.groupdict().get("part")
    return (day, _PARTS[part]) if part else (day,)


def _back(days: int, recurs: timedelta | None = None) -> Callable[[re.Match[str], date], tuple[Meaning, ...]]:
    def meant(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
        return _with_part(Day(today - days * _DAY, recurs), match)

    return meant


def _tonight(_match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    return (Day(today), _PARTS["evening"])


def _part(match: re.Match[str], _today: date) -> tuple[Meaning, ...]:
    return (_PARTS[match["part"]],)


def _days_since(match: re.Match[str], today: date) -> int:
    number = next(number for number, names in enumerate(_WEEKDAYS) if match["weekday"] in names)
    return (today.weekday() - number) % 7


def _weekday(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    """The last such day; today is one, unless it is called the last."""
    days, last = _days_since(match, today), match["last"] or ""
    weeks = (1 if last and not days else 0) + (1 if last.startswith("vorletzt") else 0)
    return _with_part(Day(today - days * _DAY - weeks * _WEEK, _WEEK), match)


def _short_weekday(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    number = ("mo", "di", "mi", "do", "fr", "sa").index(match["short"])
    return (Day(today - (today.weekday() - number) % 7 * _DAY, _WEEK),)


def _weekday_of_last_week(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    monday = today - today.weekday() * _DAY
    return (Day(monday - (1 + _days_since(match, monday - _DAY)) * _DAY),)


def _weekday_before(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    """ "Freitag vor einer Woche"."""
    return (Day(today - _days_since(match, today) * _DAY - _WEEK),)


def _night_to(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    """ "In der Nacht auf Samstag" begins on Friday."""
    return (Day(today - (_days_since(match, today) + 1) * _DAY, _WEEK), _PARTS["nacht"])


def _overnight(_match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    return (Day(today - _DAY), _PARTS["night"])


def _week(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    monday = today - today.weekday() * _DAY
    return (Day(monday - _WEEK if match["last"] else monday),)


def _last_month(_match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    return (Day((today.replace(day=1) - _DAY).replace(day=1)),)


def _weekend(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    """The last one; on a Sunday "last weekend" is the one before."""
    days = (today.weekday() - _SATURDAY) % 7
    saturday = today - days * _DAY
    return (Day(saturday - _WEEK if match["last"] and days <= 1 else saturday),)


def _date(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    """A date; without a year the last one, without a month the last day of that number."""
    said = match.groupdict()
    year, month, day = said.get("year"), said.get("month"), int(said["day"])
    if year and month:
        found = _day_of(_year(year), _month(month), day) or _day_of(_year(year), day, _month(month))
    else:
        months = [(today.year - back, _month(month)) for back in range(5)] if month else _months_until(today)
        found = _last(today, months, day)
    return (Day(found),) if found else ()


def _year(said: str) -> int:
    return int(said) + (2000 if len(said) == 2 else 0)


def _months_until(today: date) -> Iterator[tuple[int, int]]:
    for back in range(12):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        yield year, month + 1


def _last(today: date, months: Iterable[tuple[int, int]], day: int) -> date | None:
    """The latest day of that number that has come in one of the months, the latest of them first."""
    days = (_day_of(year, month, day) for year, month in months)
    return next((each for each in days if each and each <= today), None)


def _month(said: str) -> int:
    if said.isdecimal():
        return int(said)
    return next(number for number, names in enumerate(_MONTHS, start=1) if said.startswith(names))


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


#: A date stands before a clock time, of which it must not take the hour.
DATES: tuple[Rule, ...] = (
    rule(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)", _date),
    # Digits before it make it a part of something else, as of a telephone number.
    rule(r"\d{3,} \d{1,2}\.\d{1,2}\.\d{2,4}", nothing),
    rule(rf"{_NAMED}{_NUMBER}[./-]\s?{_NUMBERED_MONTH}[./-]{_YEAR}", _date),
    rule(rf"(?:^|{_ON} (?:den )?|{_NAMING}){_NUMBER}\.\s?{_NUMBERED_MONTH}\b\.?(?!\d| ?uhr)", _date),
    rule(rf"(?:am|on|vom|seit|since) {_NUMBER}/{_NUMBERED_MONTH}\b", _date),
    rule(rf"{_NAMED}{_NUMBER}(?:\.\s?|(?:st|nd|rd|th)?\s)(?:of )?{_MONTH}(?:,? (?P<year>\d{{4}}))?", _date),
    rule(rf"{_NAMED}{_MONTH} (?:the )?{_NUMBER}(?:st|nd|rd|th)?\b(?:,? (?P<year>\d{{4}}))?", _date),
    rule(rf"{_WEEKDAY},? (?:vor einer woche|a week ago)\b", _weekday_before),
    rule(rf"{_ON} {_NUMBER}\.(?!\s?\d)", _date),
    rule(rf"(?:{_WEEKDAY},? )?the {_NUMBER}(?:st|nd|rd|th)\b", _date),
)
DAYS: tuple[Rule, ...] = (
    rule(
        r"(?:gute[nrs]?|schoene[nrs]?|good) (?:morgen|tag|mittag|abend|nacht|morning|afternoon|evening|night|day)\b",
        nothing,
    ),
    rule(rf"(?:jede[nrsm]?|every|each) (?:{_DAY_NAMES}|{_PART_NAMES})\s?(?:{_PART_NAMES})?\b", nothing),
    rule(r"(?:vorvorgestern)\b", _back(3)),
    rule(rf"(?:vorgestern|(?:the )?day before yesterday)\b(?:{_NEAR}{_PART})?", _back(2)),
    rule(r"(?:heute|diese|letzte|in dieser|in der letzten) (?P<part>nacht)\b", _back(1, _DAY)),
    rule(r"last (?P<part>night)\b", _back(1)),
    rule(r"last (?P<part>evening)\b", _back(1)),
    rule(r"gestrige[nrsm]?\b", _back(1)),
    rule(rf"(?:gestern|gestan|gescht|yesterday)(?:{_NEAR}{_PART})?", _back(1)),
    rule(r"tonight\b", _tonight),
    rule(rf"(?:heute|heut|today)(?:{_NEAR}{_PART})?", _back(0)),
    rule(rf"(?:this|diesen|dieser) {_PART}", _back(0)),
    rule(r"(?:earlier today|vorhin)\b", _back(0)),
    rule(
        rf"(?:nacht (?:(?:von|vom) )?)?(?:(?:{_DAY_NAMES}) auf|(?<=nacht )(?:auf|zu|zum))(?: den| dem)? {_WEEKDAY}",
        _night_to,
    ),
    rule(r"(?:ueber nacht|overnight)\b", _overnight),
    rule(rf"{_WEEKDAY} (?:(?:letzter|vergangener|voriger) woche|last week|of last week)\b", _weekday_of_last_week),
    rule(rf"(?:letzte|vergangene|vorige|last) (?:woche|week),? (?:am |on )?{_WEEKDAY}", _weekday_of_last_week),
    # Before a clock time. Not "so": "so 14 Uhr" is about two o'clock.
    rule(rf"(?P<short>mo|di|mi|do|fr|sa)\b\.?,? (?={TAKEN})", _short_weekday),
    rule(rf"(?:{_LAST} )?{_WEEKDAY}(?:{_NEAR}{_PART})?(?!s)\b", _weekday),
    rule(rf"(?:am |over the |at the |on the |this |dieses )?(?:{_LAST} )?(?:wochenende|weekend)\b", _weekend),
    rule(rf"(?:{_LAST}|diese|dieser|this) (?:woche|week)\b", _week),
    rule(r"(?:letzten|vergangenen|last) (?:monat|month)\b", _last_month),
    rule(r"(?:morgen frueh|morgen|tomorrow|uebermorgen)\b", _back(-1)),
)
#: Parts of a day that stand for themselves.
PARTS: tuple[Rule, ...] = (
    rule(rf"(?:am|in der|in the|at) {_PART}", _part),
    rule(r"(?P<part>nachts|(?:morgen|vormittag|mittag|nachmittag|abend)(?=s\b))", _part),
    # Right after a time: "5 Uhr früh".
    rule(rf"(?<={TAKEN} )(?P<part>frueh|morning|evening|afternoon)\b", _part),
)
