"""Phrases in a text: slots for classes of words, ends of compounds, and words as fingers slip."""

import pytest

from bot.matching.phrases import PhraseBook

CLASSES = {"{de:beast}": ["hund", "kleine katze"], "{de:place}": ["becken", "wiese"]}


@pytest.fixture
def book() -> PhraseBook[str]:
    phrases = {
        "mit {de:beast}": "beast",
        "{de:beast} … {de:place}": "where",
        "mit hund": "dog",
        "-verein": "club",
        "fahrverein": "trip",
        "wir im kegelverein": "we",
    }
    return PhraseBook(phrases, whole=["insverein"], classes=CLASSES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mit großer katze", []),
        ("mit kleine katze", ["beast"]),
        ("ein Hund auf der großen Wiese", ["where"]),
        ("die kleine Katze am Becken", ["where"]),
        ("die kleine am Becken", []),
        # What is written out counts, and not the slot that it fills.
        ("mit Hund", ["dog"]),
        # The end of a compound stands for each that no phrase names.
        ("ein Kegelverein", ["club"]),
        ("Turnverein", ["club"]),
        ("ein Fahrverein", ["trip"]),
        ("wir im Kegelverein", ["we"]),
        ("ein Verein", []),
        ("der Insverein", []),
    ],
)
def test_slots_and_ends_are_found_in_a_text(text: str, found: list[str], book: PhraseBook[str]) -> None:
    assert [each.meaning for each in book.find(text)] == found


def test_a_slot_takes_the_places_of_what_fills_it(book: PhraseBook[str]) -> None:
    (found,) = book.find("eine kleine Katze nahe am Becken")
    assert found.positions == (1, 2, 5)


@pytest.mark.parametrize(
    ("typed", "is_meant"),
    [
        ("Schuel", True),
        ("Schulee", True),
        ("Schjle", True),
        ("Schulen", True),
        ("schuuule", True),
        ("Schuhe", False),
        ("Schale", False),
        ("Kirschen", False),
        ("Kirchenn", True),
        ("Krichen", True),
    ],
)
def test_a_word_is_misspelt_only_as_fingers_slip(typed: str, *, is_meant: bool) -> None:
    book = PhraseBook({"schule": "school", "kirchen": "church"})
    assert bool(book.find(typed)) == is_meant


@pytest.mark.parametrize("typed", ["jaa", "jaaaa", "neeein", "jooo"])
def test_a_stretched_word_is_read_as_it_is_spelt(typed: str) -> None:
    assert PhraseBook({"ja": "yes", "nein": "no", "jo": "yes"}).find(typed)
    assert PhraseBook({"ja": "yes", "nein": "no", "jo": "yes"}, known=[typed]).find(typed) == []
