"""Every kind of broken knowledge is told with its file, its line and what to do, all in one run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.cli.check import all_problems, check
from bot.cli.errors import UsageError
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.loader import load
from bot.knowledge.phrases import Problem
from bot.knowledge.tree import parse

PRICE = "entries/pool/pool-price.yaml"
DOGS = "entries/pool/pool-dogs.yaml"
RULES = "sources/pool-rules.yaml"
FLYER = "sources/old-flyer.yaml"


def replaced(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text, f"the small knowledge no longer holds {old!r}"
        return text.replace(old, new, 1)

    return edit


def appended(addition: str) -> Callable[[str], str]:
    return lambda text: text + addition


@dataclass(frozen=True)
class Broken:
    """One way to break a file: the edit, the line that is named, and words that the message must hold."""

    file: str
    edit: Callable[[str], str]
    line_with: str
    says: tuple[str, ...]


YES_ROW = '  - when: {visitor: adult, ticket: "yes"}\n'
BROKEN = {
    "duplicate key": Broken(DOGS, appended("id: pool-cats\n"), "id: pool-cats", ("stands twice", "remove one")),
    "tab": Broken(DOGS, replaced("outcomes:\n  - verdict", "outcomes:\n\t- verdict"), "\t- verdict", ("tab", "spaces")),
    "unknown key": Broken(DOGS, appended("colour: blue\n"), "colour: blue", ('no key "colour"', "allowed are")),
    "missing key": Broken(DOGS, replaced("review_by: 2027-01-15\n", ""), "id: pool-dogs", ('lacks "review_by"', "add")),
    "dangling claim": Broken(
        DOGS, replaced("[pool-rules#dogs]", "[pool-rules#dog]"), "#dog]", ("no source has", 'mean "pool-rules#dogs"')
    ),
    "no citation in brackets": Broken(DOGS, replaced("#dogs]", "]"), "draußen. [pool-rules]", ("is no citation",)),
    "gap in a table": Broken(
        PRICE,
        replaced('ticket: "no"', 'ticket: "yes"'),
        "id: pool-price",
        ("no outcome for", "visitor=adult, ticket=no"),
    ),
    "overlap in a table": Broken(
        PRICE, replaced(YES_ROW, '  - when: {ticket: "yes"}\n'), '- when: {ticket: "yes"}', ("both hold for", "narrow")
    ),
    "no such option": Broken(
        PRICE, replaced("{visitor: child}", "{visitor: baby}"), "{visitor: baby}", ('no option "baby"', "adult, child")
    ),
    "fact of another entry": Broken(
        PRICE, replaced("facts: [visitor, ticket]", "facts: [visitor]"), 'ticket: "yes"}', ("not under facts",)
    ),
    "unknown fact": Broken(
        PRICE, replaced("facts: [visitor, ticket]", "facts: [visitor, tickets]"), "id: pool-price", ('mean "ticket"',)
    ),
    "fact that stands twice": Broken(
        PRICE,
        replaced("facts: [visitor, ticket]", "facts: [visitor, ticket, visitor]"),
        "id: pool-price",
        ('"visitor" 2 times', "keep it once"),
    ),
    "a fact that changes nothing": Broken(
        DOGS, replaced("outcomes:", "facts: [visitor]\noutcomes:"), "id: pool-dogs", ("never changes the outcome",)
    ),
    "missing English": Broken(
        DOGS, replaced(', en: "Dogs at the pool"', ""), 'title: {de: "Hunde im Freibad"}', ('lacks "en"',)
    ),
    "missing English answer": Broken(
        DOGS,
        replaced('      en: ["No, dogs stay outside. [pool-rules#dogs]"]\n', "      en: []\n"),
        "verdict:",
        ("no sentence in one language",),
    ),
    "uncited sentence": Broken(
        DOGS,
        replaced("draußen. [pool-rules#dogs]", "draußen."),
        "bleiben draußen.",
        ("cites nothing", "[source#claim]"),
    ),
    "two sentences under one citation": Broken(
        DOGS, replaced("Nein, Hunde", "Nein. Hunde"), "Nein. Hunde", ("more than one sentence",)
    ),
    "languages cite differently": Broken(
        DOGS, replaced("outside. [pool-rules#dogs]", "outside. [pool-rules#hours]"), "outside", ("other claims",)
    ),
    "outdated claim without its note": Broken(
        FLYER,
        replaced('    note: {de: "Heute kostet er fünf Euro.", en: "Today it costs five euros."}\n', ""),
        "f1:+1",
        ("is outdated today", "add a note"),
    ),
    "newer claim that does not exist": Broken(
        FLYER,
        replaced("see: [pool-rules#price-adult]", "see: [pool-rules#prize]"),
        "f1:+1",
        ("no source has the claim",),
    ),
    "unknown standing": Broken(FLYER, replaced("today: outdated", "today: old"), "today: old", ("right, imprecise",)),
    "too long a sentence": Broken(
        DOGS, replaced("Nein, Hunde", "Nein, " + "sehr " * 50 + "viele Hunde"), "sehr sehr", ("shorten it to 200",)
    ),
    "too long a title": Broken(
        DOGS, replaced("Hunde im Freibad", "Hunde " * 11), "title:", ("the title (de)", "shorten it to 60")
    ),
    "wrong date": Broken(DOGS, replaced("reviewed: 2026-01-15", "reviewed: 15.1.2026"), "reviewed:", ("is no date",)),
    "impossible date": Broken(
        DOGS, replaced("reviewed: 2026-01-15", "reviewed: 2026-02-30"), "reviewed:", ("no date",)
    ),
    "published on no day": Broken(
        RULES, replaced("published: 2024-05", "published: 2024-13"), "id: pool-rules", ("no day of the calendar",)
    ),
    "review before the reviewed day": Broken(
        DOGS, replaced("review_by: 2027-01-15", "review_by: 2025-01-15"), "id: pool-dogs", ("must come after",)
    ),
    "look-alike letters": Broken(
        DOGS, replaced("Nein, Hunde", "Nein, Hund\u0435"), "Nein, Hund", ("CYRILLIC SMALL LETTER IE", "Latin")
    ),
    "invisible character": Broken(
        DOGS, replaced("Nein, Hunde", "Nein, Hun\u200bde"), "Nein, Hun", ("ZERO WIDTH SPACE",)
    ),
    "empty file": Broken(DOGS, lambda _: "", "", ("the file is empty",)),
    "empty text": Broken(DOGS, replaced('de: "Hunde im Freibad"', 'de: ""'), 'de: ""', ("is empty",)),
    "a list where a mapping belongs": Broken(
        DOGS,
        replaced('title: {de: "Hunde im Freibad", en: "Dogs at the pool"}', "title: [Hunde, Dogs]"),
        "title:",
        ("must be a mapping",),
    ),
    "a mapping where a list belongs": Broken(
        PRICE, replaced("see_also: [pool-dogs]", "see_also: {pool-dogs: x}"), "see_also", ("must be a list",)
    ),
    "a text where a list belongs": Broken(
        PRICE, replaced("see_also: [pool-dogs]", "see_also: pool-dogs"), "see_also", ("must be a list",)
    ),
    "no valid YAML": Broken(
        DOGS, replaced("reviewed: 2026-01-15", "reviewed: a: b"), "reviewed: a: b", ("not valid YAML",)
    ),
    "see-also to nowhere": Broken(
        PRICE, replaced("see_also: [pool-dogs]", "see_also: [pool-cats]"), "id: pool-price", ("no other entry",)
    ),
    "no id": Broken(DOGS, replaced("id: pool-dogs", "id: Pool Dogs"), "id: Pool Dogs", ("is no id",)),
    "unknown verdict": Broken(DOGS, replaced('verdict: "no"', "verdict: nope"), "nope", ("write one of yes",)),
    "no web address": Broken(
        RULES, replaced("https://pool.example", "pool.example"), "id: pool-rules", ("no web address",)
    ),
    "address that cannot be read": Broken(
        RULES, replaced("https://pool.example", "https://[pool.example"), "id: pool-rules", ("no web address",)
    ),
    "phrasing in two entries": Broken(
        PRICE, replaced("Freibad Preise", "Freibad mit Hund"), "Freibad mit Hund", ("stands in", "keep it in one")
    ),
    "too few phrasings": Broken(
        DOGS, replaced('    - "Freibad mit Hund"\n', ""), "id: pool-dogs", ("11 phrasings", "at least 12")
    ),
    "check that is not held out": Broken(
        "checks/pool/pool-dogs.yaml", replaced("Darf der Hund rein?", "Freibad mit Hund"), "entry:", ("held out",)
    ),
    "check of no entry": Broken(
        "checks/pool/pool-dogs.yaml", replaced("entry: pool-dogs", "entry: pool-dog"), "entry:", ("does not exist",)
    ),
    "too few checks": Broken(
        "checks/pool/pool-dogs.yaml", replaced('    - "dogs forbidden?"\n', ""), "entry:", ("2 questions", "at least 3")
    ),
    "claim that nothing cites": Broken(
        DOGS, lambda text: text.replace("#dogs]", "#hours]"), RULES, ("no answer cites",)
    ),
    "word of two concepts": Broken(
        "lexicon.yaml", replaced("de: [hund, ", "de: [hund, freibad, "), "dog:", ('under "pool" and "dog"',)
    ),
    "phrase of two options": Broken(
        "facts.yaml", replaced('"mein kind", ', '"mein kind", "als erwachsener", '), "mein kind", ("keep one",)
    ),
    "implied fact that does not exist": Broken(
        "facts.yaml",
        replaced(
            '      answered_as: {de: ["kleine"]', '      implies: {age: young}\n      answered_as: {de: ["kleine"]'
        ),
        "child:+1",
        ("implies",),
    ),
    "lost placeholder": Broken(
        "texts/en.yaml",
        replaced("I assume: {facts}", "I assume: {fact}"),
        "I assume",
        ("needs these placeholders: {facts}",),
    ),
    "placeholder with a format": Broken(
        "texts/en.yaml", replaced("I assume: {facts}", "I assume: {facts:d}"), "I assume", ("write {facts} alone",)
    ),
    "placeholder with a conversion": Broken(
        "texts/de.yaml", replaced("{facts}", "{facts!r}"), "{facts!r}", ("write {facts} alone",)
    ),
    "months that are not twelve": Broken(
        "texts/de.yaml", replaced("Januar Februar März", "Januar März"), "months:", ("11 words", "12 months")
    ),
    "nested beyond reading": Broken(
        DOGS, appended("see_also: " + "[" * 3_000 + "]" * 3_000 + "\n"), "see_also", ("levels deep", "flatter")
    ),
    "nested beyond libyaml's stack": Broken(
        DOGS, appended("see_also:\n" + "- " * 100_000 + "x\n"), "- - -", ("levels deep", "flatter")
    ),
}


def problems_of(folder: Path) -> list[str]:
    return [str(problem) for problem in all_problems(load(folder, "knowledge"), {})]


def line_number(text: str, line_with: str) -> int | None:
    """The line that holds a text; `…:+1` is the line after it, where a mapping below a key begins."""
    wanted, _, offset = line_with.partition("+")
    found = [number for number, line in enumerate(text.split("\n"), 1) if wanted and wanted in line]
    return found[0] + int(offset or 0) if found else None


def test_the_small_knowledge_is_sound(small_folder: Path) -> None:
    assert problems_of(small_folder) == []


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_knowledge_is_told_with_file_line_and_advice(kind: str, small_folder: Path) -> None:
    broken = BROKEN[kind]
    path = small_folder / broken.file
    path.write_text(broken.edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    problems = problems_of(small_folder)
    assert problems, "nothing was found"
    assert all(": " in problem and problem.split(": ")[0].rsplit(":", 1)[1].isdigit() for problem in problems)
    fitting = [problem for problem in problems if all(word in problem for word in broken.says)]
    assert fitting, problems
    line = line_number(path.read_text(encoding="utf-8"), broken.line_with)
    if line is not None:
        assert any(problem.startswith(f"knowledge/{broken.file}:{line}: ") for problem in fitting), problems


@pytest.mark.parametrize("parser", [name for name in ("CSafeLoader", "SafeLoader") if hasattr(yaml, name)])
@pytest.mark.parametrize("depth", [60, 3_000])
@pytest.mark.parametrize(("nesting", "line"), [("[…]", 2), ("{a: …}", 2), ("\n […]", 52), ("-…", 52)])
def test_every_parser_tells_where_nesting_is_too_deep(
    parser: str, depth: int, nesting: str, line: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With libyaml and without; newer ones read ahead and refuse 1,000 levels before they have told the first."""
    monkeypatch.setattr("bot.knowledge.tree._PARSER", getattr(yaml, parser))
    opening, closing = nesting.split("…")
    opened = opening * depth if closing else "".join(f"\n{' ' * level}{opening}" for level in range(depth))
    reported: list[Problem] = []
    assert parse(f"a: b\nsee_also: {opened} x{closing * depth}\n".encode(), "deep.yaml", reported.append) is None
    (problem,) = reported
    assert str(problem) == f"deep.yaml:{line}: nested more than 50 levels deep: write it flatter"


