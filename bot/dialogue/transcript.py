"""A reply as a plain text file, to be kept or passed on."""

from collections.abc import Iterator, Mapping

from bot.messages import Block, Citation, Line, Reply

_INDENTS = {"list": "- ", "steps": "- ", "quote": "> "}


def as_text(reply: Reply, texts: Mapping[str, str]) -> str:
    """The reply's paragraphs, then its sources with their links; ends with a line break."""
    blocks = ["\n".join(_block(block)) for block in reply.blocks if block.lines]
    # Claims of one document stand together, in one line.
    cited = dict.fromkeys(map(_source, reply.citations))
    sources = [texts["sources_title"], *cited] if cited else []
    return "\n\n".join([*blocks, *(["\n".join(sources)] if sources else [])]) + "\n"


def _block(block: Block) -> Iterator[str]:
    if block.title:
        yield block.title
    yield from (_INDENTS.get(block.kind, "") + _marked(line) for line in block.lines)


def _marked(line: Line) -> str:
    return " ".join([line.text, *(f"[{mark}]" for mark in line.marks)])


def _source(citation: Citation) -> str:
    return f"[{citation.number}] {citation.label} ({citation.date}): {citation.url}"
