"""What may be but a part of a question, and what goes on with it."""

from datetime import UTC, datetime

import pytest

from bot.dialogue.events import (
    Ambiguous,
    AnswerAsked,
    Answered,
    AsideMade,
    Event,
    Excluded,
    Matched,
    Revised,
    Unmatched,
)
from bot.dialogue.session import Session, State, Suspended
from bot.knowledge.model import Knowledge
from bot.messages import Language, Said
from bot.understanding import Understanding
from bot.understanding.fragments import MOST_WORDS, Fragments

NEW = Session("de")
ENTRY = "whatsapp-advertising"
SESSIONS = {
    "new": NEW,
    "answered": Session("de", State.ANSWERED, entry=ENTRY, told=Suspended(ENTRY, {"sender": "business"})),
    "choosing": Session("de", State.CHOOSING, candidates=(ENTRY, "whatsapp-consent")),
    "asking": Session("de", State.ASKING, entry=ENTRY, pending="consent", facts={"sender": "business"}),
}


class Reader:
    def __init__(self, knowledge: Knowledge, understanding: Understanding) -> None:
        self.fragments = Fragments(knowledge.lexicon)
        self._understanding = understanding

    def event(self, session: Session, text: str) -> Event:
        return self._understanding.of(session, Said(text), datetime(2026, 11, 23, tzinfo=UTC)).event

    def is_part(self, *texts: str, session: Session = NEW) -> bool:
        return self.fragments.is_part(session, texts, self.event(session, "\n".join(texts)))

    def continues(self, text: str, session: Session = NEW) -> bool:
        return self.fragments.continues(session, self.event(session, text))


@pytest.fixture(scope="module")
def reader(real: Knowledge, real_understanding: Understanding) -> Reader:
    return Reader(real, real_understanding)


@pytest.mark.parametrize(
    "text",
    [
        "wir sind ein Friseursalon",
        "also wir sind ein kleiner Hofladen",
        "ich bin Lehrerin",
        "we're a charity",
        "I run a farm shop",
        "kein Betrieb",
        "also",
        "folgendes:",
        "it's like this",
        "dürfen wir",
    ],
)
def test_what_would_only_be_noted_or_would_miss_may_be_a_part(text: str, reader: Reader) -> None:
    assert reader.is_part(text)


@pytest.mark.parametrize(
    "text",
    [
        "Darf ich Angebote per WhatsApp verschicken",
        "may I send offers via WhatsApp",
        "Werbung per WhatsApp",
        "ist das was für mich?",
        "wir sind ein Friseursalon?",
        "danke",
        "hallo",
        "hilfe",
        "hi there",
        "was ist ein AV-Vertrag",
        "wir wurden gehackt",
        "???",
        "👍",
        "4711",
        "",
        "wir sind ein Hofladen und " + "sehr " * MOST_WORDS + "klein",
    ],
)
def test_what_is_complete_is_none(text: str, reader: Reader) -> None:
    assert not reader.is_part(text)


@pytest.mark.parametrize(
    ("event", "states"),
    [
        (Unmatched(), {"new", "answered", "choosing"}),
        (Revised({"sender": "club"}), {"new"}),
        (Excluded({"sender": ("business",)}), {"new"}),
        (AnswerAsked("verdict"), {"new", "choosing"}),
        (Matched(ENTRY), set()),
        (Ambiguous((ENTRY,)), set()),
        (Answered("consent", "yes"), set()),
        (AsideMade("thanks"), set()),
    ],
)
def test_it_depends_on_where_the_dialogue_stands(event: Event, states: set[str], reader: Reader) -> None:
    parts = {name for name, session in SESSIONS.items() if reader.fragments.is_part(session, ("so ist es",), event)}
    assert parts == states


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "de",
            ("wir sind ein friseursalon", "wir nutzen die business app", "und wollen an termine erinnern", "geht das?"),
        ),
        ("de", ("ich bin lehrerin", "und die eltern haben eine klassengruppe", "muss ich da rein?")),
        ("de", ("wir sind ein hofladen", "darf ich angebote per whatsapp verschicken")),
        ("en", ("we're a charity", "we'd like to add people to a group", "is that ok")),
        ("en", ("I run a farm shop", "we've got a newsletter", "may I send it via WhatsApp?")),
    ],
)
def test_lines_are_parts_until_something_is_asked(language: Language, lines: tuple[str, ...], reader: Reader) -> None:
    session = Session(language)
    assert [reader.is_part(*lines[:number], session=session) for number in range(1, len(lines) + 1)] == [
        *[True] * (len(lines) - 1),
        False,
    ]
    assert all(reader.continues(line, session) for line in lines[1:])


@pytest.mark.parametrize(
    ("text", "continues"),
    [
        ("Darf ich Angebote per WhatsApp verschicken?", True),
        ("wir sind ein Verein", True),
        ("also", True),
        ("in Österreich", True),
        ("geht das?", True),
        ("mein Handy wurde geklaut", True),
        ("danke", False),
        ("neue Frage", False),
        ("hilfe", False),
        ("vergiss alles", False),
        ("english please", False),
        ("👍", False),
    ],
)
def test_small_talk_and_commands_go_on_with_nothing(text: str, continues: bool, reader: Reader) -> None:
    assert reader.continues(text) is continues


def test_what_is_said_about_an_answer_goes_on_with_nothing(reader: Reader) -> None:
    assert not reader.continues("geht das?", SESSIONS["answered"])