@pytest.mark.parametrize("name", ["sources/new.yml", "entries/pool/new.YAML", "checks/pool/new.txt", "texts/fr.yml"])
def test_a_file_that_is_not_read_is_told(name: str, small_folder: Path) -> None:
    (small_folder / name).write_text("id: new\n", encoding="utf-8")
    assert problems_of(small_folder) == [
        f"knowledge/{name}:1: is not read: let its name end in .yaml, or move it elsewhere"
    ]


def test_explanations_and_hidden_files_are_no_problem(small_folder: Path) -> None:
    for name in ("entries/README.md", "sources/.gitkeep", "checks/pool/.DS_Store"):
        (small_folder / name).write_text("x", encoding="utf-8")
    assert problems_of(small_folder) == []


def test_an_anchor_and_its_alias_are_refused(small_folder: Path) -> None:
    (small_folder / DOGS).write_text("id: &x pool-dogs\ntitle: *x\n", encoding="utf-8")
    assert any(f"{DOGS}:1: " in problem and "anchors and aliases" in problem for problem in problems_of(small_folder))


def test_an_id_in_two_files_names_both(small_folder: Path) -> None:
    path = small_folder / DOGS
    path.write_text(path.read_text(encoding="utf-8").replace("id: pool-dogs", "id: pool-price"), encoding="utf-8")
    found = [problem for problem in problems_of(small_folder) if 'the id "pool-price" stands in' in problem]
    assert len(found) == 1
    assert DOGS in found[0]
    assert PRICE in found[0]


