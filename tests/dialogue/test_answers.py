"""Answers: every sentence with its source, old sources with their notes, and a code that fits under every button."""

from datetime import date
from itertools import product

import pytest

from bot.dialogue import codes, events
from bot.dialogue.acts import ShowPage, Tell
from bot.dialogue.answering import Answer
from bot.dialogue.citing import format_day, format_partial_date
from bot.dialogue.diagram import decision_tree, machine
from bot.dialogue.respond import respond
from bot.knowledge.model import UNKNOWN, Entry, Knowledge, Reference
from bot.messages import CHOICE_CODE_BYTES, LANGUAGES, Block, Language, Reply
from tests.dialogue.conftest import TODAY, Talk


def block(reply: Reply, kind: str) -> Block:
    return next(each for each in reply.blocks if each.kind == kind)


def test_the_verdict_and_each_reason_carry_their_sources(talk: Talk) -> None:
    first, details = talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "no"})).replies
    assert block(first, "verdict").lines[0].text == "Nein, Erwachsene zahlen fünf Euro."
    assert block(first, "verdict").lines[0].marks == (1,)
    assert block(first, "reasons").lines[0].marks == (2, 1)
    assert {(each.number, each.claim) for each in details.citations} == {(1, "price-adult"), (2, "f1")}


def test_an_outdated_source_brings_its_note_and_the_newer_source(talk: Talk) -> None:
    _, details = talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "no"})).replies
    changed = next(each for each in details.blocks if "anders zu lesen" in each.title)
    assert changed.lines[0].text == "Faltblatt: „Eintritt: drei Mark“. Das ist überholt: Heute kostet er fünf Euro."
    assert changed.lines[0].marks == (2, 1)


def test_sources_have_links_and_dates_and_the_hint_its_day(talk: Talk) -> None:
    _, details = talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "no"})).replies
    shown = {each.number: (each.label, each.date, each.url) for each in details.citations}
    assert shown[1] == ("Badeordnung", "Mai 2024", "https://pool.example/rules")
    assert shown[2] == ("Faltblatt", "ohne Datum, geprüft am 15.01.2026", "http://pool.example/flyer")
    assert "allgemeine Information" in block(details, "hint").lines[0].text
    assert "15.01.2026" in block(details, "hint").lines[0].text


def test_a_verdict_that_the_conclusion_does_not_begin_with_is_put_before_it(talk: Talk) -> None:
    first, _ = talk(events.Matched("pool-hours")).replies
    assert block(first, "verdict").lines[0].text == "Gut zu wissen: Geöffnet ist von neun bis zwanzig Uhr."


def test_an_overdue_review_is_told_to_the_reader(small: Knowledge) -> None:
    replies = respond("de", [Tell("pool-dogs", {})], small, date(2027, 6, 1))
    assert "sollte bis 15.01.2027 überprüft werden" in block(replies[-1], "hint").lines[1].text


def test_the_passage_of_a_source_is_shown_on_request(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "no"}))
    event, _ = codes.read(talk.code("Zitat: Faltblatt, Absatz 1"), talk.knowledge)
    talk(event)
    assert block(talk.replies[0], "quote").lines[0].text == "„Eintritt: drei Mark …“"
    assert "Heute dazu: Heute kostet er fünf Euro." in talk.text


def test_the_page_of_sources_lists_every_one(small: Knowledge) -> None:
    (reply,) = respond("en", [ShowPage("sources")], small, TODAY)
    assert [each.source for each in reply.citations] == ["old-flyer", "pool-rules"]


