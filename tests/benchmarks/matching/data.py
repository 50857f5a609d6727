"""Labelled texts: reading them, choosing a few, and misspelling them; all choices by fixed seeds."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

OUT_OF_SCOPE = "oos"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Texts: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Texts with the label of each."""

    texts: Texts
    labels: Texts

    def inside(self) -> "Part":
        return self._where([label != OUT_OF_SCOPE for label in self.labels])

    def outside(self) -> Texts:
        return self._where([label == OUT_OF_SCOPE for label in self.labels]).texts

    def _where(self, kept: Sequence[bool]) -> "Part":
        chosen = [each for each, keep in enumerate(kept) if keep]
        return Part(tuple(self.texts[i] for i in chosen), tuple(self.labels[i] for i in chosen))


@dataclass(frozen=True, slots=True)
class DataSet:
    """Training, validation and test parts; `validation` has no texts where the set brings none."""

    train: Part
    validation: Part
    test: Part


def read(path: Path) -> DataSet:
    """A data set of JSON lines."""
    parts: dict[str, list[tuple[str, str]]] = {"train": [], "val": [], "test": []}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        parts[row["split"]].append((row["text"], row["intent"]))
    return DataSet(*(_part(parts[name]) for name in ("train", "val", "test")))


def few(part: Part, variants: int, seed: int) -> Part:
    """So many random texts of each label."""
    choice = random.Random(seed)  # noqa: S311 - a repeatable sample, no secret
    by_label: dict[str, list[str]] = {}
    for text, label in zip(part.texts, part.labels, strict=True):
        by_label.setdefault(label, []).append(text)
    chosen = {label: choice.sample(texts, min(variants, len(texts))) for label, texts in sorted(by_label.items())}
    return _part([(text, label) for label, texts in chosen.items() for text in texts])


def misspelt(texts: Texts, seed: int = 7) -> Texts:
    """One random edit in each word of more than four letters, with probability 0.3."""
    choice = random.Random(seed)  # noqa: S311
    return tuple(" ".join(_misspelt(word, choice) for word in text.split(" ")) for text in texts)


def _misspelt(word: str, choice: random.Random) -> str:
    if len(word) <= 4 or choice.random() >= 0.3:
        return word
    at = choice.randrange(len(word))
    edits = (
        word[:at] + word[at + 1 :],
        word[:at] + choice.choice(_LETTERS) + word[at:],
        word[:at] + choice.choice(_LETTERS) + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    )
    return choice.choice(edits)


def _part(rows: Sequence[tuple[str, str]]) -> Part:
    return Part(tuple(text for text, _ in rows), tuple(label for _, label in rows))
