"""Writing new files: all of them or none, and never over another."""

from collections.abc import Mapping

from bot.cli.errors import UsageError
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.phrases import Bilingual


def write_all(folder: KnowledgeFolder, texts: Mapping[str, str]) -> tuple[str, ...]:
    """Write texts by their path below the folder; their names for people. Raises UsageError if one is there already."""
    for name in texts:
        if (folder.path / name).exists():
            file = f"{folder.label}/{name}"
            raise UsageError(
                Bilingual(f"{file} gibt es schon: nichts geschrieben", f"{file} exists already: nothing was written")
            )
    for name, text in texts.items():
        path = folder.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # Exclusively: what came in between is not overwritten either.
        with path.open("x", encoding="utf-8", newline="\n") as written:
            written.write(text)
    return tuple(f"{folder.label}/{name}" for name in texts)