def test_a_misspelt_text_is_missing_and_unknown(small_folder: Path) -> None:
    path = small_folder / "texts/de.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("button_back:", "button_bakc:"), encoding="utf-8")
    problems = problems_of(small_folder)
    assert any('the text "button_back" is missing' in problem for problem in problems)
    assert any('no text "button_bakc" (did you mean "button_back"?)' in problem for problem in problems)


def test_a_command_must_be_sayable(small_folder: Path) -> None:
    path = small_folder / "asides.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("\nreset:", "\nrestart:"), encoding="utf-8")
    problems = problems_of(small_folder)
    assert any('"reset" is missing' in problem for problem in problems)
    assert any('"restart" is no command of the bot' in problem for problem in problems)


def test_a_file_that_is_not_utf8_names_the_line(small_folder: Path) -> None:
    (small_folder / DOGS).write_bytes(b"id: pool-dogs\n# gr\xfc\xdfe\n")
    assert any(problem.startswith(f"knowledge/{DOGS}:2: not UTF-8") for problem in problems_of(small_folder))


def test_a_missing_file_is_told(small_folder: Path) -> None:
    (small_folder / "facts.yaml").unlink()
    assert any("knowledge/facts.yaml:1: cannot be read" in problem for problem in problems_of(small_folder))


