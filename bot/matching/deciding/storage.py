"""A model as named arrays and back, for a cache: numbers and texts only, nothing that could run."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.matching.deciding.columns import columns
from bot.matching.deciding.decision import EVIDENCE, Curves, Decider, Thresholds
from bot.matching.deciding.index import Index
from bot.matching.deciding.model import Model
from bot.matching.deciding.profiles import Profiles
from bot.matching.learning.calibration import Calibration, ErrorRate
from bot.matching.reading.features import BLOCKS
from bot.matching.reading.vocabulary import Vocabulary
from bot.messages import LANGUAGES

Arrays: TypeAlias = dict[str, NDArray[Any]]

#: Raised whenever what is stored, or what it means, changes.
FORMAT = 1


class ForeignModel(Exception):
    """Arrays that hold no model of this format."""


def to_arrays(model: Model) -> Arrays:
    """Everything of a model but the lexicon, which comes with the knowledge."""
    index, profiles = model.index, model.decider.profiles
    return {
        "vocabulary": _text(list(model.vocabulary)),
        "vocabulary_counts": np.array([model.vocabulary.count(word) for word in model.vocabulary], dtype=np.int32),
        **{f"names_{block}": _text(list(index.columns.positions[block])) for block in BLOCKS},
        "counts": index.columns.counts.astype(np.int32),
        "starts": index.starts.astype(np.int64),
        "classes": index.classes,
        "weights": index.weights,
        "concepts": _text(list(profiles.counts)),
        "profiles": np.array(list(profiles.counts.values()), dtype=np.int32).reshape(-1, index.count),
        "sizes": np.array(profiles.sizes, dtype=np.int32),
        "rest": _text([json.dumps(_rest(model))]),
    }


def from_arrays(arrays: Mapping[str, NDArray[Any]], exclusive: Sequence[frozenset[str]]) -> Model:
    """The model of arrays; raises ForeignModel if they are none."""
    try:
        return _model(arrays, exclusive)
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise ForeignModel from error


def _model(arrays: Mapping[str, NDArray[Any]], exclusive: Sequence[frozenset[str]]) -> Model:
    rest = json.loads(_lines(arrays["rest"])[0])
    if rest["format"] != FORMAT:
        raise ValueError(rest["format"])
    words = zip(_lines(arrays["vocabulary"]), arrays["vocabulary_counts"].tolist(), strict=True)
    names = {block: _lines(arrays[f"names_{block}"]) for block in BLOCKS}
    index = Index(
        columns(names, arrays["counts"].tolist(), int(rest["texts"])),
        arrays["starts"],
        arrays["classes"],
        arrays["weights"],
        int(rest["count"]),
        bool(rest["has_others"]),
    )
    profiles = Profiles(
        dict(zip(_lines(arrays["concepts"]), arrays["profiles"].tolist(), strict=True)),
        arrays["sizes"].tolist(),
        exclusive,
    )
    calibration = _calibration(rest)
    _require(len(index.starts) == index.columns.width + 1 and int(index.starts[-1]) == len(index.weights))
    _require(len(profiles.sizes) == index.count)
    _require(len(index.classes) == len(index.weights) and index.columns.width > 1)
    decider = Decider(calibration.curves, calibration.thresholds, profiles)
    return Model(Vocabulary(dict(words)), index, decider, calibration, str(rest["learnt_on"]))


def _require(holds: bool) -> None:
    if not holds:
        raise ValueError("arrays do not fit each other")


def _rest(model: Model) -> dict[str, object]:
    found = model.calibration
    return {
        "format": FORMAT,
        "learnt_on": model.learnt_on,
        "texts": model.index.columns.texts,
        "count": model.index.count,
        "has_others": model.index.has_others,
        "curves": [found.curves.inside, found.curves.right, found.curves.offered],
        "thresholds": {key: [each.match_from, each.offer_from] for key, each in found.thresholds.items()},
        "wrong": [found.wrong.count, found.wrong.total],
        "false": [found.false.count, found.false.total],
    }


def _calibration(rest: Mapping[str, Any]) -> Calibration:
    curves = Curves(*(tuple(map(float, curve)) for curve in rest["curves"]))
    _require(len(curves.inside) == len(curves.right) == len(curves.offered) == len(EVIDENCE))
    thresholds = {language: Thresholds(*map(float, rest["thresholds"][language])) for language in LANGUAGES}
    return Calibration(curves, thresholds, ErrorRate(*rest["wrong"]), ErrorRate(*rest["false"]))


def _text(lines: Sequence[str]) -> NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(text: NDArray[Any]) -> list[str]:
    decoded = text.tobytes().decode()
    return decoded.split("\n") if decoded else []
