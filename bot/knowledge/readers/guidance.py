"""terms.yaml, countries.yaml, authorities.yaml and emergencies.yaml: what is told beside the answers."""

import re
from collections.abc import Callable
from typing import TypeVar, get_args

from bot.knowledge.fields import Fields
from bot.knowledge.guidance import Authority, Country, Emergency, EmergencyKind, Served, Term
from bot.knowledge.phrases import Bilingual
from bot.knowledge.readers.names import check_identifier, named
from bot.knowledge.readers.statements import read_statements
from bot.knowledge.tree import Node, Report

ReadT = TypeVar("ReadT")

_HOURS = re.compile(r"[1-9]\d{0,3}")


def read_terms(node: Node, report: Report) -> dict[str, Term]:
    return _each(node, "terms.yaml", report, _read_term)


def read_countries(node: Node, report: Report) -> dict[str, Country]:
    return _each(node, "countries.yaml", report, _read_country)


def read_authorities(node: Node, report: Report) -> dict[str, Authority]:
    return _each(node, "authorities.yaml", report, _read_authority)


def read_emergencies(node: Node, report: Report) -> dict[str, Emergency]:
    return _each(node, "emergencies.yaml", report, _read_emergency)


def _each(node: Node, file: str, report: Report, read: Callable[[str, Node, Report], ReadT]) -> dict[str, ReadT]:
    return {key: read(key, item, report) for key, item in named(node, Bilingual(file, file), report).items()}


def _read_term(key: str, node: Node, report: Report) -> Term:
    what = Bilingual(de=f"der Begriff „{key}“", en=f'the term "{key}"')
    fields = Fields(node, what, "name means", "said_as entry", report)
    check_identifier(key, fields)
    return Term(
        id=key,
        name=fields.name("name"),
        said_as=fields.phrases("said_as"),
        means=read_statements(fields, "means", report),
        entry=fields.text("entry") if fields.has("entry") else None,
        place=fields.place,
    )


def _read_country(key: str, node: Node, report: Report) -> Country:
    what = Bilingual(de=f"das Land „{key}“", en=f'the country "{key}"')
    fields = Fields(node, what, "name said_as reply", "authority", report)
    check_identifier(key, fields)
    said_as = fields.phrases("said_as")
    fields.require_all_languages("said_as", said_as)
    return Country(
        id=key,
        name=fields.name("name"),
        said_as=said_as,
        reply=read_statements(fields, "reply", report),
        authority=fields.text("authority") if fields.has("authority") else None,
        place=fields.place,
    )


def _read_authority(key: str, node: Node, report: Report) -> Authority:
    what = Bilingual(de=f"die Aufsicht „{key}“", en=f'the authority "{key}"')
    fields = Fields(node, what, "for name short url checked", "land complaint breach", report)
    check_identifier(key, fields)
    return Authority(
        id=key,
        land=fields.text("land") if fields.has("land") else None,
        serves=tuple(fields.choices("for", get_args(Served))),
        name=fields.name("name"),
        short=fields.name("short"),
        url=fields.text("url"),
        complaint=fields.text("complaint"),
        breach=fields.text("breach"),
        checked=fields.day("checked"),
        place=fields.place,
    )


def _read_emergency(key: str, node: Node, report: Report) -> Emergency:
    what = Bilingual(de=f"der Notfall „{key}“", en=f'the emergency "{key}"')
    fields = Fields(node, what, "kind title said_as lines", "untold_as deadline_hours entries copy", report)
    check_identifier(key, fields)
    said_as = fields.phrases("said_as")
    fields.require_all_languages("said_as", said_as)
    return Emergency(
        id=key,
        kind=fields.choice("kind", get_args(EmergencyKind)),
        title=fields.bilingual("title"),
        said_as=said_as,
        untold_as=fields.phrases("untold_as"),
        lines=read_statements(fields, "lines", report),
        deadline_hours=_hours(fields, "deadline_hours"),
        entries=fields.texts("entries"),
        copy=fields.bilingual("copy") if fields.has("copy") else None,
        place=fields.place,
    )


def _hours(fields: Fields, key: str) -> int | None:
    text = fields.text(key)
    if text and not _HOURS.fullmatch(text):
        fields.problem(
            fields.place_of(key),
            de=f"„{key}“ ist „{text}“: bitte die Zahl der Stunden schreiben, etwa 72",
            en=f'"{key}" is "{text}": write the number of hours, such as 72',
        )
    return int(text) if _HOURS.fullmatch(text) else None
