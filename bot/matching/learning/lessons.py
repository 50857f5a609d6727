"""A corpus -> a trained model: columns, weights, and a calibration on what training did not see."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from bot.matching.deciding.decision import Decider
from bot.matching.deciding.index import Index, index_of
from bot.matching.deciding.model import Model
from bot.matching.deciding.profiles import profiles_of
from bot.matching.deciding.scoring import scored
from bot.matching.learning.calibration import FOLDS, Judged, calibrate
from bot.matching.learning.corpus import Corpus, Example
from bot.matching.learning.ordering import spread
from bot.matching.learning.tally import Tally
from bot.matching.learning.training import Matrix, Solver
from bot.matching.normalise import words
from bot.matching.reading.features import Features, Reader
from bot.matching.reading.vocabulary import Vocabulary, count_words

#: Passes over the data with a fold left out, starting from the solution with all of it.
FOLD_PASSES = 2
#: What a phrasing that is held out in turn counts in calibration where there are questions held out by hand: phrasings
#: are harder than what people ask, each being there because none of the others says the same.
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
        self._is_phrasing = [True] * len(corpus.phrasings) + [False] * (len(self._examples) - len(corpus.phrasings))
        tally = Tally()
        self._profiles = profiles_of(self._told(tally), len(corpus.entries), corpus.lexicon.exclusive_concepts())
        self._columns = tally.columns()
        self._solver = Solver(
            tally.matrix(self._columns),
            np.array(list(self._classes())),
            np.array([each.weight for each in self._examples]),
            len(corpus.entries) if all(self._is_phrasing) else 2 * len(corpus.entries) + 1,
            dict(self._silent()),
        )

    def _classes(self) -> Iterator[int]:
        """The class of each example: its entry, the near misses of its entry, or what is outside altogether."""
        entries = len(self._corpus.entries)
        for example, is_phrasing in zip(self._examples, self._is_phrasing, strict=True):
            if example.entry is None:
                yield 2 * entries
            else:
                yield example.entry if is_phrasing else entries + example.entry

    def _silent(self) -> Iterator[tuple[int, NDArray[np.int64]]]:
        """Each near miss, and the entries that it says nothing of: another entry may well answer it."""
        entries = np.arange(len(self._corpus.entries))
        for position, (example, is_phrasing) in enumerate(zip(self._examples, self._is_phrasing, strict=True)):
            if not is_phrasing and example.entry is not None:
                yield position, np.delete(entries, example.entry)

    def _told(self, tally: Tally) -> Iterator[tuple[frozenset[str], int]]:
        """Tallies every example; the concepts and the entry of each that has one."""
        for example, is_phrasing in zip(self._examples, self._is_phrasing, strict=True):
            features = self._features(example)
            tally.add(features)
            if is_phrasing and example.entry is not None:
                yield features.concepts, example.entry

    def _features(self, example: Example) -> Features:
        return self._reader.read(example.text, example.language)

    def model(self, learnt_on: str) -> Model:
        index = self._index(self._solver.solve())
        calibration = calibrate(list(self._judged(index)), self._profiles)
        decider = Decider(calibration.curves, calibration.thresholds, self._profiles)
        return Model(self._reader.vocabulary, index, decider, calibration, learnt_on)

    def _index(self, weights: Matrix) -> Index:
        return index_of(self._columns, weights, len(self._corpus.entries))

    def _judged(self, index: Index) -> Iterator[Judged]:
        for example in self._corpus.held_out:
            yield Judged(scored(index, self._features(example)), example.entry, example.language)
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
            found = scored(index, self._features(example), own=1)
            weight = PHRASING_WEIGHT if example.entry is not None and self._corpus.held_out else 1.0
            yield Judged(found, example.entry, example.language, int(example.entry is not None), weight)
