"""Questions that differ in little and mean something else, from `knowledge/checks/minimal-pairs.yaml`."""

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from bot.knowledge.checks import Difference, MinimalPair
from bot.knowledge.loader import load
from bot.knowledge.rules import COMPLETE, broken_rules
from bot.matching.judging.pairs import faults
from bot.matching.matcher import Matcher
from tests.small import REAL

PAIRS = load(REAL).knowledge.checks.pairs


def test_there_are_enough_pairs_of_every_kind() -> None:
    found = Counter(pair.differ_in for pair in PAIRS)
    assert sum(found.values()) >= 80
    assert all(found[kind] >= 12 for kind in get_args(Difference))


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{pair.differ_in}-{pair.first.place.line}" for pair in PAIRS])
def test_both_sides_of_a_pair_are_read_as_they_should_be(pair: MinimalPair, real_matcher: Matcher) -> None:
    assert faults(real_matcher, pair) == ()


def test_what_is_read_otherwise_is_told(small_folder: Path) -> None:
    (small_folder / "checks" / "minimal-pairs.yaml").write_text(
        """\
pairs:
  - differ_in: negation
    language: de
    first: {text: "mein Kind kommt mit, was kostet das Freibad?", entry: pool-dogs, facts: {visitor: adult}}
    second: {text: "Was kostet der Eintritt ins Freibad für mein Kind?", entry: none, untold: [visitor]}
""",
        encoding="utf-8",
    )
    knowledge = load(small_folder, "knowledge").knowledge
    told = faults(Matcher(knowledge), knowledge.checks.pairs[0])
    assert len(told) == 4
    assert all(each.place.file == "knowledge/checks/minimal-pairs.yaml" for each in told)


@pytest.mark.parametrize(
    ("side", "message"),
    [
        ('{text: "a", entry: pool-dog}', 'no entry "pool-dog"'),
        ('{text: "a", facts: {visitors: child}}', 'no fact "visitors"'),
        ('{text: "a", facts: {visitor: dog}}', 'no option "dog"'),
        ('{text: "a", untold: [visitors]}', 'no fact "visitors"'),
        ('{text: "a", entry: pool-dogs}', "expect the same"),
    ],
)
def test_a_pair_that_cannot_hold_is_a_problem(side: str, message: str, small_folder: Path) -> None:
    first = '{text: "b", entry: pool-dogs}'
    pair = f"pairs:\n  - differ_in: role\n    language: de\n    first: {first}\n    second: {side}\n"
    (small_folder / "checks" / "minimal-pairs.yaml").write_text(pair, encoding="utf-8")
    loaded = load(small_folder)
    found = [*loaded.problems, *broken_rules(loaded.knowledge, COMPLETE)]
    assert any(message in problem.message.en for problem in found)
