"""The trained index of a knowledge, kept beside it, so that the next start need not train.

A file is named after everything it depends on: the texts that matching learns from, the code that learns, and the
libraries that read. It holds numbers and texts only. What cannot be read is trained anew, what cannot be written is
not kept.
"""

import hashlib
import os
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import numpy as np
from platformdirs import user_cache_path

from bot.cli.errors import warn
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.model import Knowledge
from bot.matching.corpus import Corpus, corpus_of
from bot.matching.matcher import Matcher
from bot.matching.model import Model
from bot.matching.storage import ForeignModel, from_arrays, to_arrays

FOLDER = ".index"
#: So many trained indexes stay in a folder: an editor goes back and forth between a few versions.
MOST_KEPT = 4
_LIBRARIES = ("numpy", "PyStemmer", "RapidFuzz")


def open_matcher(knowledge: Knowledge, folder: KnowledgeFolder) -> Matcher:
    """The matcher of a knowledge, from what was trained before if nothing has changed since."""
    corpus = corpus_of(knowledge)
    return Matcher(knowledge, cached(corpus, [folder.path / FOLDER, user_cache_path("datenschutz-bot")]))


def cached(corpus: Corpus, places: list[Path]) -> Model:
    """The model of a corpus out of the first place that has it, else trained and kept in the first that takes it."""
    name = f"{_key(corpus)}.npz"
    for place in places:
        model = _read(place / name, corpus)
        if model is not None:
            return model
    model = _trained(corpus)
    any(_written(model, place, name) for place in places)
    return model


def _key(corpus: Corpus) -> str:
    digest = hashlib.sha256(corpus.fingerprint().encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {version(library)}\n".encode())
    sources = [source for source in files("bot.matching").iterdir() if source.name.endswith(".py")]
    for source in sorted(sources, key=lambda each: each.name):
        digest.update(source.read_bytes())
    return digest.hexdigest()[:32]


def _trained(corpus: Corpus) -> Model:
    # Only where it is needed: the libraries for learning are slow to load.
    from bot.matching.learning import learn  # noqa: PLC0415

    if sys.stderr is not None and sys.stderr.isatty():
        warn("Learning the phrasings (only after they have changed) …")
    return learn(corpus, date.today().isoformat())


def _read(path: Path, corpus: Corpus) -> Model | None:
    if not path.is_file():
        return None
    try:
        # Opened here: numpy leaves a file open that it cannot read.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return from_arrays(dict(stored), corpus.lexicon.exclusive_concepts())
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, NotImplementedError, ForeignModel):
        warn(f"datenschutz-bot: {path} is no index of this bot, or broken: ignored, and trained anew")
        return None


def _written(model: Model, place: Path, name: str) -> bool:
    """Whether the model could be kept: written whole under another name first, so that no reader meets half of it."""
    try:
        place.mkdir(parents=True, exist_ok=True)
        _write_whole(place / name, lambda path: np.savez(path, allow_pickle=False, **to_arrays(model)))
        _forget_oldest(place)
    except OSError:
        return False
    return True


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
