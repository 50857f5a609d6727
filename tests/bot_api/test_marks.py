"""People's texts carry the entities that Telegram finds in them."""

import pytest

from tests.bot_api.entities import covered
from tests.bot_api.marks import found


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("/start abc", [("bot_command", "/start")]),
        ("/hilfe@hofbot 🐄 @hofbot, was?", [("bot_command", "/hilfe@hofbot"), ("mention", "@hofbot")]),
        ("sieh /hilfe an", [("bot_command", "/hilfe")]),
        ("🐄 @hofbot", [("mention", "@hofbot")]),
        ("und/oder 1/2 a@hofbot", []),
        ("an kim@hof.de", [("email", "kim@hof.de")]),
        ("https://x.de/a?b=@hofbot.", [("url", "https://x.de/a?b=@hofbot")]),
        ("#hof #1", [("hashtag", "#hof")]),
    ],
)
def test_marks(text: str, marks: list[tuple[str, str]]) -> None:
    assert [(mark["type"], covered(text, mark)) for mark in found(text)] == marks
