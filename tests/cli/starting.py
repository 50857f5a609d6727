"""The program `datenschutz-bot`, started quickly: a fork runs it in the surroundings it is given, as a process of its
own. As a program this module is the process that forks; each process of the tests has one."""

import atexit
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from runpy import run_module
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias, TypeVar

from bot.knowledge.loader import load
from bot.matching.matcher import Matcher
from bot.understanding import Understanding
from tests.forking import ROOT, Child, Order, Parent, serve
from tests.remembering import remember_utterances
from tests.small import REAL, write_small

Result = TypeVar("Result")
Running: TypeAlias = Child | subprocess.Popen[bytes]
#: Elsewhere a fork of a process that has loaded so much is not safe, or there is none.
CAN_FORK = sys.platform == "linux"
_REAL = "--real"
#: A test may put another in its place.
_PYTHON = sys.executable


@dataclass(frozen=True)
class Streams:
    """Where a process reads, and behind what it writes."""

    out: Path
    errors: Path
    typed: Path = Path(os.devnull)


def started(arguments: Sequence[str], settings: Mapping[str, str], streams: Streams, module: str = "bot") -> Running:
    """The program, or another module that is one, with these arguments and nothing but these settings for an
    environment."""
    with streams.typed.open("rb") as typed, streams.out.open("ab") as out, streams.errors.open("ab") as errors:
        if CAN_FORK:
            return _parent().start(
                _order(module, arguments, settings), [each.fileno() for each in (typed, out, errors)]
            )
        command = [_PYTHON, "-m", module, *arguments]
        return subprocess.Popen(command, env=dict(settings), cwd=ROOT, stdin=typed, stdout=out, stderr=errors)


def started_at(terminal: int, arguments: Sequence[str], settings: Mapping[str, str]) -> Child:
    """The program before a terminal, of which this is the descriptor of the program's own end."""
    return _parent().start({**_order("bot", arguments, settings), "is_at_terminal": True}, [terminal] * 3)


def _order(module: str, arguments: Sequence[str], settings: Mapping[str, str]) -> dict[str, Any]:
    return {"module": module, "arguments": list(arguments), "environment": dict(settings), "cwd": str(ROOT)}


def program(path: Path, *, knows_the_real_one: bool = False) -> Path:
    """Write the program, for a shell or for other programs, as one that begins quickly. It may know the knowledge that
    ships with the bot already. Signals are not passed on."""
    if not CAN_FORK:
        return _script(path, f'exec "{_PYTHON}" -m bot "$@"')
    place = _parent(*([_REAL] if knows_the_real_one else [])).place
    return _script(path, f'exec "{_PYTHON}" -IS "{ROOT}/tests/forked.py" "{place}" bot "$@"')


def interpreter(path: Path) -> Path:
    """Write what stands for a Python that is asked for nothing but the bot: `-m bot ...`."""
    return _script(path, f'shift 2\nexec "{program(path.with_suffix(".bot"))}" "$@"')


def _script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@cache
def _parent(*arguments: str) -> Parent:
    parent = Parent("tests.cli.starting", *arguments)
    parent.__enter__()
    atexit.register(parent.__exit__)
    return parent


def main() -> None:
    """Load all that a command may need, then fork whenever told."""
    _remember_the_small_one()
    if _REAL in sys.argv:
        _remember_the_real_one()
    import bot.channels.telegram.web  # noqa: PLC0415
    import bot.cli.commands  # noqa: PLC0415
    import bot.cli.doctor  # noqa: PLC0415
    import bot.cli.telegram  # noqa: PLC0415
    import bot.matching.learning.lessons  # noqa: PLC0415
    import bot.sessions.redis  # noqa: F401, PLC0415

    serve(_become)


def _remember_the_small_one() -> None:
    """How people say things to it, which is what takes longest to make of it."""
    remember_utterances()
    with TemporaryDirectory() as folder:
        known = load(write_small(Path(folder, "knowledge"))).knowledge
        Understanding(known, Matcher(known))


def _remember_the_real_one() -> None:
    """Let the knowledge that ships with the bot be read once, and what was learnt of it; by whatever asks for it."""
    from bot.cli import index_cache, knowledge  # noqa: PLC0415
    from bot.cli.commands import opening  # noqa: PLC0415

    is_real, is_of_real = lambda path, _="": path.resolve() == REAL, lambda _, folder: folder.path.resolve() == REAL
    knowledge.load = _remembering(knowledge.load, is_real)  # type: ignore[attr-defined]
    index_cache.open_matcher = _remembering(index_cache.open_matcher, is_of_real)
    opening.open_matcher = index_cache.open_matcher  # type: ignore[attr-defined]
    folder = knowledge.KnowledgeFolder(REAL, "knowledge")
    sound = knowledge.open_sound(folder)
    Understanding(sound, index_cache.open_matcher(sound, folder))


def _remembering(work: Callable[..., Result], is_real: Callable[..., bool]) -> Callable[..., Result]:
    known: list[Result] = []

    def remembered(*given: Any) -> Result:
        if not is_real(*given):
            return work(*given)
        known.extend([] if known else [work(*given)])
        return known[0]

    return remembered


def _take_terminal() -> None:
    """Begin a session that the terminal belongs to: Ctrl-C is a signal then."""
    # There is neither where nothing can be forked.
    import fcntl  # noqa: PLC0415
    import termios  # noqa: PLC0415

    os.setsid()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _become(order: Order) -> None:
    os.environ.clear()
    os.environ.update(order["environment"])
    time.tzset()
    if order.get("is_at_terminal"):
        _take_terminal()
    os.chdir(order["cwd"])
    sys.argv = [order["module"], *order["arguments"]]
    run_module(order["module"], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
