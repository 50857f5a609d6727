"""Who is two things at once, and phrases that stand apart: on facts of the tests' own."""

import pytest

from bot.knowledge.loader import load
from bot.matching.facts.reader import FactReader
from tests.small import write_small

FACTS = {
    "trade": """\
about: asker
ask: {de: "Was betreiben Sie?", en: "What do you run?"}
why: {de: "Davon hängt die Gebühr ab.", en: "The fee depends on it."}
strictest_first: [inn, bakery, stall]
undecided_as: {de: ["beides", "mal so mal so"], en: ["both"]}
options:
  stall:
    label: {de: "Stand", en: "Stall"}
    said_as: {de: ["ein stand", "einen stand", "marktstand"], en: ["a stall", "market stall"]}
  bakery:
    label: {de: "Bäckerei", en: "Bakery"}
    said_as: {de: ["bäckerei", "wir backen"], en: ["bakery"]}
  inn:
    label: {de: "Gasthof", en: "Inn"}
    said_as: {de: ["gasthof", "mit gasthof"], en: ["inn"]}
    implies: {licence: "yes"}
  hobby:
    label: {de: "Hobby", en: "Hobby"}
    said_as: {de: ["hobbybäcker", "als hobby"], en: ["hobby baker"]}
""",
    "licence": """\
about: asker
ask: {de: "Haben Sie eine Konzession?", en: "Do you have a licence?"}
why: {de: "Ohne geht es nicht.", en: "It needs one."}
options:
  "yes":
    label: {de: "Ja", en: "Yes"}
    said_as: {de: ["mit konzession"], en: ["with a licence"]}
  "no":
    label: {de: "Nein", en: "No"}
    said_as: {de: ["ohne konzession"], en: ["without a licence"]}
""",
    "place": """\
about: asker
apart: "yes"
ask: {de: "Wo?", en: "Where?"}
why: {de: "Jeder Ort hat seine Satzung.", en: "Each place has rules of its own."}
options:
  ulm:
    label: {de: "Ulm", en: "Ulm"}
    said_as: {de: ["marktstand ulm", "in ulm", "als ulmer"], en: ["in ulm"]}
  bonn:
    label: {de: "Bonn", en: "Bonn"}
    said_as: {de: ["in bonn", "als bonner"], en: ["in bonn"]}
""",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> FactReader:
    folder = write_small(tmp_path_factory.mktemp("facts") / "knowledge")
    for path in (folder / "facts").iterdir():
        path.unlink()
    for name, text in FACTS.items():
        (folder / f"facts/{name}.yaml").write_text(text, encoding="utf-8")
    return FactReader(load(folder).knowledge, ())


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        # Joined, the strictest decides, wherever it stands.
        ("Wir sind eine Bäckerei mit eigenem Gasthof.", "inn"),
        ("Wir sind ein Gasthof mit Bäckerei", "inn"),
        ("Wir sind eine Bäckerei mit Gasthof", "inn"),
        ("Wir sind ein Marktstand und eine Bäckerei und möchten wissen, was das kostet.", "bakery"),
        ("Wir sind ein Marktstand und eine Bäckerei und ein Gasthof.", "inn"),
        ("Als Marktstand und Bäckerei zahlen wir wie viel?", "bakery"),
        ("Als Marktstand mit kleiner Bäckerei dürfen wir das?", "bakery"),
        ("We are a bakery with its own inn", "inn"),
        ("We run a market stall as well as a bakery.", "bakery"),
        # What is not joined is somebody else's, or an alternative.
        ("Als Bäckerei beliefern wir den Gasthof nebenan.", "bakery"),
        ("Wir sind eine Bäckerei und kein Gasthof.", "bakery"),
        ("Wir sind eine Bäckerei ohne eigenen Gasthof.", "bakery"),
        ("Zahle ich als Bäckerei oder als Gasthof?", None),
        ("Sind eine Bäckerei und ein Gasthof dasselbe?", None),
        # Nothing shows whose it is: better ask.
        ("Wir sind eine Bäckerei und ein Gasthof hat bestellt.", None),
        # An option outside the order neither wins nor loses.
        ("Als Hobbybäcker und Marktstand", None),
    ],
)
def test_of_two_that_somebody_is_the_strictest_is_told(text: str, trade: str | None, reader: FactReader) -> None:
    assert reader.told(text).get("trade") == trade


@pytest.mark.parametrize(
    ("text", "trade"),
    [
        ("Bäckerei und Stand", "bakery"),
        ("Stand, Bäckerei", "bakery"),
        ("Stand, Bäckerei und Gasthof", "inn"),
        ("wir backen und haben auch einen stand", "bakery"),
        ("wir sind eine Bäckerei, haben aber auch einen Gasthof", "inn"),
        ("sowohl Stand als auch Bäckerei", "bakery"),
        ("beides: Stand und Bäckerei", "bakery"),
        ("halb Stand, halb Bäckerei", "bakery"),
        ("a stall and a bakery", "bakery"),
        ("beides", "unknown"),
        ("Stand oder Bäckerei", None),
        ("Stand, aber keine Bäckerei", "stall"),
        ("Stand und Hobbybäcker", None),
        ("Bäckerei gegenüber vom Gasthof", None),
    ],
)
def test_of_two_that_an_answer_joins_the_strictest_is_chosen(text: str, trade: str | None, reader: FactReader) -> None:
    assert reader.answer("trade", text) == trade


def test_a_fact_without_an_order_has_no_strictest(reader: FactReader) -> None:
    assert reader.answer("place", "in Ulm und in Bonn") is None
    assert "place" not in reader.told("Wir sind in Ulm und in Bonn.")


def test_a_phrase_that_stands_apart_leaves_its_words_to_others(reader: FactReader) -> None:
    assert reader.told("ein Marktstand Ulm") == {"trade": "stall", "place": "ulm"}
    assert reader.other_words("ein Marktstand Ulm heute") == ["ein", "heute"]


def test_of_what_stands_apart_too_the_role_counts(reader: FactReader) -> None:
    assert reader.told("Als Ulmer haben wir einen Stand in Bonn.")["place"] == "ulm"
