"""Dates of birth: a date is one only beside a word for it, "am 25.05.2018" is the day a law came into force."""

from bot.understanding.personal_data.findings import by

_MONTH = (
    r"(?:jan(?:uar|uary)?|feb(?:ruar|ruary)?|märz|maerz|mar(?:z|ch)?|apr(?:il)?|mai|may|jun[ie]?|jul[iy]?|aug(?:ust)?|"
    r"sep(?:t|tember)?|o[kc]t(?:ober)?|nov(?:ember)?|de[zc](?:ember)?)\b\.?"
)
_NUMERIC = r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}(?P<sep>[./-]) ?\d{1,2}(?P=sep) ?(?:\d{4}|\d{2})|\d{1,2}\. ?\d{1,2}\."
_DAY_FIRST = rf"\d{{1,2}}(?:\.|st|nd|rd|th)? ?(?:of )?{_MONTH}(?:,? (?:\d{{4}}|\d{{2}}))?"
_MONTH_FIRST = rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?"
_DATE = rf"(?:{_NUMERIC}|{_DAY_FIRST}|{_MONTH_FIRST})(?!\d)"
_BORN = (
    r"(?i)\b(?:geb(?:oren)?|geburtsdatum|geburtstag|birthday|born|d\.?o\.?b|date of birth|birth ?date)\b"
    r"[ .:=]{0,3}(?:(?:ist|war|is|was|wurde|wird)[ :]{1,2})?(?:in [^\W\d_]{2,30} )?(?:(?:am|der|den|on|the) ){0,2}"
    rf"(?P<data>{_DATE})"
)
_DATE_BORN = rf"(?i)(?<![\w.])(?P<data>{_DATE}) (?:in [^\W\d_]{{2,30}} )?(?:geboren|geb\.|born)"

_STAR = r"(?<![\w*])\* ?(?P<data>\d{1,2}\.\d{1,2}\.\d{4})(?!\d)"

DETECTORS = (by("birth_date", _BORN), by("birth_date", _DATE_BORN), by("birth_date", _STAR))
