"""The text that a source's quotations are proved with: a page as it was read, or a law provision by provision."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.provisions import Provision
from bot.messages import Language

#: A heading of a law: "## § 7 Unzumutbare Belästigungen", "### Artikel 28 …", "### Recital 43".
_HEADING = re.compile(
    r"^#{1,6}\s+(?:(?P<kind>§|Artikel|Article|Art\.|Erwägungsgrund|Recital)\s*(?P<number>\d+[a-z]*))?.*"
)
_KINDS = {
    "§": "section",
    "Artikel": "article",
    "Article": "article",
    "Art.": "article",
    "Erwägungsgrund": "recital",
    "Recital": "recital",
}
#: What stands for words that were left out.
_GAP = re.compile(r"\s*\[…\]\s*|\s*\[\.\.\.\]\s*")


@dataclass(frozen=True, slots=True)
class Originals:
    """One source's text in the languages that it is had in; one in no particular language proves any."""

    texts: Mapping[Language | None, str] = field(default_factory=dict)

    def has(self, language: Language) -> bool:
        """Whether a quotation in this language can be tried."""
        return language in self.texts or None in self.texts

    def holds(self, quote: str, provision: Provision | None, language: Language) -> bool:
        """Whether the words stand there, in this order, the parts between gaps too; white space may differ."""
        text = self.texts.get(language, self.texts.get(None, ""))
        where = _within(text, provision) if provision else text
        return _stand_in_order([_folded(part) for part in _GAP.split(quote)], _folded(where))


def _within(text: str, provision: Provision) -> str:
    """The text of one article, section or recital; nothing if the law has headings and this is none of them."""
    wanted = {"section": provision.section, "article": provision.article, "recital": provision.recital}
    parts = _provisions(text)
    return "\n".join(part for (kind, number), part in parts if number and wanted[kind] == number) if parts else text


def _provisions(text: str) -> list[tuple[tuple[str, str], str]]:
    found: list[tuple[tuple[str, str], list[str]]] = []
    for line in text.splitlines():
        heading = _HEADING.match(line)
        if heading:
            kind = _KINDS.get(heading["kind"] or "", "")
            found.append(((kind, heading["number"] or ""), []))
        if found:
            found[-1][1].append(line)
    return [(name, "\n".join(lines)) for name, lines in found if name[0]]


def _stand_in_order(parts: list[str], text: str) -> bool:
    at = 0
    for part in parts:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return True


def _folded(text: str) -> str:
    return " ".join(text.split())
