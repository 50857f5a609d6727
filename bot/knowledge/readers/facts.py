"""facts.yaml: the follow-up questions."""

from typing import get_args

from bot.knowledge.fields import Fields
from bot.knowledge.model import Fact, FactScope, Option
from bot.knowledge.phrases import Bilingual
from bot.knowledge.readers.names import named
from bot.knowledge.tree import Node, Report


def read_facts(node: Node, report: Report) -> dict[str, Fact]:
    return {
        name: _read_fact(name, fact, report)
        for name, fact in named(node, Bilingual(de="facts.yaml", en="facts.yaml"), report).items()
    }


def _read_fact(name: str, node: Node, report: Report) -> Fact:
    fields = Fields(
        node,
        Bilingual(de=f"Angabe „{name}“", en=f'fact "{name}"'),
        "about ask why options",
        "undecided_as untold_as beside strictest_first apart",
        report,
    )
    options = {key: _read_option(key, option, report) for key, option in fields.children("options").items()}
    return Fact(
        name=name,
        about=fields.choice("about", get_args(FactScope)),
        ask=fields.bilingual("ask"),
        why=fields.bilingual("why"),
        options=options,
        undecided_as=fields.phrases("undecided_as"),
        untold_as=fields.phrases("untold_as"),
        beside=fields.texts("beside"),
        strictest_first=fields.texts("strictest_first"),
        is_apart=_says_yes(fields, "apart"),
        place=fields.place,
    )


def _read_option(key: str, node: Node, report: Report) -> Option:
    what = Bilingual(de=f"Option „{key}“", en=f'option "{key}"')
    fields = Fields(node, what, "label", "stated said_as answered_as needs_certainty implies", report)
    implied = fields.children("implies")
    label = fields.bilingual("label")
    return Option(
        id=key,
        label=label,
        stated=fields.bilingual("stated") if fields.has("stated") else label,
        said_as=fields.phrases("said_as"),
        answered_as=fields.phrases("answered_as"),
        needs_certainty=_says_yes(fields, "needs_certainty"),
        implies={name: fields.scalar(value, name) for name, value in implied.items()},
        place=fields.place,
    )


def _says_yes(fields: Fields, key: str) -> bool:
    return fields.has(key) and fields.choice(key, ("yes", "no")) == "yes"
