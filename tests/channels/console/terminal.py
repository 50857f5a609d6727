"""A real process on a real pseudo-terminal, and what a person sees there."""

import os
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pexpect
import pyte

ROOT = Path(__file__).parent.parent.parent.parent
CTRL_C, CTRL_D, UP, LEFT = "\x03", "\x04", "\x1b[A", "\x1b[D"
SECONDS = 60
ROWS = 40


class Terminal:
    """A `chat` that a person sits before."""

    def __init__(self, knowledge: Path, *arguments: str, columns: int = 80, **environment: str) -> None:
        self._process = pexpect.spawn(
            sys.executable,
            ["-m", "bot", "chat", *arguments],
            env=surroundings(**{"BOT_KNOWLEDGE": str(knowledge), "TERM": "xterm-256color", **environment}),
            dimensions=(ROWS, columns),
            encoding="utf-8",
            codec_errors="replace",
            timeout=SECONDS,
            cwd=str(ROOT),
        )
        # So high that nothing ever scrolls away.
        self._screen = pyte.Screen(columns, 3000)
        self._emulator = pyte.Stream(self._screen)
        self._shown = 0
        self.written = ""

    def type(self, keys: str) -> None:
        """Press keys."""
        self._process.send(keys)

    def type_bytes(self, keys: bytes) -> None:
        """What no keyboard sends, but a paste may."""
        os.write(self._process.child_fd, keys)

    def say(self, text: str) -> str:
        """Type a line and Enter; what is then seen until the next prompt."""
        self.type(f"{text}\r")
        return self.until_prompt()

    def until_prompt(self) -> str:
        """What is seen from the last prompt to the next one, which waits."""
        return self.until(lambda lines: bool(lines) and lines[-1] == ">" and len(lines) > self._shown + 1)

    def until(self, is_there: Callable[[list[str]], bool]) -> str:
        """What is new on the screen once that is so."""
        while not is_there(self.lines()):
            self._take(self._process.read_nonblocking(4096, SECONDS))
        return self._new()

    def lines(self) -> list[str]:
        """The screen's lines, up to the last that is not empty."""
        lines = [line.rstrip() for line in self._screen.display[: self._screen.cursor.y + 1]]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def resize(self, columns: int) -> None:
        self._process.setwinsize(ROWS, columns)
        self._screen.resize(3000, columns)

    def interrupt(self) -> None:
        """What `kill -INT` does."""
        self._process.kill(signal.SIGINT)

    def end(self) -> tuple[int, str]:
        """The exit code and what is seen until the end."""
        while True:
            try:
                self._take(self._process.read_nonblocking(4096, SECONDS))
            except pexpect.EOF:
                break
        self._process.close()
        return int(self._process.exitstatus if self._process.exitstatus is not None else -1), self._new()

    def close(self) -> None:
        self._process.close(force=True)

    def _take(self, output: str) -> None:
        self.written += output
        self._emulator.feed(output)

    def _new(self) -> str:
        lines = self.lines()
        new = lines[self._shown :]
        # The prompt itself is where what is typed next will stand.
        self._shown = len(lines) - 1
        return "\n".join(new)


def surroundings(**own: str) -> Mapping[str, str]:
    """The environment of a process, with nothing of ours or of this terminal's but what is named."""
    hidden = ("BOT_", "TELEGRAM_", "PYTHON", "NO_COLOR", "TERM", "COLUMNS", "LINES", "LC_", "LANG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(hidden)}
    return {**kept, "LC_ALL": "de_DE.UTF-8", **own}
