"""A corpus -> a trained model: columns, weights, and a calibration on what training did not see."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from bot.matching.calibration import FOLDS, Judged, calibrate
from bot.matching.columns import Row, columns_of
from bot.matching.corpus import Corpus, Example
from bot.matching.decision import Decider
from bot.matching.features import Reader
from bot.matching.index import Index, index_of
from bot.matching.model import Model
from bot.matching.normalise import words
from bot.matching.ordering import spread
from bot.matching.profiles import Profiles, profiles_of
from bot.matching.scoring import scored
from bot.matching.training import Matrix, Solver
from bot.matching.vocabulary import Vocabulary, count_words

#: Passes over the data with a fold left out, starting from the solution with all of it.
FOLD_PASSES = 4
#: What a phrasing that is held out in turn counts in calibration where there are questions held out by hand: phrasings are
#: harder than what people ask, each being there because none of the others says the same.
PHRASING_WEIGHT = 0.3
#: With so many held-out questions an entry, they are enough.
ENOUGH_HELD_OUT = 15


def learn(corpus: Corpus, learnt_on: str = "unknown") -> Model:
    """Train on a corpus with at least one phrasing. Deterministic; `learnt_on` is only noted down."""
    vocabulary = Vocabulary(count_words(map(words, _known_texts(corpus))))
    return _Learner(corpus, Reader(corpus.lexicon, vocabulary)).model(learnt_on)


def _known_texts(corpus: Corpus) -> Iterator[str]:
    """Texts whose words are spelt as they should be."""
    yield from (example.text for example in corpus.phrasings)
    for phrases in corpus.lexicon.concepts.values():
        yield from phrases.all
    yield from corpus.further_words


class _Learner:
    """One training run: its examples, read and laid out."""

    def __init__(self, corpus: Corpus, reader: Reader) -> None:
        self._corpus = corpus
        self._reader = reader
        self._examples = (*corpus.phrasings, *corpus.near_misses, *corpus.outside)
        self._read = [reader.read(each.text, each.language) for each in self._examples]
        self._columns = columns_of(self._read)
        self._profiles = self._profiled()
        rows = [self._columns.row(features) for features in self._read]
        self._solver = Solver(
            _stacked(rows, self._columns.width),
            np.array([-1 if each.entry is None else each.entry for each in self._examples]),
            np.array([each.weight for each in self._examples]),
            len(corpus.entries),
        )

    def model(self, learnt_on: str) -> Model:
        index = self._index(self._solver.solve())
        calibration = calibrate(list(self._judged(index)), self._profiles)
        decider = Decider(calibration.curves, calibration.thresholds, self._profiles)
        return Model(self._reader.vocabulary, index, decider, calibration, learnt_on)

    def _profiled(self) -> Profiles:
        named = [
            (features.concepts, example.entry)
            for features, example in zip(self._read, self._examples, strict=True)
            if example.entry is not None
        ]
        return profiles_of(named, len(self._corpus.entries), self._corpus.lexicon.exclusive_concepts())

    def _index(self, weights: Matrix) -> Index:
        return index_of(self._columns, weights)

    def _judged(self, index: Index) -> Iterator[Judged]:
        for example in self._corpus.held_out:
            features = self._reader.read(example.text, example.language)
            yield Judged(scored(index, features), example.entry, example.language)
        for fold in self._folds():
            yield from self._fold_judged(fold)

    def _folds(self) -> list[NDArray[np.int64]]:
        """Positions of examples that are judged in turn; none if enough others are held out anyway."""
        judged = [position for position, each in enumerate(self._examples) if self._is_judged(position, each)]
        order = np.array(judged)[spread(len(judged))]
        return [order[fold::FOLDS] for fold in range(min(FOLDS, len(order)))]

    def _is_judged(self, position: int, example: Example) -> bool:
        phrasings = len(self._corpus.phrasings)
        if position >= phrasings:
            return position >= phrasings + len(self._corpus.near_misses)
        has_enough = len(self._corpus.held_out) >= ENOUGH_HELD_OUT * len(self._corpus.entries)
        # The expansions of a template are too much alike to say anything about each other.
        return not has_enough and example.weight == 1

    def _fold_judged(self, fold: NDArray[np.int64]) -> Iterator[Judged]:
        index = self._index(self._solver.solve_without(fold, FOLD_PASSES))
        for position in fold:
            example = self._examples[position]
            found = scored(index, self._read[position], own=1)
            weight = PHRASING_WEIGHT if example.entry is not None and self._corpus.held_out else 1.0
            yield Judged(found, example.entry, example.language, int(example.entry is not None), weight)


def _stacked(rows: Sequence[Row], width: int) -> sparse.csr_matrix:
    starts = np.cumsum([0, *(len(positions) for positions, _ in rows)])
    columns = np.concatenate([positions for positions, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return sparse.csr_matrix((values, columns, starts), shape=(len(rows), width))
