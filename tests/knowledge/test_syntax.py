"""What YAML cannot read is told by the mistake that people make, at its line, whichever parser reads."""

import pytest
import yaml

from bot.knowledge.problems import Problem
from bot.knowledge.tree import parse

PARSERS = [name for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)]

MISTAKES = {
    "a colon in a text": ("a:\n  b: Ja: nein\n", 2, "Doppelpunkt mitten im Text", "colon within the text"),
    "no space after a colon": ("a:1\nb: 2\n", 1, "fehlt ein Leerzeichen", "space is missing"),
    "no space after the last colon": ("a: 1\nb:2\n", 2, "fehlt ein Leerzeichen", "space is missing"),
    "no colon": ("a: 1\nb\nc: 2\n", 2, "fehlt ein Doppelpunkt", "colon is missing"),
    "a tab before a key": ("a:\n\tb: y\n", 2, "Tabulator", "tab"),
    "a tab after a dash": ("a:\n-\tx\n", 2, "Tabulator", "tab"),
    "an open quote above others": ('a:\n  - "b\n  - "c"\n  - "d"\n', 2, 'Anführungszeichen "', "never closed"),
    "an open quote at the end": ('a:\n  - "b"\n  - "c\n', 3, "nicht geschlossen", "never closed"),
    "an open single quote": ("a:\n  - 'b\n  - 'c'\n", 2, "nicht geschlossen", "never closed"),
    "an open quote in braces": ('a: {de: "x", en: "y}\nb: 1\nc: "z"\n', 1, "nicht geschlossen", "never closed"),
    "an open quote below a long text": ('a: "one\n  two"\nb: "c\nd: "e"\n', 3, "nicht geschlossen", "never closed"),
    "quotes within quotes": ('a: "er sagte "ja" dazu"\n', 1, "geht der Text weiter", "the text goes on"),
    "a text after its quotes": ('a: "ja" sagte er\n', 1, "geht der Text weiter", "the text goes on"),
    "no comma": ('a: {de: "x" en: "y"}\n', 1, "fehlt ein Komma", "comma is missing"),
    "an open bracket": ("a: [b, c\nd: e\n", 1, "wird nicht geschlossen", "is not closed"),
    "an open brace": ("a: {b: c\nd: e\n", 1, "wird nicht geschlossen", "is not closed"),
    "a bracket first": ("a:\n  - [als Betrieb] x\n", 2, "mit einer Klammer", "begins with a bracket"),
    "a percent sign first": ("a: %x\n", 1, "nicht mit % beginnen", "may begin with %"),
    "an at sign first": ("a: @x\n", 1, "nicht mit @ beginnen", "may begin with @"),
    "a bar first": ("a: |x\n", 1, "mit | oder >", "with | or >"),
    "a backslash": ('a: "C:\\dir"\n', 1, "eigene Bedeutung", "meaning of its own"),
    "a control character": ('b: c\na: "x\x01"\n', 2, "Steuerzeichen", "control character"),
    "too far right": ("a: b\n  c: d\n", 2, "Einrückung", "indentation"),
    "too far left": ("a:\n   b: 1\n  c: 2\n", 3, "Einrückung", "indentation"),
    "an item without a dash": ('a:\n  - "b"\n  "c"\n', 3, "fehlt der Strich", "dash is missing"),
    "an item without a dash above": ('a:\n  "b"\n  - "c"\n', 2, "fehlt der Strich", "dash is missing"),
    "two documents": ("a: 1\n---\nb: 2\n", 2, "teilt die Datei", "divides the file"),
    # What YAML reads, and otherwise than it looks.
    "a text cut off": ("a: Das gilt #immer\n", 1, "ab # abgeschnitten", "is cut off"),
    "a text cut off at a comment": ("a: Das gilt # immer\n", 1, "ab # abgeschnitten", "is cut off"),
    "a text cut off in brackets": ("a: [b c #d\n]\n", 1, "ab # abgeschnitten", "is cut off"),
    "curly quotes": ("a: „Das gilt. [x#y]“\n", 1, "typografische", "curly"),
    "a dash without a space": ("a:\n  -b\n", 2, "nach dem Strich", "after the dash"),
    "a dash before a quote": ('a:\n  -"b"\n', 2, "nach dem Strich", "after the dash"),
    "a text and a list": ("a: x\n  - y\n", 1, "Listenpunkte", "items of a list"),
    "an exclamation mark first": ("a: !wichtig x\n", 1, "ginge verloren", "would be lost"),
    "an anchor": ("a: &b c\n", 1, "Anker", "anchors"),
    "a text twice": ("a: b\na: c\n", 2, "steht zweimal", "stands twice"),
}


def problems_of(content: bytes) -> list[Problem]:
    found: list[Problem] = []
    parse(content, "x.yaml", found.append)
    return found


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_at_its_line(mistake: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.knowledge.tree._PARSER", getattr(yaml, parser))
    text, line, german, english = MISTAKES[mistake]
    (problem,) = problems_of(text.encode())
    assert problem.place.line == line, problem
    assert german in problem.de
    assert english in problem.en


@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("mistake", MISTAKES)
def test_no_word_of_the_parser_is_passed_on(mistake: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.knowledge.tree._PARSER", getattr(yaml, parser))
    for problem in problems_of(MISTAKES[mistake][0].encode()):
        for word in ("mapping", "scalar", "token", "expected", "block", "context", "alias ", "stream"):
            assert word not in problem.de


@pytest.mark.parametrize(
    "text",
    [
        "a: b # explained\n",
        "a: [b, c]   # in this order\n",
        'a: "b # c"\n',
        'a: "„Zitat“"\n',
        "a: „Zitat“ und mehr\n",
        'a: "one\n  two"\n',
        "a: -5\n",
        "a:\r\n  - b\r\n  - c\r\n",
        "\ufeffa: b\n",
    ],
)
def test_what_is_sound_is_no_problem(text: str) -> None:
    assert problems_of(text.encode()) == []


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "utf-16-le"])
def test_another_encoding_is_told(encoding: str) -> None:
    (problem,) = problems_of("a: Grüße\n".encode(encoding))
    assert "UTF-8" in problem.de or "Steuerzeichen" in problem.de
