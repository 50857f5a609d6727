"""Which of a few lines a question is about: by a word that few of them have, else about none."""

import pytest

from bot.matching.matcher import Matcher
from bot.matching.talk.lines import Lines

LINES = (
    "Sperren Sie das Gerät aus der Ferne, und lassen Sie die SIM-Karte sperren.",
    "Schreiben Sie auf, welche Daten darauf waren.",
    "Warnen Sie die betroffenen Kunden, dass Nachrichten nicht von Ihnen stammen.",
    "Betriebe müssen die Panne der Aufsicht melden, Daten hin oder her.",
    "Rufen Sie die Polizei und Ihre Bank an.",
)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("muss ICH das melden?", 3),
        ("bin nur Azubi, ist das meldepflichtig", 3),
        ("wie sperre ich die karte", 0),
        ("soll ich zur polizei", 4),
        ("muss die kundschaft gewarnt werden", None),  # no word of it stands there
        ("die kunden warnen?", 2),
        ("was ist mit den daten", None),  # two lines have it alike
        ("wie kalt ist es auf dem mond", None),
        ("???", None),
        ("", None),
    ],
)
def test_a_line_is_named_by_what_few_lines_say(text: str, line: int | None, real_matcher: Matcher) -> None:
    assert Lines(LINES, "de", real_matcher.ranking.reader).about(text) == line


def test_of_no_lines_none_is_meant(real_matcher: Matcher) -> None:
    assert Lines((), "en", real_matcher.ranking.reader).about("report it?") is None
