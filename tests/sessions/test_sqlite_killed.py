"""A process that is killed at any moment: what was saved is there, what was not is taken up again, nothing twice."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.sessions.sqlite import SqliteStore
from bot.sessions.store import StoreUnavailable
from tests.processes import ended
from tests.sessions.dying import REPLIES, STEPS
from tests.sessions.samples import ASKING, PRIVATE, RETENTION, messages, read, take, updates, vault

ROOT = Path(__file__).parent.parent.parent
BOTH, SECOND_ALONE = ["update 1", "update 2"], ["update 2"]
#: After each step: the updates and the messages that wait, and whether the turn was saved.
LEFT: dict[str, tuple[list[str], list[str], bool]] = {
    "open": ([], [], False),
    "take": (BOTH, [], False),
    "begin": (BOTH, [], False),
    "act": (BOTH, [], False),
    "save": (SECOND_ALONE, list(REPLIES), True),
    "deliver": (SECOND_ALONE, ["two"], True),
    "finish": (SECOND_ALONE, [], True),
}


def test_every_step_is_tried() -> None:
    assert tuple(LEFT) == STEPS


@pytest.mark.parametrize("step", STEPS)
async def test_a_store_survives_the_death_of_its_process(step: str, tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    live_until(path, step)
    expected_updates, expected_messages, is_saved = LEFT[step]
    store = await SqliteStore.open(path, vault(), RETENTION, is_exclusive=True)
    assert await updates(store, PRIVATE) == expected_updates
    assert await messages(store, PRIVATE) == expected_messages
    assert await read(store, PRIVATE) == (ASKING if is_saved else None)
    assert await store.votes() == ({"dogs": {"helpful": 1}} if is_saved else {})
    assert [each.id for each in await store.donations()] == (["id"] if is_saved else [])
    # The channel offers again what it has not seen confirmed.
    await take(store, PRIVATE, 1, 2)
    assert await updates(store, PRIVATE) == (SECOND_ALONE if is_saved else BOTH)
    await store.close()


async def test_a_second_process_is_refused_until_the_first_one_is_dead(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    with holder(path) as first:
        with pytest.raises(StoreUnavailable) as caught:
            await SqliteStore.open(path, vault(), RETENTION, is_exclusive=True)
        message = str(caught.value)
        assert message.startswith(f"BOT_STORE: another process runs on {path}")
        assert "\n" not in message
        # Who does not work on the inbox may look in meanwhile.
        await (await SqliteStore.open(path, vault(), RETENTION)).close()
        first.kill()
        first.wait()
        await (await SqliteStore.open(path, vault(), RETENTION, is_exclusive=True)).close()


async def test_whoever_leaves_in_order_lets_the_next_one_in(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    for _ in range(2):
        store = await SqliteStore.open(path, vault(), RETENTION, is_exclusive=True)
        await store.close()


async def test_whoever_could_not_open_the_file_does_not_hold_it(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite3"
    path.write_bytes(b"not a database, and long enough to be none")
    with pytest.raises(StoreUnavailable, match="cannot be used"):
        await SqliteStore.open(path, vault(), RETENTION, is_exclusive=True)
    path.unlink()
    await (await SqliteStore.open(path, vault(), RETENTION, is_exclusive=True)).close()


def live_until(path: Path, step: str) -> None:
    died = subprocess.run(command(path, step), cwd=ROOT, capture_output=True, timeout=120, check=False)
    assert died.returncode == -signal.SIGKILL, died.stderr.decode()


def command(path: Path, step: str) -> list[str]:
    return [sys.executable, "-m", "tests.sessions.dying", str(path), step]


@contextmanager
def holder(path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that holds the file."""
    with ended(subprocess.Popen(command(path, "hold"), cwd=ROOT, stdout=subprocess.PIPE)) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == b"held\n"
            yield process
        finally:
            process.kill()
