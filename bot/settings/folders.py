"""Where a user's own files lie, if the user has a place for them."""

from collections.abc import Callable
from pathlib import Path


def own_folder(find: Callable[[], Path]) -> Path | None:
    """What platformdirs finds; None for a user without a home, as in containers (it raises, or in older versions takes
    `~` for a folder's name)."""
    try:
        path = find()
    except RuntimeError:
        return None
    return path if path.is_absolute() else None
