"""Adding to a file that people keep: what stands there stays byte for byte."""

import os
import tempfile
from pathlib import Path

from bot.cli.errors import UsageError
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.phrases import Bilingual
from bot.knowledge.tree import Mapping, parse


def appended(folder: KnowledgeFolder, name: str, key: str, text: str) -> None:
    """Add a block under a new key to the end of a file, which is made if there is none.

    Raises UsageError if the key stands there already, or if the file does not end so that anything can be added.
    """
    path = folder.path / name
    before = path.read_bytes() if path.exists() else b""
    known = _keys(before)
    file = f"{folder.label}/{name}"
    if known is not None and key in known:
        raise UsageError(
            Bilingual(
                f"{file} hat „{key}“ schon: nichts geschrieben", f'{file} has "{key}" already: nothing was written'
            )
        )
    after = before + _gap(before) + text.encode()
    if known is None or _keys(after) != [*known, key]:
        raise UsageError(
            Bilingual(
                f"an {file} lässt sich nichts anhängen: nichts geschrieben; was daran nicht stimmt, sagt check",
                f"nothing can be added to {file}: nothing was written; check tells what is wrong with it",
            )
        )
    _write_whole(path, after)


def _keys(content: bytes) -> list[str] | None:
    """The keys of a file in their order; None if it cannot be read as such."""
    if not any(line.strip() and not line.lstrip().startswith(b"#") for line in content.splitlines()):
        return []
    problems: list[object] = []
    tree = parse(content, "", problems.append)
    return list(tree.items) if isinstance(tree, Mapping) and not problems else None


def _gap(before: bytes) -> bytes:
    """What parts a new block from what stands before it."""
    if not before:
        return b""
    return b"" if before.endswith(b"\n\n") else b"\n" if before.endswith(b"\n") else b"\n\n"


def _write_whole(path: Path, content: bytes) -> None:
    """In one step, so that a bot that runs never reads half of it; with the rights that the file had."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".new-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(unfinished, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(unfinished, path)
    except OSError:
        Path(unfinished).unlink(missing_ok=True)
        raise
