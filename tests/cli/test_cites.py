"""`cites`: what rests on a source or a claim, for people and for programs."""

import json
from pathlib import Path

import pytest

from bot.cli import main
from tests.knowledge.guided import write_guidance


@pytest.fixture(autouse=True)
def _small(small_folder: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_KNOWLEDGE", str(small_folder))


def test_each_sentence_is_listed_with_its_case_and_its_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("cites", "pool-rules#hours", "--language", "de")) == 0
    hours, sentence, price, reason = capsys.readouterr().out.splitlines()
    assert hours == "pool-hours (in jedem Fall)"
    assert sentence.startswith("  short: Geöffnet ist von neun bis zwanzig Uhr. [pool-rules#hours] ")
    assert price == "pool-price (Erwachsene · ohne Saisonkarte)"
    assert reason.startswith("  why: Das gilt an jedem Tag bis zwanzig Uhr. [pool-rules#hours] ")
    assert reason.rpartition(":")[0].endswith("entries/pool/pool-price.yaml")


def test_a_source_stands_for_all_its_claims_also_those_that_are_only_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("cites", "old-flyer", "--json", "--language", "en")) == 0
    (use,) = json.loads(capsys.readouterr().out)
    assert (use["entry"], use["layer"], use["claim"]) == ("pool-price", "source_says", "old-flyer#f1")
    assert use["when"] == {"visitor": ["adult"], "ticket": ["no"]}
    assert use["sentence"] == "Entry costs three marks."


@pytest.mark.parametrize(
    ("name", "meant"), [("pool-law#par-3-1", "pool-law#par-3-1-2"), ("old-flier", "old-flyer"), ("", ""), ("#", "")]
)
def test_what_there_is_not_is_told_with_the_nearest(name: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(("cites", name, "--language", "en")) == 2
    told = capsys.readouterr().err
    assert "there is no such source or claim" in told
    assert (f'did you mean "{meant}"?' in told) == bool(meant)


def test_what_is_told_beside_the_answers_is_listed_after_them(
    small_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_guidance(small_folder)
    assert main(("cites", "pool-rules", "--language", "de")) == 0
    lines = capsys.readouterr().out.splitlines()
    term, meaning, country, reply, emergency, line = lines[-6:]
    assert (term, country, emergency) == ("season-ticket (Begriff)", "austria (Land)", "accident (Notfall)")
    assert meaning.startswith("  means: Mit einer Saisonkarte ist der Eintritt bezahlt. [pool-rules#season] ")
    assert meaning.endswith("terms.yaml:7")
    assert reply.startswith("  reply: Auch dort zahlen Kinder nichts. [pool-rules#price-child] ")
    assert line.startswith("  lines: Melden Sie es bis zwanzig Uhr. [pool-rules#hours] ")
    assert lines[0].startswith("pool-dogs ")


def test_a_program_is_told_what_kind_it_is(small_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_guidance(small_folder)
    assert main(("cites", "pool-rules#season", "--json")) == 0
    entry, term = json.loads(capsys.readouterr().out)
    assert (entry["kind"], entry["id"], entry["entry"]) == ("entry", "pool-price", "pool-price")
    assert (term["kind"], term["id"], term["entry"], term["when"]) == ("term", "season-ticket", None, {})


def test_the_plain_answer_rests_on_what_the_short_one_rests_on(
    small_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = small_folder / "entries/pool/pool-dogs.yaml"
    plain = 'verdict: "no"\n    plain: {de: "Nein, nie.", en: "No, never."}'
    path.write_text(path.read_text(encoding="utf-8").replace('verdict: "no"', plain), encoding="utf-8")
    assert main(("cites", "pool-rules#dogs", "--json", "--language", "en")) == 0
    assert [(use["layer"], use["sentence"]) for use in json.loads(capsys.readouterr().out)] == [
        ("short", "No, dogs stay outside."),
        ("plain", "No, never."),
    ]
