"""The trained index beside the knowledge: kept, found again, never trusted blindly."""

import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest

import bot.matching.learning.lessons
from bot.cli import index_cache
from bot.cli.index_cache import FOLDER, MOST_KEPT, cached, open_matcher
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.matching.learning.corpus import corpus_of
from tests.cli.processes import command


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_cache, "user_cache_path", lambda _: tmp_path / "cache")
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")


def forbid_learning(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("learnt anew")

    monkeypatch.setattr(bot.matching.learning.lessons, "learn", refuse)


def opened(folder: Path) -> str | None:
    loaded = load(folder).knowledge
    return open_matcher(loaded, KnowledgeFolder(folder, "knowledge")).decide("hunde im freibad", "de").entry


def test_what_was_learnt_is_kept_beside_the_knowledge(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened(small_folder) == "pool-dogs"
    assert len(list((small_folder / FOLDER).glob("*.npz"))) == 1
    forbid_learning(monkeypatch)
    assert opened(small_folder) == "pool-dogs"


def test_a_change_is_learnt_and_a_few_older_ones_are_kept(small_folder: Path) -> None:
    entry = small_folder / "entries" / "pool" / "pool-dogs.yaml"
    text = entry.read_text(encoding="utf-8")
    for number in range(MOST_KEPT + 2):
        changed = text.replace("asked_as:\n  de:\n", f'asked_as:\n  de:\n    - "Bello {number}?"\n', 1)
        entry.write_text(changed, encoding="utf-8")
        opened(small_folder)
    assert len(list((small_folder / FOLDER).glob("*.npz"))) == MOST_KEPT


@pytest.mark.parametrize("content", [b"", b"no index", b"PK\x03\x04broken", None])
def test_a_broken_index_is_told_and_learnt_anew(
    content: bytes | None, small_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened(small_folder)
    (path,) = (small_folder / FOLDER).glob("*.npz")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] if content is None else content)
    assert opened(small_folder) == "pool-dogs"
    assert "ignored, and trained anew" in capsys.readouterr().err
    assert opened(small_folder) == "pool-dogs"
    assert capsys.readouterr().err == ""


def test_an_index_of_another_kind_is_ignored(
    small: Knowledge, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:

    corpus = corpus_of(small)
    cached(corpus, [tmp_path])
    (path,) = tmp_path.glob("*.npz")
    np.savez(path, weights=np.zeros(3))
    assert cached(corpus, [tmp_path]).index.count == len(small.entries)
    assert "no index of this bot" in capsys.readouterr().err


def test_where_nothing_can_be_written_the_next_place_takes_it(
    small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (small_folder / FOLDER).write_text("a file where the folder should be", encoding="utf-8")
    assert opened(small_folder) == "pool-dogs"
    assert list((tmp_path / "cache").glob("*.npz"))
    forbid_learning(monkeypatch)
    assert opened(small_folder) == "pool-dogs"


@pytest.mark.parametrize(
    ("locale", "told", "to_do"),
    [
        ("de_DE.UTF-8", "konnte nicht aufbewahrt werden", "Machen Sie einen dieser Ordner beschreibbar"),
        ("en_GB.UTF-8", "could not be kept", "make one of these folders writable"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="no variable says there where a user's cache lies")
def test_where_nothing_can_be_kept_every_start_says_so(
    locale: str, told: str, to_do: str, small_folder: Path, tmp_path: Path
) -> None:
    """In a line of its own, also where nobody sits at a terminal: a start that takes long must not look broken."""
    (small_folder / FOLDER).write_text("a file where the folder should be", encoding="utf-8")
    cache = tmp_path / "taken"
    cache.write_text("", encoding="utf-8")
    for _ in range(2):
        # What says where a user's cache lies, on Linux and on macOS.
        places = {"XDG_CACHE_HOME": str(cache), "HOME": str(cache)}
        settings = {**os.environ, **places, "LC_ALL": locale}
        asked = command(["match", "--knowledge", str(small_folder)], settings, "Hunde im Freibad\n")
        (line,) = asked.stderr.splitlines()
        assert line.startswith("datenschutz-bot: ")
        assert f"{small_folder / FOLDER} (" in line
        assert f"{cache}" in line.replace(str(small_folder), "")
        assert told in line
        assert to_do in line
        assert "pool-dogs" in asked.stdout


def test_a_copy_of_the_knowledge_uses_the_index_that_came_with_it(
    small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(small_folder)
    shutil.copytree(small_folder, tmp_path / "copy")
    forbid_learning(monkeypatch)
    assert opened(tmp_path / "copy") == "pool-dogs"


def test_code_of_every_room_of_matching_makes_another_index(
    tmp_path: Path, small: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was learnt by other code is not what this code would learn."""
    code = tmp_path / "matching"
    (code / "room").mkdir(parents=True)
    inside = code / "room" / "inside.py"
    inside.write_text("ONE = 1\n", encoding="utf-8")
    monkeypatch.setattr(index_cache, "files", lambda _: code)
    cached(corpus_of(small), [tmp_path / "kept"])
    inside.write_text("ONE = 2\n", encoding="utf-8")
    cached(corpus_of(small), [tmp_path / "kept"])
    assert len(list((tmp_path / "kept").glob("*.npz"))) == 2
