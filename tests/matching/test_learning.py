"""Learning: knowledge of any size, the same weights everywhere, what is kept and read again."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest

import bot.matching.deciding.index
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Phrases
from bot.matching.deciding.model import Model
from bot.matching.deciding.scoring import scored
from bot.matching.deciding.storage import ForeignModel, from_arrays, to_arrays
from bot.matching.learning.calibration import NothingOutside
from bot.matching.learning.corpus import Corpus, Example, corpus_of
from bot.matching.learning.lessons import learn
from bot.matching.matcher import Matcher, Ranking
from bot.matching.reading.features import Reader

THINGS = ("apple", "bridge", "candle", "donkey", "engine", "forest", "guitar", "harbour", "island", "jacket")
ACTS = ("paint", "repair", "borrow", "measure", "polish", "insure", "rent", "hide", "weigh", "sell", "cook", "lift")
OUTSIDE = ("who won the match yesterday", "tell me a joke", "what a lovely day", "is it going to rain", "good morning")


def made(entries: int, *, is_outside_known: bool = True) -> Corpus:
    """An entry for each act on each thing, asked in six ways; a seventh is held out."""
    pairs = list(product(ACTS, THINGS))[:entries] + [(f"{a} gently", t) for a, t in product(ACTS, THINGS)]
    asked = ("may I {0} the {1}?", "{0} a {1}", "how to {0} one {1}", "we want to {0} our {1}", "{1}: who can {0} it")
    return Corpus(
        entries=tuple(f"entry-{number}" for number in range(entries)),
        phrasings=tuple(
            Example(way.format(*pair), "en", number) for number, pair in enumerate(pairs[:entries]) for way in asked
        ),
        outside=tuple(Example(text, "en", None) for text in OUTSIDE) if is_outside_known else (),
        held_out=tuple(Example(f"please {p[0]} this {p[1]}", "en", n) for n, p in enumerate(pairs[:entries])),
    )


def ranking(corpus: Corpus) -> Ranking:
    model = learn(corpus)
    return Ranking(corpus.entries, Reader(corpus.lexicon, model.vocabulary), model)


@pytest.mark.parametrize("entries", [1, 3, 150])
def test_knowledge_of_any_size_answers_its_questions_and_declines_others(entries: int) -> None:
    ranked = ranking(made(entries))
    (act, thing), number = list(product(ACTS, THINGS))[entries // 2], entries // 2
    decision = ranked.decide(f"could you {act} that {thing} tomorrow?", "en")
    assert decision.candidates[0].entry == f"entry-{number}"
    assert decision.kind != "unmatched"
    for text in ("a pint of bitter", "thanks a lot", "my dog is ill", ""):
        assert ranked.decide(text, "en").entry is None


def test_a_threshold_is_not_fitted_without_an_example_of_what_is_outside() -> None:
    with pytest.raises(NothingOutside, match="no text is out of scope"):
        learn(made(20, is_outside_known=False))


def test_thresholds_of_each_language_come_from_its_own_texts(real_matcher: Matcher) -> None:
    calibration = real_matcher.ranking.model.calibration
    assert calibration.thresholds.keys() == {"de", "en"}
    assert all(0 < each.offer_from <= 1 and 0 < each.match_from <= 1 for each in calibration.thresholds.values())
    assert calibration.wrong.share <= calibration.wrong.at_most <= 0.08
    assert calibration.false.share <= calibration.false.at_most <= 0.08
    assert calibration.false.total >= 285


def test_probabilities_are_calibrated(real: Knowledge, real_matcher: Matcher) -> None:
    """Of the held-out questions answered with some probability, about that share is right."""
    held_out = [*corpus_of(real).held_out, *corpus_of(real).outside]
    labels = [None if each.entry is None else real_matcher.ranking.entries[each.entry] for each in held_out]
    best = [real_matcher.decide(each.text, each.language).candidates[0] for each in held_out]
    scores = np.array([each.score for each in best])
    is_right = np.array([each.entry == label for each, label in zip(best, labels, strict=True)])
    for low, high in ((0.0, 0.3), (0.8, 1.01)):
        part = (scores >= low) & (scores < high)
        assert abs(scores[part].mean() - is_right[part].mean()) < 0.12


def test_a_table_and_a_list_of_weights_score_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    ranked = ranking(made(30))
    features = ranked.reader.read("may I repair the old bridge?", "en")
    by_table = ranked.model.index.scores(features)
    monkeypatch.setattr(bot.matching.deciding.index, "LARGEST_TABLE", 0)
    by_list = replace(ranked.model.index).scores(features)
    assert by_table.tolist() == by_list.tolist()


def test_the_parts_of_a_score_add_up_to_it() -> None:
    ranked = ranking(made(30))
    features = ranked.reader.read("repair our bridge", "en")
    total = ranked.model.index.scores(features)
    for entry in (0, 7, 29):
        assert sum(ranked.model.index.contributions(features, entry).values()) == pytest.approx(total[entry])


_DIGEST = """
import hashlib, json
from tests.matching.test_learning import made
from bot.matching.learning.lessons import learn
from bot.matching.deciding.storage import to_arrays
arrays = to_arrays(learn(made(60)))
print(json.dumps({name: hashlib.sha256(array.tobytes()).hexdigest() for name, array in arrays.items()}))
"""


@pytest.mark.parametrize(
    "surroundings",
    [
        {"PYTHONHASHSEED": "1", "OPENBLAS_NUM_THREADS": "1"},
        {"PYTHONHASHSEED": "2", "OPENBLAS_NUM_THREADS": "2"},
        {"OPENBLAS_CORETYPE": "Nehalem", "NPY_DISABLE_CPU_FEATURES": "AVX2 FMA3"},
    ],
)
def test_the_same_texts_give_the_same_weights_everywhere(surroundings: dict[str, str]) -> None:
    """Whatever the seed of hashes, the number of threads, or what the processor can do."""
    assert _digested(surroundings) == _expected()


def _digested(surroundings: dict[str, str]) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", _DIGEST], capture_output=True, text=True, check=True, env={**os.environ, **surroundings}
    )
    digests: dict[str, str] = json.loads(done.stdout)
    return digests


@cache
def _expected() -> dict[str, str]:
    return _digested({})


@pytest.fixture(scope="module")
def model() -> Model:
    return learn(made(12), "2026-01-15")


def test_a_model_is_the_same_after_it_was_kept(model: Model) -> None:
    corpus = made(12)
    again = from_arrays(to_arrays(model), ())
    assert again.learnt_on == "2026-01-15"
    assert again.calibration == model.calibration
    one, other = (Ranking(corpus.entries, Reader(Lexicon(), each.vocabulary), each) for each in (model, again))
    for text in ("paint an apple", "plese pant the aple", "hide it", "good morning"):
        assert one.decide(text, "en") == other.decide(text, "en")


@pytest.mark.parametrize("broken", ["weights", "starts", "rest", "classes", "counts", "vocabulary_counts", "sizes"])
def test_arrays_that_lack_something_are_no_model(broken: str, model: Model) -> None:
    arrays = to_arrays(model)
    without = {name: array for name, array in arrays.items() if name != broken}
    with pytest.raises(ForeignModel):
        from_arrays(without, ())
    with pytest.raises(ForeignModel):
        from_arrays({**arrays, broken: arrays[broken][:-3]}, ())


def test_a_fingerprint_changes_with_what_is_learnt_from_and_with_nothing_else(small: Knowledge) -> None:
    corpus = corpus_of(small)
    assert corpus.fingerprint() == corpus_of(small).fingerprint()
    entry = small.entries["pool-dogs"]
    asked = Phrases((*entry.asked_as.de, "Bello?"), entry.asked_as.en)
    changed = replace(small, entries={**small.entries, entry.id: replace(entry, asked_as=asked)})
    assert corpus_of(changed).fingerprint() != corpus.fingerprint()
    worded = replace(small, entries={**small.entries, entry.id: replace(entry, outcomes=())})
    assert corpus_of(worded).fingerprint() == corpus.fingerprint()
    lexicon = replace(small.lexicon, exclusive_kinds=("matter",))
    assert corpus_of(replace(small, lexicon=lexicon)).fingerprint() != corpus.fingerprint()


def test_near_misses_count_against_their_entry_alone() -> None:
    corpus = made(12)
    near = Example("the colour of the apple paint in the shop", "en", 0)
    ranked = ranking(replace(corpus, near_misses=(near,)))
    found = scored(ranked.model.index, ranked.reader.read(near.text, "en"))
    assert found.near_miss(0) > found.scores[0]
    assert ranked.decide(near.text, "en").entry is None
    assert ranked.decide("may I paint the apple?", "en").entry == "entry-0"


def test_a_near_miss_says_nothing_of_the_entry_that_answers_it() -> None:
    """A limit is often drawn with the very words of the neighbour, which must not lose them."""
    corpus = made(12)
    asked = corpus.phrasings[-1]
    assert asked.entry is not None
    near = tuple(Example(asked.text, asked.language, entry) for entry in range(asked.entry))
    without, with_them = (ranking(each) for each in (corpus, replace(corpus, near_misses=near)))
    scores = [
        scored(each.model.index, each.reader.read(asked.text, asked.language)).scores[asked.entry]
        for each in (without, with_them)
    ]
    assert scores[1] > scores[0] - 0.2
    assert with_them.decide(asked.text, asked.language).entry == corpus.entries[asked.entry]
