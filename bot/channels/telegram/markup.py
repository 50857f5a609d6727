"""Styled text: its HTML, its size as Telegram counts it, and cutting it to messages that fit.

Owns Telegram's limits of a message. Refuses to cut HTML: what is cut are runs of text, and each part is marked up on
its own, so that no cut can fall into a tag or an escape.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import count
from typing import Literal, TypeAlias, TypeVar

#: Telegram's limit of a message, in UTF-16 units after the markup is parsed.
MAX_UNITS = 4096
#: Telegram drops the markup beyond 100 entities. The ten that we leave are for those that Telegram finds by itself:
#: commands, addresses and mentions in our texts.
MAX_ENTITIES = 90

Tag: TypeAlias = Literal["", "b", "i"]
#: A quotation, a list that is shown folded until it is tapped, or a text that is copied by tapping it.
ParagraphStyle: TypeAlias = Literal["", "quote", "folded", "copy"]
Item = TypeVar("Item")
_AROUND: dict[ParagraphStyle, tuple[str, str]] = {
    "": ("", ""),
    "quote": ("<blockquote>", "</blockquote>"),
    "folded": ("<blockquote expandable>", "</blockquote>"),
    "copy": ("<pre>", "</pre>"),
}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style, possibly a link; a spare one's address stands elsewhere, too."""

    text: str
    tag: Tag = ""
    url: str = ""
    is_spare: bool = False


Line: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; paragraphs are set apart by an empty line."""

    lines: tuple[Line, ...]
    style: ParagraphStyle = ""


@dataclass(frozen=True, slots=True)
class Size:
    """What Telegram counts."""

    units: int = 0
    entities: int = 0

    def __add__(self, other: "Size") -> "Size":
        return Size(self.units + other.units, self.entities + other.entities)

    @property
    def is_within_limits(self) -> bool:
        """Whether a message of this size is shown as meant."""
        return self.units <= MAX_UNITS and self.entities <= MAX_ENTITIES


def to_html(paragraphs: Sequence[Paragraph]) -> str:
    """The paragraphs as the HTML that Telegram parses."""
    return "\n\n".join(_paragraph_html(paragraph) for paragraph in paragraphs)


def to_plain(paragraphs: Sequence[Paragraph]) -> str:
    """The paragraphs without any markup."""
    return "\n\n".join("\n".join(_plain(line) for line in paragraph.lines) for paragraph in paragraphs)


def fit(paragraphs: Sequence[Paragraph]) -> list[tuple[Paragraph, ...]]:
    """The paragraphs in one message if that takes no more than spare links, else in as few as hold all of it, cut
    between paragraphs, else lines, else words."""
    thinned = _thinned(paragraphs)
    return [thinned] if _size(thinned).is_within_limits else _pack(paragraphs, _paragraph_size, 2, _paragraph_parts)


def utf16_units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _paragraph_html(paragraph: Paragraph) -> str:
    opening, closing = _AROUND[paragraph.style]
    html = "\n".join("".join(_run_html(run) for run in line) for line in paragraph.lines)
    return f"{opening}{html}{closing}"


def _run_html(run: Run) -> str:
    html = escape(run.text, quote=False)
    if run.url:
        html = f'<a href="{escape(run.url)}">{html}</a>'
    return f"<{run.tag}>{html}</{run.tag}>" if run.tag else html


def _plain(line: Line) -> str:
    return "".join(run.text for run in line)


def _thinned(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs without as many of their spare links as there are too many entities, the last ones first."""
    spare = sum(run.is_spare for paragraph in paragraphs for line in paragraph.lines for run in line)
    kept = spare - max(0, _size(paragraphs).entities - MAX_ENTITIES)
    numbers = count()

    def thinned(run: Run) -> Run:
        return replace(run, url="") if run.is_spare and next(numbers) >= kept else run

    return tuple(
        replace(paragraph, lines=tuple(tuple(map(thinned, line)) for line in paragraph.lines))
        for paragraph in paragraphs
    )


def _size(paragraphs: Sequence[Paragraph]) -> Size:
    gaps = Size(2 * max(0, len(paragraphs) - 1))
    return sum(map(_paragraph_size, paragraphs), gaps)


def _pack(
    items: Iterable[Item],
    size_of: Callable[[Item], Size],
    gap_units: int,
    parts_of: Callable[[Item], Iterable[Item]],
    own: Size = Size(),
) -> list[tuple[Item, ...]]:
    """Items in groups within the limits, in order; an item too big for any group is taken apart first. Each group has
    a size of its own besides that of its items."""
    groups: list[list[Item]] = []
    used = own
    for item in items:
        for part in (item,) if (own + size_of(item)).is_within_limits else parts_of(item):
            grown = used + Size(gap_units) + size_of(part)
            if groups and grown.is_within_limits:
                groups[-1].append(part)
                used = grown
            else:
                groups.append([part])
                used = own + size_of(part)
    return [tuple(group) for group in groups]


def _paragraph_size(paragraph: Paragraph) -> Size:
    breaks = Size(len(paragraph.lines) - 1, int(bool(paragraph.style)))
    return sum((_line_size(line) for line in paragraph.lines), breaks)


def _line_size(line: Line) -> Size:
    return sum((Size(utf16_units(run.text), _entities(run)) for run in line), Size())


def _entities(run: Run) -> int:
    return bool(run.tag) + bool(run.url)


def _paragraph_parts(paragraph: Paragraph) -> list[Paragraph]:
    # Each part is a quotation of its own.
    own = Size(0, int(bool(paragraph.style)))
    return [replace(paragraph, lines=lines) for lines in _pack(paragraph.lines, _line_size, 1, _line_parts, own)]


def _line_parts(line: Line) -> Iterator[Line]:
    while not _line_size(line).is_within_limits:
        room = _room(line)
        # A word longer than a whole message has no space to cut at and is cut through.
        space = _plain(line).rfind(" ", 1, room + 1)
        yield _slice(line, 0, space if space > 0 else room)
        line = _slice(line, space + 1 if space > 0 else room, None)
    yield line


def _room(line: Line) -> int:
    """How many characters from the start of the line fit into one message."""
    fitting = units = entities = 0
    for run in line:
        entities += _entities(run)
        for character in run.text:
            units += utf16_units(character)
            if units > MAX_UNITS or entities > MAX_ENTITIES:
                return fitting
            fitting += 1
    return fitting


def _slice(line: Line, start: int, end: int | None) -> Line:
    """The characters from start to end, in their styles."""
    runs: list[Run] = []
    position = 0
    for run in line:
        stop = None if end is None else max(0, end - position)
        text = run.text[max(0, start - position) : stop]
        position += len(run.text)
        if text:
            runs.append(replace(run, text=text))
    return tuple(runs)
