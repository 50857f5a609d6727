"""Choosing by position."""

import pytest

from bot.understanding.positions import at, position


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("1", 0),
        ("(2)", 1),
        ("#3", 2),
        ("die erste", 0),
        ("the first one", 0),
        ("option 2", 1),
        ("Nummer zwei bitte", 1),
        ("das letzte", 2),
        ("the last one", 2),
        ("one", 0),
        ("4", None),
        ("0", None),
        ("99", None),
        ("2024", None),
        ("the one for companies", None),
        ("die zweite Mail kam später", None),
        ("1 oder 2", None),
        ("", None),
    ],
)
def test_a_position_among_three(text: str, index: int | None) -> None:
    assert at(text, 3) == index


def test_a_number_that_is_not_there_is_still_a_number() -> None:
    assert position("99") == 99
    assert position("hundert") is None
