"""`ask` and `chat --json` for programs: the shape of a turn, exit codes, and how to go on."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from bot.messages import LANGUAGES
from tests.cli.test_commands import Run, fault, process, run

__all__ = ["process", "run"]

PRICE = "Was kostet der Eintritt ins Freibad?"
#: May mean several entries.
UNCLEAR = "Preise und Öffnungszeiten"
KEYS = [
    "question",
    "language",
    "decision",
    "entry",
    "facts",
    "state",
    "ask",
    "choices",
    "verdict",
    "short",
    "text",
    "steps",
    "citations",
]


def asked(run: Run, *arguments: str) -> tuple[int, dict[str, Any]]:
    code, out, _ = run("ask", "--json", *arguments)
    return code, json.loads(out)


def talked(run: Run, *lines: str, **environment: str) -> list[dict[str, Any]]:
    code, out, err = run("chat", "--json", typed="".join(f"{line}\n" for line in lines), **environment)
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_an_answer_has_its_first_sentence_steps_and_kinds_of_sources(run: Run) -> None:
    code, told = asked(run, PRICE, "--fact", "visitor=adult", "--fact", "ticket=no")
    assert (code, told["state"], list(told)) == (0, "answered", KEYS)
    assert told["short"] == "Nein, Erwachsene zahlen fünf Euro."
    assert told["steps"] == ["Bringen Sie Kleingeld mit."]
    assert {(each["source"], each["kind"]) for each in told["citations"]} == {("pool-rules", "authority")}


def test_a_text_for_programs_is_not_wrapped(run: Run) -> None:
    _, page = asked(run, "hilfe")
    assert max(map(len, page["text"].splitlines())) > 96
    _, told = asked(run, PRICE, "--fact", "visitor=adult", "--fact", "ticket=no")
    lines = told["text"].splitlines()
    assert f"{told['short']} [1]" in lines
    assert [f"1. {each}" for each in told["steps"]] == [line for line in lines if line.endswith("Kleingeld mit.")]


@pytest.mark.parametrize(
    ("question", "code", "state"),
    [
        ("Hunde im Freibad", 0, "answered"),
        (PRICE, 4, "asking"),
        (UNCLEAR, 4, "choosing"),
        ("Wie backe ich Kuchen?", 3, "declined"),
        ("?!", 3, "declined"),
        ("-1", 3, "declined"),
        ("", 3, "declined"),
        ("danke", 0, "told"),
        ("hilfe", 0, "told"),
        ("english", 0, "told"),
    ],
)
def test_how_it_ended_is_told_by_state_and_exit_code(question: str, code: int, state: str, run: Run) -> None:
    ended, told = asked(run, "--", question)
    assert (ended, told["state"], list(told)) == (code, state, KEYS)
    assert (told["ask"] is not None) == (state == "asking")
    assert bool(told["choices"]) == (state == "choosing")
    assert (told["short"] is not None) == (told["verdict"] is not None) == (state == "answered")
    assert run("ask", "--", question)[0] == code


def commands(out: str) -> list[list[str]]:
    """The commands that the output names, as a shell reads them."""
    return [shlex.split(line) for line in out.splitlines() if line.strip().startswith("datenschutz-bot ask ")]


def test_what_to_type_next_leads_to_the_answer(run: Run) -> None:
    arguments = ["ask", 'Was kostet\'s "im" $Freibad & `Eintritt`?']
    _, out, _ = run(*arguments)
    assert [command[-1] for command in commands(out)] == ["visitor=adult", "visitor=child", "visitor=unknown"]
    for _ in range(3):
        code, out, _ = run(*arguments)
        if code == 0:
            break
        assert code == 4
        arguments = commands(out)[0][1:]
    assert "[1]" in out
    assert arguments[-4:] == ["--fact", "visitor=adult", "--fact", "ticket=yes"]


def test_what_to_type_next_keeps_the_other_options(run: Run, small_folder: Path) -> None:
    _, out, _ = run("ask", "--", "-- Freibad Eintritt Preis?", BOT_KNOWLEDGE="")
    _, out, _ = run("ask", "--knowledge", str(small_folder), "--language", "de", "--", "--Eintritt-Freibad kosten")
    first = commands(out)[0]
    assert first[2:] == [
        *("--fact", "visitor=adult", "--knowledge", str(small_folder), "--language", "de"),
        *("--", "--Eintritt-Freibad kosten"),
    ]
    assert run(*first[1:])[0] in (0, 4)


def test_one_of_several_entries_is_chosen_by_its_name(run: Run) -> None:
    code, out, _ = run("ask", UNCLEAR)
    assert code == 4
    for command in commands(out):
        assert command[:4] == ["datenschutz-bot", "ask", UNCLEAR, "--entry"]
        _, told = asked(run, *command[2:])
        assert told["entry"] == command[4]
    assert 'did you mean "pool-dogs"' in fault(run("ask", UNCLEAR, "--entry", "pool-dog"))


def test_a_question_needs_no_quotation_marks(run: Run) -> None:
    code, told = asked(run, "darf", "mein", "Hund", "ins", "Freibad", "--language", "de")
    assert (code, told["question"], told["entry"]) == (0, "darf mein Hund ins Freibad", "pool-dogs")


def test_a_fact_that_is_given_twice_is_refused(run: Run) -> None:
    twice = ("ask", PRICE, "--fact", "visitor=adult", "--fact", "visitor=child")
    assert "--fact visitor=child: visitor is adult already" in fault(run(*twice))
    assert "--fact visitor=child: visitor ist schon adult" in fault(run(*twice, "--language", "de"))


def test_nothing_is_offered_that_a_single_question_cannot_do(run: Run) -> None:
    _, out, _ = run("ask", "Wie backe ich Kuchen?")
    assert "Redaktion" not in out
    assert "spenden" not in out


def test_match_tells_what_the_chat_would_offer(run: Run) -> None:
    _, out, _ = run("match", typed=f"{UNCLEAR}\n{PRICE}\nWie backe ich Kuchen?\n")
    ambiguous, matched, unmatched = (json.loads(line) for line in out.splitlines())
    offered = [each["entry"] for each in asked(run, UNCLEAR)[1]["choices"]]
    assert len(offered) > 1
    assert (ambiguous["decision"], ambiguous["offered"]) == ("ambiguous", offered)
    assert (matched["offered"], unmatched["offered"]) == ([], [])


def test_a_dialogue_is_one_object_a_line_and_keeps_its_state(run: Run) -> None:
    first, second, third = talked(run, PRICE, "Kind", "Hunde im Freibad")
    assert list(first) == KEYS
    assert (first["state"], first["ask"]["fact"]) == ("asking", "visitor")
    assert (second["question"], second["state"], second["facts"]) == ("Kind", "answered", {"visitor": "child"})
    assert second["short"] == "Ja, für Kinder ist der Eintritt frei."
    assert (third["state"], third["entry"]) == ("answered", "pool-dogs")


def test_small_talk_in_between_tells_and_leaves_the_question_open(run: Run) -> None:
    _, told, answered = talked(run, PRICE, "danke", "2")
    assert (told["state"], told["decision"], told["ask"]["fact"]) == ("told", "unmatched", "visitor")
    assert (answered["state"], answered["facts"]) == ("answered", {"visitor": "child"})


def test_another_question_in_between_is_an_answer_and_the_first_stays_open(run: Run) -> None:
    _, told = talked(run, PRICE, "Darf mein Hund mit ins Freibad?")
    assert (told["state"], told["entry"], told["ask"]["fact"]) == ("answered", "pool-dogs", "visitor")
    assert told["citations"]


def test_every_line_gets_its_object(run: Run) -> None:
    lines = ["", "   ", "\x1b[A", "-1", "/quellen", "/nonsense", "\x00\x07", "x" * 20_000, "Hunde im Freibad"]
    told = talked(run, *lines)
    assert [each["question"] for each in told] == lines
    assert [each["state"] for each in told][:5] == ["declined", "declined", "declined", "declined", "told"]
    assert told[-1]["state"] == "answered"


def test_a_dialogue_goes_on_where_a_store_is_named(run: Run, tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/s.sqlite3"
    run("chat", "--json", typed=f"{PRICE}\n", BOT_STORE=store)
    (told,) = talked(run, "Kind", BOT_STORE=store)
    assert told["state"] == "answered"


def test_a_dialogue_begins_in_the_language_it_is_told(run: Run) -> None:
    assert json.loads(run("chat", "--json", "--language", "en", typed="/hilfe\n")[1])["language"] == "en"
    assert talked(run, "/help")[0]["language"] == "de"
    assert talked(run, "/hilfe", BOT_LANGUAGE="en")[0]["language"] == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_and_facts_are_listed(language: str, run: Run) -> None:
    code, out, _ = run("entries", "--json", "--language", language)
    assert code == 0
    listed = {each["entry"]: each for each in json.loads(out)}
    assert listed["pool-price"] == {
        "entry": "pool-price",
        "title": {"de": "Eintritt ins Freibad", "en": "Entry to the pool"}[language],
        "topic": "pool",
        "facts": ["visitor", "ticket"],
    }
    shown = run("entries", "--language", language)[1]
    assert all(each in shown for name in listed for each in (name, listed[name]["title"], listed[name]["topic"]))
    facts = json.loads(run("facts", "--json", "--language", language)[1])
    assert [each["fact"] for each in facts] == ["ticket", "visitor"]
    _, asking = asked(run, {"de": PRICE, "en": "pool price"}[language])
    assert asking["ask"] == facts[1]
    shown = run("facts", "--language", language)[1]
    for fact in facts:
        assert f"{fact['fact']}: {fact['text']}" in shown
        assert all(f"{fact['fact']}={option['value']} " in shown for option in fact["options"])
