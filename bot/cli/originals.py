"""The originals that `check --originals` proves quotes with: one text file per source, named after its id."""

from pathlib import Path

from bot.cli.errors import UsageError
from bot.knowledge.loader import Loaded
from bot.knowledge.phrases import Bilingual
from bot.knowledge.rules.links import nearest


def read_originals(folder: Path, loaded: Loaded) -> dict[str, str]:
    """The originals in a folder. Raises UsageError for one of no source: it would prove nothing."""
    found = _texts(folder)
    stray = sorted(found.keys() - loaded.knowledge.sources.keys())
    # A source that could not be read is a problem of its own, and its original no fault.
    if stray and loaded.is_complete:
        hint = nearest(stray[0], loaded.knowledge.sources)
        raise UsageError(
            Bilingual(
                de=f"--originals {folder}: {stray[0]}.txt gehört zu keiner Quelle{hint.de}: richtig ist <Quelle>.txt",
                en=f"--originals {folder}: {stray[0]}.txt is of no source{hint.en}: name it <source id>.txt",
            )
        )
    return found


def _texts(folder: Path) -> dict[str, str]:
    """The texts in a folder by their source's id. Raises UsageError if there is none or one cannot be read."""
    try:
        found = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))}
    except (OSError, UnicodeDecodeError) as error:
        message = Bilingual(
            de=f"--originals {folder}: eine Datei lässt sich nicht lesen: bitte die Originale als UTF-8-Text speichern",
            en=f"--originals {folder}: a file cannot be read: save the originals as UTF-8 text",
        )
        raise UsageError(message) from error
    if not found:
        raise UsageError(
            Bilingual(
                de=f"--originals {folder}: dort liegen keine Originale: sie müssen <id der Quelle>.txt heißen",
                en=f"--originals {folder}: no originals there: name a folder with files <source id>.txt",
            )
        )
    return found
