"""One mistake is one problem: what could not be read is not complained of as missing elsewhere."""

from collections.abc import Callable
from pathlib import Path
from textwrap import indent

import pytest

from bot.cli.check import all_problems
from bot.knowledge.loader import load
from bot.knowledge.problems import Problem

PRICE = "entries/pool/pool-price.yaml"
DOGS = "entries/pool/pool-dogs.yaml"
VISITOR = "facts/visitor.yaml"
RULES = "sources/pool-rules.yaml"
CHECKS = "checks/pool/pool-dogs.yaml"


def replaced(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text, f"the small knowledge no longer holds {old!r}"
        return text.replace(old, new, 1)

    return edit


def unreadable(text: str) -> str:
    return text + "\n  : : [\n"


MISTAKES: dict[str, tuple[str, Callable[[str], str]]] = {
    "a fact lacks a key": (VISITOR, replaced("about: asker\n", "")),
    "a fact has a word that is no choice": ("facts/ticket.yaml", replaced("about: question", "about: questoin")),
    "an option lacks a key": (VISITOR, replaced('    label: {de: "Kind", en: "Child"}\n', "")),
    "an option stands twice": (VISITOR, replaced("  child:\n", "  adult:\n")),
    "a fact that cannot be read": (VISITOR, unreadable),
    "a fact that is a list": (VISITOR, lambda _: "- adult\n- child\n"),
    "a fact that is named in its file": (VISITOR, lambda text: "visitor:\n" + indent(text, "  ")),
    "a source lacks a key": (RULES, replaced('url: "https://pool.example/rules"\n', "")),
    "a source lacks all claims": (RULES, lambda text: text[: text.index("claims:")]),
    "a claim lacks a key": (RULES, replaced("    today: right\n", "")),
    "a claim stands twice": (RULES, replaced("  hours:\n", "  dogs: {}\n  hours:\n")),
    "a source that cannot be read": (RULES, unreadable),
    "an entry lacks a key": (DOGS, replaced("review_by: 2027-01-15\n", "")),
    "an entry that cannot be read": (DOGS, unreadable),
    "an entry that only others point at": (PRICE, replaced("reviewed: 2026-01-15", "reviewed: heute")),
    "a lexicon that cannot be read": ("lexicon.yaml", unreadable),
    "a concept with a third language": ("lexicon.yaml", replaced("en: [dog, dogs]", "en: [dog, dogs], fr: [chien]")),
    "a kind of concepts that is a list": ("lexicon.yaml", replaced("  matter:\n", "  place2: [a]\n  matter:\n")),
    "a class that is a list": ("lexicon.yaml", lambda text: text + "classes:\n  kin: [mutter]\n"),
    "asides that cannot be read": ("asides.yaml", unreadable),
    "an aside lacks a key": ("asides.yaml", lambda text: text + "\nextra: {}\n"),
    "texts that cannot be read": ("texts/de.yaml", unreadable),
    "a text that is a list": ("texts/en.yaml", replaced("button_back: ", "button_back: [a]\nbutton_bak: ")),
    "checks that cannot be read": (CHECKS, unreadable),
    "checks with a key too much": (CHECKS, lambda text: text + "note: x\n"),
    "a template of one phrasing": (DOGS, replaced('"Freibad mit Hund"', '"(Freibad|Bad mit Hund"')),
    "a template without its concept": (DOGS, replaced('"Freibad mit Hund"', '"Hund im {sauna}"')),
}
#: A text under a wrong name is one too many and one missing; only its editor knows which.
TWO_PROBLEMS = {"a text that is a list"}


def problems_of(folder: Path) -> list[Problem]:
    return all_problems(load(folder, "knowledge"), {})


@pytest.mark.parametrize("mistake", MISTAKES)
def test_one_mistake_is_one_problem(mistake: str, small_folder: Path) -> None:
    name, edit = MISTAKES[mistake]
    # Templates of an entry need the concept, wherever the lexicon's own mistake is.
    dogs = small_folder / DOGS
    dogs.write_text(dogs.read_text(encoding="utf-8").replace("Hunde Schwimmbad", "{dog} Schwimmbad"), encoding="utf-8")
    path = small_folder / name
    path.write_text(edit(path.read_text(encoding="utf-8") if path.exists() else ""), encoding="utf-8")
    found = problems_of(small_folder)
    assert [problem.place.file for problem in found] == [f"knowledge/{name}"] * (1 + (mistake in TWO_PROBLEMS)), [
        problem.told("en") for problem in found
    ]


def test_a_broken_item_hides_no_problem_of_another(small_folder: Path) -> None:
    visitor, ticket, rules = small_folder / VISITOR, small_folder / "facts/ticket.yaml", small_folder / RULES
    visitor.write_text(visitor.read_text(encoding="utf-8").replace("about: asker\n", ""), encoding="utf-8")
    text = ticket.read_text(encoding="utf-8").replace('"mit saisonkarte"', '"ohne saisonkarte"')
    ticket.write_text(text, encoding="utf-8")
    text = rules.read_text(encoding="utf-8").replace("    today: right\n", "", 1)
    rules.write_text(text.replace("Hunde bleiben draußen.", "Hunde " * 60), encoding="utf-8")
    told = [problem.en for problem in problems_of(small_folder)]
    assert any('fact "visitor" lacks "about"' in each for each in told)
    assert any('"ohne saisonkarte" stands under "yes" and "no"' in each for each in told)
    assert any('claim "price-adult" lacks "today"' in each for each in told)
    assert any('"says" (de) has' in each for each in told)
    assert len(told) == 4
