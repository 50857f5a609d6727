"""Several questions in one message: taken apart where each is surely understood, and left whole where not."""

import pytest

from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Language
from bot.understanding.several import Questions


@pytest.fixture(scope="module")
def questions(grown: Knowledge, grown_matcher: Matcher) -> Questions:
    return Questions(grown, grown_matcher)


@pytest.mark.parametrize(
    ("text", "language", "entries"),
    [
        ("Was kostet der Eintritt ins Freibad? Darf mein Hund mit ins Freibad?", "de", ("pool-price", "pool-dogs")),
        ("Darf mein Hund mit ins Freibad, und wann hat das Freibad offen?", "de", ("pool-dogs", "pool-hours")),
        ("What does the lido cost, and when is the pool open?", "en", ("pool-price", "pool-hours")),
        ("May I bring my dog to the pool? When is the pool open?", "en", ("pool-dogs", "pool-hours")),
    ],
)
def test_each_question_has_its_entry_in_the_order_in_which_they_were_asked(
    text: str, language: Language, entries: tuple[str, ...], questions: Questions
) -> None:
    assert questions.entries(text, language) == entries


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Was kostet der Eintritt ins Freibad?", "de"),
        # The same twice.
        ("Was kostet der Eintritt ins Freibad? Wie teuer ist das Freibad?", "de"),
        # One of two is none of ours.
        ("Was kostet der Eintritt ins Freibad? Wie backe ich ein gutes Brot?", "de"),
        # What tells something is no question.
        ("Wir sind im Freibad und mein Hund ist dabei. Was kostet der Eintritt ins Freibad?", "de"),
        ("Darf ich mit Hund und Kind ins Freibad?", "de"),
        ("How much is the entry to the pool and the lido?", "en"),
        ("", "de"),
    ],
)
def test_one_question_is_left_whole(text: str, language: Language, questions: Questions) -> None:
    assert questions.entries(text, language) == ()


def test_no_more_than_three_are_answered(questions: Questions) -> None:
    text = (
        "Was kostet der Eintritt ins Freibad? Darf mein Hund mit ins Freibad? Wann hat das Freibad offen? "
        "Darf ich auf die Rutsche?"
    )
    assert questions.entries(text, "de") == ("pool-price", "pool-dogs", "pool-hours")


def test_what_is_told_before_a_question_goes_with_it(questions: Questions) -> None:
    text = "Mein Hund ist lieb. Darf er mit ins Freibad? Und wann hat das Freibad offen?"
    assert questions.entries(text, "de") == ("pool-dogs", "pool-hours")
