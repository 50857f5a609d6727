"""Where lines come from: a pipe, a terminal that does without escape codes, or one on which a line can be edited."""

from typing import Protocol, TextIO

PROMPT = "> "


class Prompt(Protocol):
    """Reads what a person says next."""

    async def read(self, hint: str) -> str | None:
        """The next line, or several that were pasted as one; None if the person leaves. `hint` tells how to leave,
        where a single Ctrl-C does not."""

    def forget(self) -> None:
        """Forget what was typed before."""


class Piped:
    """Lines of a pipe or a file, each shown before its reply, so that the output is a readable transcript."""

    def __init__(self, read: TextIO, write: TextIO) -> None:
        self._read = read
        self._write = write

    async def read(self, hint: str) -> str | None:
        self._write.write(f"\n{PROMPT}")
        self._write.flush()
        line = self._read.readline()
        # A terminal must not be steered by what stands in a file.
        shown = "".join(each if each.isprintable() else "\ufffd" for each in line.rstrip("\r\n"))
        self._write.write(f"{shown}\n")
        return line or None

    def forget(self) -> None:
        """Nothing is remembered."""


class PlainPrompt:
    """A terminal as it is: it edits a line only as far as backspace goes, and a line is a message."""

    def __init__(self, read: TextIO, write: TextIO) -> None:
        self._read = read
        self._write = write

    async def read(self, hint: str) -> str | None:
        for told in (f"\n{hint}", ""):
            self._write.write(f"\n{PROMPT}")
            self._write.flush()
            try:
                line = self._read.readline()
            except KeyboardInterrupt:
                # The terminal has dropped the line, and does not tell whether there was any.
                self._write.write(f"{told}\n")
            else:
                # Enter ends a line on the screen, Ctrl-D does not.
                self._write.write("" if line else "\n")
                return line or None
        return None

    def forget(self) -> None:
        """Nothing is remembered."""
