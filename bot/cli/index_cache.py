"""The trained index of a knowledge, kept beside it, so that the next start need not train.

A file is named after everything it depends on: the texts that matching learns from, the code that learns, and the
libraries that read. It holds numbers and texts only. What cannot be read is trained anew; what can be kept nowhere is
told of, for every start then takes its time.
"""

import hashlib
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from bot.cli.errors import warn
from bot.cli.knowledge import KnowledgeFolder
from bot.cli.language import readers_language
from bot.knowledge.model import Knowledge
from bot.matching.deciding.model import Model
from bot.matching.deciding.storage import ForeignModel, from_arrays, to_arrays
from bot.matching.learning.corpus import Corpus, corpus_of
from bot.matching.matcher import Matcher
from bot.messages import Language
from bot.settings.folders import own_folder

FOLDER = ".index"
#: So many trained indexes stay in a folder: an editor goes back and forth between a few versions.
MOST_KEPT = 4
_LIBRARIES = ("numpy", "PyStemmer", "RapidFuzz")
_TEXTS: dict[str, dict[Language, str]] = {
    "learning": {
        "de": "Die Formulierungen werden gelernt (nur nach einer Änderung) …",
        "en": "Learning the phrasings (only after they have changed) …",
    },
    "broken": {
        "de": "datenschutz-bot: {path} ist kein Index dieses Bots oder ist beschädigt: wird übergangen und neu gelernt",
        "en": "datenschutz-bot: {path} is no index of this bot, or broken: ignored, and trained anew",
    },
    "not kept": {
        "de": "datenschutz-bot: Das Gelernte konnte nicht aufbewahrt werden in {places}: "
        "Machen Sie einen dieser Ordner beschreibbar, sonst lernt jeder Start neu und dauert etwa zehn Sekunden länger",
        "en": "datenschutz-bot: what was learnt could not be kept in {places}: "
        "make one of these folders writable, else every start learns anew and takes about ten seconds longer",
    },
}


def open_matcher(knowledge: Knowledge, folder: KnowledgeFolder) -> Matcher:
    """The matcher of a knowledge, from what was trained before if nothing has changed since."""
    corpus = corpus_of(knowledge)
    of_user = own_folder(lambda: user_cache_path("datenschutz-bot"))
    return Matcher(knowledge, cached(corpus, [folder.path / FOLDER, *([of_user] if of_user else [])]))


def cached(corpus: Corpus, places: list[Path]) -> Model:
    """The model of a corpus out of the first place that has it, else trained and kept in the first that takes it."""
    name = f"{_key(corpus)}.npz"
    for place in places:
        model = _read(place / name, corpus)
        if model is not None:
            return model
    model = _trained(corpus)
    _keep(model, places, name)
    return model


def _key(corpus: Corpus) -> str:
    digest = hashlib.sha256(corpus.fingerprint().encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    for source in _sources(files("bot.matching")):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:32]


def _sources(folder: Traversable) -> Iterator[Traversable]:
    """The code of a package and of all its rooms, always in the same order."""
    for each in sorted(folder.iterdir(), key=lambda found: found.name):
        if each.is_dir():
            yield from _sources(each)
        elif each.name.endswith(".py"):
            yield each


def _trained(corpus: Corpus) -> Model:
    # Only where it is needed: the libraries for learning are slow to load.
    from bot.matching.learning.lessons import learn  # noqa: PLC0415

    if sys.stderr is not None and sys.stderr.isatty():
        _tell("learning")
    return learn(corpus, date.today().isoformat())


def _read(path: Path, corpus: Corpus) -> Model | None:
    if not path.is_file():
        return None
    try:
        # Opened here: numpy leaves a file open that it cannot read.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return from_arrays(dict(stored), corpus.lexicon.exclusive_concepts())
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, NotImplementedError, ForeignModel):
        _tell("broken", path=path)
        return None


def _tell(key: str, **filled: object) -> None:
    warn(_TEXTS[key][readers_language(sys.argv[1:], os.environ)].format(**filled))


def _keep(model: Model, places: list[Path], name: str) -> None:
    """In the first place that takes it. Where none does, a person is told which were tried, and why in vain."""
    in_vain = []
    for place in places:
        try:
            _write(model, place, name)
        except OSError as error:
            in_vain.append(f"{place} ({error.strerror or error})")
        else:
            return
    _tell("not kept", places=", ".join(in_vain))


def _write(model: Model, place: Path, name: str) -> None:
    """Whole under another name first, so that no reader meets half of it. Raises OSError if it could not be kept."""
    place.mkdir(parents=True, exist_ok=True)
    _write_whole(place / name, lambda path: np.savez(path, allow_pickle=False, **to_arrays(model)))
    _forget_oldest(place)


def _write_whole(path: Path, write: Callable[[Path], None]) -> None:
    handle, unfinished = tempfile.mkstemp(dir=path.parent, suffix=".npz")
    os.close(handle)
    try:
        write(Path(unfinished))
        # What trained it may be another user than what runs the bot.
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, path)
    except OSError:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _forget_oldest(place: Path) -> None:
    kept = sorted(place.glob("*.npz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[MOST_KEPT:]:
        path.unlink(missing_ok=True)
