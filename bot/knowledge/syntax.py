"""What YAML could not read, told to people who do not know YAML.

The parser's own words ("mapping values are not allowed in this context") name a consequence in its own language. Here
the lines around are looked at for the mistake that people make, and the line that holds it is named.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import yaml

from bot.knowledge.phrases import Bilingual, Place
from bot.knowledge.problems import Problem

#: Knowledge needs seven levels. Far more would overflow the stack of older versions of libyaml, which ends the process.
DEEPEST = 50

_QUOTES = "\"'"
#: A text may begin here: at the start of a line, after a dash, after a key, after a bracket or a comma within one.
_BEFORE_TEXT = re.compile(r"(?:^|[\[{,]|(?:^|\s)-\s|:\s)\s*$")
_AFTER_TEXT = re.compile(r"\s*(?:[,\]}:#]|$)")
_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:- )?[\w-]+:[^\s:/]")
_ITEM = re.compile(r"\s*- ")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BRACKETED = re.compile(r"\s*(?:- |[\w-]+: )\s*[\[{][^\]}]*[\]}]\s*[^\s,#]")


@dataclass(frozen=True, slots=True)
class _Fault:
    """Where the parser stopped, what it said and in what it was: lines and columns count from 0."""

    lines: Sequence[str]
    line: int
    column: int
    begun: int
    said: str

    @property
    def text(self) -> str:
        return self.lines[self.line] if self.line < len(self.lines) else ""

    @property
    def sign(self) -> str:
        return self.text[self.column : self.column + 1]


#: The line (from 0) that holds the mistake, and what to say of it.
_Found = tuple[int, Bilingual]


def syntax_problem(error: yaml.YAMLError, text: str, file: str) -> Problem:
    """The mistake behind an error of the parser, at its line."""
    fault = _fault(error, text)
    line, told = next((found for cause in _CAUSES if (found := cause(fault))), (fault.line, _UNKNOWN))
    return Problem(Place(file, line + 1), de=told.de, en=told.en)


def too_deep(place: Place) -> Problem:
    return Problem(
        place,
        de=f"mehr als {DEEPEST} Ebenen ineinander: bitte flacher schreiben",
        en=f"nested more than {DEEPEST} levels deep: write it flatter",
    )


def second_document(place: Place) -> Problem:
    return Problem(
        place,
        de="eine Zeile aus --- oder ... teilt die Datei, und was folgt, wird nicht gelesen: bitte entfernen",
        en="a line of --- or ... divides the file, and what follows is not read: remove it",
    )


def _fault(error: yaml.YAMLError, text: str) -> _Fault:
    mark, begun = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    lines = text.split("\n")
    line = min(mark.line, len(lines) - 1) if mark else 0
    said = str(getattr(error, "problem", None) or getattr(error, "reason", ""))
    return _Fault(lines, line, mark.column if mark else 0, begun.line if begun else line, said)


def _unreadable_sign(fault: _Fault) -> _Found | None:
    if "characters are not allowed" not in fault.said:
        return None
    line = next((number for number, text in enumerate(fault.lines) if _CONTROL.search(text)), fault.line)
    return line, Bilingual(
        de="hier steht ein unsichtbares Steuerzeichen: bitte die Zeile neu tippen",
        en="an invisible control character stands here: type the line anew",
    )


def _tab(fault: _Fault) -> _Found | None:
    if "tab" not in fault.said and fault.sign != "\t":
        return None
    return fault.line, Bilingual(
        de="hier steht ein Tabulator: bitte durch Leerzeichen ersetzen",
        en="a tab stands here: replace it with spaces",
    )


def _open_quote(fault: _Fault) -> _Found | None:
    """A quotation mark that is closed by the next one that was meant to open something."""
    last = fault.line if fault.line < len(fault.lines) else len(fault.lines) - 1
    for number in range(last, -1, -1):
        sign = _left_open(fault.lines[number])
        if sign and not _is_closed_below(fault.lines[number + 1 :], sign):
            return number, Bilingual(
                de=f"das Anführungszeichen {sign} in dieser Zeile wird nicht geschlossen: bitte am Textende ergänzen",
                en=f"the quotation mark {sign} in this line is never closed: add one where the text ends",
            )
    return None


def _left_open(line: str) -> str:
    """The quotation mark that a line opens and does not close, if any."""
    return next((sign for sign, end in _quoted(line) if end is None), "")


def _quoted(line: str) -> Iterator[tuple[str, int | None]]:
    """Each quoted text of a line: its quotation mark, and where it ends, or None if it goes on."""
    position = 0
    while position < len(line):
        if line[position] == "#" and (position == 0 or line[position - 1].isspace()):
            return
        if line[position] in _QUOTES and _BEFORE_TEXT.search(line[:position]):
            end = _closing(line, position + 1, line[position])
            yield line[position], end
            if end is None:
                return
            position = end
        position += 1


def _closing(line: str, start: int, sign: str) -> int | None:
    """Where a quoted text ends; a backslash, or a single quotation mark twice, stands for the sign itself."""
    pattern = r'"' if sign == '"' else r"'"
    inside = r'(?:[^"\\]|\\.)*' if sign == '"' else r"(?:[^']|'')*"
    found = re.compile(inside + pattern).match(line, start)
    return found.end() - 1 if found else None


def _is_closed_below(lines: Sequence[str], sign: str) -> bool:
    """Whether the next such sign stands at the end of a text, as it does where a text is meant to go over lines."""
    for line in lines:
        if sign in line:
            return bool(_AFTER_TEXT.match(line, line.index(sign) + 1)) and not _BEFORE_TEXT.search(
                line[: line.index(sign)]
            )
    return False


def _text_after_quote(fault: _Fault) -> _Found | None:
    for number in dict.fromkeys((fault.line, max(fault.line - 1, 0))):
        line = fault.lines[number]
        is_listed = "',' or" in fault.said and number == fault.line
        if any(end is not None and not _AFTER_TEXT.match(line, end + 1) for _, end in _quoted(line)):
            return number, _COMMA if is_listed else Bilingual(
                de="nach dem zweiten Anführungszeichen geht der Text weiter: im Text bitte „…“; oder davor fehlt eines",
                en="the text goes on after its second quotation mark: within a text, use “…”; or one is missing before",
            )
    return None


def _backslash(fault: _Fault) -> _Found | None:
    if "escape" not in fault.said:
        return None
    return fault.line, Bilingual(
        de="zwischen Anführungszeichen hat \\ eine eigene Bedeutung: bitte \\\\ schreiben",
        en="between quotation marks \\ has a meaning of its own: write \\\\",
    )


def _first_sign(fault: _Fault) -> _Found | None:
    is_sign = "cannot start" in fault.said or "alias" in fault.said or fault.sign in ("*", "&", "?")
    if not is_sign or not fault.sign.strip():
        return None
    return fault.line, Bilingual(
        de=f"ein Text darf nicht mit {fault.sign} beginnen: bitte zwischen doppelte Anführungszeichen setzen",
        en=f"no text may begin with {fault.sign}: put it between double quotation marks",
    )


def _brackets_first(fault: _Fault) -> _Found | None:
    if not _BRACKETED.match(fault.text):
        return None
    return fault.line, Bilingual(
        de="ein Text, der mit einer Klammer [ oder { beginnt, gehört zwischen doppelte Anführungszeichen",
        en="a text that begins with a bracket [ or { belongs between double quotation marks",
    )


def _open_bracket(fault: _Fault) -> _Found | None:
    if "',' or" not in fault.said:
        return None
    return fault.begun, Bilingual(
        de="die Klammer, die hier beginnt, wird nicht geschlossen, oder zwischen zwei Punkten fehlt ein Komma",
        en="the bracket that begins here is not closed, or a comma is missing between two items",
    )


def _colon(fault: _Fault) -> _Found | None:
    if "mapping values" not in fault.said:
        return None
    before = max((number for number in range(fault.line) if fault.lines[number].strip()), default=fault.line)
    if re.search(r"(?:^|\s)-?\s*\S+:\s", fault.text[: fault.column]):
        return fault.line, Bilingual(
            de="ein Doppelpunkt mitten im Text: bitte den ganzen Text zwischen doppelte Anführungszeichen setzen",
            en="a colon within the text: put the whole text between double quotation marks",
        )
    if _KEY_WITHOUT_SPACE.match(fault.lines[before]):
        return before, _SPACE
    return fault.line, _INDENTED


def _no_colon(fault: _Fault) -> _Found | None:
    if "expected ':'" not in fault.said:
        return None
    if _KEY_WITHOUT_SPACE.match(fault.lines[fault.begun]):
        return fault.begun, _SPACE
    return fault.begun, Bilingual(
        de="hier fehlt ein Doppelpunkt nach dem Schlüssel, oder der Text gehört in die Zeile darüber",
        en="a colon is missing after the key, or the text belongs to the line above",
    )


def _long_text(fault: _Fault) -> _Found | None:
    if not re.search(r"[:-]\s+[|>]", fault.text[: fault.column + 1]):
        return None
    return fault.line, Bilingual(
        de="ein Text, der mit | oder > beginnt, gehört zwischen doppelte Anführungszeichen",
        en="a text that begins with | or > belongs between double quotation marks",
    )


def _no_dash(fault: _Fault) -> _Found | None:
    """A line among items of a list that lacks its dash."""
    line = fault.begun if "expected ':'" in fault.said else fault.line
    above = max((number for number in range(line) if fault.lines[number].strip()), default=line)
    is_item, was_item = (_ITEM.match(fault.lines[number]) is not None for number in (line, above))
    lacking = above if is_item else line
    begins = fault.lines[lacking].lstrip()[:1]
    if is_item == was_item or begins not in _QUOTES or not begins:
        return None
    return lacking, Bilingual(
        de="hier fehlt der Strich: ein Listenpunkt beginnt mit „- “",
        en='the dash is missing here: an item of a list begins with "- "',
    )


def _indentation(fault: _Fault) -> _Found | None:
    if re.search("expected key|'-' indicator|<block end>|not allowed|node content", fault.said):
        return fault.line, _INDENTED
    return None


_SPACE = Bilingual(
    de="nach dem Doppelpunkt fehlt ein Leerzeichen: bitte ergänzen",
    en="a space is missing after the colon: add it",
)
_COMMA = Bilingual(
    de="zwischen zwei Texten fehlt ein Komma, oder in einem stehen gerade Anführungszeichen: dort bitte „…“ verwenden",
    en="a comma is missing between two texts, or straight quotation marks stand within one: use “…” there",
)
_INDENTED = Bilingual(
    de="die Einrückung passt nicht: Zeilen, die zusammengehören, beginnen in derselben Spalte",
    en="the indentation does not fit: lines that belong together begin in the same column",
)
_UNKNOWN = Bilingual(
    de="lässt sich ab hier nicht lesen: bitte Einrückung, Doppelpunkte und Anführungszeichen prüfen, auch darüber",
    en="cannot be read from here on: check the indentation, colons and quotation marks in this line and above",
)
#: The first that fits is told.
_CAUSES: Sequence[Callable[[_Fault], _Found | None]] = (
    _unreadable_sign,
    _tab,
    _open_quote,
    _text_after_quote,
    _backslash,
    _brackets_first,
    _colon,
    _first_sign,
    _open_bracket,
    _no_dash,
    _no_colon,
    _long_text,
    _indentation,
)
