"""Telegram's HTML -> lines of words that fit into a width. Without a font at hand widths are estimates, on the safe
side for the sans-serif fonts that viewers have."""

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser

#: Widths in parts of the font size.
_NARROW, _WIDE, _USUAL, _CAPITAL = 0.3, 0.9, 0.56, 0.7
_NARROW_LETTERS, _WIDE_LETTERS = frozenset("iljtfrI.,:;'|!()[] "), frozenset("mwMW@%…–")
_BOLD = 1.06


@dataclass(frozen=True)
class Word:
    """A word with its style: b, i, a or none."""

    text: str
    style: str


class _Reader(HTMLParser):
    """Words of lines; an empty list is an empty line."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[list[Word]] = [[]]
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        style = next((tag for tag in reversed(self._open) if tag in ("b", "i", "a")), "")
        for number, line in enumerate(data.split("\n")):
            if number:
                self.lines.append([])
            self.lines[-1] += [Word(word, style) for word in _words(line)]


def _words(text: str) -> Iterator[str]:
    """The words of a text, each with the spaces before it."""
    start = 0
    for position, character in enumerate(text):
        if character == " " and position > start and text[position - 1] != " ":
            yield text[start:position]
            start = position
    if start < len(text):
        yield text[start:]


def lines(html: str, width: float, size: float) -> list[list[Word]]:
    """The lines of a message in a bubble of a width, at a font size."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [line for written in reader.lines for line in _wrapped(written, width / size)]


def _wrapped(words: list[Word], width: float) -> list[list[Word]]:
    found: list[list[Word]] = [[]]
    used = 0.0
    for word in words:
        # What is glued to the word before it, such as a mark behind a sentence, is not torn from it.
        if found[-1] and word.text.startswith(" ") and used + measure(word) > width:
            found.append([])
            used = 0.0
        shown = word if found[-1] else Word(word.text.lstrip(" "), word.style)
        found[-1].append(shown)
        used += measure(shown)
    return found


def measure(word: Word) -> float:
    """The width of a word in parts of the font size."""
    return sum(map(_width, word.text)) * (_BOLD if word.style == "b" else 1)


def _width(character: str) -> float:
    if character in _NARROW_LETTERS:
        return _NARROW
    if character in _WIDE_LETTERS:
        return _WIDE
    return _CAPITAL if character.isupper() else _USUAL
