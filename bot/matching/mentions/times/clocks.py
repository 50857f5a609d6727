"""Words for clock times ("halb neun", "3 pm") and for how long ago ("vor zwei Stunden")."""

import re
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from bot.matching.mentions.times.pieces import Ago, Clock, Day, Meaning, Rule, rule

_COUNTED = (
    "ein eine einer einem einen eins one an a", "zwei zwo two", "drei three", "vier four", "fuenf five", "sechs six",
    "sieben seven", "acht eight", "neun nine", "zehn ten", "elf eleven", "zwoelf twelve", "dreizehn thirteen",
    "vierzehn fourteen", "fuenfzehn fifteen", "sechzehn sixteen", "siebzehn seventeen", "achtzehn eighteen",
    "neunzehn nineteen", "zwanzig twenty",
)  # fmt: skip
_WHOLE = {word: float(number) for number, said in enumerate(_COUNTED, start=1) for word in said.split()}
_PARTIAL = {
    **dict.fromkeys(("einer halben", "einem halben", "ner halben", "half an", "half a", "half", "halben"), 0.5),
    **dict.fromkeys(("einer dreiviertel", "dreiviertel"), 0.75),
    **dict.fromkeys(("anderthalb", "eineinhalb", "one and a half"), 1.5),
    **dict.fromkeys(("zweieinhalb", "two and a half"), 2.5),
}
_NUMBERS: Mapping[str, float] = _PARTIAL | _WHOLE
_UNITS: Mapping[str, timedelta] = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "t": timedelta(days=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
}
#: Nobody reports what is longer ago, and a date cannot count back for ever.
_LONGEST = timedelta(days=3650)


def _listed(said: Mapping[str, float]) -> str:
    """As alternatives of a pattern, the longest first: "an" must not be read as "a"."""
    return "|".join(sorted(said, key=len, reverse=True))


_NUMBER = rf"(?P<number>\d{{1,4}}(?:[.,]5)?|{_listed(_NUMBERS)})"
_HOURS = r"stunden?|std|hours?|hrs?|h|minuten?|minutes?|mins?|sekunden?|seconds?|secs?"
_DAYS = r"tage?n?|days?"
_UNIT = rf"(?P<unit>{_HOURS}|{_DAYS}|wochen?|weeks?)\b"
#: Not "eine" or "a": "um eine Liste" names no hour. In the south it is "um achte".
_HOURLY = {word: number for word, number in _WHOLE.items() if number <= 12 and not word.startswith(("ein", "a"))}
_HOURLY |= {"eins": 1.0, "acht": 8.0, **{f"{word}e": number for word, number in _HOURLY.items()}, "achte": 8.0}
_HOUR = rf"(?P<hour>\d{{1,2}}|{_listed(_HOURLY)})\b"
#: What a bare hour stands after, each of one length, as Python looks back.
_AT = "|".join(
    rf"(?<={word} )"
    for word in ("um", "gegen", "kurz vor", "kurz nach", "seit", "punkt", "at", "around", "about", "since")
)
#: English "am" is not the "am" of "um 8 am Abend".
_NO_GERMAN = r"(?!\s+(?:\w*(?:tag|abend|morgen|mittag|nacht|woch|wochenende)\b|\d))"


def _value(said: str) -> float:
    return float(said.replace(",", ".")) if said[0].isdecimal() else _NUMBERS.get(said) or _HOURLY[said]


