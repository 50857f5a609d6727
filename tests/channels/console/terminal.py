"""A real process on a real pseudo-terminal, and what a person sees there."""

import os
import signal
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pexpect
import pyte
from pexpect.fdpexpect import fdspawn

from tests.cli.starting import CAN_FORK, started_at
from tests.forking import ROOT

CTRL_C, CTRL_D, UP, LEFT = "\x03", "\x04", "\x1b[A", "\x1b[D"
SECONDS = 60
ROWS = 40


class Spawned:
    """The program before a new terminal."""

    def __init__(self, arguments: Sequence[str], settings: Mapping[str, str], columns: int) -> None:
        self.lines = pexpect.spawn(
            sys.executable,
            ["-m", "bot", *arguments],
            env=settings,
            dimensions=(ROWS, columns),
            encoding="utf-8",
            codec_errors="replace",
            timeout=SECONDS,
            cwd=str(ROOT),
        )

    def resize(self, columns: int) -> None:
        self.lines.setwinsize(ROWS, columns)

    def interrupt(self) -> None:
        self.lines.kill(signal.SIGINT)

    def ended(self) -> int:
        self.lines.close()
        return int(self.lines.exitstatus if self.lines.exitstatus is not None else -1)

    def kill(self) -> None:
        self.lines.close(force=True)


class Forked:
    """The same as a fork, which begins quickly."""

    def __init__(self, arguments: Sequence[str], settings: Mapping[str, str], columns: int) -> None:
        ours, its = os.openpty()
        self.lines = fdspawn(ours, encoding="utf-8", codec_errors="replace", timeout=SECONDS)
        self.resize(columns)
        self._process = started_at(its, arguments, settings)
        os.close(its)

    def resize(self, columns: int) -> None:
        termios.tcsetwinsize(self.lines.child_fd, (ROWS, columns))

    def interrupt(self) -> None:
        self._process.send_signal(signal.SIGINT)

    def ended(self) -> int:
        return self._process.wait(SECONDS)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()
        self.lines.close()


class Terminal:
    """A `chat` that a person sits before."""

    def __init__(self, knowledge: Path, *arguments: str, columns: int = 80, **environment: str) -> None:
        settings = surroundings(**{"BOT_KNOWLEDGE": str(knowledge), "TERM": "xterm-256color", **environment})
        self._process = (Forked if CAN_FORK else Spawned)(["chat", *arguments], settings, columns)
        # So high that nothing ever scrolls away.
        self._screen = pyte.Screen(columns, 3000)
        self._emulator = pyte.Stream(self._screen)
        self._shown = 0
        self.written = ""

    def type(self, keys: str) -> None:
        """Press keys."""
        self._process.lines.send(keys)

    def type_bytes(self, keys: bytes) -> None:
        """What no keyboard sends, but a paste may."""
        os.write(self._process.lines.child_fd, keys)

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
            self._take(self._process.lines.read_nonblocking(4096, SECONDS))
        return self._new()

    def lines(self) -> list[str]:
        """The screen's lines, up to the last that is not empty."""
        lines = [line.rstrip() for line in self._screen.display[: self._screen.cursor.y + 1]]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def resize(self, columns: int) -> None:
        self._process.resize(columns)
        self._screen.resize(3000, columns)

    def interrupt(self) -> None:
        """What `kill -INT` does."""
        self._process.interrupt()

    def end(self) -> tuple[int, str]:
        """The exit code and what is seen until the end."""
        while True:
            try:
                self._take(self._process.lines.read_nonblocking(4096, SECONDS))
            except pexpect.EOF:
                break
        return self._process.ended(), self._new()

    def close(self) -> None:
        self._process.kill()

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
