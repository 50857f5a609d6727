"""Citations of one reply: numbered in the order they are first used, labelled and dated for a reader."""

from collections.abc import Iterable
from datetime import date

from bot.knowledge.model import Claim, Knowledge, Reference, Source
from bot.messages import Citation, Language


class Citations:
    """Numbers references as they are used."""

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        self._knowledge = knowledge
        self._language = language
        self._numbers: dict[Reference, int] = {}

    def marks(self, references: Iterable[Reference]) -> tuple[int, ...]:
        return tuple(self._numbers.setdefault(reference, len(self._numbers) + 1) for reference in references)

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(self._numbers)

    def all(self) -> tuple[Citation, ...]:
        return tuple(cite(self._knowledge, self._language, ref, number) for ref, number in self._numbers.items())


def cite(knowledge: Knowledge, language: Language, reference: Reference, number: int) -> Citation:
    """One citation, ready to be shown."""
    source, claim = knowledge.sources[reference.source], knowledge.claim(reference)
    return Citation(
        number=number,
        source=source.id,
        claim=claim.id,
        label=_label(source, claim, language),
        date=_date(knowledge, source, language),
        url=claim.url or source.url,
        quote=claim.quote,
    )


def cite_source(knowledge: Knowledge, language: Language, source: Source, number: int) -> Citation:
    """A source as a whole, for the list of all sources."""
    return Citation(number, source.id, "", _title(source), _date(knowledge, source, language), source.url)


def _label(source: Source, claim: Claim, language: Language) -> str:
    locator = claim.locator[language]
    return f"{locator} {source.short}" if source.kind == "statute" else f"{_title(source)}, {locator}"


def _title(source: Source) -> str:
    return source.title if source.title.startswith(source.short) else f"{source.short}: {source.title}"


def _date(knowledge: Knowledge, source: Source, language: Language) -> str:
    """When it was published; for laws and pages without a date, when it was last held against what is known."""
    texts = knowledge.texts[language]
    if source.kind != "statute" and source.published != "unknown":
        return format_partial_date(source.published, texts["months"], language)
    checked = texts["checked"].format(date=format_day(source.checked, language))
    return checked if source.kind == "statute" else f"{texts['undated']}, {checked}"


def format_day(day: date, language: Language) -> str:
    """22.11.2026 in German, 2026-11-22 in English, where day and month could be confused."""
    return day.strftime("%d.%m.%Y") if language == "de" else day.isoformat()


def format_partial_date(published: str, months: str, language: Language) -> str:
    """`2020` -> 2020, `2020-05` -> Mai 2020, `2020-05-14` -> 14. Mai 2020."""
    year, *rest = published.split("-")
    if not rest:
        return year
    month = months.split()[int(rest[0]) - 1]
    if len(rest) == 1:
        return f"{month} {year}"
    day = f"{int(rest[1])}." if language == "de" else str(int(rest[1]))
    return f"{day} {month} {year}"
