"""A reply as Telegram messages: HTML, keyboard, cut to the limits. Pure.

Owns how each kind of block looks, and what takes the place of a message that is shown already. Refuses what Telegram
would refuse with the whole message: links that are no web addresses, characters that no message may hold.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.channels.telegram.keyboards import Keyboard, arrange
from bot.channels.telegram.legible import clean, is_blank, verbatim, web_address
from bot.channels.telegram.markup import Line as StyledLine
from bot.channels.telegram.markup import Paragraph, ParagraphStyle, Run, Tag, fit, to_html, to_plain
from bot.messages import Attachment, Block, BlockKind, Citation, Line, Reply

_NO_BREAK_SPACE = "\u00a0"
_TAGS: Mapping[BlockKind, Tag] = {"assumed": "i", "verdict": "b", "disputed": "i", "question": "b", "hint": "i"}
_STYLES: Mapping[BlockKind, ParagraphStyle] = {"quote": "quote", "sources": "folded"}
#: Their sentences follow each other on one line.
_RUNNING: tuple[BlockKind, ...] = ("reasons", "hint")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message to send; `plain` is the same text for the case that Telegram refuses the markup."""

    html: str
    plain: str
    keyboard: Keyboard = ()
    attachment: Attachment | None = None
    #: Whether the message is to be shown as an answer to the person's.
    refers: bool = False
    #: Whether it takes the place of the message whose button was pressed.
    is_change: bool = False
    #: What is sent where that message cannot be changed; nothing if nothing would be told by it.
    instead: "Outgoing | None" = None


def render(reply: Reply, *, can_change: bool = False) -> tuple[Outgoing, ...]:
    """The messages that show the reply, the keyboard under the last; none for a reply without text. `can_change` tells
    whether there is a message whose place a reply can take that is meant to."""
    if reply.apart is None:
        return _messages(reply)
    alone = _messages(replace(reply, blocks=reply.apart.blocks, choices=()))
    whole = _messages(reply) if can_change else ()
    if len(whole) != 1 or len(alone) > 1:
        return alone
    return (replace(whole[0], is_change=True, instead=next(iter(alone), None)),)


def _messages(reply: Reply) -> tuple[Outgoing, ...]:
    citations = _numbered(reply.citations)
    paragraphs = [paragraph for block in reply.blocks for paragraph in _paragraphs(block, citations)]
    messages = [Outgoing(to_html(part), to_plain(part)) for part in fit(paragraphs)]
    visible = [message for message in messages if not is_blank(message.plain)]
    if not visible:
        return ()
    last = replace(visible[-1], keyboard=arrange(reply.choices), refers=reply.refers)
    # A file is a message of its own: what a caption may hold is too short.
    file = [Outgoing("", "", attachment=reply.attachment)] if reply.attachment else []
    return (*visible[:-1], last, *file)


def _numbered(citations: Iterable[Citation]) -> dict[int, Citation]:
    """The citations by their numbers; of several claims of one document, which share one, the first."""
    numbered: dict[int, Citation] = {}
    for citation in citations:
        numbered.setdefault(citation.number, citation)
    return numbered


def _paragraphs(block: Block, citations: Mapping[int, Citation]) -> list[Paragraph]:
    title = clean(block.title)
    heading: tuple[StyledLine, ...] = ((Run(title, "b"),),) if title else ()
    lines = _lines(block, citations)
    if not lines:
        return []
    if block.kind == "copy":
        # Nothing but the text itself is to be copied.
        return [*([Paragraph(heading)] if heading else []), Paragraph(lines, "copy")]
    if block.kind == "disputed":
        return [Paragraph(_run_in(title, lines))]
    return [Paragraph((*heading, *lines), _STYLES.get(block.kind, ""))]


def _lines(block: Block, citations: Mapping[int, Citation]) -> tuple[StyledLine, ...]:
    shown = [line for line in block.lines if not is_blank(line.text)]
    if block.kind == "sources":
        return tuple(_sources(citations.values()))
    if block.kind == "copy":
        return tuple((Run(text),) for line in shown for text in verbatim(line.text).split("\n"))
    lines = [_styled(line, _TAGS.get(block.kind, ""), citations) for line in shown]
    if block.kind == "list":
        return tuple((Run("• "), *line) for line in lines)
    if block.kind == "steps":
        return tuple((Run(f"{number}. "), *line) for number, line in enumerate(lines, 1))
    return _one_line(lines) if block.kind in _RUNNING else tuple(lines)


def _one_line(lines: Iterable[StyledLine]) -> tuple[StyledLine, ...]:
    runs = [run for line in lines for run in (Run(" "), *line)]
    return (tuple(runs[1:]),) if runs else ()


def _run_in(title: str, lines: Sequence[StyledLine]) -> tuple[StyledLine, ...]:
    """The lines with their title before the first, in its style."""
    (first, *rest), *others = lines
    text = f"{title} {first.text}" if title else first.text
    return ((replace(first, text=text), *rest), *others)


def _styled(line: Line, tag: Tag, citations: Mapping[int, Citation]) -> StyledLine:
    marks = tuple(_mark(number, citations) for number in line.marks)
    # Without a break: a mark alone at the start of the next message would stand for nothing.
    return (Run(clean(line.text), tag), Run(_NO_BREAK_SPACE), *marks) if marks else (Run(clean(line.text), tag),)


def _mark(number: int, citations: Mapping[int, Citation]) -> Run:
    citation = citations.get(number)
    url = web_address(citation.url) if citation else ""
    # Its number leads to the list of sources, which has the same link.
    return Run(f"[{number}]", url=url, is_spare=bool(url))


def _sources(citations: Iterable[Citation]) -> Iterator[StyledLine]:
    """Each source on a line, below who speaks in it. That heading is part of its first source's line: the end of a
    message is no place for it."""
    groups: dict[str, list[Citation]] = {}
    for citation in citations:
        groups.setdefault(clean(citation.group), []).append(citation)
    for group, (first, *others) in groups.items():
        yield (*((Run(group, "b"), Run("\n")) if group else ()), *_source(first))
        yield from map(_source, others)


def _source(citation: Citation) -> StyledLine:
    url = web_address(citation.url)
    label = clean(citation.label) or url or clean(citation.source)
    date = clean(citation.date)
    return (Run(f"[{citation.number}] "), Run(label, url=url), *([Run(f", {date}")] if date else []))
