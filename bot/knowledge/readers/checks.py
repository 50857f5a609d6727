"""checks/: questions held out of learning, what is out of scope, and minimal pairs."""

from dataclasses import replace
from typing import get_args

from bot.knowledge.checks import Difference, EntryChecks, Expected, MinimalPair
from bot.knowledge.fields import Fields, quoted
from bot.knowledge.phrases import Bilingual, Phrases
from bot.knowledge.tree import Node, Report


def read_entry_checks(node: Node, report: Report) -> EntryChecks:
    fields = Fields(
        node, Bilingual(de="eine Datei mit Prüffragen", en="a file of checks"), "entry questions", "", report
    )
    return EntryChecks(fields.text("entry"), fields.phrases("questions"), fields.place)


def read_out_of_scope(node: Node, report: Report) -> Phrases:
    return Fields(node, Bilingual(de="out-of-scope.yaml", en="out-of-scope.yaml"), "out_of_scope", "", report).phrases(
        "out_of_scope"
    )


def read_pairs(node: Node, report: Report) -> tuple[MinimalPair, ...]:
    fields = Fields(node, Bilingual(de="minimal-pairs.yaml", en="minimal-pairs.yaml"), "pairs", "", report)
    return tuple(_read_pair(item, report) for item in fields.items("pairs"))


def _read_pair(node: Node, report: Report) -> MinimalPair:
    fields = Fields(
        node, Bilingual(de="ein Minimalpaar", en="a minimal pair"), "differ_in language first second", "", report
    )
    sides = [_read_expected(fields.node(key), quoted(key), report) for key in ("first", "second")]
    if fields.has("second") and replace(sides[0], text="") == replace(sides[1], text=""):
        fields.problem(
            de="beide Seiten des Paars erwarten dasselbe: bitte sagen, worin sie sich unterscheiden, oder es entfernen",
            en="both sides of the pair expect the same: say what differs, or remove the pair",
        )
    return MinimalPair(
        differ_in=fields.choice("differ_in", get_args(Difference)),
        language=fields.choice("language", report.languages),
        first=sides[0],
        second=sides[1],
    )


def _read_expected(node: Node | None, what: Bilingual, report: Report) -> Expected:
    fields = Fields(node, what, "text", "entry facts untold", report)
    return Expected(
        text=fields.text("text"),
        entry=fields.text("entry") if fields.has("entry") else None,
        facts={name: fields.scalar(option, name) for name, option in fields.children("facts").items()},
        untold=fields.texts("untold"),
        place=fields.place,
    )
