"""`cites`: what rests on a source or a claim, for people and for programs."""

import json

import pytest

from bot.cli import main


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
