"""A reply as Telegram messages: HTML, keyboard, cut to the limits. Pure.

Owns how each kind of block looks. Refuses what Telegram would refuse with the whole message: unusable buttons, links
that are no web addresses, characters that no message may hold.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias
from urllib.parse import urlsplit

from bot.channels.telegram.markup import Line as StyledLine
from bot.channels.telegram.markup import Paragraph, Run, Tag, split, to_html, to_plain
from bot.messages import CHOICE_CODE_BYTES, Attachment, Block, BlockKind, Choice, Citation, Line, Reply

#: Labels up to this length share a row with a neighbour; on a narrow phone longer ones would be cut off.
SHORT_LABEL = 18

Keyboard: TypeAlias = tuple[tuple[Choice, ...], ...]

_NO_BREAK_SPACE = "\u00a0"
#: What Telegram takes behind "?start=".
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_TAGS: Mapping[BlockKind, Tag] = {"assumed": "i", "verdict": "b", "question": "b", "hint": "i"}


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send; `plain` is the same text for the case that Telegram refuses the markup."""

    html: str
    plain: str
    keyboard: Keyboard = ()
    attachment: Attachment | None = None
    #: Whether the message is to be shown as an answer to the person's.
    refers: bool = False


def render(reply: Reply) -> tuple[Outgoing, ...]:
    """The messages that show the reply, the keyboard under the last; none for a reply without text."""
    citations = {citation.number: citation for citation in reply.citations}
    paragraphs = [paragraph for block in reply.blocks for paragraph in _paragraphs(block, citations)]
    messages = [Outgoing(to_html(part), to_plain(part)) for part in split(paragraphs)]
    visible = [message for message in messages if not is_blank(message.plain)]
    if not visible:
        return ()
    last = replace(visible[-1], keyboard=arrange(reply.choices), refers=reply.refers)
    # A file is a message of its own: what a caption may hold is too short.
    file = [Outgoing("", "", attachment=reply.attachment)] if reply.attachment else []
    return (*visible[:-1], last, *file)


def arrange(choices: Iterable[Choice]) -> Keyboard:
    """Rows of buttons: two short ones share a row, a longer one has its own."""
    rows: list[tuple[Choice, ...]] = []
    for choice in (replace(choice, label=clean(choice.label)) for choice in choices if _is_usable(choice)):
        previous = rows[-1] if rows else ()
        if len(previous) == 1 and _is_short(previous[0]) and _is_short(choice):
            rows[-1] = (*previous, choice)
        else:
            rows.append((choice,))
    return tuple(rows)


def is_blank(text: str) -> bool:
    """Whether nothing of the text would be seen: Telegram refuses such a message."""
    return all(character.isspace() or unicodedata.category(character) in ("Cf", "Cc") for character in text)


def clean(text: str) -> str:
    """The text without line breaks, control characters and halves of characters."""
    whole = _SPACES.sub(" ", text).strip()
    return "".join("\ufffd" if _is_half(char) else char for char in whole if unicodedata.category(char) != "Cc")


def _is_half(character: str) -> bool:
    # Half of a surrogate pair: JSON can carry it, UTF-8 cannot.
    return unicodedata.category(character) == "Cs"


def _is_usable(choice: Choice) -> bool:
    if is_blank(choice.label):
        return False
    if choice.kind != "press":
        return bool(_START_PARAMETER.fullmatch(choice.code))
    code_bytes = len(choice.code.encode("utf-8", "surrogatepass"))
    return choice.code.isprintable() and 0 < code_bytes <= CHOICE_CODE_BYTES


def _is_short(choice: Choice) -> bool:
    return len(choice.label) <= SHORT_LABEL


def _paragraphs(block: Block, citations: Mapping[int, Citation]) -> list[Paragraph]:
    title = clean(block.title)
    heading: tuple[StyledLine, ...] = ((Run(title, "b"),),) if title else ()
    lines = _lines(block, citations)
    if not lines:
        return []
    if block.kind in ("quote", "sources"):
        quoted = Paragraph(lines, "quote" if block.kind == "quote" else "folded")
        return [*([Paragraph(heading)] if heading else []), quoted]
    return [Paragraph((*heading, *lines))]


def _lines(block: Block, citations: Mapping[int, Citation]) -> tuple[StyledLine, ...]:
    if block.kind == "sources":
        return tuple(_source(citation) for citation in citations.values())
    tag = _TAGS.get(block.kind, "")
    lines = [_styled(line, tag, citations) for line in block.lines if not is_blank(line.text)]
    if block.kind == "list":
        return tuple((Run("• "), *line) for line in lines)
    return _one_line(lines) if block.kind == "reasons" else tuple(lines)


def _one_line(lines: list[StyledLine]) -> tuple[StyledLine, ...]:
    runs = [run for line in lines for run in (Run(" "), *line)]
    return (tuple(runs[1:]),) if runs else ()


def _styled(line: Line, tag: Tag, citations: Mapping[int, Citation]) -> StyledLine:
    marks = tuple(_mark(number, citations) for number in line.marks)
    # Without a break: a mark alone at the start of the next message would stand for nothing.
    return (Run(clean(line.text), tag), Run(_NO_BREAK_SPACE), *marks) if marks else (Run(clean(line.text), tag),)


def _mark(number: int, citations: Mapping[int, Citation]) -> Run:
    citation = citations.get(number)
    return Run(f"[{number}]", url=_web_address(citation.url) if citation else "")


def _source(citation: Citation) -> StyledLine:
    url = _web_address(citation.url)
    label = clean(citation.label) or url or clean(citation.source)
    date = clean(citation.date)
    return (Run(f"[{citation.number}] "), Run(label, url=url), *([Run(f", {date}")] if date else []))


def _web_address(url: str) -> str:
    """The address if a browser opens it as a web page, else nothing: no link is better than a dangerous one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    is_printable = url.isprintable() and " " not in url
    return url if parts.scheme in ("http", "https") and parts.netloc and is_printable else ""
