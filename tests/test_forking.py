"""What is started quickly behaves as what is started from the beginning."""

import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from tests.bot_api.waiting import DEADLINE_SECONDS
from tests.cli.starting import Streams, program, started
from tests.forking import ROOT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are started from the beginning")

#: A program that tells what it finds, fails, or waits for ever.
_TELLING = "tests.telling"


@pytest.fixture
def streams(tmp_path: Path) -> Streams:
    typed = tmp_path / "typed"
    typed.write_text("hallo", encoding="utf-8")
    return Streams(tmp_path / "out", tmp_path / "errors", typed)


def test_it_has_its_own_surroundings_and_streams(streams: Streams) -> None:
    process = started(["a", "b"], {"LANG": "C"}, streams, _TELLING)
    assert process.wait() == 3
    assert streams.out.read_text(encoding="utf-8") == "['a', 'b'] {'LANG': 'C'} hallo\n"
    assert streams.errors.read_text(encoding="utf-8") == "ended\n"


def test_it_can_be_killed(streams: Streams) -> None:
    process = started(["wait"], {}, streams, _TELLING)
    assert process.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.01)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    # It may be told again.
    process.terminate()
    assert process.poll() == -signal.SIGKILL


def test_a_fault_is_told_as_python_does(streams: Streams) -> None:
    process = started(["break"], {}, streams, _TELLING)
    assert process.wait() == 1
    assert "ValueError: broken" in streams.errors.read_text(encoding="utf-8")


def test_a_shell_starts_it_too(tmp_path: Path) -> None:
    command = program(tmp_path / "bin/datenschutz-bot")
    done = subprocess.run(
        ["sh", "-c", f"{command} nonsense < /dev/null 2>&1 | tail -n 1"],  # noqa: S607
        env={"LANG": "en_GB.UTF-8", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "nonsense" in done.stdout
    assert subprocess.run([command, "nonsense"], capture_output=True, check=False).returncode == 2


def test_who_forks_does_not_outlive_the_tests() -> None:
    """Also tests that were killed, which ends nothing that they have begun."""
    tests = "from tests.cli.starting import _parent; print(_parent()._process.pid, flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", tests], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as killed:
        assert killed.stdout
        forking = psutil.Process(int(killed.stdout.readline()))
        killed.kill()
    forking.wait(DEADLINE_SECONDS)
    assert not forking.is_running()
