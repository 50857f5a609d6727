"""The benchmark measures what it says, tried on a data set of its own; the peers are another extra's."""

import json
from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.matching import quality, report
from tests.benchmarks.matching.data import DataSet, few, misspelt, read
from tests.benchmarks.matching.measures import Answers, at, auroc, balanced
from tests.benchmarks.matching.systems import SYSTEMS

ASKED = {
    "weather": ("will it rain today", "what is the weather", "is it sunny outside", "weather for tomorrow please"),
    "balance": ("how much money do i have", "what is my balance", "show my account balance", "money in my account"),
    "alarm": ("wake me at seven", "set an alarm", "alarm for six please", "please wake me early"),
}
OUTSIDE = ("who painted this picture", "tell me about penguins", "why is grass green", "sing me a song")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rows = [
        {"split": s, "intent": i, "text": t}
        for i, texts in ASKED.items()
        for t in texts
        for s in ("train", "val", "test")
    ]
    outside = [{"split": s, "intent": "oos", "text": t} for t in OUTSIDE for s in ("train", "val", "test")]
    # As in the real ones: only the first has texts out of scope.
    for name, lines in (("clinc150", rows + outside), ("banking77", rows)):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return tmp_path


@pytest.fixture
def data(folder: Path) -> DataSet:
    return read(folder / "clinc150.jsonl")


def test_a_data_set_is_read_in_its_parts(data: DataSet) -> None:
    assert len(data.train.texts) == 16
    assert set(data.train.inside().labels) == set(ASKED)
    assert data.test.outside() == OUTSIDE


def test_samples_and_typos_are_the_same_every_time(data: DataSet) -> None:
    chosen = few(data.train.inside(), 2, 1)
    assert sorted(chosen.labels) == sorted([*ASKED, *ASKED])
    assert few(data.train.inside(), 2, 1) == chosen
    texts = ("remembering yesterday afternoon",) * 20
    assert misspelt(texts) == misspelt(texts)
    assert any(typo != texts[0] for typo in misspelt(texts))
    assert misspelt(("do it",)) == ("do it",)


def test_measures() -> None:
    inside = Answers(np.array([True, True, False]), np.array([0.9, 0.8, 0.7]))
    outside = Answers(np.array([False, False]), np.array([0.75, 0.1]))
    assert inside.top1 == pytest.approx(2 / 3)
    assert auroc(inside, outside) == pytest.approx(5 / 6)
    assert at(0.8, inside, outside).inside == pytest.approx(2 / 3)
    assert at(0.8, inside, outside).outside == 1
    assert balanced(inside, outside).threshold == pytest.approx(0.8)


def test_ours_is_measured_and_reported(data: DataSet, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "SYSTEMS", {"ours": SYSTEMS["ours"]})
    steps: list[str] = []
    figures = {"clinc": quality.clinc(data, steps.append), "clinc_few": quality.clinc_few(data, steps.append)}
    assert figures["clinc"]["ours"]["top1"] == 1
    assert figures["clinc"]["ours"]["auroc"] > 0.9
    banking = quality.banking(read(folder / "banking77.jsonl"), data, steps.append)
    assert banking["ours"]["top1"] == 1
    assert "| ours | 1.0000 |" in report.markdown({**figures, "banking": banking})
    assert len(steps) == 6
