"""A copy of this checkout without what was made in it."""

import shutil
from pathlib import Path

from tests.deploy.shipped import ROOT

_MADE = shutil.ignore_patterns(".*", "__pycache__", "build", "dist", "*.egg-info", "*.sqlite3*")


def copied(folder: Path) -> Path:
    shutil.copytree(ROOT, folder, ignore=_MADE)
    shutil.copy(ROOT / ".gitignore", folder)
    return folder
