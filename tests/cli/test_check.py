"""`check`: what it says, in which language, for programs, and how it ends."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.cli.check import Wanted, check
from bot.cli.knowledge import KnowledgeFolder

TODAY = date(2026, 2, 1)
CHECKS = "checks/pool/pool-dogs.yaml"


@pytest.fixture
def folder(small_folder: Path) -> KnowledgeFolder:
    return KnowledgeFolder(small_folder, "knowledge")


def change(folder: KnowledgeFolder, name: str, old: str, new: str) -> int:
    """Change a file; the line that was changed."""
    path = folder.path / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_questions_that_end_elsewhere_are_warnings(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    line = change(folder, CHECKS, "Darf der Hund rein?", "Was kostet heute der Eintritt ins Freibad?")
    other = change(folder, CHECKS, "dogs forbidden?", "How do I bake a loaf of bread?")
    assert check(folder, Wanted(), TODAY, "de") == 0
    *every, summary = capsys.readouterr().out.splitlines()
    lines = [line for line in every if CHECKS in line]
    assert lines[0] == (
        f"knowledge/{CHECKS}:{line}: Warnung: Prüffrage „Was kostet heute der Eintritt ins Freibad?“ soll zu pool-dogs "
        "führen: beantwortet wird sie von pool-price"
    )
    assert lines[1].startswith(f"knowledge/{CHECKS}:{other}: Warnung: ")
    assert lines[1].endswith("der Bot lehnt sie ab")
    assert "; Prüffragen: " in summary
    assert summary.endswith(f" {len(every)} anders; {len(every)} Warnungen")


def test_a_question_to_be_declined_that_is_answered_is_a_warning(
    folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder, "entries/pool/pool-hours.yaml", "Freibad Uhrzeit", "Fährt der Bus noch zum Freibad?")
    change(folder, "checks/out-of-scope.yaml", "Fährt der Bus noch?", "Fährt der Bus noch hin zum Freibad?")
    assert check(folder, Wanted(), TODAY, "en") == 0
    assert 'warning: "Fährt der Bus noch hin zum Freibad?" should be declined: it is answered by pool-hours' in (
        capsys.readouterr().out
    )


def test_a_minimal_pair_that_is_misread_is_a_warning(
    folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = (
        "pairs:\n  - differ_in: role\n    language: de\n    first: {text: Hunde im Freibad, entry: pool-price}\n"
        "    second: {text: Freibad mit Kind, entry: pool-price, facts: {visitor: child}}\n"
    )
    (folder.path / "checks/minimal-pairs.yaml").write_text(pairs, encoding="utf-8")
    assert check(folder, Wanted(), TODAY, "de") == 0
    assert "minimal-pairs.yaml:4: Warnung: „Hunde im Freibad“ soll zu pool-price führen" in capsys.readouterr().out


def test_questions_are_asked_only_of_what_has_no_problems(
    folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    change(folder, CHECKS, "Darf der Hund rein?", "Was kostet heute der Eintritt ins Freibad?")
    change(folder, "entries/pool/pool-dogs.yaml", "reviewed: 2026", "reviewed: 2036")
    assert check(folder, Wanted(), TODAY, "de") == 1
    summary = capsys.readouterr().out.splitlines()[-1]
    assert summary.startswith("2 Probleme in: 3 Einträge")
    assert summary.endswith("; Prüffragen erst, wenn es keine gibt")


def test_without_questions_nothing_is_learnt(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(folder, Wanted(with_questions=False), TODAY, "de") == 0
    assert "Prüffragen" not in capsys.readouterr().out
    assert not (folder.path / ".index").exists()


def test_programs_get_the_same_as_json(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    line = change(folder, "entries/pool/pool-dogs.yaml", 'verdict: "no"', "verdict: maybe")
    change(folder, "entries/pool/pool-price.yaml", "review_by: 2027-01-15", "review_by: 2026-01-20")
    assert check(folder, Wanted(as_json=True), TODAY, "de") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["is_sound"] is False
    assert told["questions"] is None
    problem, warning = told["problems"]
    assert problem == {
        "file": "knowledge/entries/pool/pool-dogs.yaml",
        "line": line,
        "kind": "problem",
        "message": "„verdict“ ist „maybe“: möglich sind yes, yes-if, rather-not, no, it-depends, info",
    }
    assert warning["kind"] == "warning"
    assert warning["message"].startswith("„pool-price“ war bis 2026-01-20 zu überprüfen")


def test_programs_are_told_how_questions_end(folder: KnowledgeFolder, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(folder, Wanted(as_json=True), TODAY, "de") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["is_sound"] is True
    assert sum(told["questions"].values()) == 21
