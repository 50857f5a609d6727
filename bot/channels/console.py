"""Terminal <-> messages: replies as plain lines (with colours only on a terminal), choices by number.

Reads a pipe too: then what was read is shown before each reply, so that the output is a readable transcript.
"""

import textwrap
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TextIO

from bot.messages import (
    COMMANDS,
    Block,
    Choice,
    Citation,
    Commanded,
    Content,
    Conversation,
    Incoming,
    Language,
    Line,
    Reply,
    Said,
    Tapped,
)

Answer = Callable[[Incoming], Awaitable[Sequence[Reply]]]

WIDTH = 96
_BOLD, _DIM, _CYAN, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[36m", "\x1b[0m"
_STYLES = {"verdict": _BOLD, "question": _BOLD, "assumed": _DIM, "hint": _DIM, "quote": _CYAN, "sources": _DIM}


class Console:
    """A conversation in a terminal or over a pipe."""

    def __init__(
        self,
        answer: Answer,
        read: TextIO,
        write: TextIO,
        texts: Callable[[Language, str], str],
        language: Language,
    ) -> None:
        self._answer = answer
        self._read = read
        self._write = write
        self._texts = texts
        self._language = language
        self._is_terminal = read.isatty() and write.isatty()
        self._choices: tuple[Choice, ...] = ()
        # What a choice comes back with; the person has it before their eyes.
        self._question = ""
        self._quoted = ""

    async def run(self, conversation: str) -> None:
        """Talk until the input ends; on a terminal also until an empty line or Ctrl-C."""
        if self._is_terminal:
            # Not the start page, which begins anew: a stored dialogue goes on.
            await self._turn(conversation, Commanded("help"))
            self._print(self._texts(self._language, "console_welcome"))
        for line in self._lines():
            await self._turn(conversation, self._content(line))
        if self._is_terminal:
            self._print(self._texts(self._language, "console_bye"))

    def _lines(self) -> Iterator[str]:
        while True:
            line = self._next_line()
            if not line or (self._is_terminal and not line.strip()):
                return
            if line.strip():
                yield line.strip()

    def _next_line(self) -> str:
        """The next line of input; nothing at its end."""
        self._write.write("\n> ")
        self._write.flush()
        try:
            line = self._read.readline()
        except KeyboardInterrupt:
            line = ""
        if not self._is_terminal:
            self._write.write(line.rstrip("\n") + "\n" if line else "\n")
        return line

    def _content(self, line: str) -> Content:
        digits = line.lstrip("0")
        # No list is as long as five digits say, and int() refuses thousands of them.
        if digits.isascii() and digits.isdecimal() and len(digits) <= 4 and int(digits) <= len(self._choices):
            return Tapped(self._choices[int(digits) - 1].code, self._question, self._quoted)
        if line.startswith("/"):
            name, _, argument = line[1:].partition(" ")
            return Commanded(COMMANDS.get(name.lower(), "unknown"), argument.strip())
        self._question = line
        return Said(line)

    async def _turn(self, conversation: str, content: Content) -> None:
        incoming = Incoming(Conversation(conversation), content, datetime.now(UTC), self._language)
        replies = await self._answer(incoming)
        # Only the last choices have numbers: two lists that both begin with 1 could not be told apart.
        last = max((index for index, reply in enumerate(replies) if _pressable(reply)), default=-1)
        self._choices = _pressable(replies[last]) if last >= 0 else ()
        self._quoted = next((_quote(reply) for reply in replies if _quote(reply)), "")
        for index, reply in enumerate(replies):
            self._show(reply, has_numbers=index == last)

    def _show(self, reply: Reply, *, has_numbers: bool) -> None:
        self._language = reply.language
        blocks = [self._styled(block, lines) for block in reply.blocks if (lines := render(block, reply.citations))]
        self._print("\n" + "\n\n".join(blocks))
        if reply.attachment is not None:
            self._print(f"\n{reply.attachment.name}\n{reply.attachment.text}")
        if has_numbers:
            choices = enumerate(_pressable(reply), 1)
            self._print("\n" + "\n".join(f"  {number}) {each.label}" for number, each in choices))

    def _styled(self, block: Block, lines: list[str]) -> str:
        style = _STYLES.get(block.kind, "") if self._is_terminal else ""
        body = "\n".join(lines)
        return f"{style}{body}{_PLAIN}" if style else body

    def _print(self, text: str) -> None:
        print(text, file=self._write)


def _pressable(reply: Reply) -> tuple[Choice, ...]:
    """The choices without links, which lead nowhere here."""
    return tuple(choice for choice in reply.choices if choice.kind == "press")


def _quote(reply: Reply) -> str:
    return "\n".join(line.text for block in reply.blocks if block.kind == "quote" for line in block.lines)


def render_text(replies: Sequence[Reply]) -> str:
    """Replies as one plain text."""
    blocks = [render(block, reply.citations) for reply in replies for block in reply.blocks]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def render(block: Block, citations: tuple[Citation, ...]) -> list[str]:
    """A block as lines of plain text, at most WIDTH characters wide where words allow it."""
    title = [block.title] if block.title else []
    if block.kind == "sources":
        # Claims of one document share its number; the document is listed once.
        documents = {each.number: each for each in citations}
        return title + [line for each in documents.values() for line in _source(each)]
    if block.kind == "list":
        return title + [line for each in block.lines for line in _wrapped(_marked(each), "- ")]
    if block.kind == "reasons":
        return title + _wrapped(" ".join(_marked(line) for line in block.lines), "")
    indent = "  | " if block.kind == "quote" else ""
    return title + [wrapped for line in block.lines for wrapped in _wrapped(_marked(line), indent)]


def _marked(line: Line) -> str:
    return " ".join([line.text, *(f"[{mark}]" for mark in line.marks)])


def _source(citation: Citation) -> list[str]:
    first = _wrapped(f"[{citation.number}] {citation.label} ({citation.date})", "")
    return [*first, f"    {citation.url}"]


def _wrapped(text: str, indent: str) -> list[str]:
    following = indent if indent.startswith("  |") else " " * len(indent)
    # A link that is broken cannot be clicked; a long one may stick out.
    wrapper = textwrap.TextWrapper(
        WIDTH, initial_indent=indent, subsequent_indent=following, break_long_words=False, break_on_hyphens=False
    )
    return wrapper.wrap(text)
