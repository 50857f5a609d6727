"""Sentences with what carries them, as they stand in several kinds of file."""

from bot.knowledge.fields import Fields
from bot.knowledge.phrases import Bilingual
from bot.knowledge.statements import Statement
from bot.knowledge.tree import Node, Report


def read_statements(fields: Fields, key: str, report: Report) -> tuple[Statement, ...]:
    return tuple(read_statement(item, report) for item in fields.items(key))


def read_statement(node: Node, report: Report) -> Statement:
    fields = Fields(node, Bilingual(de="ein Satz", en="a sentence"), " ".join(report.languages), "cites own", report)
    is_own = fields.has("own") and fields.choice("own", ("true", "false")) == "true"
    return Statement(
        text=Bilingual(fields.text("de"), fields.text("en"), fields.place),
        citations=fields.references("cites"),
        is_own=is_own,
        place=fields.place,
    )
