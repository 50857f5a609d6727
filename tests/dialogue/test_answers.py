"""Answers: one message, every sentence with its source, and a code that fits under every button."""

from dataclasses import replace
from datetime import date
from itertools import product

import pytest

from bot.dialogue import codes, events
from bot.dialogue.acts import ShowPage, Tell
from bot.dialogue.answering import MOST_TURNS, Answer
from bot.dialogue.citing import format_day, format_partial_date
from bot.dialogue.diagram import decision_tree, machine
from bot.dialogue.respond import respond
from bot.knowledge.model import UNKNOWN, Entry, Knowledge, Reference
from bot.messages import CHOICE_CODE_BYTES, LANGUAGES, Block, ChoiceGroup, Language, Reply
from tests.dialogue.conftest import TODAY, Talk

PAYING = {"visitor": "adult", "ticket": "no"}


def block(reply: Reply, kind: str) -> Block:
    return next(each for each in reply.blocks if each.kind == kind)


def test_an_answer_is_one_message_in_the_order_in_which_it_is_read(talk: Talk) -> None:
    (reply,) = talk(events.Matched("pool-price", PAYING)).replies
    kinds = [each.kind for each in reply.blocks]
    assert kinds == ["text", "assumed", "verdict", "reasons", "steps", "disputed", "hint", "sources"]


def test_the_verdict_and_each_reason_carry_their_sources(talk: Talk) -> None:
    (reply,) = talk(events.Matched("pool-price", PAYING)).replies
    assert block(reply, "verdict").lines[0].text == "Nein, Erwachsene zahlen fünf Euro."
    assert block(reply, "verdict").lines[0].marks == (1,)
    assert block(reply, "reasons").lines[0].marks == (1,)
    assert {(each.number, each.claim) for each in reply.citations} == {(1, "price-adult"), (1, "hours")}


def test_a_law_is_cited_by_its_provision_and_comes_before_who_else_speaks(talk: Talk) -> None:
    (reply,) = talk(events.Matched("pool-dogs")).replies
    shown = [(each.number, each.group, each.label, each.url) for each in reply.citations]
    assert shown == [
        (2, "Gesetz", "§ 3 Abs. 1 Nr. 2 BadG", "https://law.example/badg/__3.html"),
        (1, "Behörde", "Badeordnung, Nr. 4", "https://pool.example/rules"),
    ]
    (english,) = respond("en", [Tell("pool-dogs", {})], talk.knowledge, TODAY)
    assert english.citations[0].label == "Section 3(1) no. 2 Pool Act"


def test_sources_say_where_in_them_and_when_and_the_hint_its_day(talk: Talk) -> None:
    (reply,) = talk(events.Matched("pool-price", PAYING)).replies
    shown = {(each.label, each.date, each.url) for each in reply.citations}
    assert shown == {("Badeordnung, Nr. 1; Nr. 5", "Mai 2024", "https://pool.example/rules")}
    assert block(reply, "hint").lines[0].text == "Stand 15.01.2026 · allgemeine Information."


def test_an_answer_that_only_informs_begins_with_what_it_says(talk: Talk) -> None:
    (reply,) = talk(events.Matched("pool-hours")).replies
    assert block(reply, "verdict").lines[0].text == "Geöffnet ist von neun bis zwanzig Uhr."


def test_an_overdue_review_is_told_to_the_reader(small: Knowledge) -> None:
    replies = respond("de", [Tell("pool-dogs", {})], small, date(2027, 6, 1))
    assert "sollte bis 15.01.2027 überprüft werden" in block(replies[-1], "hint").lines[1].text


def of_group(talk: Talk, group: ChoiceGroup) -> list[str]:
    return [each.label for reply in talk.replies for each in reply.choices if each.group == group]


def test_neighbours_are_offered_by_their_labels(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "child"}))
    assert of_group(talk, "neighbours") == ["Hunde"]


def test_neighbours_make_room_for_what_would_change_the_answer(talk: Talk) -> None:
    talk(events.Matched("pool-price", PAYING))
    assert of_group(talk, "turns") == ["Kind → Ja", "mit Saisonkarte → Ja"]
    assert of_group(talk, "neighbours") == []


def test_of_each_fact_one_change_is_offered_before_a_second(grown_talk: Talk) -> None:
    grown_talk(events.Matched("pool-dive", {"skill": "some", "depth": "deep", "visitor": "adult"}))
    shown = of_group(grown_talk, "turns")
    assert len(shown) == MOST_TURNS
    assert any(label.startswith("Flaches Becken") for label in shown)


