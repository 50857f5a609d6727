"""The command in bad surroundings: streams that are closed or full, a store that cannot be used for now. Real processes
and real file systems; the exit code tells a supervisor whether to try again."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from bot.cli import main
from tests.bot_api import BotApiServer
from tests.bot_api.waiting import wait_until
from tests.cli.processes import command
from tests.disks import fill, read_only, small_disk

ROOT = Path(__file__).parents[2]
FULL = Path("/dev/full")
Start = Callable[..., "subprocess.Popen[bytes]"]
Refused = Callable[..., tuple[int, str]]
Place = Callable[[Path], AbstractContextManager[Path]]

needs_full_device = pytest.mark.skipif(not FULL.exists(), reason="this system has no full device")
needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="no signals for the event loop there")


@pytest.fixture
def surroundings(small_folder: Path, tmp_path: Path) -> dict[str, str]:
    ours = ("BOT_", "TELEGRAM_", "PYTHON")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    own = {"BOT_KNOWLEDGE": str(small_folder), "BOT_ENV": "development", "BOT_STORE": f"sqlite:///{tmp_path}/s.sqlite3"}
    return {**kept, **own}


@pytest.fixture
def refused(surroundings: dict[str, str]) -> Refused:
    """A bot that does not start: its exit code, and its errors."""

    def refuse(**environment: str) -> tuple[int, str]:
        done = command(["telegram"], {**surroundings, **environment})
        return done.returncode, done.stderr

    return refuse


@pytest.fixture
def start(surroundings: dict[str, str]) -> Start:
    """Start a command from the beginning, its streams redirected as in a shell."""

    def start_command(*arguments: str, redirected: str = "", **environment: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            ["/bin/sh", "-c", f'exec "$@" {redirected}', "sh", sys.executable, "-m", "bot", *arguments],
            cwd=ROOT,
            env={**surroundings, **environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    return start_command


def ended(process: "subprocess.Popen[bytes]") -> tuple[int, str, str]:
    """Exit code, output, errors."""
    with process:
        output, errors = process.communicate(timeout=60)
    return process.returncode, output.decode(), errors.decode()


def on(bot_api: BotApiServer) -> dict[str, str]:
    """The settings for running on this server."""
    return {"TELEGRAM_BOT_TOKEN": bot_api.token, "TELEGRAM_API_BASE_URL": bot_api.url}


@needs_signals
@pytest.mark.parametrize(
    "redirected",
    ["2>&-", ">&-", "<&-", ">&- 2>&-", "<&- >&- 2>&-", pytest.param("2>/dev/full", marks=needs_full_device)],
)
def test_a_bot_without_streams_runs_answers_and_leaves(bot_api: BotApiServer, start: Start, redirected: str) -> None:
    anna = bot_api.user(7)
    with start("telegram", redirected=redirected, **on(bot_api)) as process:
        anna.says("Darf mein Hund mit ins Freibad?")
        anna.waits_for()
        process.send_signal(signal.SIGTERM)
        code, output, errors = ended(process)
    assert (code, output) == (0, "")
    # What is closed is nobody's: no file and no connection gets its number.
    if redirected.endswith("2>&-"):
        assert errors == ""


@pytest.mark.parametrize(
    ("redirected", "arguments", "expected"),
    [
        ("2>&-", ("ask", "hallo"), 0),
        ("2>&-", ("eval",), 2),
        pytest.param("2>/dev/full", ("ask",), 2, marks=needs_full_device),
        pytest.param("2>/dev/full", ("eval",), 2, marks=needs_full_device),
        pytest.param("2>/dev/full", ("telegram",), 2, marks=needs_full_device),
    ],
)
def test_the_exit_code_stays_what_it_is_where_nobody_can_be_told(
    start: Start, redirected: str, arguments: tuple[str, ...], expected: int
) -> None:
    code, output, errors = ended(start(*arguments, redirected=redirected))
    assert (code, errors) == (expected, "")
    # A message does not go where answers go.
    assert bool(output) == (expected == 0)


@needs_full_device
def test_an_outage_is_75_also_where_nobody_can_be_told(start: Start) -> None:
    # Bound, so that nobody else gets it, and not listened on.
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        process = start("telegram", redirected="2>/dev/full", TELEGRAM_BOT_TOKEN="1:x", TELEGRAM_API_BASE_URL=url)  # noqa: S106
        assert ended(process)[0] == 75


@contextmanager
def full(folder: Path) -> Iterator[Path]:
    with small_disk(folder) as disk:
        fill(disk)
        yield disk / "s.sqlite3"


@contextmanager
def full_later(folder: Path) -> Iterator[Path]:
    """The file and its key are there already."""
    with small_disk(folder) as disk:
        sqlite3.connect(disk / "s.sqlite3").close()
        (disk / "s.sqlite3").touch()
        (disk / "s.sqlite3.key").write_text("a2tra2tra2tra2tra2tra2tra2tra2tra2tra2tra2s=\n", encoding="ascii")
        fill(disk)
        yield disk / "s.sqlite3"


@contextmanager
def unwritable(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    with read_only(folder):
        yield folder / "s.sqlite3"


@contextmanager
def unwritable_later(folder: Path) -> Iterator[Path]:
    folder.mkdir()
    (folder / "s.sqlite3").touch()
    with read_only(folder):
        yield folder / "s.sqlite3"


@pytest.mark.parametrize(
    ("place", "told"),
    [
        (full, "(disk full): make room"),
        (full_later, "(disk full): make room"),
        (unwritable, "(read-only file system): mount it for writing"),
        (unwritable_later, "(read-only file system): mount it for writing"),
    ],
)
def test_a_store_that_cannot_be_used_for_now_is_75_with_the_reason_by_name(
    refused: Refused, tmp_path: Path, place: Place, told: str
) -> None:
    with place(tmp_path / "disk") as path:
        environment = {"TELEGRAM_BOT_TOKEN": "1:x", "BOT_STORE": f"sqlite:///{path}"}
        code, errors = refused(**environment)
    assert code == 75
    assert errors.startswith("datenschutz-bot: BOT_STORE")
    assert f" for now {told}" in errors
    assert errors.count("\n") == 1


@needs_full_device
def test_a_full_disk_is_75_also_where_nobody_can_be_told(start: Start, tmp_path: Path) -> None:
    with full(tmp_path / "disk") as path:
        environment = {"TELEGRAM_BOT_TOKEN": "1:x", "BOT_STORE": f"sqlite:///{path}"}
        assert ended(start("telegram", redirected="2>/dev/full", **environment))[0] == 75


@pytest.mark.parametrize("lock", ["BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"])
def test_a_store_that_another_program_holds_is_75(
    lock: str,
    small_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("bot.sessions.sqlite.file._BUSY_TIMEOUT_SECONDS", 0.05)
    path = tmp_path / "s.sqlite3"
    for name, value in {"BOT_KNOWLEDGE": small_folder, "BOT_STORE": f"sqlite:///{path}"}.items():
        monkeypatch.setenv(name, str(value))
    held = sqlite3.connect(path, isolation_level=None)
    held.execute("CREATE TABLE x (y)")
    held.execute(lock)
    assert main(["inbox"]) == 75
    held.close()
    told = capsys.readouterr().err.splitlines()[-1]
    assert "for now (locked by another program): end what holds it" in told


@needs_signals
def test_a_second_bot_on_the_same_file_is_75_for_the_first_may_be_about_to_leave(
    bot_api: BotApiServer, start: Start
) -> None:
    with start("telegram", **on(bot_api)) as first:
        wait_until(bot_api.state, lambda: bot_api.state.calls)
        code, _, errors = ended(start("telegram", **on(bot_api)))
        first.send_signal(signal.SIGTERM)
        assert ended(first)[0] == 0
    assert code == 75
    assert "another process runs on" in errors


def foreign(path: Path) -> None:
    """The tables of another program."""
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE inbox (number INTEGER)")
    connection.close()


def damaged(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"x" * 5000)


def notes(path: Path) -> None:
    path.write_text("Notizen" * 9, encoding="ascii")


def mistyped(path: Path) -> None:
    path.parent.rmdir()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (mistyped, "No such file or directory"),
        (Path.mkdir, "Is a directory"),
        (notes, "another kind of file"),
        (damaged, "is damaged"),
        (foreign, "a file of its own"),
    ],
)
def test_a_setting_that_is_wrong_stays_2(
    refused: Refused, tmp_path: Path, make: Callable[[Path], object], reason: str
) -> None:
    path = tmp_path / "folder" / "s.sqlite3"
    path.parent.mkdir()
    make(path)
    environment = {"TELEGRAM_BOT_TOKEN": "1:x", "BOT_STORE": f"sqlite:///{path}"}
    code, errors = refused(**environment)
    assert code == 2
    told = errors.splitlines()[-1]
    assert told.startswith(f"datenschutz-bot: BOT_STORE: {path} ")
    assert reason in told
