"""Small disks for tests: file systems that are full, or read-only, in fact."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, kilobytes: int = 512) -> Iterator[Path]:
    """A file system of this size at a new folder; the test is skipped where nobody may mount one."""
    folder.mkdir()
    _mounted("-t", "tmpfs", "-o", f"size={kilobytes}k,mode=700", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        # Lazily: a test that fails may have left a file open.
        _run("umount", "-l", str(folder))


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """The folder as a read-only file system."""
    _mounted("--bind", str(folder), str(folder))
    try:
        _mounted("-o", "remount,bind,ro", str(folder))
        yield
    finally:
        _run("umount", "-l", str(folder))


def fill(folder: Path) -> Path:
    """Take all room that is left; removing the file that is returned gives it back."""
    filling = folder / "filling"
    with filling.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return filling


def _mounted(*arguments: str) -> None:
    if not _run("mount", *arguments):
        pytest.skip("nobody may mount a file system here")


def _run(tool: str, *arguments: str) -> bool:
    """Whether the tool is there and has done it."""
    path = shutil.which(tool)
    return path is not None and not subprocess.run([path, *arguments], check=False, capture_output=True).returncode
