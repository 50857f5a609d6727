"""Replies as lines of text. Nothing here knows whether anybody sees colours; a link is never broken."""

import textwrap
from collections.abc import Iterable, Sequence

from bot.messages import Block, Choice, Citation, Line, Reply

_BOLD, _DIM, _ITALIC, _CYAN, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[3m", "\x1b[36m", "\x1b[0m"
_STYLES = {
    "verdict": _BOLD,
    "question": _BOLD,
    "assumed": _DIM,
    "hint": _DIM,
    "disputed": _ITALIC,
    "quote": _CYAN,
    "copy": _CYAN,
    "sources": _DIM,
}


def render_text(replies: Sequence[Reply], width: int | None = None) -> str:
    """Replies as one plain text; without a width (in columns) each sentence and item is one line, however long."""
    blocks = [render(block, reply.citations, width) for reply in replies for block in reply.blocks]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def render_styled(reply: Reply, width: int) -> str:
    """A reply for a terminal that knows escape codes. Each line ends what it begins."""
    blocks = [_styled(block, reply.citations, width) for block in reply.blocks]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def _styled(block: Block, citations: Sequence[Citation], width: int) -> list[str]:
    lines = render(block, citations, width)
    titles = len(_title(block)) if lines else 0
    style = _STYLES.get(block.kind, "")
    return [f"{_BOLD}{line}{_PLAIN}" for line in lines[:titles]] + [
        f"{style}{line}{_PLAIN}" if style else line for line in lines[titles:]
    ]


def render(block: Block, citations: Sequence[Citation], width: int | None = None) -> list[str]:
    """A block as lines of plain text, at most so many columns wide where words allow it."""
    return [*_title(block), *_body(block, citations, width)]


def _title(block: Block) -> list[str]:
    """The line above the block; what is disputed follows its title on the same line."""
    return [block.title] if block.title and block.kind != "disputed" else []


def render_choices(choices: Sequence[Choice], width: int) -> str:
    """What can be chosen, each with its number."""
    return "\n".join(
        line for number, each in enumerate(choices, 1) for line in _wrapped(each.label, f"{number:>3}) ", width)
    )


def render_remark(text: str, width: int) -> str:
    """A text of the terminal's own."""
    return "\n".join(_wrapped(text, "", width))


def _body(block: Block, citations: Sequence[Citation], width: int | None) -> Iterable[str]:
    if block.kind == "sources":
        return _sources(citations, width)
    marked = [_marked(line) for line in block.lines]
    if block.kind == "reasons" and width is not None:
        # Sentences of one paragraph.
        marked = [" ".join(marked)] if marked else []
    if block.kind == "disputed" and block.title:
        marked = [f"{block.title} {text}" if number == 0 else text for number, text in enumerate(marked)]
    indents = (_indent(block, number) for number in range(1, len(marked) + 1))
    return (wrapped for text, indent in zip(marked, indents, strict=True) for wrapped in _wrapped(text, indent, width))


def _indent(block: Block, number: int) -> str:
    return {"list": "- ", "quote": "  | ", "steps": f"{number}. "}.get(block.kind, "")


def _sources(citations: Sequence[Citation], width: int | None) -> Iterable[str]:
    """Each document once, below who speaks in it; claims of one document share its number."""
    group = ""
    for each in {citation.number: citation for citation in citations}.values():
        if each.group != group:
            group = each.group
            yield group
        yield from _source(each, width)


def _marked(line: Line) -> str:
    return " ".join([line.text, *(f"[{mark}]" for mark in line.marks)])


def _source(citation: Citation, width: int | None) -> list[str]:
    first = _wrapped(f"{citation.label} ({citation.date})", f"[{citation.number}] ", width)
    return [*first, f"    {citation.url}"]


def _wrapped(text: str, indent: str, width: int | None) -> list[str]:
    following = indent if indent.startswith("  |") else " " * len(indent)
    if width is None:
        # What has lines of its own, such as a pasted question that is quoted, keeps them.
        lines = text.splitlines()
        return [f"{indent if number == 0 else following}{line}" for number, line in enumerate(lines)]
    # A link that is broken cannot be clicked; a long one may stick out.
    wrapper = textwrap.TextWrapper(
        width, initial_indent=indent, subsequent_indent=following, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap(text)
