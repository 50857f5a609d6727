"""Matching and deciding: on a small knowledge, on the real one, and on anything at all."""

import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.knowledge.model import Knowledge
from bot.matching.judging.evaluation import Question, counts, evaluate
from bot.matching.matcher import Matcher
from bot.messages import LANGUAGES


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("wie teuer ist das schwimmbad?", "pool-price"),
        ("is a dog allowed in the pool?", "pool-dogs"),
        ("wann hat das becken geöfnet", "pool-hours"),
        ("hunde im freibadd", "pool-dogs"),
    ],
)
def test_a_small_knowledge_of_anything_matches(question: str, entry: str, small_matcher: Matcher) -> None:
    decision = small_matcher.decide(question)
    assert decision.candidates[0].entry == entry
    assert decision.kind != "unmatched"


@pytest.mark.parametrize("question", ["Wie backe ich Kuchen?", "Who is the president?", "", "???", "12 34"])
def test_what_a_small_knowledge_does_not_hold_is_declined(question: str, small_matcher: Matcher) -> None:
    assert small_matcher.decide(question).kind == "unmatched"


def test_candidates_come_best_first_with_probabilities(small_matcher: Matcher) -> None:
    scores = [candidate.score for candidate in small_matcher.decide("Freibad").candidates]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


@pytest.mark.parametrize(
    ("question", "entry"),
    [
        ("Darf ich Angebote über WhatsApp verschicken?", "whatsapp-advertising"),
        ("darf ich als hofladen angebote per whatsap rausschicken??", "whatsapp-advertising"),
        ("may I advertise offers via WhatsApp?", "whatsapp-advertising"),
        ("Darf ich meine Produkte per WhatsApp bewerben?", "whatsapp-advertising"),
        ("Darf sich ein Erntehelfer per WhatsApp bewerben?", "whatsapp-recruiting"),
        ("dürfen wir als gemeinde whatsapp für bürgeranfragen nutzen", "whatsapp-authorities"),
        ("Whatsappgruppe mit Kunden", "whatsapp-customer-group"),
        ("verschluesselung whatsapp mitlesen", "whatsapp-encryption"),
        ("What did Kelber write to the authorities in 2020?", "kelber-letter"),
        ("kunde hat STOP geschrieben", "whatsapp-opt-out"),
    ],
)
def test_questions_reach_their_entry(question: str, entry: str, real_matcher: Matcher) -> None:
    decision = real_matcher.decide(question)
    assert (decision.kind, decision.entry) == ("matched", entry)


def test_the_farm_shops_story_reaches_advertising(real_matcher: Matcher) -> None:
    story = (
        "Wir informieren unsere Kunden regelmäßig via WhatsApp über Schlacht- und Abholtermine in unserem Hofladen. "
        "Nun möchten wir auf diese Weise auch auf neue Produkte oder aktuelle Angebote hinweisen. "
        "Ist das datenschutzrechtlich möglich?"
    )
    assert real_matcher.decide(story).entry == "whatsapp-advertising"
    assert real_matcher.facts.told(story)["sender"] == "business"


def test_held_out_questions_of_the_knowledge_are_answered_or_offered(real: Knowledge, real_matcher: Matcher) -> None:
    questions = [
        Question(checks.entry, text, language, (checks.entry,))
        for checks in real.checks.entries
        for language in LANGUAGES
        for text in checks.questions[language]
    ]
    found = counts(evaluate(real_matcher, questions, real.entries))["in scope"]
    assert found["right"] + found["offered"] >= 0.92 * len(questions)
    assert found["wrong"] <= 0.04 * len(questions)


def test_evaluation_tells_endings_and_groups(small: Knowledge, small_matcher: Matcher) -> None:
    questions = [
        Question("1", "Was kostet der Eintritt ins Freibad?", "de", ("pool-price",)),
        Question("2", "Was kostet der Eintritt ins Freibad?", "de", ("pool-dogs",)),
        Question("3", "Was kostet der Eintritt ins Freibad?", "de", ("pool-sauna",)),
        Question("4", "Wie backe ich Kuchen?", "de"),
    ]
    results = evaluate(small_matcher, questions, small.entries)
    assert [(each.group, each.ending) for each in results] == [
        ("in scope", "right"),
        ("in scope", "wrong"),
        ("not covered", "false"),
        ("out of scope", "declined"),
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300))
def test_any_text_gets_a_decision(text: str, small_matcher: Matcher) -> None:
    decision = small_matcher.decide(text)
    assert len(decision.candidates) == 3
    small_matcher.facts.told(text)
    small_matcher.languages.continue_in(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "WhatsApp? " * 500,
        "\u200b" * 100,
        "🎉" * 50,
        "שלום",
        "'; DROP TABLE x;--",
        "\x00\x01",
        "e\u0301" * 99,
    ],
)
def test_odd_texts_get_a_decision(text: str, real_matcher: Matcher) -> None:
    assert real_matcher.decide(text).candidates


def test_the_same_question_gets_the_same_answer_in_another_process(small_folder: object) -> None:
    command = [sys.executable, "-m", "bot", "match", "--knowledge", str(small_folder)]
    runs = [
        subprocess.run(
            command, input="hund im bad\n", capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        )
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout
    assert json.loads(runs[0].stdout)["candidates"][0]["entry"] == "pool-dogs"
