"""entries/: questions with their outcomes, sentence by sentence in both languages."""

from typing import get_args

from bot.knowledge.fields import Fields, unless_replaced
from bot.knowledge.model import Entry, EntryKind, Outcome, Statement, Verdict
from bot.knowledge.phrases import Bilingual
from bot.knowledge.readers.names import identifier
from bot.knowledge.readers.statements import read_statement, read_statements
from bot.knowledge.tree import Listing, Node, Report

_REQUIRED = "id title label kind asked_as outcomes reviewed review_by"
_REPLACED = {
    "answer": Bilingual(
        de="„answer“ gibt es nicht mehr: bitte den ersten Satz unter „short“ schreiben, die anderen unter „why“, "
        "je als „{de: …, en: …, cites: […]}“",
        en='"answer" is no more: write its first sentence under "short" and the others under "why", each as '
        '"{de: …, en: …, cites: […]}"',
    )
}


def read_entry(node: Node, report: Report) -> Entry:
    optional = "not_asked_as facts if_unknown unless_said see_also subject"
    fields = Fields(node, Bilingual(de="ein Eintrag", en="an entry"), _REQUIRED, optional, report)
    asked_as = fields.phrases("asked_as")
    fields.require_all_languages("asked_as", asked_as)
    return Entry(
        id=identifier(fields, "id"),
        title=fields.bilingual("title"),
        label=fields.bilingual("label"),
        kind=fields.choice("kind", get_args(EntryKind)),
        asked_as=asked_as,
        not_asked_as=fields.phrases("not_asked_as"),
        facts=fields.texts("facts"),
        outcomes=tuple(_read_outcome(item, report) for item in fields.items("outcomes")),
        reviewed=fields.day("reviewed"),
        review_by=fields.day("review_by"),
        see_also=fields.texts("see_also"),
        if_unknown=_read_supposed(fields, "if_unknown"),
        unless_said=_read_supposed(fields, "unless_said"),
        subject=fields.texts("subject"),
        place=fields.place,
    )


def _read_supposed(fields: Fields, key: str) -> dict[str, str]:
    return {name: fields.scalar(node, name) for name, node in fields.children(key).items()}


def _read_outcome(node: Node, report: Report) -> Outcome:
    optional = "when why steps copy disputed source_says plain"
    current = unless_replaced(node, _REPLACED, report)
    fields = Fields(current, Bilingual(de="ein Ergebnis", en="an outcome"), "verdict short", optional, report)
    short = fields.node("short")
    return Outcome(
        when=_read_when(fields),
        verdict=fields.choice("verdict", get_args(Verdict)),
        short=read_statement(short, report) if short else Statement(Bilingual("", "")),
        why=read_statements(fields, "why", report),
        steps=read_statements(fields, "steps", report),
        copy=fields.bilingual("copy") if fields.has("copy") else None,
        disputed=read_statements(fields, "disputed", report),
        source_says=fields.references("source_says"),
        plain=fields.bilingual("plain") if fields.has("plain") else None,
        place=fields.place,
    )


def _read_when(fields: Fields) -> dict[str, tuple[str, ...]]:
    return {name: _options(fields, name, node) for name, node in fields.children("when").items()}


def _options(fields: Fields, name: str, node: Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, Listing) else (node,)
    return tuple(fields.scalar(item, name) for item in items)
