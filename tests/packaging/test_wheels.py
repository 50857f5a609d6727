"""What is packed and what an editable install leaves, built as installers do, without a network."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.deploy.shipped import ROOT
from tests.packaging.checkout import copied

_BUILD = "import sys; from hatchling import build; print(getattr(build, sys.argv[1])(sys.argv[2]))"


def built(hook: str, checkout: Path, folder: Path) -> Path:
    """What a hook of the build backend makes of a checkout, in a process of its own as pip runs it."""
    command = [sys.executable, "-c", _BUILD, hook, str(folder)]
    done = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=True)
    return folder / done.stdout.splitlines()[-1]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout that was used: phrasings learnt, modules compiled, an environment made."""
    folder = copied(tmp_path_factory.mktemp("used") / "checkout")
    for left in ("knowledge/.index/1.npz", "bot/__pycache__/a.pyc", ".venv/lib/b.py", ".venv-newest/c.py"):
        (folder / left).parent.mkdir(parents=True, exist_ok=True)
        (folder / left).write_bytes(b"left behind")
    return folder


@pytest.mark.parametrize("is_in_git", [True, False])
def test_a_wheel_holds_the_bot_and_its_knowledge_and_nothing_learnt(
    is_in_git: bool, checkout: Path, tmp_path: Path
) -> None:
    """Also from an archive, which has no list of what is to be ignored."""
    ignored = checkout / ".gitignore"
    text = ignored.read_text(encoding="utf-8")
    if not is_in_git:
        ignored.unlink()
    try:
        wheel = built("build_wheel", checkout, tmp_path)
    finally:
        ignored.write_text(text, encoding="utf-8")
    names = set(zipfile.ZipFile(wheel).namelist())
    packed = {name for name in names if ".dist-info/" not in name}
    knowledge = {path for path in files_below(ROOT / "knowledge") if ".index" not in path}
    code = {path for path in files_below(ROOT / "bot") if "__pycache__" not in path}
    assert packed == {f"bot/_knowledge/{path}" for path in knowledge} | {f"bot/{path}" for path in code}
    assert {Path(name).name for name in names - packed} >= {"METADATA", "RECORD", "LICENSE", "entry_points.txt"}


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_an_editable_install_is_a_path_and_no_second_copy(checkout: Path, tmp_path: Path) -> None:
    wheel = zipfile.ZipFile(built("build_editable", checkout, tmp_path))
    (path,) = [name for name in wheel.namelist() if ".dist-info/" not in name]
    assert path.endswith(".pth")
    assert wheel.read(path).decode() == str(checkout.resolve())


def test_an_archive_of_the_sources_holds_nothing_learnt(checkout: Path, tmp_path: Path) -> None:
    with tarfile.open(built("build_sdist", checkout, tmp_path)) as archive:
        names = archive.getnames()
    parts = {part for name in names for part in name.split("/")}
    assert {"knowledge", "bot", "pyproject.toml"} <= parts
    assert not parts & {".index", "__pycache__", ".venv", ".venv-newest"}
