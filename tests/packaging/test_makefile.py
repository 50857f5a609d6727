"""When the Makefile installs anew, and what: its plans (`make --dry-run`) over environments in every condition."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.deploy.shipped import tool
from tests.packaging.checkout import copied

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the Makefile is for systems with a POSIX shell")
VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
#: When everything was installed, in seconds since 1970.
INSTALLED = 1_000_000_000


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout that is all older than what was installed in it."""
    folder = copied(tmp_path / "checkout")
    for path in folder.rglob("*"):
        os.utime(path, (INSTALLED - 100, INSTALLED - 100))
    return folder


@pytest.fixture
def installed(checkout: Path) -> Path:
    """The environment of a checkout for which `make test` was run."""
    environment = checkout / ".venv"
    (environment / "bin").mkdir(parents=True)
    program(environment / "bin/python", f'exec {sys.executable} "$@"')
    for later, stamp in enumerate([f".made-with-{VERSION}", ".bot-installed", ".dev-installed"]):
        (environment / stamp).touch()
        os.utime(environment / stamp, (INSTALLED + later, INSTALLED + later))
    return environment


def program(path: Path, command: str) -> Path:
    path.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def make(checkout: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    # What a make that runs these tests hands on is not for the one under test; nor is a Python chosen for that one.
    inherited = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "PYTHON", "VENV", "PYTHONS", "N"}
    environment = {name: value for name, value in os.environ.items() if name not in inherited}
    return subprocess.run(
        [tool("make"), *arguments], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )


