"""The bot and its commands as an operator runs them: real processes with nothing but the environment they are given."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import pytest

from tests.bot_api import BotApiServer
from tests.cli.starting import Running, Streams, started
from tests.forking import ROOT

__all__ = ["PATIENCE_SECONDS", "ROOT", "bot", "command", "environment", "until"]

#: Far more than anything here takes; only a test that fails waits so long.
PATIENCE_SECONDS = 120


def environment(server: BotApiServer, knowledge: Path, store: str, **more: str) -> dict[str, str]:
    """A whole set of settings, and nothing of those under which the tests run."""
    return {
        "TELEGRAM_API_BASE_URL": server.url,
        "TELEGRAM_BOT_TOKEN": server.token,
        "BOT_ENV": "development",
        "BOT_KNOWLEDGE": str(knowledge),
        "BOT_STORE": store,
        "HOME": str(knowledge.parent),
        "LANG": "en_GB.UTF-8",
        # What is learnt of the small knowledge need not be learnt again.
        "XDG_CACHE_HOME": os.environ["XDG_CACHE_HOME"],
        **more,
    }


def command(arguments: Sequence[str], settings: Mapping[str, str], typed: str = "") -> "CompletedProcess[str]":
    """A command that comes to its end."""
    with TemporaryDirectory() as folder:
        given, out, errors = (Path(folder, name) for name in ("typed", "out", "errors"))
        given.write_text(typed, encoding="utf-8")
        process = started(arguments, settings, Streams(out, errors, given))
        code = _ended(process)
        return CompletedProcess(arguments, code, *(path.read_text(encoding="utf-8") for path in (out, errors)))


def _ended(process: Running) -> int:
    try:
        return process.wait(PATIENCE_SECONDS)
    except BaseException:
        process.kill()
        raise


@contextmanager
def bot(settings: Mapping[str, str], log: Path) -> Iterator[Running]:
    """The bot on Telegram, started and not waited for; told to leave at the end if it has not."""
    process = started(["telegram"], settings, Streams(log, log))
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        _ended(process)


def until(is_true: Callable[[], object], what: str) -> None:
    """Wait for something that another process does."""
    end = monotonic() + PATIENCE_SECONDS
    while not is_true():
        if monotonic() > end:
            pytest.fail(f"waited in vain for {what}")
        sleep(0.02)
