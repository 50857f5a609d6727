"""Copies of the store: made under a bot that works, kept for as long as is promised, put back on an empty machine."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import settings
from bot.cli.backup import Copies, backup
from bot.cli.errors import Unreachable
from tests.bot_api import BotApiServer
from tests.bot_api.waiting import wait_until
from tests.cli.processes import ROOT, bot, command, environment, until
from tests.deploy.shipped import tool

NOW = datetime(2026, 11, 30, tzinfo=UTC)
PRICE = "Was kostet der Eintritt ins Freibad?"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that a command has made, with its key beside it."""
    made = tmp_path / "old machine" / "bot.sqlite3"
    made.parent.mkdir()
    made.touch()
    assert command(["inbox"], {"BOT_STORE": f"sqlite:///{made}"}).returncode == 0
    return made


def of(store: Path, **more: str) -> dict[str, str]:
    return {"BOT_STORE": f"sqlite:///{store}", "LANG": "en_GB.UTF-8", **more}


def one_line(done: "subprocess.CompletedProcess[str]") -> str:
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    return done.stderr


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- the whole way ---


def test_a_copy_made_under_load_brings_an_empty_machine_to_where_it_was(
    bot_api: BotApiServer, small_folder: Path, tmp_path: Path
) -> None:
    old, new, copy = tmp_path / "old.sqlite3", tmp_path / "new" / "bot.sqlite3", tmp_path / "copy"
    set_ = environment(bot_api, small_folder, f"sqlite:///{old}")
    people = [bot_api.user(number) for number in range(100, 130)]
    with bot(set_, tmp_path / "log"):
        anna = bot_api.user(7)
        anna.says(PRICE)
        wait_until(bot_api.state, lambda: anna.messages, "the first question")
        asked = anna.last.text
        # What Telegram has and the outbox still holds would rightly come twice.
        until(lambda: waiting_in(old) == (0, 0), "what was sent to be struck off")
        for person in people:
            person.says_all([PRICE] * 3)
        done = command(["backup", str(copy)], set_)
        assert done.returncode == 0, done.stderr
        wait_until(bot_api.state, lambda: all(len(person.messages) >= 3 for person in people), "everybody's answers")
        anna_heard = len(anna.messages)
    assert "Wer möchte baden?" in asked

    new.parent.mkdir()
    Path(f"{old}.key").rename(f"{new}.key")
    restored = command(["restore", str(copy)], {**set_, "BOT_STORE": f"sqlite:///{new}"})
    assert restored.returncode == 0, restored.stderr
    waiting = waiting_in(new)
    heard = len(bot_api.messages)
    with bot({**set_, "BOT_STORE": f"sqlite:///{new}"}, tmp_path / "log"):
        # The dialogue goes on where it was: the answer to the question that was open.
        anna.says("Erwachsene")
        wait_until(bot_api.state, lambda: len(anna.messages) > anna_heard, "the second question")
        until(lambda: waiting_in(new) == (0, 0), "what waited")
    assert "Saisonkarte" in anna.messages[anna_heard].text
    assert len(anna.messages) == anna_heard + 1
    # Nothing else is said again than what had still been waiting when the copy was made.
    assert len(bot_api.messages) - heard - 1 <= sum(waiting)


def waiting_in(store: Path) -> tuple[int, int]:
    """Updates and messages."""
    with closing(sqlite3.connect(store)) as opened:
        (updates,) = opened.execute("SELECT count(*) FROM inbox WHERE lane IS NOT NULL").fetchone()
        (messages,) = opened.execute("SELECT count(*) FROM outbox").fetchone()
    return updates, messages


# --- copies ---