def plan(checkout: Path, *arguments: str) -> str:
    done = make(checkout, "--dry-run", *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def installs(planned: str) -> list[str]:
    return re.findall(r"pip install (.*?) </dev/null", planned)


def test_a_fresh_clone_installs_the_bot_by_its_locks_alone(checkout: Path) -> None:
    planned = plan(checkout, "chat", f"PYTHON={sys.executable}")
    assert f"{sys.executable} -m venv --clear .venv" in planned
    quiet = "--quiet --disable-pip-version-check"
    assert installs(planned) == [
        f"{quiet} --require-hashes -r deploy/requirements.lock -r deploy/requirements-build.lock",
        f"{quiet} --no-deps --no-build-isolation --editable .",
    ]
    assert planned.splitlines()[-1] == ".venv/bin/python -m bot chat"


def test_tests_and_benchmark_add_what_they_need(checkout: Path) -> None:
    for_tests = installs(plan(checkout, "test", f"PYTHON={sys.executable}"))
    assert len(for_tests) == 3
    assert for_tests[-1].endswith("--require-hashes -r tests/requirements.lock")
    for_benchmark = installs(plan(checkout, "bench-matching", "DATA=x", f"PYTHON={sys.executable}"))
    assert for_benchmark[:-1] == for_tests
    assert for_benchmark[-1].endswith("--require-hashes -r tests/benchmarks/requirements.lock")


def test_what_is_installed_is_not_installed_again(checkout: Path, installed: Path) -> None:
    assert plan(checkout, "chat") == ".venv/bin/python -m bot chat\n"
    assert installs(plan(checkout, "test")) == []
    assert installs(plan(checkout, "test", f"PYTHON={sys.executable}")) == []


def touched(name: str) -> Callable[[Path], None]:
    return lambda checkout: os.utime(checkout / name, (INSTALLED + 100, INSTALLED + 100))


def without_interpreter(checkout: Path) -> None:
    """As after an upgrade of the system's Python."""
    (checkout / ".venv/bin/python").unlink()
    (checkout / ".venv/bin/python").symlink_to("/nowhere/python")


@pytest.mark.parametrize(
    "happens",
    [
        pytest.param(touched("deploy/requirements.lock"), id="another lock of the bot"),
        pytest.param(touched("deploy/requirements-build.lock"), id="another lock of the build"),
        pytest.param(touched("tests/requirements.lock"), id="another lock of the tests"),
        pytest.param(lambda checkout: (checkout / ".venv/.unfinished").touch(), id="cut short"),
        pytest.param(without_interpreter, id="the interpreter is gone"),
        pytest.param(lambda checkout: (checkout / f".venv/.made-with-{VERSION}").unlink(), id="made by hand"),
    ],
)
def test_an_environment_that_is_not_what_was_locked_is_made_anew(
    happens: Callable[[Path], None], checkout: Path, installed: Path
) -> None:
    happens(checkout)
    planned = plan(checkout, "test")
    assert "-m venv --clear .venv" in planned
    assert len(installs(planned)) == 3


def test_another_python_makes_it_anew_only_if_one_is_asked_for(checkout: Path, installed: Path) -> None:
    other = str(of_version(checkout / "python3.99", (3, 99)))
    assert f"{other} -m venv --clear .venv" in plan(checkout, "test", f"PYTHON={other}")
    program(installed / "bin/python", f'exec {other} "$@"')
    (installed / f".made-with-{VERSION}").rename(installed / ".made-with-3.99")
    assert installs(plan(checkout, "test")) == []


def of_version(path: Path, version: tuple[int, int]) -> Path:
    """An interpreter that passes for another."""
    pretend = f"import sys; sys.version_info = {(*version, 0)}; exec(sys.argv[2])"
    return program(path, f"exec {sys.executable} -c '{pretend}' \"$@\"")


@pytest.mark.parametrize("target", ["setup", "chat", "test", "test-newest", "test-lowest", "lock"])
def test_a_python_that_is_too_old_or_missing_is_refused_in_a_line(target: str, checkout: Path) -> None:
    told = []
    for python in (of_version(checkout / "python3.10", (3, 10)), checkout / "python3.15"):
        done = make(checkout, target, f"PYTHON={python}")
        assert done.returncode == 2
        first, *rest = done.stderr.splitlines()
        assert all(line.startswith("make") for line in rest), done.stderr
        assert list(checkout.glob(".venv*")) == []
        told.append(first)
    assert told[0] == "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."
    assert told[1] == f"{checkout}/python3.15 is not installed: name a Python, as in make PYTHON=python3.12"


def test_each_python_that_is_found_runs_the_tests_and_the_others_are_named(checkout: Path) -> None:
    good, bad = of_version(checkout / "python3.98", (3, 98)), of_version(checkout / "python3.99", (3, 99))
    for python, exit_code in ((good, 0), (bad, 1)):
        environment = checkout / f".venv-{python.name}"
        (environment / "bin").mkdir(parents=True)
        # Answers what the Makefile asks of an interpreter; as pytest it says with what it was called.
        pretended = f'case "$*" in *pytest*) echo ran {python.name}; exit {exit_code};; esac; exec {python} "$@"'
        program(environment / "bin/python", pretended)
        for stamp in (f".made-with-{python.name.removeprefix('python')}", ".bot-installed", ".dev-installed"):
            (environment / stamp).touch()
    done = make(checkout, "test-pythons", f"PYTHONS={good} {checkout}/python3.97 {bad}")
    assert "ran python3.98\n" in done.stdout
    assert "ran python3.99\n" in done.stdout
    assert f"Not found, so not tried: {checkout}/python3.97\n" in done.stderr
    assert f"Failed on: {bad}\n" in done.stderr
    assert done.returncode != 0
    assert make(checkout, "test-pythons", f"PYTHONS={good}").returncode == 0
    assert make(checkout, "test-pythons", "PYTHONS=python3.97").returncode != 0


def test_clean_removes_what_was_made_and_nothing_else(checkout: Path, installed: Path) -> None:
    before = {path.name for path in checkout.iterdir()}
    (checkout / ".venv-newest").mkdir()
    (checkout / "knowledge/.index").mkdir()
    (checkout / "bot/__pycache__").mkdir()
    (checkout / "bot.sqlite3").touch()
    assert make(checkout, "clean").returncode == 0
    assert {path.name for path in checkout.iterdir()} == before - {".venv"} | {"bot.sqlite3"}
    assert not (checkout / "knowledge/.index").exists()
    assert not (checkout / "bot/__pycache__").exists()


def test_help_names_each_target_that_a_person_would_call(checkout: Path) -> None:
    told = {line.split()[0] for line in make(checkout, "help").stdout.splitlines()}
    assert {"setup", "chat", "test", "test-pythons", "test-newest", "test-lowest", "lock", "update", "clean"} <= told
