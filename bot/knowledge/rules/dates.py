"""Rules about dates: those that exist, and those that today shows to be wrong. Is told what today is."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.knowledge.model import Entry, Knowledge, Source
from bot.knowledge.phrases import Place
from bot.knowledge.problems import Problem

#: An editor may be ahead of this machine by a time zone.
_AHEAD = timedelta(days=1)
#: Law does not stand still for longer (in days).
LONGEST_REVIEW = timedelta(days=2 * 366)


def published_dates_exist(knowledge: Knowledge) -> Iterator[Problem]:
    for source in knowledge.sources.values():
        if source.published != "unknown" and _earliest(source.published) is None:
            yield Problem(
                source.place,
                de=f"published „{source.published}“ gibt es im Kalender nicht: bitte berichtigen",
                en=f'published "{source.published}" is no day of the calendar: correct it',
            )


def _earliest(text: str) -> date | None:
    """The first day of a year, a month or a day; None if there is none."""
    try:
        year, month, day = (int(part) for part in (text + "-01-01"[3 * text.count("-") :]).split("-"))
        return date(year, month, day)
    except ValueError:
        return None


def review_follows_the_review(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        if entry.review_by <= entry.reviewed:
            yield Problem(
                entry.place,
                de=f"review_by ({entry.review_by}) muss nach reviewed ({entry.reviewed}) liegen: bitte berichtigen",
                en=f"review_by ({entry.review_by}) must come after reviewed ({entry.reviewed}): correct one of them",
            )


def dates_fit_today(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Problems of days that are yet to come, and warnings of reviews that are due or put off for too long."""
    for entry in knowledge.entries.values():
        if entry.reviewed > today + _AHEAD:
            yield Problem(
                entry.place,
                de=f"reviewed ({entry.reviewed}) liegt in der Zukunft: bitte den Tag der letzten Prüfung nennen",
                en=f"reviewed ({entry.reviewed}) is in the future: write the day of the last review",
            )
        yield from _review_warnings(entry, today)
    for source in knowledge.sources.values():
        yield from _due_claims(source, today)
        published = _earliest(source.published)
        for key, day in (("checked", source.checked), ("published", published)):
            if day is not None and day > today + _AHEAD:
                yield _in_future(source.place, key, day)

    for authority in knowledge.authorities.values():
        if authority.checked > today + _AHEAD:
            yield _in_future(authority.place, "checked", authority.checked)


def _in_future(place: Place, key: str, day: date) -> Problem:
    return Problem(
        place,
        de=f"{key} ({day}) liegt in der Zukunft: bitte berichtigen",
        en=f"{key} ({day}) is in the future: correct it",
    )


def _due_claims(source: Source, today: date) -> Iterator[Problem]:
    """A warning of each claim that was to be looked at again, or one of the whole source."""
    if source.review_by and source.review_by < today:
        yield Problem(
            source.place,
            de=f"die Quelle „{source.id}“ war bis {source.review_by} zu überprüfen: bitte prüfen und das Datum "
            f"erneuern (was auf ihr ruht, zeigt cites {source.id})",
            en=f'the source "{source.id}" was to be reviewed by {source.review_by}: review it and renew the date '
            f"(cites {source.id} shows what rests on it)",
            kind="warning",
        )
    for claim in source.claims.values():
        if claim.review_by and claim.review_by < today:
            name = f"{source.id}#{claim.id}"
            yield Problem(
                claim.place,
                de=f"„{name}“ war bis {claim.review_by} zu überprüfen: bitte prüfen und das Datum erneuern (was darauf "
                f"ruht, zeigt cites {name})",
                en=f'"{name}" was to be reviewed by {claim.review_by}: review it and renew the date '
                f"(cites {name} shows what rests on it)",
                kind="warning",
            )


def _review_warnings(entry: Entry, today: date) -> Iterator[Problem]:
    if entry.review_by < today:
        yield Problem(
            entry.place,
            de=f"„{entry.id}“ war bis {entry.review_by} zu überprüfen: bitte prüfen und das Datum erneuern",
            en=f'"{entry.id}" was to be reviewed by {entry.review_by}: review it and renew the date',
            kind="warning",
        )
    if entry.review_by - entry.reviewed > LONGEST_REVIEW:
        yield Problem(
            entry.place,
            de=f"review_by ({entry.review_by}) liegt mehr als zwei Jahre nach reviewed: bitte früher prüfen",
            en=f"review_by ({entry.review_by}) is more than two years after reviewed: review it sooner",
            kind="warning",
        )
