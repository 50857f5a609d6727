"""Where replies are written: how wide it is, and whether escape codes may be written there."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from bot.channels.console.rendering import render_styled, render_text
from bot.messages import Reply

#: Columns. Narrower lines fall apart, wider ones tire the eye; a narrower window breaks them itself.
LEAST_WIDTH, MOST_WIDTH = 60, 100
#: Columns in a pipe or a file, whatever the window behind it: a transcript is the same everywhere.
PIPE_WIDTH = 96


@dataclass(frozen=True, slots=True)
class Window:
    """A stream that replies are written to."""

    write: TextIO
    environment: Mapping[str, str]

    @property
    def is_terminal(self) -> bool:
        return self.write.isatty()

    @property
    def has_escapes(self) -> bool:
        """Whether escape codes may be written: never to a pipe, to a terminal that knows none, or to who wants none
        (https://no-color.org)."""
        is_dumb = self.environment.get("TERM", "") in ("", "dumb") and os.name == "posix"
        return self.is_terminal and not is_dumb and not self.environment.get("NO_COLOR")

    @property
    def width(self) -> int:
        """The columns that text may take now; a window may have been resized since."""
        if not self.is_terminal:
            return PIPE_WIDTH
        try:
            columns = os.get_terminal_size(self.write.fileno()).columns
        except (OSError, ValueError):
            columns = 0
        # A terminal that does not tell says 0.
        return min(max(columns or 80, LEAST_WIDTH), MOST_WIDTH)

    def render(self, replies: Sequence[Reply]) -> str:
        """Replies as they look here."""
        if not self.has_escapes:
            return render_text(replies, self.width)
        return "\n\n".join(render_styled(each, self.width) for each in replies)
