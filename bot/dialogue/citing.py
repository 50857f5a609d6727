"""Citations of one reply: numbered in the order they are first used, labelled and dated for a reader."""

from collections.abc import Iterable, Mapping
from datetime import date

from bot.knowledge.marks import mark_of
from bot.knowledge.model import Knowledge, Reference, Source, SourceKind
from bot.messages import Citation, Language, Line

#: Who speaks, in the order in which a lawyer would ask.
SPEAKERS: tuple[SourceKind, ...] = ("statute", "decision", "authority", "company", "article")
_GROUPS: Mapping[SourceKind, str] = {
    "statute": "sources_law",
    "decision": "sources_court",
    "authority": "sources_authority",
    "company": "sources_company",
    "article": "sources_press",
}


def group_key(kind: SourceKind) -> str:
    """The key of the text that names who speaks."""
    return _GROUPS[kind]


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
        mark = mark_of(self._knowledge, reference)
        self._cited[reference] = self._numbers.setdefault(mark, len(self._numbers) + 1)
        return self._cited[reference]

    @property
    def references(self) -> tuple[Reference, ...]:
        """What is cited, in the order of its numbers."""
        return tuple(sorted(self._cited, key=lambda each: self._cited[each]))

    def all(self) -> tuple[Citation, ...]:
        """Every claim cited, by who speaks and in the order of the numbers; claims of one document share a number, and
        its label says where in it they stand."""
        cited = [self._citation(reference) for reference in self.references]
        return tuple(sorted(cited, key=lambda each: SPEAKERS.index(self._knowledge.sources[each.source].kind)))

    def _citation(self, reference: Reference) -> Citation:
        number = self._cited[reference]
        together = [each for each in self.references if self._cited[each] == number]
        return cite(self._knowledge, self._language, reference, number, together)


def cite(
    knowledge: Knowledge, language: Language, reference: Reference, number: int, together: Iterable[Reference] = ()
) -> Citation:
    """One citation, ready to be shown; `together` are the claims of its document that share the number."""
    source, claim = knowledge.sources[reference.source], knowledge.claim(reference)
    return Citation(
        number=number,
        source=source.id,
        claim=claim.id,
        label=_label(knowledge, source, tuple(together) or (reference,), language),
        date=_date(knowledge, source, language),
        url=url_of(knowledge, reference, language),
        quote=claim.quote[language] if claim.quote else "",
        group=knowledge.texts[language][_GROUPS[source.kind]],
    )


def cite_source(knowledge: Knowledge, language: Language, source: Source, number: int) -> Citation:
    """A source as a whole, for the list of all sources."""
    title = source.title[language] if source.kind == "statute" else _title(knowledge, source, language)
    group = knowledge.texts[language][_GROUPS[source.kind]]
    date_of_it = _date(knowledge, source, language)
    return Citation(number, source.id, "", title, date_of_it, source.url[language], group=group)


def publisher(source: Source, language: Language) -> str:
    """Who speaks in a source: its publisher; a law speaks for itself."""
    if source.kind == "statute":
        return source.short[language]
    return source.publisher[language] or source.short[language]


def url_of(knowledge: Knowledge, reference: Reference, language: Language) -> str:
    """Where a claim can be read: at its provision or passage if that has an address, else its source."""
    claim = knowledge.claim(reference)
    return claim.url[language] if claim.url else knowledge.sources[reference.source].url[language]


def where(knowledge: Knowledge, reference: Reference, language: Language) -> str:
    """A claim's place as it is cited: "§ 7 Abs. 3 UWG", "OLG Hamm, Beschluss vom …, Rn. 4"."""
    return _label(knowledge, knowledge.sources[reference.source], (reference,), language)


def carried(knowledge: Knowledge, language: Language, reference: Reference, citations: Citations) -> Line:
    """What a claim says in our words, after its place, with its number."""
    says = knowledge.claim(reference).says[language]
    return Line(f"{where(knowledge, reference, language)}: {says}", citations.marks((reference,)))


def _label(knowledge: Knowledge, source: Source, together: tuple[Reference, ...], language: Language) -> str:
    places = dict.fromkeys(knowledge.claim(each).locator[language] for each in together)
    if source.kind == "statute":
        return f"{next(iter(places))} {source.short[language]}"
    return f"{_title(knowledge, source, language)}, {'; '.join(places)}"


def _title(knowledge: Knowledge, source: Source, language: Language) -> str:
    """A decision by its full title, as courts are cited; the others by author and short name. A report is named as
    one, and so is an original that was read by way of a report."""
    name = source.title[language] if source.kind == "decision" else source.short[language]
    title = f"{source.author}, {name}" if source.author else name
    if not source.report_by:
        return title
    key = "report_by" if source.is_second_hand else "read_by_report"
    return f"{title} ({knowledge.texts[language][key].format(name=source.report_by)})"


def _date(knowledge: Knowledge, source: Source, language: Language) -> str:
    """When it was published; for laws and pages without a date, when they were last read."""
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
