"""Sentence templates: what one line stands for, and what is told of one that cannot be read."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.rules import COMPLETE, SOUND, broken_rules
from bot.knowledge.templates import TemplateFault, expand

LISTS = {"pool": ("freibad", "schwimmbad"), "none": ()}


@pytest.mark.parametrize(
    ("template", "phrasings"),
    [
        ("Was kostet der Eintritt?", {"Was kostet der Eintritt?"}),
        ("(Darf|Kann) ich rein", {"Darf ich rein", "Kann ich rein"}),
        ("mein Hund [im Wasser]", {"mein Hund im Wasser", "mein Hund"}),
        ("Hund im {pool}", {"Hund im freibad", "Hund im schwimmbad"}),
        ("Hund[, bitte]?", {"Hund, bitte?", "Hund?"}),
        ("a (b|c [d|e])", {"a b", "a c d", "a c e", "a c"}),
        ("Business Platform (API): was?", {"Business Platform API: was?"}),
    ],
)
def test_a_template_stands_for_its_phrasings(template: str, phrasings: set[str]) -> None:
    assert set(expand(template, LISTS, 100)) == phrasings


def test_a_large_template_gives_an_even_selection() -> None:
    found = expand("(a|b|c|d) (e|f|g|h) (i|j|k|l) (m|n|o|p)", LISTS, 12)
    assert len(found) == 12
    for place in range(4):
        assert len({phrasing.split()[place] for phrasing in found}) >= 3


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("(a|b", "closing"),
        ("a) b", "nothing opens"),
        ("a|b", "outside brackets"),
        ("im {sauna}", "names no concept"),
        ("im {pool", "lacks its closing"),
        (" ".join(["(a|b|c|d|e|f|g|h)"] * 12), "stands for"),
    ],
)
def test_a_template_that_cannot_be_read_says_why(template: str, told: str) -> None:
    with pytest.raises(TemplateFault, match=told):
        expand(template, LISTS, 12)


def _with_phrasing(folder: Path, entry: str, phrasing: str) -> Path:
    file = folder / "entries" / "pool" / f"{entry}.yaml"
    text = file.read_text(encoding="utf-8").replace("asked_as:\n  de:\n", f'asked_as:\n  de:\n    - "{phrasing}"\n', 1)
    file.write_text(text, encoding="utf-8")
    return file


def test_templates_are_expanded_with_the_lexicon_when_the_knowledge_is_read(small_folder: Path) -> None:
    _with_phrasing(small_folder, "pool-dogs", "Bello ins {pool} (mitbringen|schmuggeln)?")
    loaded = load(small_folder, "knowledge")
    assert not loaded.problems
    phrases = loaded.knowledge.entries["pool-dogs"].asked_as
    assert "Bello ins schwimmbad schmuggeln?" in phrases.de
    assert len({line for text, line in zip(phrases.de, phrases.lines("de"), strict=True) if "Bello" in text}) == 1


def test_a_broken_template_is_a_problem_at_its_line(small_folder: Path) -> None:
    file = _with_phrasing(small_folder, "pool-dogs", "Bello (mitbringen|schmuggeln")
    line = file.read_text(encoding="utf-8").splitlines().index('    - "Bello (mitbringen|schmuggeln"') + 1
    (problem,) = load(small_folder, "knowledge").problems
    assert problem.told("en").startswith(f"knowledge/entries/pool/pool-dogs.yaml:{line}: ")
    assert "lacks its closing" in problem.message.en


def test_templates_of_two_entries_that_collide_are_a_problem(small_folder: Path) -> None:
    _with_phrasing(small_folder, "pool-dogs", "(Wann|Ab wann) darf man [ins Wasser]?")
    _with_phrasing(small_folder, "pool-hours", "Ab wann darf man (ins Wasser|schwimmen)?")
    problems = broken_rules(load(small_folder).knowledge, SOUND)
    assert any('"Ab wann darf man ins Wasser?" stands in' in problem.message.en for problem in problems)


def test_a_template_counts_as_one_phrasing(small_folder: Path) -> None:
    file = small_folder / "entries" / "pool" / "pool-dogs.yaml"
    before, after = file.read_text(encoding="utf-8").split("asked_as:\n  de:\n", 1)
    rest = after[after.index("  en:") :]
    template = '    - "(Darf|Kann) (Bello|Hasso|Rex) (mit|rein)?"'
    file.write_text(f"{before}asked_as:\n  de:\n{template}\n{rest}", encoding="utf-8")
    problems = broken_rules(load(small_folder).knowledge, COMPLETE)
    assert any("1 phrasings under asked_as (de)" in problem.message.en for problem in problems)