def test_a_folder_without_entries_is_told(small_folder: Path) -> None:
    for path in (small_folder / "entries/pool").iterdir():
        path.unlink()
    assert any("no entries" in problem for problem in problems_of(small_folder))


def test_problems_of_many_files_are_told_together(small_folder: Path) -> None:
    (small_folder / DOGS).write_text("", encoding="utf-8")
    (small_folder / "lexicon.yaml").write_text("- a\n", encoding="utf-8")
    path = small_folder / PRICE
    path.write_text(path.read_text(encoding="utf-8").replace("2026-01-15", "soon"), encoding="utf-8")
    text = "\n".join(problems_of(small_folder))
    assert DOGS in text
    assert "lexicon.yaml" in text
    assert PRICE in text


def test_a_button_code_must_fit_the_narrowest_channel(small_folder: Path) -> None:
    facts = small_folder / "facts.yaml"
    facts.write_text(
        facts.read_text(encoding="utf-8").replace("visitor:", f"visitor{'_and_more' * 5}:"), encoding="utf-8"
    )
    path = small_folder / PRICE
    path.write_text(path.read_text(encoding="utf-8").replace("visitor", f"visitor{'_and_more' * 5}"), encoding="utf-8")
    assert any("bytes of 64" in problem for problem in problems_of(small_folder))