def entries_with_facts(knowledge: Knowledge, entry: Entry) -> list[dict[str, str]]:
    values = [[*knowledge.facts[name].options, UNKNOWN] for name in entry.facts]
    return [dict(zip(entry.facts, each, strict=True)) for each in product(*values)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_the_real_knowledge_can_be_told(language: Language, real: Knowledge) -> None:
    for entry in real.entries.values():
        for known in entries_with_facts(real, entry):
            for reply in Answer(real, language, entry, known).replies(TODAY):
                marks = {mark for each in reply.blocks for line in each.lines for mark in line.marks}
                assert marks <= {citation.number for citation in reply.citations}
                assert all(len(choice.code.encode()) <= CHOICE_CODE_BYTES for choice in reply.choices)
                assert all(choice.label.strip() for choice in reply.choices)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_message_stays_short(language: Language, real: Knowledge) -> None:
    for entry in real.entries.values():
        for known in entries_with_facts(real, entry):
            answer = Answer(real, language, entry, known)
            if answer.outcome is not None:
                first = answer.replies(TODAY)[0]
                length = sum(len(line.text) + 4 * len(line.marks) + 1 for each in first.blocks for line in each.lines)
                assert length <= 950, (entry.id, known)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_option_of_the_real_knowledge_has_a_button_that_leads_back_to_it(
    language: Language, real: Knowledge
) -> None:
    for entry in real.entries.values():
        for fact in entry.facts:
            for option in (*real.facts[fact].options, UNKNOWN):
                code = codes.answer(language, entry.id, fact, option)
                assert len(code.encode()) <= CHOICE_CODE_BYTES
                assert codes.read(code, real) == (events.Answered(fact, option, entry.id), language)


@pytest.mark.parametrize(
    "code",
    [
        "",
        ":",
        "a",
        "a:de",
        "a:xx:pool-price:visitor:child",
        "a:de:pool-price:visitor",
        "a:de:nowhere:visitor:child",
        "a:de:pool-dogs:visitor:child",
        "e:de:nowhere",
        "q:de:old-flyer:f9",
        "w:de:towel",
        "z:de",
        "e:de:pool-price:and:more",
        "\u202e\u0000💥",
        "a:" * 40,
    ],
)
def test_a_forged_code_leads_nowhere_and_is_no_error(code: str, small: Knowledge) -> None:
    event, _ = codes.read(code, small)
    assert event == events.Outdated()


def test_an_option_that_no_longer_exists_asks_its_question_anew(talk: Talk) -> None:
    event, _ = codes.read("a:de:pool-price:visitor:giant", talk.knowledge)
    talk(event)
    assert talk.session.pending == "visitor"
    assert talk.labels[:2] == ["Erwachsene", "Kind"]


def test_a_quote_button_names_the_claim(small: Knowledge) -> None:
    code = codes.quote("en", Reference("old-flyer", "f1"))
    assert codes.read(code, small) == (events.QuoteAsked(Reference("old-flyer", "f1")), "en")


@pytest.mark.parametrize(
    ("published", "german", "english"),
    [("2020", "2020", "2020"), ("2020-05", "Mai 2020", "May 2020"), ("2020-05-04", "4. Mai 2020", "4 May 2020")],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(published: str, german: str, english: str, small: Knowledge) -> None:
    assert format_partial_date(published, small.texts.de["months"], "de") == german
    assert format_partial_date(published, small.texts.en["months"], "en") == english


def test_a_day_cannot_be_confused_with_a_month() -> None:
    assert format_day(date(2026, 3, 4), "de") == "04.03.2026"
    assert format_day(date(2026, 3, 4), "en") == "2026-03-04"


def test_the_picture_of_the_machine_shows_its_rows() -> None:
    picture = machine()
    assert picture.startswith("flowchart LR\n")
    assert "asking -- Matched --> digress([digress])" in picture


def test_the_picture_of_an_entry_shows_its_questions_and_ends(small: Knowledge) -> None:
    picture = decision_tree(small.entries["pool-price"], small)
    assert 'start --> visitor{"Wer möchte baden?"}' in picture
    assert '-- "Kind" --> child_outcome["yes: Ja, für Kinder ist der Eintritt frei."]' in picture
    assert picture.count("_outcome[") == 3


def test_no_picture_of_the_real_knowledge_names_a_node_by_a_word_of_mermaids(real: Knowledge) -> None:
    for entry in real.entries.values():
        picture = decision_tree(entry, real)
        assert "outcome[" in picture
        assert "end[" not in picture
