"""Talk about the answer, the question and the bot: understood in whatever words, and nothing else taken for it."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
import yaml

from bot.knowledge.defaults import defaults
from bot.knowledge.model import Aside, Knowledge
from bot.knowledge.phrases import Bilingual, Phrases
from bot.knowledge.templates import expand
from bot.matching.talk.sayings import is_template
from bot.matching.talk.utterances import UtteranceBook
from bot.messages import LANGUAGES, Language

READ = yaml.safe_load(Path(__file__).with_name("talk.yaml").read_text(encoding="utf-8"))
TALK: dict[str, dict[Language, list[str]]] = READ["talk"]
OWN: list[str] = READ["own"]

#: What may be meant besides, in so many words: "is this up to date" asks for the date, and whether it still holds.
BESIDES = {
    "age": {"still_valid"},
    "advice": {"helpers"},
    "assent": {"continue"},
    "continue": {"assent"},
    "new_question": {"second_question"},
    "sources": {"citing"},
}
#: So many phrasings of a template are tried.
TRIED = 12


@pytest.fixture(scope="module")
def book(real: Knowledge) -> UtteranceBook:
    return UtteranceBook(real)


@pytest.mark.parametrize(("name", "language"), list(product(TALK, LANGUAGES)))
def test_talk_is_understood_in_many_words(name: str, language: Language, book: UtteranceBook) -> None:
    texts = TALK[name][language]
    assert len(texts) >= (6 if language == "de" else 5)
    assert [text for text in texts if name not in book.all(text)] == []
    others = TALK.keys() - BESIDES.get(name, set()) - {name}
    assert {text: book.all(text) for text in texts if others.intersection(book.all(text))} == {}


def test_what_says_more_is_a_question_of_its_own(book: UtteranceBook) -> None:
    assert len(OWN) >= 60
    assert {text: book.all(text) for text in OWN if TALK.keys() & book.all(text)} == {}


def test_no_question_of_the_knowledge_is_talk(real: Knowledge, book: UtteranceBook) -> None:
    texts = set(_questions(real))
    assert len(texts) > 5000
    assert {text: book.all(text) for text in texts if TALK.keys() & book.all(text)} == {}


def _questions(knowledge: Knowledge) -> Iterator[str]:
    for entry in knowledge.entries.values():
        yield from entry.asked_as.all
    for each in knowledge.checks.entries:
        yield from each.questions.all
    for pair in knowledge.checks.pairs:
        yield from (pair.first.text, pair.second.text)
    yield from knowledge.checks.out_of_scope.all


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_a_template_stands_for_is_understood(language: Language, book: UtteranceBook) -> None:
    for name, aside in defaults().asides.items():
        for line in filter(is_template, aside.said_as[language]):
            for phrase in expand(line, {}, TRIED):
                assert name in (*book.all(phrase), *book.all(phrase + "?")), line


@pytest.mark.parametrize("asked", ["kannst du", "könntest du", "können Sie", "könnten Sie", "würdest du"])
@pytest.mark.parametrize("politely", ["{} mir das bitte mal etwas kürzer sagen?", "{} das kürzer sagen, bitte"])
def test_address_politeness_and_order_make_no_difference(asked: str, politely: str, book: UtteranceBook) -> None:
    assert "brief" in book.all(politely.format(asked))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("wo steht das im Gestez?", "citing"),
        ("kannst du das zusammenfasen?", "brief"),
        ("hast du ein Beispeil", "example"),
        ("who wrtoe this?", "author"),
        ("can you summarze that?", "brief"),
        ("welcher § ist das?", "citing"),
        ("WOHER WEISST DU DAS", "sources"),
        ("koennen Sie das kuerzer sagen", "brief"),
    ],
)
def test_typos_and_signs_are_forgiven(text: str, name: str, book: UtteranceBook) -> None:
    assert name in book.all(text)


@pytest.mark.parametrize("text", ["Wetter?", "hast du eine Mutter", "Kurs", "Strand?", "Testbeispiele im Labor"])
def test_a_word_that_looks_like_it_is_another_word(text: str, book: UtteranceBook) -> None:
    assert not TALK.keys() & book.all(text)


@pytest.mark.parametrize(
    ("states", "asks", "name"),
    [
        ("das stimmt", "stimmt das", "certain"),
        ("das ist erlaubt", "ist das erlaubt", "verdict"),
        ("das gilt noch", "gilt das noch", "still_valid"),
        ("that is allowed", "is that allowed", "verdict"),
        ("it still applies", "does it still apply", "still_valid"),
        ("ich habe ein Bußgeld bekommen", "kann ich ein Bußgeld bekommen", "risk"),
    ],
)
def test_a_statement_asks_nothing(states: str, asks: str, name: str, book: UtteranceBook) -> None:
    assert name not in book.all(states)
    assert name in book.all(asks)


def test_who_is_talked_of_matters(book: UtteranceBook) -> None:
    assert "author" in book.all("wer hat das geschrieben?")
    assert "maker" in book.all("wer hat dich geschrieben?")
    assert not TALK.keys() & book.all("wer hat uns geschrieben?")
    assert "invite" in book.all("can I add you to a group?")
    assert not TALK.keys() & book.all("can I add them to a group?")


def test_what_answers_or_deletes_is_said_in_so_many_words(book: UtteranceBook) -> None:
    assert book.all("ja, das ist richtig") == ("yes",)
    assert book.all("ist das richtig, ja?") == ("certain",)
    assert "reset" in book.all("alles löschen")
    assert not {"reset", "forget"} & set(book.all("kann ich alles löschen?"))
    assert "reset" not in book.all("neue Frage")
    assert set(book.all("sicher?")) == {"yes", "certain"}
    assert book.all("sicher") == ("yes",)


def test_a_bare_why_may_ask_for_either_reason(book: UtteranceBook) -> None:
    assert set(book.all("warum?")) == set(book.all("why?")) == {"why", "reasons"}
    assert book.all("warum nicht?") == ("reasons",)
    assert book.all("warum fragst du das?") == ("why",)


def test_going_on_is_no_praise(book: UtteranceBook) -> None:
    assert book.all("weiter") == ("continue",)
    assert book.all("doch nicht, weiter") == ("continue",)
    assert book.all("weiter so") == ("praise",)


def test_of_several_in_a_row_the_last_counts(book: UtteranceBook) -> None:
    assert book.all("ok, danke. Und wo steht das im Gesetz?") == ("citing",)
    assert book.all("ok, und darf ich Kunden anschreiben?") == ()
    assert book.all("ok, " * 30) == ()


def test_plain_words_are_no_other_language(book: UtteranceBook) -> None:
    assert "simpler" in book.all("in plain English please")
    assert book.all("in English please") == ("english",)
    assert "simpler" in book.all("auf gut Deutsch")
    assert book.all("auf Deutsch bitte") == ("german",)


def test_help_is_a_word_of_both_languages(book: UtteranceBook) -> None:
    assert book.all("help") == ("abilities",)
    assert book.language("help") is None
    assert book.language("hilfe") == "de"
    assert book.language("who wrote this?") == "en"


def test_a_line_that_is_no_template_stands_for_itself(small: Knowledge) -> None:
    said = Phrases(de=("ahoi (landratte", "ahoi (matrose|kapitän)"), en=("ahoy",))
    asides = {**small.asides, "sailor": Aside("sailor", said, Bilingual("Ahoi!", "Ahoy!"))}
    book = UtteranceBook(replace(small, asides=asides))
    assert book.all("Ahoi, Landratte!") == book.all("ahoi kapitän") == ("sailor",)


def test_a_long_message_is_none(book: UtteranceBook) -> None:
    assert book.all("und wo steht das " * 200) == ()
    assert book.language("noch mal " * 400) is None