def test_a_quote_is_proved_against_the_original(
    small_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    originals = tmp_path / "originals"
    originals.mkdir()
    folder = KnowledgeFolder(small_folder, "knowledge")
    (originals / "old-flyer.txt").write_text("Willkommen!\nEintritt:\ndrei  Mark", encoding="utf-8")
    assert check(folder, originals, date(2026, 2, 1)) == 0
    (originals / "old-flyer.txt").write_text("Eintritt: vier Mark", encoding="utf-8")
    assert check(folder, originals, date(2026, 2, 1)) == 1
    first, *rest = capsys.readouterr().out.splitlines()
    assert first.endswith("each claim cited, 1 of 1 quotes proved with 1 originals")
    assert "does not stand in the original" in rest[0]
    assert rest[1].endswith("0 of 1 quotes proved with 1 originals")


def test_an_original_of_no_source_is_refused_unless_its_source_could_not_be_read(
    small_folder: Path, tmp_path: Path
) -> None:
    originals = tmp_path / "originals"
    originals.mkdir()
    folder = KnowledgeFolder(small_folder, "knowledge")
    (originals / "old-flyr.txt").write_text("Eintritt: drei Mark", encoding="utf-8")
    with pytest.raises(UsageError, match=r'old-flyr\.txt is of no source \(did you mean "old-flyer"\?\)'):
        check(folder, originals, date(2026, 2, 1))
    (originals / "old-flyr.txt").rename(originals / "old-flyer.txt")
    (small_folder / FLYER).write_text("", encoding="utf-8")
    assert check(folder, originals, date(2026, 2, 1)) == 1


def test_an_overdue_review_is_a_notice_and_no_problem(small_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(KnowledgeFolder(small_folder, "knowledge"), None, date(2027, 2, 1)) == 0
    out = capsys.readouterr().out
    assert out.count("notice:") == 3
    assert "sound: 3 entries" in out
