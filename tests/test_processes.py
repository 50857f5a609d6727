"""A test that fails must not hang on the process that it started."""

import subprocess
import sys

import pytest

from tests.processes import ended


def test_a_block_that_fails_kills_its_process() -> None:
    process = subprocess.Popen([sys.executable, "-c", "import sys; sys.stdin.read()"], stdin=subprocess.PIPE)
    with pytest.raises(AssertionError, match="the test's own"), ended(process):
        raise AssertionError("the test's own")
    assert process.returncode not in (None, 0)


def test_a_block_that_succeeds_waits_for_its_process() -> None:
    with ended(subprocess.Popen([sys.executable, "-c", "raise SystemExit(7)"])) as process:
        pass
    assert process.returncode == 7
