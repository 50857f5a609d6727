"""Citations of one reply: numbered in the order they are first used, labelled and dated for a reader."""

from collections.abc import Iterable
from datetime import date

from bot.knowledge.model import Knowledge, Reference, Source
from bot.messages import Citation, Language


class Citations:
    """Numbers what is cited as a reader sees it: a law by its provision, any other document as a whole."""

    def __init__(self, knowledge: Knowledge, language: Language) -> None:
        self._knowledge = knowledge
        self._language = language
        self._numbers: dict[tuple[str, str], int] = {}
        self._cited: dict[Reference, int] = {}

    def marks(self, references: Iterable[Reference]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(self._number(reference) for reference in references))

    def _number(self, reference: Reference) -> int:
        label = _label(self._knowledge, reference, self._language)
        url = _url(self._knowledge, reference)
        self._cited[reference] = self._numbers.setdefault((label, url), len(self._numbers) + 1)
        return self._cited[reference]

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(self._cited)

    def all(self) -> tuple[Citation, ...]:
        """Every claim cited, in the order of the numbers; claims of one document share a number."""
        cited = [cite(self._knowledge, self._language, ref, number) for ref, number in self._cited.items()]
        return tuple(sorted(cited, key=lambda each: each.number))


def cite(knowledge: Knowledge, language: Language, reference: Reference, number: int) -> Citation:
    """One citation, ready to be shown."""
    source, claim = knowledge.sources[reference.source], knowledge.claim(reference)
    return Citation(
        number=number,
        source=source.id,
        claim=claim.id,
        label=_label(knowledge, reference, language),
        date=_date(knowledge, source, language),
        url=_url(knowledge, reference),
        quote=claim.quote,
    )


def cite_source(knowledge: Knowledge, language: Language, source: Source, number: int) -> Citation:
    """A source as a whole, for the list of all sources."""
    title = source.title if source.kind == "statute" else _title(knowledge, source, language)
    return Citation(number, source.id, "", title, _date(knowledge, source, language), source.url)


def publisher(source: Source, language: Language) -> str:
    """Who speaks in a source: its publisher; a law speaks for itself."""
    return source.short[language] if source.kind == "statute" else source.publisher or source.short[language]


def _url(knowledge: Knowledge, reference: Reference) -> str:
    return knowledge.claim(reference).url or knowledge.sources[reference.source].url


def _label(knowledge: Knowledge, reference: Reference, language: Language) -> str:
    source = knowledge.sources[reference.source]
    if source.kind == "statute":
        return f"{knowledge.claim(reference).locator[language]} {source.short[language]}"
    title = _title(knowledge, source, language)
    claim = knowledge.claim(reference)
    # A page of its own needs a label of its own: two links must not look the same.
    return f"{title}, {claim.locator[language]}" if claim.url and claim.url != source.url else title


def _title(knowledge: Knowledge, source: Source, language: Language) -> str:
    """A decision by its full title, as courts are cited; the others by author and short name. A report is named as
    one."""
    name = source.title if source.kind == "decision" else source.short[language]
    title = f"{source.author}, {name}" if source.author else name
    report = knowledge.texts[language]["report_by"].format(name=source.report_by)
    return f"{title} ({report})" if source.report_by else title


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
