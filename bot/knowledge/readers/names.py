"""Ids, and mappings whose keys are names: what several kinds of file have in common."""

import re

from bot.knowledge.fields import Fields, shape
from bot.knowledge.phrases import Bilingual
from bot.knowledge.problems import Problem
from bot.knowledge.tree import Mapping, Node, Report

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ID_LENGTH = 40


def named(node: Node, what: Bilingual, report: Report) -> dict[str, Node]:
    """The things of a file that holds one a key."""
    if isinstance(node, Mapping):
        return node.items
    problem = Problem(
        node.place,
        de=f"{what.de} muss aus Zeilen „name: …“ bestehen, hier steht aber {shape(node).de}",
        en=f"{what.en} must be a mapping (name: …), not {shape(node).en}",
    )
    report(problem)
    return {}


def identifier(fields: Fields, key: str) -> str:
    """The id under a key; a problem if it is none."""
    text = fields.text(key)
    if text:
        check_identifier(text, fields)
    return text


def is_identifier(text: str) -> bool:
    """Whether a text can be an id."""
    return _ID.fullmatch(text) is not None and len(text) <= ID_LENGTH


def check_identifier(text: str, fields: Fields) -> None:
    """A problem if the text can be no id."""
    if not is_identifier(text):
        fields.problem(
            de=f"„{text}“ ist keine id: bitte nur a-z, Ziffern, einzelne Bindestriche, höchstens {ID_LENGTH} Zeichen",
            en=f'"{text}" is no id: use lower-case a-z, digits and single hyphens, at most {ID_LENGTH} signs',
        )
