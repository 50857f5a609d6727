"""Several that are chosen at once by where they stand, and the one between two others."""

import pytest

from bot.understanding import positions


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("1 und 3", (0, 2)),
        ("1, 2", (0, 1)),
        ("Das erste und das letzte.", (0, 2)),
        ("die ersten beiden", (0, 1)),
        ("the first two", (0, 1)),
        ("the last two please", (1, 2)),
        ("both 2 and 3", (1, 2)),
        ("2", ()),
        ("1 und 7", ()),
        ("die zwei nehm ich", ()),
        ("um 2 und um 3 Uhr", ()),
        ("beide", ()),
    ],
)
def test_several_are_chosen_by_their_positions(text: str, chosen: tuple[int, ...]) -> None:
    assert positions.every_at(text, 3) == chosen


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("das mittlere", 1),
        ("the one in the middle", 1),
        ("Punkt 2 bitte", 1),
        ("zweitens", 1),
        ("des Dritte", 2),
        ("no. 3 i think", 2),
        ("number one please", 0),
        ("no one", None),
        ("in der Mitte des Dorfes", None),
    ],
)
def test_one_is_chosen_in_whatever_words(text: str, chosen: int | None) -> None:
    assert positions.at(text, 3) == chosen


def test_two_have_no_middle() -> None:
    assert positions.at("das mittlere", 2) is None
