"""The originals that `check --originals` proves quotes with: text files named after the id of their source.

`<id>.txt` is one page; `<id>.md`, `<id>.de.md` and `<id>.en.md` are laws, of which a folder may hold more than are
cited.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from bot.cli.errors import UsageError
from bot.knowledge.loader import Loaded
from bot.knowledge.originals import Originals
from bot.knowledge.phrases import Bilingual
from bot.knowledge.rules.links import nearest
from bot.messages import LANGUAGES, Language


def read_originals(folders: Sequence[Path], loaded: Loaded) -> dict[str, Originals]:
    """The originals in some folders. Raises UsageError for a page of no source: it would prove nothing."""
    texts: dict[str, dict[Language | None, str]] = defaultdict(dict)
    for folder in folders:
        for path in _files(folder):
            name, language = _named(path)
            if path.suffix == ".txt":
                _refuse_stray(folder, name, loaded)
            texts[name][language] = _text(folder, path)
    return {name: Originals(found) for name, found in texts.items() if name in loaded.knowledge.sources}


def _refuse_stray(folder: Path, name: str, loaded: Loaded) -> None:
    # A source that could not be read is a problem of its own, and its original no fault.
    if name in loaded.knowledge.sources or not loaded.is_complete:
        return
    hint = nearest(name, loaded.knowledge.sources)
    raise UsageError(
        Bilingual(
            de=f"--originals {folder}: {name}.txt gehört zu keiner Quelle{hint.de}: richtig ist <Quelle>.txt",
            en=f"--originals {folder}: {name}.txt is of no source{hint.en}: name it <source id>.txt",
        )
    )


def _named(path: Path) -> tuple[str, Language | None]:
    """The source that a file is of, and the language it is in, if its name tells."""
    name, _, last = path.stem.rpartition(".")
    language = next((each for each in LANGUAGES if each == last), None)
    return (name, language) if name and language else (path.stem, None)


def _files(folder: Path) -> list[Path]:
    """The originals in a folder. Raises UsageError if there is none."""
    found = sorted(path for path in folder.glob("*") if path.suffix in (".txt", ".md") and path.stem != "README")
    if not found:
        raise UsageError(
            Bilingual(
                de=f"--originals {folder}: dort liegen keine Originale: sie müssen <id der Quelle>.txt oder .md heißen",
                en=f"--originals {folder}: no originals there: name a folder with files <source id>.txt or .md",
            )
        )
    return found


def _text(folder: Path, path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = Bilingual(
            de=f"--originals {folder}: eine Datei lässt sich nicht lesen: bitte die Originale als UTF-8-Text speichern",
            en=f"--originals {folder}: a file cannot be read: save the originals as UTF-8 text",
        )
        raise UsageError(message) from error
