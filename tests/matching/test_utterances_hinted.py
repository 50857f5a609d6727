"""A guess at what is said about an answer: made where nothing else understands it, and of nothing else."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
import yaml

from bot.knowledge.defaults import defaults, everyday
from bot.knowledge.loader import load
from bot.knowledge.model import Aside, Knowledge
from bot.knowledge.phrases import Bilingual, Phrases
from bot.knowledge.templates import expand
from bot.matching.talk.gists import outermost
from bot.matching.talk.utterances import UtteranceBook
from bot.messages import LANGUAGES, Language
from tests.small import write_small

READ = yaml.safe_load(Path(__file__).with_name("talk.yaml").read_text(encoding="utf-8"))
HINTED: dict[str, dict[Language, list[str]]] = READ["hinted"]
OWN: list[str] = READ["own"]


@pytest.fixture(scope="module")
def book(real: Knowledge) -> UtteranceBook:
    return UtteranceBook(real)


@pytest.mark.parametrize(("name", "language"), list(product(HINTED, LANGUAGES)))
def test_what_is_meant_is_guessed(name: str, language: Language, book: UtteranceBook) -> None:
    texts = HINTED[name][language]
    assert {text: book.hinted(text) for text in texts if book.hinted(text) != name} == {}


def test_many_messages_that_nothing_else_understands_are_guessed_at(book: UtteranceBook) -> None:
    texts = [text for named in HINTED.values() for said in named.values() for text in said]
    assert sum(not book.all(text) for text in texts) >= 350


def test_what_is_about_something_else_is_hardly_ever_guessed_at(real: Knowledge, book: UtteranceBook) -> None:
    out_of_scope = real.checks.out_of_scope
    for language in LANGUAGES:
        assert _share(out_of_scope[language], book) <= 0.03
        assert _share((text for theme in everyday().values() for text in theme[language]), book) <= 0.03
    assert _share((text for each in real.checks.entries for text in each.questions.all), book) <= 0.02
    assert _share(OWN, book) <= 0.12


def _share(texts: Iterable[str], book: UtteranceBook) -> float:
    asked = list(texts)
    assert len(asked) >= 100
    return sum(not book.all(text) and book.hinted(text) is not None for text in asked) / len(asked)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("gibts da nen Mustertxet", "template"),
        ("das verstoßt doch gegen welchen Paragraphn", "citing"),
        ("das ist mir zu komplieziert geschrieben", "simpler"),
        ("send me the summarry", "brief"),
        ("wie hoch wären die Sanktonen", "risk"),
    ],
)
def test_typos_are_forgiven(text: str, name: str, book: UtteranceBook) -> None:
    assert book.hinted(text) == name


@pytest.mark.parametrize("text", ["", "?!", "Bitte mit Fundstelle.", "schöne Namen für ein Mädchen", "I feel lonely"])
def test_nothing_is_guessed_where_two_are_meant_or_none(text: str, book: UtteranceBook) -> None:
    assert book.hinted(text) is None


def test_a_long_message_is_no_talk(book: UtteranceBook) -> None:
    said = "legst du dafür die Hand ins Feuer"
    assert book.hinted(said) == "certain"
    assert book.hinted(said + " und wenn ja warum hat mir dann gestern jemand im Laden etwas anderes gesagt") is None


def test_a_question_about_what_is_allowed_is_no_talk(book: UtteranceBook) -> None:
    assert book.hinted("Muster zum Kopieren") == "template"
    assert book.hinted("Dürfen Kunden Muster kopieren?") is None


@pytest.mark.parametrize("name", ["effort", "forwarding"])
def test_what_the_answer_does_not_hold_has_a_reply_of_its_own(name: str, real: Knowledge) -> None:
    reply = real.asides[name].reply
    assert reply is not None
    assert reply.de
    assert reply.en


def _sailing(small: Knowledge, *cues: str, kind: str = "sailor") -> UtteranceBook:
    """A book that knows nothing but these cues."""
    aside = Aside(kind, Phrases(), Bilingual("Ahoi!", "Ahoy!"), cues=Phrases(de=cues))
    return UtteranceBook(replace(small, asides={kind: aside}))


def test_a_cue_is_in_order_with_a_word_between_at_most(small: Knowledge) -> None:
    book = _sailing(small, "wind segel")
    assert book.hinted("wind segel") == book.hinted("der wind in segel") == "sailor"
    assert book.hinted("segel wind") is None
    assert book.hinted("wind in die segel") is None


def test_a_gap_stands_for_a_few_words(small: Knowledge) -> None:
    book = _sailing(small, "wind … segel")
    assert book.hinted("wind in die segel") == "sailor"
    assert book.hinted("wind und das und das und das und segel") is None


def test_a_star_stands_for_the_rest_of_a_word(small: Knowledge) -> None:
    assert _sailing(small, "segel*").hinted("segelschiffe?") == "sailor"
    assert _sailing(small, "*segel").hinted("und das großsegel?") == "sailor"
    assert _sailing(small, "segel*").hinted("das großsegel?") is None


def test_parts_of_a_cue_stand_in_any_order(small: Knowledge) -> None:
    book = _sailing(small, "(wind|sturm) & segel")
    assert book.hinted("segel im sturm") == book.hinted("sturm im segel") == "sailor"
    assert book.hinted("das segel") is None


def test_what_may_be_left_out_may_be_said(small: Knowledge) -> None:
    book = _sailing(small, "[mit] wind segeln")
    assert book.hinted("mit wind segeln") == book.hinted("wind segeln") == "sailor"


def test_other_words_tell_against_a_cue(small: Knowledge) -> None:
    book = _sailing(small, "wind segel")
    assert book.hinted("wind segel kompass anker matrose leuchtturm") is None


def test_of_two_the_one_that_more_tells_is_meant(small: Knowledge) -> None:
    asides = {
        name: Aside(name, Phrases(), Bilingual("Ahoi!", "Ahoy!"), cues=Phrases(de=cues))
        for name, cues in (("sailor", ("wind segel",)), ("miller", ("wind mühle", "wind")))
    }
    book = UtteranceBook(replace(small, asides=asides))
    assert book.hinted("wind und segel") == "sailor"
    assert book.hinted("wind und mühle") == "miller"


def test_a_cue_that_is_no_template_hints_at_nothing(small: Knowledge) -> None:
    assert _sailing(small, "wind (segel", "anker").hinted("anker") == "sailor"


def test_every_cue_that_ships_can_be_read() -> None:
    cues = [cue for aside in defaults().asides.values() for cue in aside.cues.all]
    assert len(cues) > 1000
    # TemplateFault otherwise.
    assert all(expand(text, {}, 1) for cue in cues for part in cue.split("&") for text in outermost(part))


def test_a_knowledge_adds_cues_of_its_own(small: Knowledge, tmp_path: Path) -> None:
    folder = write_small(tmp_path)
    with (folder / "asides.yaml").open("a", encoding="utf-8") as asides:
        asides.write('\nrisk:\n  cues: {de: ["bademeister schimpft"], en: ["lifeguard shouts"]}\n')
    book = UtteranceBook(load(folder).knowledge)
    assert book.hinted("der bademeister schimpft") == book.hinted("the lifeguard shouts") == "risk"
    assert book.hinted("was droht mir da schlimmstenfalls") == "risk"
    assert UtteranceBook(small).hinted("der bademeister schimpft") is None
