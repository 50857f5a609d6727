"""The picture in the README shows what the bot says today."""

import re
from xml.etree import ElementTree as Tree

from bot.knowledge.model import Knowledge
from bot.understanding import Understanding
from tests.picture import PICTURE
from tests.picture.dialogue import Bubble, hold
from tests.picture.layout import Word, lines

_TEXT = "{http://www.w3.org/2000/svg}text"


def words(text: str) -> list[str]:
    return text.split()


def said_in(bubble: Bubble) -> list[str]:
    """The words of a message and its buttons."""
    text = bubble.html if bubble.is_own else re.sub(r"<[^>]+>", "", bubble.html)
    return [*words(_unescaped(text)), *(word for row in bubble.rows for label in row for word in words(label))]


def _unescaped(text: str) -> str:
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def shown() -> list[str]:
    """The words of the picture, without its header."""
    tree = Tree.parse(PICTURE)  # noqa: S314 - our own file
    drawn = [element for element in tree.iter(_TEXT) if element.get("class") not in ("t", "s")]
    return [word for element in drawn for word in words("".join(element.itertext()))]


async def test_the_picture_shows_what_the_bot_says(real: Knowledge, real_understanding: Understanding) -> None:
    """If it does not: `make picture`."""
    bubbles = await hold(real, real_understanding)
    said = [word for bubble in bubbles for word in said_in(bubble)]
    pictured = shown()
    # The end of the last answer is below the edge of the screen.
    assert pictured[-1] == "…"
    assert pictured[:-1] == said[: len(pictured) - 1]
    whole = [word for bubble in bubbles[:-1] for word in said_in(bubble)]
    assert len(pictured) > len(whole) + 30


def test_no_line_is_wider_than_its_bubble_and_no_word_is_lost() -> None:
    html = "<b>Nein, ohne Einwilligung</b>\u00a0<a href='x'>[1]</a> " + "sehr lange Reihe von Wörtern " * 20
    found = lines(html, 300, 15)
    assert len(found) > 5
    assert (
        "".join(word.text for line in found for word in [*line, Word(" ", "")]).split()
        == ("Nein, ohne Einwilligung [1] " + "sehr lange Reihe von Wörtern " * 20).split()
    )
