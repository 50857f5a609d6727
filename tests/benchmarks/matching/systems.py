"""The bot's matcher and its peers behind one face: trained on texts with labels, then asked for the best labels."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol, TypeAlias

import numpy as np
from rapidfuzz import fuzz, process

from bot.knowledge.lexicon import Lexicon
from bot.matching.deciding.model import Model
from bot.matching.learning.corpus import Corpus, Example
from bot.matching.learning.lessons import learn
from bot.matching.matcher import Ranking
from bot.matching.reading.features import Reader
from tests.benchmarks.matching.data import OUT_OF_SCOPE, Part

#: The best labels with their scores, best first.
Ranked: TypeAlias = list[tuple[str, float]]
_BEST = 3
_NEIGHBOURS = 10


class System(Protocol):
    """A trained matcher."""

    def rank(self, text: str) -> Ranked: ...


class Ours:
    """The bot's own, without a lexicon; calibrated on the validation part, as on a knowledge's checks."""

    def __init__(self, train: Part, validation: Part) -> None:
        corpus = corpus_of(train, validation)
        self.ranking = ranking_of(corpus, learn(corpus))

    def rank(self, text: str) -> Ranked:
        decision = self.ranking.decide(text, "en")
        # How sure it is that the text is in scope; which entry is meant is told by their order.
        return [(each.entry, decision.in_scope) for each in decision.candidates]


def corpus_of(train: Part, validation: Part) -> Corpus:
    labels = tuple(sorted(set(train.labels)))
    position = {label: number for number, label in enumerate(labels)}
    held_out = zip(validation.texts, validation.labels, strict=True)
    return Corpus(
        entries=labels,
        phrasings=tuple(Example(t, "en", position[each]) for t, each in zip(train.texts, train.labels, strict=True)),
        held_out=tuple(Example(t, "en", None if each == OUT_OF_SCOPE else position[each]) for t, each in held_out),
    )


def ranking_of(trained_on: Corpus, model: Model) -> Ranking:
    return Ranking(trained_on.entries, Reader(Lexicon(), model.vocabulary), model)


class WRatio:
    """rapidfuzz over all texts."""

    def __init__(self, train: Part, _: Part) -> None:
        self._train = train
        self._texts = [text.lower() for text in train.texts]

    def rank(self, text: str) -> Ranked:
        found = process.extract(text.lower(), self._texts, scorer=fuzz.WRatio, limit=_NEIGHBOURS)
        return _best_of((self._train.labels[at], score / 100) for _, score, at in found)


class Bm25s:
    """bm25s: the ten nearest texts vote with their scores."""

    def __init__(self, train: Part, _: Part) -> None:
        import bm25s  # noqa: PLC0415 - of the extra "bench"

        self._labels = train.labels
        self._tokenize: Callable[..., Any] = lambda texts: bm25s.tokenize(texts, stopwords=None, show_progress=False)
        self._model = bm25s.BM25()
        self._model.index(self._tokenize(list(train.texts)), show_progress=False)

    def rank(self, text: str) -> Ranked:
        neighbours = min(_NEIGHBOURS, len(self._labels))
        found, scores = self._model.retrieve(self._tokenize([text]), k=neighbours, show_progress=False)
        votes: dict[str, float] = {}
        for at, score in zip(found[0], scores[0], strict=True):
            votes[self._labels[at]] = votes.get(self._labels[at], 0.0) + float(score)
        return sorted(votes.items(), key=lambda vote: -vote[1])[:_BEST]


class LinearSVC:
    """scikit-learn's linear support vector machine on words and letters, each weighted by TF-IDF."""

    def __init__(self, train: Part, _: Part) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
        from sklearn.pipeline import make_pipeline, make_union  # noqa: PLC0415
        from sklearn.svm import LinearSVC as Classifier  # noqa: PLC0415

        words = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
        letters = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True)
        self._model = make_pipeline(make_union(words, letters), Classifier())
        self._model.fit(train.texts, train.labels)
        self._labels: Sequence[str] = self._model.classes_

    def rank(self, text: str) -> Ranked:
        scores = np.atleast_2d(self._model.decision_function([text]))[0]
        return [(str(self._labels[at]), float(scores[at])) for at in np.argsort(-scores)[:_BEST]]


def _best_of(found: Any) -> Ranked:
    best: dict[str, float] = {}
    for label, score in found:
        best.setdefault(label, score)
    return list(best.items())[:_BEST]


#: Each builds a system from a training and a validation part.
SYSTEMS: Mapping[str, Callable[[Part, Part], System]] = {
    "ours": Ours,
    "LinearSVC": LinearSVC,
    "bm25s": Bm25s,
    "rapidfuzz WRatio": WRatio,
}
