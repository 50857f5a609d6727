"""A user without a home, as containers have: what needs no home works, and what does says what to set."""

import io
import json
import os
from pathlib import Path

import pytest

from bot.cli import main


@pytest.fixture(autouse=True)
def _no_home(monkeypatch: pytest.MonkeyPatch) -> None:
    pwd = pytest.importorskip("pwd", reason="this system has no list of users")

    def unknown(uid: int) -> None:
        raise KeyError(f"getpwuid(): uid not found: {uid}")

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    for name in [name for name in os.environ if name in ("HOME", "BOT_STORE") or name.startswith("XDG_")]:
        monkeypatch.delenv(name)


def test_a_question_is_matched(
    small_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("Hunde im Freibad\n"))
    assert main(["match", "--knowledge", str(small_folder)]) == 0
    assert json.loads(capsys.readouterr().out)["entry"] == "pool-dogs"


def test_without_a_store_of_its_own_the_store_must_be_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["inbox"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "BOT_STORE" in line