def test_what_is_not_known_is_answered_by_the_strictest_case_first(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "unknown"}))
    verdict = block(talk.replies[0], "verdict").lines[0].text
    assert verdict == "Solange das offen ist, gilt vorsichtshalber: Nein, Erwachsene zahlen fünf Euro."
    assert [line.text for line in block(talk.replies[0], "list").lines] == [
        "mit Saisonkarte: Ja, mit der Saisonkarte ist alles bezahlt.",
        "ohne Saisonkarte: Nein, Erwachsene zahlen fünf Euro.",
    ]


def test_who_asks_must_be_known_before_anything_holds(talk: Talk) -> None:
    talk(events.Matched("pool-price", {"visitor": "unknown", "ticket": "unknown"}))
    verdict = block(talk.replies[0], "verdict").lines[0].text
    assert verdict == "Das hängt von einer Angabe ab: Wer möchte baden?"


def supposing(knowledge: Knowledge, **supposed: str) -> Knowledge:
    """The knowledge, with what the entry on the price supposes of facts that somebody does not know."""
    entry = replace(knowledge.entries["pool-price"], if_unknown=supposed)
    return replace(knowledge, entries={**knowledge.entries, entry.id: entry})


def test_what_is_supposed_of_a_fact_gives_a_whole_answer_to_who_does_not_know_it(small: Knowledge) -> None:
    talk = Talk(supposing(small, ticket="no"))
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "unknown"}))
    (reply,) = talk.replies
    assumed = [line.text for each in reply.blocks if each.kind == "assumed" for line in each.lines]
    assert assumed == ["Ich gehe davon aus: Erwachsene", "Nicht bekannt: Haben Sie eine Saisonkarte?"]
    verdict = block(reply, "verdict").lines[0].text
    assert verdict == "Solange das offen ist, gilt vorsichtshalber: Nein, Erwachsene zahlen fünf Euro."
    assert block(reply, "steps").lines[0].text == "Bringen Sie Kleingeld mit."
    assert "Ändern" in talk.labels


def test_what_would_not_matter_then_is_not_asked(small: Knowledge) -> None:
    talk = Talk(supposing(small, visitor="child"))
    talk(events.Matched("pool-price", {"visitor": "unknown"}))
    assert talk.session.pending is None
    verdict = block(talk.replies[0], "verdict").lines[0].text
    assert verdict == "Solange das offen ist, gilt vorsichtshalber: Ja, für Kinder ist der Eintritt frei."


def test_what_is_known_is_not_supposed_to_be_otherwise(small: Knowledge) -> None:
    talk = Talk(supposing(small, ticket="no"))
    talk(events.Matched("pool-price", {"visitor": "adult", "ticket": "yes"}))
    assert block(talk.replies[0], "verdict").lines[0].text == "Ja, mit der Saisonkarte ist alles bezahlt."


def test_the_passage_of_a_source_is_shown_to_a_button_of_long_ago(talk: Talk) -> None:
    event, _ = codes.read("q:de:old-flyer:f1", talk.knowledge)
    talk(event)
    assert block(talk.replies[0], "quote").lines[0].text == "„Eintritt: drei Mark …“"
    assert "Heute kostet er fünf Euro." in talk.text


def test_the_page_of_sources_lists_every_one(small: Knowledge) -> None:
    (reply,) = respond("en", [ShowPage("sources")], small, TODAY)
    assert [each.source for each in reply.citations] == ["pool-law", "pool-rules", "old-flyer"]


def entries_with_facts(knowledge: Knowledge, entry: Entry) -> list[dict[str, str]]:
    values = [[*knowledge.facts[name].options, UNKNOWN] for name in entry.facts]
    return [dict(zip(entry.facts, each, strict=True)) for each in product(*values)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_of_the_real_knowledge_can_be_told(language: Language, real: Knowledge) -> None:
    for entry in real.entries.values():
        for known in entries_with_facts(real, entry):
            reply = Answer(real, language, entry, known).reply(TODAY)
            marks = {mark for each in reply.blocks for line in each.lines for mark in line.marks}
            assert marks <= {citation.number for citation in reply.citations}
            assert all(len(choice.code.encode()) <= CHOICE_CODE_BYTES for choice in reply.choices)
            assert all(choice.label.strip() for choice in reply.choices)


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
    code = "q:en:old-flyer:f1"
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
