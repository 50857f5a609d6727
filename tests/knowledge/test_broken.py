"""Every kind of broken knowledge is told with its file, its line and what to do, all in one run."""

import re
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import yaml

from bot.cli.check import Wanted, all_problems, check
from bot.cli.errors import UsageError
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.loader import load
from bot.knowledge.problems import Problem
from bot.knowledge.tree import parse
from bot.messages import Language

PRICE = "entries/pool/pool-price.yaml"
DOGS = "entries/pool/pool-dogs.yaml"
RULES = "sources/pool-rules.yaml"
FLYER = "sources/old-flyer.yaml"
LAW = "sources/pool-law.yaml"


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
    "no citation": Broken(DOGS, replaced("#dogs]", "]"), "cites: [pool-rules]", ("is no citation",)),
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
    "an order of options that do not exist": Broken(
        "facts/visitor.yaml",
        replaced("about: asker\n", "about: asker\nstrictest_first: [adult, childs]\n"),
        "about: asker",
        ('strictest_first names "childs"', 'no option of "visitor"', 'mean "child"'),
    ),
    "an order that names an option twice": Broken(
        "facts/visitor.yaml",
        replaced("about: asker\n", "about: asker\nstrictest_first: [child, adult, child]\n"),
        "about: asker",
        ('strictest_first names "child" 2 times', "keep it once"),
    ),
    "apart or not, in other words": Broken(
        "facts/visitor.yaml", replaced("about: asker\n", "about: asker\napart: true\n"), "apart: true", ("yes, no",)
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
    "missing English in a sentence": Broken(
        DOGS, replaced(', en: "No, dogs stay outside."', ""), "bleiben draußen", ('a sentence lacks "en"',)
    ),
    "uncited sentence": Broken(
        DOGS,
        replaced(", cites: [pool-rules#dogs]", ""),
        "bleiben draußen.",
        ('"Nein, Hunde bleiben draußen." (short) cites nothing', "add source#claim under cites"),
    ),
    "empty citation": Broken(
        DOGS,
        replaced("cites: [pool-law#par-3-1-2]", "cites: []"),
        "hält Tiere fern",
        ("(why) cites nothing", "own: true for advice"),
    ),
    "two sentences in one": Broken(
        DOGS, replaced("hält Tiere fern.", "hält Tiere fern. Auch Katzen."), "Auch Katzen", ("more than one sentence",)
    ),
    "two sentences after the verdict": Broken(
        DOGS,
        replaced("Nein, Hunde bleiben draußen.", "Nein. Hunde bleiben draußen. Immer."),
        "Immer",
        ("more than one sentence (de)",),
    ),
    "passage that dangles": Broken(
        PRICE, replaced("[old-flyer#f1]", "[old-flyer#f2]"), 'visitor: adult, ticket: "no"', ("no source has",)
    ),
    "too many words in short": Broken(
        DOGS,
        replaced("Nein, Hunde", "Nein, " + "sehr " * 22 + "viele Hunde"),
        "sehr sehr",
        ('"short" (de) has 27 words', "shorten it to 25"),
    ),
    "too many words in a reason": Broken(
        DOGS, replaced("keeps animals", "keeps " + "very " * 16 + "many animals"), "very very", ("(en) has 22 words",)
    ),
    "too many words in all": Broken(
        PRICE,
        replaced("Bring change.", "Bring " + "a " * 140 + "coin."),
        'visitor: adult, ticket: "no"',
        ("(en) have", "shorten them to 150"),
    ),
    "too many reasons": Broken(
        DOGS,
        lambda text: "".join(line * (5 if "hält Tiere fern" in line else 1) for line in text.splitlines(keepends=True)),
        'verdict: "no"',
        ('"why" has 5 items', "keep the 4"),
    ),
    "verdict against its words": Broken(
        DOGS,
        replaced('verdict: "no"', 'verdict: "yes"'),
        "bleiben draußen",
        ('the verdict is "yes"', 'does not begin with "Ja"', "make them match"),
    ),
    "a no to what": Broken(DOGS, replaced("kind: may", "kind: what"), "bleiben", ('belongs to "what"', "thing itself")),
    "a yes that only informs": Broken(
        PRICE, replaced('verdict: "yes"', "verdict: info"), "short:+1", ('belongs to "info"', "thing itself")
    ),
    "it depends on nothing": Broken(
        DOGS,
        lambda text: (
            text.replace('verdict: "no"', "verdict: it-depends")
            .replace("Nein, Hunde bleiben", "Es kommt darauf an, ob Hunde bleiben")
            .replace("No, dogs", "Dogs")
        ),
        "Es kommt darauf an",
        ("only says that it depends", "name what"),
    ),
    "unknown kind": Broken(DOGS, replaced("kind: may", "kind: might"), "kind: might", ("write one of may, must",)),
    "missing label": Broken(
        DOGS, replaced('label: {de: "Hunde", en: "Dogs"}\n', ""), "id: pool-dogs", ('lacks "label"',)
    ),
    "label twice": Broken(
        PRICE,
        replaced('label: {de: "Eintritt"', 'label: {de: "Hunde"'),
        "label:",
        ('label "Hunde" (de)', "also that of", "make them differ"),
    ),
    "too long a label": Broken(
        DOGS, replaced('label: {de: "Hunde"', f'label: {{de: "{"Hunde " * 5}"'), "label:", ('"label" (de)', "to 28")
    ),
    "short that names its source": Broken(
        DOGS,
        replaced("Hunde bleiben draußen.", "Hunde bleiben laut Stadtwerke draußen."),
        "Stadtwerke",
        ('names "Stadtwerke"', 'belongs under "why"'),
    ),
    "advice that does not say so": Broken(
        DOGS,
        replaced("cites: [pool-law#par-3-1-2]", "own: true"),
        "hält Tiere fern",
        ("sentence of our own", "Wir raten"),
    ),
    "advice with a source": Broken(
        DOGS,
        replaced("cites: [pool-law#par-3-1-2]", "own: true, cites: [pool-law#par-3-1-2]"),
        "hält Tiere fern",
        ("has no citation", "remove cites or own"),
    ),
    "law in a step without a source": Broken(
        PRICE,
        replaced('de: "Bringen Sie Kleingeld mit."', 'de: "Zahlen Sie binnen 24 Stunden."'),
        "24 Stunden",
        ('says what the law is ("binnen")', "add cites"),
    ),
    "outdated claim that carries an answer": Broken(
        PRICE,
        replaced("cites: [pool-rules#price-child]", "cites: [old-flyer#f1]"),
        "short:+1",
        ('"old-flyer#f1" is outdated today', "source_says", "subject"),
    ),
    "an option to suppose that does not exist": Broken(
        PRICE,
        replaced("facts: [visitor, ticket]", "facts: [visitor, ticket]\nif_unknown: {ticket: maybe}"),
        "id: pool-price",
        ('names "ticket: maybe"', "no option of a fact under facts"),
    ),
    "subject that does not exist": Broken(
        DOGS, replaced("kind: may", "kind: may\nsubject: [old-flier]"), "id: pool-dogs", ('mean "old-flyer"',)
    ),
    "passage without a note": Broken(
        PRICE,
        replaced("[old-flyer#f1]", "[pool-rules#hours]"),
        'visitor: adult, ticket: "no"',
        ("source_says shows", "no note"),
    ),
    "answer of the old form": Broken(
        DOGS,
        lambda text: re.sub(r"    short: .*\n    why:\n.*\n", '    answer: {de: ["Nein. [pool-rules#dogs]"]}\n', text),
        "answer:",
        ('"answer" is no more', 'under "short"', "cites:"),
    ),
    "place of the old form": Broken(
        LAW,
        replaced("    section: 3\n", '    locator: {de: "§ 3", en: "Section 3"}\n'),
        "locator:",
        ('no longer gives its "locator"', "section or recital"),
    ),
    "no provision": Broken(LAW, replaced("    section: 3\n", ""), "par-3-1-2:+1", ("exactly one of article",)),
    "two provisions": Broken(
        LAW, replaced("    section: 3\n", "    section: 3\n    article: 3\n"), "par-3-1-2:+1", ("exactly one",)
    ),
    "a number with its sign": Broken(
        LAW, replaced("section: 3", "section: § 3"), "section:", ('"section" is "§ 3"', "number alone")
    ),
    "an address without a place for the number": Broken(
        LAW, replaced("__{section}.html", "index.html"), "provision_url:", ('needs "{section}"', "add it")
    ),
    "a report where the original is known": Broken(
        RULES,
        replaced("published: 2024-05", 'published: 2024-05\nreport_by: Bote\noriginal: "https://pool.example/o"'),
        "id: pool-rules",
        ("leads to a report (Bote)", "read: report"),
    ),
    "a report of nobody": Broken(
        RULES, replaced("published: 2024-05", "published: 2024-05\nread: report"), "read:", ('lacks "report_by"',)
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
    "too long a title": Broken(
        DOGS, replaced("Hunde im Freibad", "Hunde " * 11), "title:", ('"title" (de)', "shorten it to 60")
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
        DOGS,
        replaced("reviewed: 2026-01-15", "reviewed: a: b"),
        "reviewed: a: b",
        ("colon within the text", "double quotation marks"),
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
        "checks/pool/pool-dogs.yaml", replaced("Darf der Hund rein?", "Freibad mit Hund"), "Freibad mit", ("held out",)
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
        "facts/visitor.yaml", replaced('"mein kind", ', '"mein kind", "als erwachsener", '), "mein kind", ("keep one",)
    ),
    "fact that tells another and does not exist": Broken(
        "facts/visitor.yaml",
        replaced('    answered_as: {de: ["kleine"]', '    told_by: {tickets: "yes"}\n    answered_as: {de: ["kleine"]'),
        "child:+1",
        ("told_by or leaves_untold", '"tickets"', 'mean "ticket"'),
    ),
    "option that tells another and does not exist": Broken(
        "facts/visitor.yaml",
        replaced('    answered_as: {de: ["kleine"]', '    told_by: {ticket: [free]}\n    answered_as: {de: ["kleine"]'),
        "child:+1",
        ("told_by or leaves_untold", '"ticket: free"'),
    ),
    "fact that leaves itself untold": Broken(
        "facts/visitor.yaml",
        replaced('    answered_as: {de: ["kleine"]', '    leaves_untold: [visitor]\n    answered_as: {de: ["kleine"]'),
        "child:+1",
        ("told_by or leaves_untold", '"visitor"'),
    ),
    "template of a class that does not exist": Broken(
        "facts/ticket.yaml", replaced('["hab ich"]', '["hab {cards}"]'), "hab {cards}", ("names no concept", "{cards}")
    ),
    "template for more phrases than are looked up": Broken(
        "facts/ticket.yaml",
        replaced('["hab ich"]', '["' + "(a|b|c|d)" * 6 + '"]'),
        "(a|b|c|d)",
        ("phrases or more", "make two of it"),
    ),
    "phrase that tells one option and supposes another": Broken(
        "facts/ticket.yaml",
        replaced('said_as: {de: ["ohne', 'supposed_as: {de: ["hab ich"]}\n    said_as: {de: ["ohne'),
        "supposed_as",
        ('"hab ich" stands under', "keep one"),
    ),
    "implied fact that does not exist": Broken(
        "facts/visitor.yaml",
        replaced('    answered_as: {de: ["kleine"]', '    implies: {age: young}\n    answered_as: {de: ["kleine"]'),
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


#: What stands between quotation marks is the editor's own.
QUOTED = re.compile('„[^“]*“|"[^"]*"')
#: Where values are listed that are the same in every language.
VALUES = re.compile(r"(möglich sind|write one of) .*")
ENGLISH = frozenset(
    {"the", "is", "are", "of", "write", "add", "and", "must", "not", "with", "this", "has", "here", "remove"}
)
GERMAN = frozenset({"der", "die", "das", "ist", "sind", "eine", "und", "muss", "nicht", "kein", "mit", "bitte", "oder"})
#: A placeholder of a text that a message is about.
PLACEHOLDER = "{facts}"


def problems_of(folder: Path, language: Language = "en") -> list[str]:
    return [problem.told(language) for problem in all_problems(load(folder, "knowledge"), {})]


def line_number(text: str, line_with: str) -> int | None:
    """The line that holds a text; `…:+1` is the line after it, where a mapping below a key begins."""
    wanted, _, offset = line_with.partition("+")
    found = [number for number, line in enumerate(text.split("\n"), 1) if wanted and wanted in line]
    return found[0] + int(offset or 0) if found else None


def test_the_small_knowledge_is_sound(small_folder: Path) -> None:
    assert problems_of(small_folder) == []


def speaks_both_languages(problem: Problem) -> None:
    """Each message in its own language, but for what is quoted or listed."""
    assert problem.de != problem.en
    for message, other in ((problem.de, ENGLISH), (problem.en, GERMAN)):
        assert not set(re.findall(r"\{[^{}]*\}", QUOTED.sub("", message))) - {PLACEHOLDER}, message
        assert not set(re.findall(r"\w+", VALUES.sub("", QUOTED.sub("", message)).lower())) & other, message


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_knowledge_is_told_with_file_line_and_advice(kind: str, small_folder: Path) -> None:
    broken = BROKEN[kind]
    path = small_folder / broken.file
    path.write_text(broken.edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    found = all_problems(load(small_folder, "knowledge"), {})
    problems = [problem.told("en") for problem in found]
    assert problems, "nothing was found"
    for problem in found:
        speaks_both_languages(problem)
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
    assert problem.told("en") == f"deep.yaml:{line}: nested more than 50 levels deep: write it flatter"


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


def test_a_misspelt_text_is_unknown(small_folder: Path) -> None:
    path = small_folder / "texts/de.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("button_back:", "button_bakc:"), encoding="utf-8")
    assert [problem.partition(": ")[2] for problem in problems_of(small_folder)] == [
        'the bot has no text "button_bakc" (did you mean "button_back"?): correct or remove it'
    ]


def test_an_utterance_of_ones_own_needs_phrases_and_a_reply(small_folder: Path) -> None:
    asides = (
        "restart:\n  said_as: {de: [neustart], en: [reboot]}\nthanks:\n  reply: {de: Gern., en: Welcome.}\n"
        "hey:\n  reply: {de: Ja?, en: Yes?}\n"
    )
    (small_folder / "asides.yaml").write_text(asides, encoding="utf-8")
    problems = problems_of(small_folder)
    assert any('asides.yaml:2: "restart" is no command of the bot' in problem for problem in problems)
    assert any('asides.yaml:6: nobody says "hey"' in problem for problem in problems)
    assert not any("thanks" in problem for problem in problems)


def test_a_file_that_is_not_utf8_names_the_line(small_folder: Path) -> None:
    (small_folder / DOGS).write_bytes(b"id: pool-dogs\n# gr\xfc\xdfe\n")
    assert any(problem.startswith(f"knowledge/{DOGS}:2: not UTF-8") for problem in problems_of(small_folder))


def test_a_missing_file_is_told(small_folder: Path) -> None:
    (small_folder / "knowledge.yaml").unlink()
    assert any("knowledge/knowledge.yaml:1: the file is missing" in problem for problem in problems_of(small_folder))


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
    (small_folder / "facts/visitor.yaml").rename(small_folder / f"facts/visitor{'_and_more' * 5}.yaml")
    path = small_folder / PRICE
    path.write_text(path.read_text(encoding="utf-8").replace("visitor", f"visitor{'_and_more' * 5}"), encoding="utf-8")
    assert any("bytes of 64" in problem for problem in problems_of(small_folder))


def proof(folder: Path, *originals: Path) -> list[str]:
    """What `check` says of the quotes, line by line."""
    with redirect_stdout(StringIO()) as out:
        check(KnowledgeFolder(folder, "knowledge"), Wanted(originals, with_questions=False), date(2026, 2, 1), "en")
    return out.getvalue().splitlines()


def test_a_quote_is_proved_against_the_original(small_folder: Path, tmp_path: Path) -> None:
    originals = tmp_path / "originals"
    originals.mkdir()
    (originals / "old-flyer.txt").write_text("Willkommen!\nEintritt:\ndrei  Mark", encoding="utf-8")
    assert proof(small_folder, originals)[0].endswith("each claim cited, 1 of 2 quotes proved with 1 originals")
    (originals / "old-flyer.txt").write_text("Eintritt: vier Mark", encoding="utf-8")
    told, counted = proof(small_folder, originals)
    assert "does not stand in the original" in told
    assert counted.endswith("0 of 2 quotes proved with 1 originals")


LAW_TEXT = """\
# Bädergesetz

## § 2 Zweck

(1) Fernzuhalten sind 1. Lärm, 2. Tiere, 3. Glas.

## § 3 Ordnung

(1) Fernzuhalten sind 1. Glas, 2. {second}, 3. Lärm.
"""


@pytest.mark.parametrize(("second", "is_verbatim"), [("Tiere", True), ("Pflanzen", False)])
def test_the_quote_of_a_law_is_proved_within_its_provision(
    second: str, is_verbatim: bool, small_folder: Path, tmp_path: Path
) -> None:
    laws, pages = tmp_path / "laws", tmp_path / "pages"
    laws.mkdir()
    pages.mkdir()
    (laws / "README.md").write_text("Gesetze", encoding="utf-8")
    (laws / "another-law.md").write_text("## § 1 Nicht zitiert", encoding="utf-8")
    (laws / "pool-law.md").write_text(LAW_TEXT.format(second=second), encoding="utf-8")
    (pages / "old-flyer.txt").write_text("Eintritt: drei Mark", encoding="utf-8")
    *told, counted = proof(small_folder, laws, pages)
    assert counted.endswith(f"{2 if is_verbatim else 1} of 2 quotes proved with 2 originals")
    assert [("Section 3(1) no. 2" in line, LAW in line) for line in told] == ([] if is_verbatim else [(True, True)])


def test_a_law_in_two_languages_is_proved_in_both(small_folder: Path, tmp_path: Path) -> None:
    law = small_folder / LAW
    quoted = 'quote: {de: "2. Tiere", en: "animals"}'
    law.write_text(
        law.read_text(encoding="utf-8").replace('quote: "Fernzuhalten sind […] 2. Tiere,"', quoted), encoding="utf-8"
    )
    (tmp_path / "pool-law.de.md").write_text(LAW_TEXT.format(second="Tiere"), encoding="utf-8")
    (tmp_path / "pool-law.en.md").write_text("## § 3 Order\n\nKeep away plants.", encoding="utf-8")
    told, counted = proof(small_folder, tmp_path)
    assert '(en)" does not stand in the original' in told
    assert counted.endswith("1 of 3 quotes proved with 1 originals")


def test_claims_due_for_review_are_warned_of(small_folder: Path) -> None:
    law = small_folder / LAW
    edited = law.read_text(encoding="utf-8").replace(
        "checked: 2026-01-15", "checked: 2026-01-15\nreview_by: 2026-01-31"
    )
    law.write_text(edited.replace("    today: right", "    today: right\n    review_by: 2026-01-30"), encoding="utf-8")
    source, claim, _ = proof(small_folder)
    assert 'warning: the source "pool-law" was to be reviewed by 2026-01-31' in source
    assert 'warning: "pool-law#par-3-1-2" was to be reviewed by 2026-01-30' in claim
    assert "cites pool-law#par-3-1-2 shows what rests on it" in claim


def test_a_report_in_place_of_the_official_page_is_warned_of(small_folder: Path) -> None:
    rules = small_folder / RULES
    rules.write_text(
        rules.read_text(encoding="utf-8").replace('publisher: "Stadtwerke"', 'report_by: "Bote"'), encoding="utf-8"
    )
    told, counted = proof(small_folder)
    assert "warning: pool-rules leads to a report (Bote) instead of the original" in told
    assert counted.startswith("sound")


def test_an_original_of_no_source_is_refused_unless_its_source_could_not_be_read(
    small_folder: Path, tmp_path: Path
) -> None:
    originals = tmp_path / "originals"
    originals.mkdir()
    folder = KnowledgeFolder(small_folder, "knowledge")
    (originals / "old-flyr.txt").write_text("Eintritt: drei Mark", encoding="utf-8")
    with pytest.raises(UsageError, match=r'old-flyr\.txt is of no source \(did you mean "old-flyer"\?\)'):
        check(folder, Wanted((originals,), with_questions=False), date(2026, 2, 1), "en")
    (originals / "old-flyr.txt").rename(originals / "old-flyer.txt")
    (small_folder / FLYER).write_text("", encoding="utf-8")
    assert check(folder, Wanted((originals,), with_questions=False), date(2026, 2, 1), "en") == 1


def test_an_overdue_review_is_a_warning_and_no_problem(small_folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(KnowledgeFolder(small_folder, "knowledge"), Wanted(with_questions=False), date(2027, 2, 1), "en") == 0
    out = capsys.readouterr().out
    assert out.count(": warning: ") == 3
    assert "sound: 3 entries" in out