def test_a_copy_is_whole_one_file_for_its_owner_alone_and_without_the_key(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    done = command(["backup", str(copy)], of(store))
    assert done.returncode == 0
    assert str(copy) in done.stdout
    assert "The key is not in it" in done.stdout
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    with closing(sqlite3.connect(copy)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("PRAGMA journal_mode").fetchall() == [("delete",)]
    assert [name for name in copies(tmp_path) if name.startswith((".", "copy"))] == ["copy.sqlite3"]
    key = Path(f"{store}.key").read_bytes().strip()
    assert key not in copy.read_bytes()


def test_what_is_only_in_the_log_is_in_the_copy(store: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(store)) as running:
        running.execute("INSERT INTO votes VALUES ('pool-dogs', 'helpful', 41)")
        running.commit()
        assert command(["backup", str(tmp_path / "copy")], of(store)).returncode == 0
    with closing(sqlite3.connect(tmp_path / "copy")) as opened:
        assert opened.execute("SELECT count FROM votes").fetchall() == [(41,)]


def test_a_copy_goes_through_a_pipe_and_back(store: Path, tmp_path: Path) -> None:
    program = [sys.executable, "-m", "bot"]
    out = subprocess.run([*program, "backup", "-"], env=of(store), cwd=ROOT, capture_output=True, check=True)
    assert out.stdout.startswith(b"SQLite format 3\0")
    assert out.stderr == b""
    with closing(sqlite3.connect(store)) as opened:
        opened.execute("INSERT INTO votes VALUES ('pool-dogs', 'helpful', 1)")
        opened.commit()
    back = subprocess.run(
        [*program, "restore", "-"], env=of(store), cwd=ROOT, input=out.stdout, capture_output=True, check=True
    )
    assert str(store) in back.stdout.decode()
    with closing(sqlite3.connect(store)) as opened:
        assert opened.execute("SELECT count(*) FROM votes").fetchone() == (0,)


# --- how long they live ---


def test_in_a_folder_no_copy_lives_longer_than_the_notice_says(store: Path, tmp_path: Path) -> None:
    """Those that would be too old before the next copy is made go now."""
    folder = tmp_path / "copies"
    folder.mkdir()
    for hours in (1, 12, 17, 18, 30):
        made = datetime.now(UTC) - timedelta(hours=hours)
        (folder / f"bot-{made:%Y%m%dT%H%M%SZ}.sqlite3").write_text(str(hours))
    (folder / "bot-of-somebody-else.sqlite3").write_text("not ours")
    done = command(["backup", str(folder)], of(store, BOT_BACKUP_HOURS="24"))
    assert done.returncode == 0, done.stderr
    assert "older ones deleted: 2" in done.stdout
    left = [path.read_bytes() for path in sorted(folder.glob("bot-2*"))]
    assert left[:3] == [b"17", b"12", b"1"]
    assert left[3].startswith(b"SQLite format 3\0")
    assert "bot-of-somebody-else.sqlite3" in copies(folder)


def test_old_copies_go_also_where_no_new_one_can_be_made(tmp_path: Path) -> None:
    (tmp_path / "bot-20200101T000000Z.sqlite3").write_text("old")
    done = command(["backup", str(tmp_path)], of(tmp_path / "none.sqlite3", BOT_BACKUP_HOURS="24"))
    assert done.returncode == 2
    assert "none.sqlite3 does not exist" in one_line(done)
    assert copies(tmp_path) == []


@pytest.mark.parametrize(
    ("more", "arguments", "told"),
    [
        ({}, [], "BOT_BACKUP_HOURS is not set"),
        ({"BOT_BACKUP_HOURS": "4"}, [], "BOT_BACKUP_HOURS is shorter than"),
        ({"BOT_BACKUP_HOURS": "4", "LANG": "de_DE.UTF-8"}, [], "BOT_BACKUP_HOURS ist kürzer als"),
        ({"BOT_BACKUP_HOURS": "many"}, [], "BOT_BACKUP_HOURS is 'many'"),
    ],
)
def test_a_folder_needs_to_know_how_long(
    more: dict[str, str], arguments: list[str], told: str, store: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    done = command(["backup", str(folder), *arguments], of(store, **more))
    assert done.returncode == 2
    assert told in one_line(done)
    assert copies(folder) == []


# --- what can go wrong ---


@contextmanager
def held(store: Path) -> Iterator[None]:
    """Another program keeps everybody from reading."""
    with closing(sqlite3.connect(store)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        yield


def test_a_store_that_is_held_is_for_later(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.sessions.sqlite.copying._BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(store)) as other:
        other.execute("PRAGMA journal_mode = DELETE").fetchall()
    with held(store), pytest.raises(Unreachable, match="is held by another program: try again later"):
        backup(settings.read(of(store)), Copies(str(tmp_path / "copy")), NOW, "en")
    assert not (tmp_path / "copy").exists()


def test_a_full_disk_is_for_later_and_leaves_nothing(store: Path) -> None:
    with closing(sqlite3.connect(store)) as opened:
        opened.execute("CREATE TABLE filler (bytes BLOB)")
        opened.execute("INSERT INTO filler VALUES (zeroblob(3000000))")
        opened.commit()
    full = small_disk(store.parent / "disk")
    try:
        done = command(["backup", str(full / "copy")], of(store))
        assert done.returncode == 75
        assert "does not fit on the disk: make room" in one_line(done)
        assert copies(full) == []
    finally:
        subprocess.run([tool("umount"), str(full)], check=True)


def small_disk(folder: Path) -> Path:
    """A file system of one megabyte, where one can be made."""
    folder.mkdir()
    mounted = subprocess.run([tool("mount"), "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)], check=False)
    if mounted.returncode:
        pytest.skip("no file system can be mounted here")
    return folder


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "copy does not exist"),
        (b"", "copy is no store of this bot"),
        (b"a letter\n" * 100, "copy is no store of this bot"),
        (b"cut", "copy is damaged"),
    ],
)
def test_what_is_no_copy_is_refused_and_the_store_stays(
    content: bytes | None, told: str, store: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    if content == b"cut":
        assert command(["backup", str(copy)], of(store)).returncode == 0
        copy.write_bytes(copy.read_bytes()[:20000])
    elif content is not None:
        copy.write_bytes(content)
    before = store.read_bytes()
    done = command(["restore", str(copy)], of(store))
    assert done.returncode == 2
    assert told in one_line(done)
    assert store.read_bytes() == before


def test_a_copy_of_another_key_is_refused(store: Path, tmp_path: Path) -> None:
    copy, other = tmp_path / "copy", tmp_path / "other.sqlite3"
    assert command(["backup", str(copy)], of(store)).returncode == 0
    other.touch()
    assert command(["inbox"], of(other)).returncode == 0
    done = command(["restore", str(copy)], of(other))
    assert done.returncode == 2
    assert "was sealed with another key" in one_line(done)


def test_no_key_is_made_for_a_copy(store: Path, tmp_path: Path) -> None:
    copy, new = tmp_path / "copy", tmp_path / "new.sqlite3"
    assert command(["backup", str(copy)], of(store)).returncode == 0
    done = command(["restore", str(copy)], of(new))
    assert done.returncode == 2
    assert "BOT_STORE_KEY is not set" in one_line(done)
    assert not new.exists()
    assert not Path(f"{new}.key").exists()


def test_nothing_is_put_under_a_running_bot(
    bot_api: BotApiServer, small_folder: Path, store: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    set_ = environment(bot_api, small_folder, f"sqlite:///{store}")
    with bot(set_, tmp_path / "log"):
        wait_until(bot_api.state, lambda: bot_api.calls("deleteWebhook"), "the bot")
        assert command(["backup", str(copy)], set_).returncode == 0
        done = command(["restore", str(copy)], set_)
    assert done.returncode == 2
    assert f"a bot runs on {store}: stop it first" in one_line(done)


@pytest.mark.parametrize("address", ["redis://127.0.0.1:1/0", "memory:"])
@pytest.mark.parametrize("arguments", [["backup", "copy"], ["restore", "copy"]])
def test_only_a_file_can_be_copied(address: str, arguments: list[str]) -> None:
    done = command(arguments, {"BOT_STORE": address, "LANG": "C.UTF-8"})
    assert done.returncode == 2
    assert "nur ein SQLite-Speicher" in one_line(done)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_root_puts_back_what_the_bots_account_can_write(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    assert command(["backup", str(copy)], of(store)).returncode == 0
    os.chown(store.parent, 61234, 61234)
    assert command(["restore", str(copy)], of(store)).returncode == 0
    for left in (store, Path(f"{store}.lock")):
        assert (left.stat().st_uid, left.stat().st_gid) == (61234, 61234)
