"""What a person reads about tests that could not run, and what CI does then."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.deploy.shipped import ROOT

_TESTS = """
import pytest
from tests.deploy.shipped import tool

@pytest.mark.parametrize("number", range(3))
def test_that_needs_a_program(number):
    tool("no-such-program")

def test_that_needs_another():
    pytest.skip("another is not installed")
"""


def outcome(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *options: str) -> "subprocess.CompletedProcess[str]":
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    (tmp_path / "test_some.py").write_text(_TESTS, encoding="utf-8")
    # What they print in the end is the hook of the real suite: this file is a plugin of its own run.
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml"), "--rootdir", str(tmp_path)]
    command += ["-p", "tests.conftest", "-p", "no:cacheprovider", *options, "test_some.py"]
    return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("workers", ["0", "2"])
def test_what_did_not_run_is_one_line(workers: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    done = outcome(tmp_path, monkeypatch, "-n", workers)
    (line,) = [line for line in done.stdout.splitlines() if "is not installed" in line]
    assert line == (
        "4 tests did not run: 3 (no-such-program is not installed), 1 (another is not installed): "
        "install what is missing and run again; .ci/run does so on Debian"
    )
    assert done.returncode == 0


def test_in_ci_what_cannot_run_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "1")
    done = outcome(tmp_path, monkeypatch, "-n", "0")
    assert "no-such-program is missing: CI installs it (.ci/run)" in done.stdout
    assert "3 failed" in done.stdout
    assert done.returncode == 1
