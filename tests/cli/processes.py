"""The bot and its commands as an operator runs them: real processes with nothing but the environment they are given."""

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.bot_api import BotApiServer

ROOT = Path(__file__).parents[2]
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
        **more,
    }


def command(arguments: Sequence[str], settings: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """A command that comes to its end."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env=dict(settings),
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


@contextmanager
def bot(settings: Mapping[str, str], log: Path) -> "Iterator[subprocess.Popen[bytes]]":
    """The bot on Telegram, started and not waited for; told to leave at the end if it has not."""
    with log.open("ab") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "telegram"],
            env=dict(settings),
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE_SECONDS)


def until(is_true: Callable[[], object], what: str) -> None:
    """Wait for something that another process does."""
    end = monotonic() + PATIENCE_SECONDS
    while not is_true():
        if monotonic() > end:
            pytest.fail(f"waited in vain for {what}")
        sleep(0.02)
