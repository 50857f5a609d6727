"""facts/: the follow-up questions, one a file."""

from typing import get_args

from bot.knowledge.fields import Fields, unless_replaced
from bot.knowledge.model import Fact, FactScope, Option
from bot.knowledge.phrases import Bilingual
from bot.knowledge.tree import Listing, Mapping, Node, Report

_OF_AN_OPTION = "stated said_as answered_as called_as supposed_as needs_certainty implies told_by leaves_untold"
#: The form of the one file in which all facts stood.
_NAMED_WITHIN = Bilingual(
    de="die Angabe heißt wie ihre Datei: bitte diese Zeile löschen und alles darunter zwei Zeichen nach links rücken",
    en="a fact is named by its file: delete this line, and move all below it two signs to the left",
)


def read_fact(name: str, node: Node, report: Report) -> Fact:
    """The fact of a name, which is that of its file."""
    is_within = isinstance(node, Mapping) and node.items.keys() == {name}
    current = unless_replaced(node, {name: _NAMED_WITHIN} if is_within else {}, report)
    fields = Fields(
        current,
        Bilingual(de=f"Angabe „{name}“", en=f'fact "{name}"'),
        "about ask why options",
        "counts undecided_as untold_as beside strictest_first apart identity",
        report,
    )
    options = {key: _read_option(key, option, report) for key, option in fields.children("options").items()}
    return Fact(
        name=name,
        about=fields.choice("about", get_args(FactScope)),
        ask=fields.bilingual("ask"),
        why=fields.bilingual("why"),
        options=options,
        counts=fields.bilingual("counts") if fields.has("counts") else None,
        undecided_as=fields.phrases("undecided_as"),
        untold_as=fields.phrases("untold_as"),
        beside=fields.texts("beside"),
        strictest_first=fields.texts("strictest_first"),
        is_apart=_says_yes(fields, "apart"),
        is_identity=_says_yes(fields, "identity"),
        place=fields.place,
    )


def _read_option(key: str, node: Node, report: Report) -> Option:
    what = Bilingual(de=f"Option „{key}“", en=f'option "{key}"')
    fields = Fields(node, what, "label", _OF_AN_OPTION, report)
    implied = fields.children("implies")
    label = fields.bilingual("label")
    return Option(
        id=key,
        label=label,
        stated=fields.bilingual("stated") if fields.has("stated") else label,
        said_as=fields.phrases("said_as"),
        answered_as=fields.phrases("answered_as"),
        called_as=fields.phrases("called_as"),
        supposed_as=fields.phrases("supposed_as"),
        needs_certainty=_says_yes(fields, "needs_certainty"),
        implies={name: fields.scalar(value, name) for name, value in implied.items()},
        told_by={name: _options(fields, name, value) for name, value in fields.children("told_by").items()},
        leaves_untold=fields.texts("leaves_untold"),
        place=fields.place,
    )


def _options(fields: Fields, name: str, node: Node) -> tuple[str, ...]:
    items = node.items if isinstance(node, Listing) else (node,)
    return tuple(fields.scalar(item, name) for item in items)


def _says_yes(fields: Fields, key: str) -> bool:
    return fields.has(key) and fields.choice(key, ("yes", "no")) == "yes"