def _ago(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    """Hours count from now, days from today: "three days ago" names a day and no hour."""
    unit = "s" if match["unit"].startswith("se") else _kind(match["unit"])
    span = (_value(match["number"]) + (0.5 if "and a half ago" in match[0] else 0)) * _UNITS[unit]
    if span > _LONGEST:
        return ()
    return (Ago(span),) if _UNITS[unit] < timedelta(days=1) else (Day(today - span),)


def _kind(unit: str) -> str:
    """The letter that a unit goes by: "Stunden" and "std" are hours."""
    return "h" if unit.startswith("st") else unit[0]


def _fortnight(_match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    return (Day(today - timedelta(weeks=2)),)


def _now(_match: re.Match[str], _today: date) -> tuple[Meaning, ...]:
    return (Ago(timedelta()),)


def _clock(hour: float, minute: int = 0, *, is_open: bool = False, is_bare: bool = False) -> tuple[Meaning, ...]:
    is_one = hour <= 24 and minute < 60
    return (Clock(int(hour) % 24, minute, is_open, is_bare),) if is_one else ()


def _full(match: re.Match[str], _today: date) -> tuple[Meaning, ...]:
    minute = match.groupdict().get("minute")
    return _clock(_value(match["hour"] or "eins"), int(minute or 0))


def _of_twelve(match: re.Match[str], _today: date) -> tuple[Meaning, ...]:
    """ "3 pm", "12:30 a.m."."""
    hour = int(_value(match["hour"]))
    after_noon = 12 if match["half"] == "p" else 0
    return _clock(hour % 12 + after_noon, int(match["minute"] or 0)) if hour <= 12 else ()


def _half_of_twelve(match: re.Match[str], _today: date) -> tuple[Meaning, ...]:
    """ "Between 2 and 3 pm"."""
    return _clock(_value(match["hour"]) % 12 + (12 if match["half"] == "p" else 0))


def _open(match: re.Match[str], _today: date) -> tuple[Meaning, ...]:
    hour = _value(match["hour"])
    return _clock(hour, is_open=hour <= 12)


def _bare(match: re.Match[str], _today: date) -> tuple[Meaning, ...]:
    hour = _value(match["hour"])
    return _clock(hour, is_open=hour <= 12, is_bare=True)


def _past(minutes: int) -> Callable[[re.Match[str], date], tuple[Meaning, ...]]:
    """A time so many minutes after the hour that is named, or before it."""

    def meant(match: re.Match[str], _today: date) -> tuple[Meaning, ...]:
        hour, minute = divmod((int(_value(match["hour"])) % 12 or 12) * 60 + minutes, 60)
        return _clock(hour, minute, is_open=True)

    return meant


def _counted(match: re.Match[str], today: date) -> tuple[Meaning, ...]:
    """ "Zehn nach drei", "ten to five", "fünf vor halb acht"."""
    minutes = int(_value(match["number"])) * (1 if match["side"] in ("nach", "past", "after") else -1)
    return _past(minutes - (30 if match.groupdict().get("halb") else 0))(match, today)


def _at(hour: int) -> Callable[[re.Match[str], date], tuple[Meaning, ...]]:
    def meant(_match: re.Match[str], _today: date) -> tuple[Meaning, ...]:
        return (Clock(hour),)

    return meant


_VAGUELY = (
    r"(?:(?:so|etwa|ca\.?|circa|ungefaehr|ueber|mehr als|knapp|gut|about|around|almost|nearly|over|roughly|some) )?"
)
_HALF = r"\s?(?P<half>[ap])\.?\s?m\b\.?"

AGO: tuple[Rule, ...] = (
    rule(rf"vor {_VAGUELY}{_NUMBER}\s?{_UNIT}", _ago),
    rule(rf"{_NUMBER}\s?{_UNIT}(?: and a half)? (?:ago|since|earlier)\b", _ago),
    rule(rf"{_NUMBER}\s?{_UNIT} (?:\w+ ){{0,3}}her\b", _ago),
    rule(r"(?:a|one) fortnight ago\b", _fortnight),
    rule(rf"(?:seit|since|for the (?:last|past)) {_VAGUELY}{_NUMBER}\s?(?P<unit>{_HOURS}|{_DAYS})\b", _ago),
    rule(r"(?:(?:gerade|grade|grad) eben|eben gerade|soeben|eben erst|just now|a (?:moment|minute) ago)\b", _now),
)
CLOCKS: tuple[Rule, ...] = (
    rule(rf"(?P<hour>\d{{1,2}})(?:[:.](?P<minute>\d\d))?{_HALF}{_NO_GERMAN}", _of_twelve),
    rule(rf"{_HOUR}(?P<minute>){_HALF}{_NO_GERMAN}", _of_twelve),
    rule(r"(?P<hour>\d{1,2})[:.](?P<minute>\d\d)\s?(?:uhr|h)\b", _full),
    rule(r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::\d\d)?\b", _full),
    rule(rf"(?<=um ){_HOUR}\.(?P<minute>\d\d)\b", _full),
    rule(rf"(?<=zwischen ){_HOUR}(?: ?uhr)? und \d{{1,2}} ?uhr\b", _full),
    rule(rf"(?<=between ){_HOUR} and \w+{_HALF}", _half_of_twelve),
    rule(rf"(?:{_HOUR}|ein) ?uhr\b(?: (?P<minute>\d\d)\b)?", _full),
    rule(rf"{_HOUR} ?oclock\b", _open),
    rule(rf"(?P<number>\d\d?|fuenf|zehn) (?P<side>vor|nach) (?P<halb>halb) {_HOUR}", _counted),
    rule(rf"halb(?:er)? {_HOUR}", _past(-30)),
    rule(rf"half (?:past )?{_HOUR}", _past(30)),
    rule(rf"(?:viertel nach|(?:a )?quarter past|(?:a )?quarter after) {_HOUR}", _past(15)),
    rule(rf"(?:viertel vor|(?:a )?quarter to|drei ?viertel) {_HOUR}", _past(-15)),
    rule(rf"viertel {_HOUR}", _past(-45)),
    rule(
        rf"(?<=um |at )(?P<number>\d\d?|fuenf|zehn|zwanzig|five|ten|twenty) (?:minute[ns]? )?"
        rf"(?P<side>vor|nach|past|to) {_HOUR}",
        _counted,
    ),
    rule(r"(?:(?:at )?(?:noon|midday)|12 noon)\b", _at(12)),
    rule(r"(?:(?<=kurz vor )mitternacht|(?<=(?:just|rtly) before )midnight)\b", _at(23)),
    rule(r"(?:(?:um )?mitternacht|(?:at )?midnight)\b", _at(0)),
    rule(r"(?P<hour>\d{1,2}) ?h\b", _bare),
    rule(rf"(?:{_AT}){_HOUR}(?![.,:%]?\d)", _bare),
)
