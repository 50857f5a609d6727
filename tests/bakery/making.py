"""The bakery's knowledge, made as the guide for editors says: begun with `new`, then written."""

import os
import shutil
from pathlib import Path

from bot import settings
from tests.cli.processes import command

#: What its editor writes.
WRITTEN = Path(__file__).parent / "knowledge"


def run(*arguments: str, typed: str = "") -> tuple[int, str, str]:
    """Run a command in a process of its own, for a German reader; exit code, output, errors."""
    surroundings = {name: value for name, value in os.environ.items() if name not in settings.VARIABLES}
    done = command(arguments, {**surroundings, "LC_ALL": "de_DE.UTF-8"}, typed)
    return done.returncode, done.stdout, done.stderr


def make(folder: Path) -> Path:
    """Begin a knowledge, take its example out, and write the bakery's own into it."""
    assert run("new", "knowledge", str(folder), "--languages", "de")[0] == 0
    assert run("check", "--knowledge", str(folder))[0] == 0
    for example in ("sources", "entries", "checks"):
        shutil.rmtree(folder / example)
    shutil.copytree(WRITTEN, folder, dirs_exist_ok=True)
    return folder
