"""Slips that would reach people or be lost without a word: some are problems, others warnings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.cli.check import all_problems
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.knowledge.problems import Problem
from bot.knowledge.rules import ADVICE, broken_rules, dates, evidence
from bot.knowledge.sentences import split_sentences
from bot.matching.judging.proving import texts_in_other_languages

PRICE = "entries/pool/pool-price.yaml"
DOGS = "entries/pool/pool-dogs.yaml"
RULES = "sources/pool-rules.yaml"
CHECKS = "checks/pool/pool-dogs.yaml"
TODAY = date(2026, 2, 1)


def replaced(old: str, new: str) -> Callable[[str], str]:
    def edit(text: str) -> str:
        assert old in text, f"the small knowledge no longer holds {old!r}"
        return text.replace(old, new, 1)

    return edit


@dataclass(frozen=True)
class Slip:
    file: str
    edit: Callable[[str], str]
    german: str
    english: str
    kind: str = "problem"


SLIPS = {
    "bold type": Slip(DOGS, replaced("Nein, Hunde", "**Nein**, Hunde"), "„**Nein**“ ist Fettschrift", "bold type"),
    "italics": Slip(DOGS, replaced("Nein, Hunde", "*Nein*, Hunde"), "Fettschrift", "bold type"),
    "HTML": Slip(DOGS, replaced("Nein, Hunde", "<b>Nein</b>, Hunde"), "„<b>“ ist HTML", "HTML"),
    "an HTML sign": Slip(RULES, replaced("Hunde bleiben", "Hunde &amp; Katzen bleiben"), "HTML", "HTML"),
    "a Markdown link": Slip(
        PRICE, replaced("Kleingeld mit", "[Kleingeld](https://x.example) mit"), "ein Link", "a link"
    ),
    "a citation in a step": Slip(
        PRICE, replaced("Bring change.", "Bring change [pool-rules#season]."), "Beleg", "inside"
    ),
    "a concept in a question": Slip(
        "facts/visitor.yaml", replaced("Wer möchte", "Wer {dog} möchte"), "„{dog}“", "{dog}"
    ),
    "damaged umlauts": Slip(RULES, replaced("draußen", "drauÃŸen"), "falsche Kodierung", "wrong encoding"),
    "a tab within a text": Slip(DOGS, replaced("Nein, Hunde", "Nein,\tHunde"), "Tabulator", "a tab stands in"),
    "a step of one language": Slip(
        PRICE, replaced(', en: "Bring change."', ""), "ein Satz braucht „en“", 'a sentence lacks "en"'
    ),
    "see_also to itself": Slip(PRICE, replaced("[pool-dogs]", "[pool-price]"), "auf den Eintrag selbst", "itself"),
    "see_also twice": Slip(PRICE, replaced("[pool-dogs]", "[pool-dogs, pool-dogs]"), "2-mal", "2 times"),
    "reviewed in the future": Slip(
        DOGS, replaced("reviewed: 2026-01-15", "reviewed: 2026-11-30"), "liegt in der Zukunft", "is in the future"
    ),
    "checked in the future": Slip(RULES, replaced("checked: 2026-01", "checked: 2027-01"), "checked", "future"),
    "published in the future": Slip(RULES, replaced("published: 2024", "published: 2034"), "published", "future"),
    "a concept that does not exist": Slip(
        "facts/ticket.yaml",
        replaced('why: {de: "Mit', 'beside: [dogs]\nwhy: {de: "Mit'),
        "(meinen Sie „dog“?)",
        '"dog"',
    ),
    "the same question twice": Slip(
        DOGS, replaced('- "Freibad mit Hund"', '- "Freibad mit Hund"\n    - "freibad mit Hund!"'), "steht auch in", ""
    ),
    "an option that nobody types": Slip(
        "facts/visitor.yaml",
        lambda text: (
            text[: text.index('    label: {de: "Kind"')]
            + '    label: {de: "Kinder bis einschließlich sechs Jahre", en: "Children up to six years"}\n'
        ),
        "„visitor: child“ tippt niemand",
        "nobody will type",
        "warning",
    ),
    "an English title under de": Slip(
        DOGS,
        replaced('de: "Hunde im Freibad"', 'de: "Are dogs allowed at the pool?"'),
        "Englisch",
        "English",
        "warning",
    ),
    "a German answer under en": Slip(
        DOGS, replaced("No, dogs stay outside.", "Nein, die Hunde bleiben draußen."), "Deutsch", "German", "warning"
    ),
    "the same words in another order": Slip(
        DOGS,
        replaced('- "Freibad mit Hund"', '- "Freibad mit Hund"\n    - "mit Hund Freibad"'),
        "Zeile",
        "line",
        "warning",
    ),
    "a text that is not finished": Slip(
        DOGS, replaced("Nein, Hunde bleiben", "Nein, Hunde (TBD) bleiben"), "„TBD“", '"TBD"', "warning"
    ),
    "a review that is put off": Slip(
        DOGS, replaced("review_by: 2027", "review_by: 2037"), "mehr als zwei Jahre", "two years", "warning"
    ),
    "a concept without words": Slip(
        "lexicon.yaml",
        replaced("dog: {de: [hund, hunde, vierbeiner], en: [dog, dogs]}", "dog: {de: [hund]}"),
        "„dog“",
        "",
        "warning",
    ),
    "a question to be declined that is asked": Slip(
        "checks/out-of-scope.yaml", replaced('"Steuern sparen"', '"Freibad mit Hund"'), "unter out_of_scope", "keep one"
    ),
    "a question that is asked and is not": Slip(
        PRICE, replaced('de: ["Was kostet ein Hund?"]', 'de: ["Freibad Preise?"]'), "unter not_asked_as", "keep one"
    ),
    "a source without claims": Slip(
        "sources/old-flyer.yaml",
        lambda text: text[: text.index("claims:")] + "claims: {}\n",
        "hat keine Aussagen",
        "no claims",
    ),
    "a template of no words": Slip(
        "lexicon.yaml",
        lambda text: text.replace("en: [dog, dogs]", "en: []"),
        "steht für nichts",
        "stands for nothing",
    ),
}


def told(folder: Path) -> list[Problem]:
    loaded = load(folder, "knowledge")
    knowledge = loaded.knowledge
    warnings = [*broken_rules(knowledge, ADVICE), *texts_in_other_languages(knowledge)]
    return [*all_problems(loaded, {}), *dates.dates_fit_today(knowledge, TODAY), *warnings]


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told(slip: str, small_folder: Path) -> None:
    each = SLIPS[slip]
    if slip == "a template of no words":
        dogs = small_folder / DOGS
        dogs.write_text(replaced("dogs lido", "{dog} lido")(dogs.read_text(encoding="utf-8")), encoding="utf-8")
    path = small_folder / each.file
    path.write_text(each.edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    found = told(small_folder)
    fitting = [problem for problem in found if each.german in problem.de and each.english in problem.en]
    assert fitting, found
    assert {problem.kind for problem in fitting} == {each.kind}


def test_nothing_is_told_of_what_is_sound(small_folder: Path) -> None:
    assert told(small_folder) == []


def test_the_knowledge_that_ships_gives_no_false_alarm(real: Knowledge) -> None:
    # That a page of a court or an authority could not be found yet is no slip.
    others = tuple(rule for rule in ADVICE if rule is not evidence.sources_are_official)
    assert broken_rules(real, others) == []
    assert list(texts_in_other_languages(real)) == []


def test_questions_for_one_entry_in_two_files_are_told(small_folder: Path) -> None:
    other = (small_folder / CHECKS).read_text(encoding="utf-8").replace("Darf der Hund rein?", "Hund dabei, geht das?")
    (small_folder / "checks/pool/more.yaml").write_text(other, encoding="utf-8")
    assert any("bitte in eine Datei" in problem.de for problem in told(small_folder))


@pytest.mark.parametrize("name", ["facts/visitor.yml", "lexikon.yaml", "entries/pool/alt.yaml.bak"])
def test_a_file_that_nobody_reads_is_told(name: str, small_folder: Path) -> None:
    (small_folder / name).write_text("a: b\n", encoding="utf-8")
    (problem,) = told(small_folder)
    assert problem.place.file == f"knowledge/{name}"
    assert "wird nicht gelesen" in problem.de


def test_the_one_file_of_all_facts_is_refused_with_what_replaced_it(small_folder: Path) -> None:
    (small_folder / "facts.yaml").write_text("visitor: {about: asker}\n", encoding="utf-8")
    for path in (small_folder / "facts").iterdir():
        path.unlink()
    (problem,) = told(small_folder)
    assert problem.place.file == "knowledge/facts.yaml"
    assert "facts/<name>.yaml" in problem.de
    assert "facts/<name>.yaml" in problem.en


def test_two_facts_of_one_name_are_told(small_folder: Path) -> None:
    (small_folder / "facts/more").mkdir()
    (small_folder / "facts/ticket.yaml").rename(small_folder / "facts/more/visitor.yaml")
    assert any("steht auch in" in problem.de for problem in told(small_folder))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_other_systems_are_read(end: str, small_folder: Path) -> None:
    path = small_folder / DOGS
    path.write_bytes(path.read_text(encoding="utf-8").replace("\n", end).encode())
    assert told(small_folder) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Schreiben von Hrn. Dr. Müller vom 3. Mai gilt.",
        "Nach Art. 6 Abs. 1 Buchst. f DSGVO bzw. Nr. 4 ist das erlaubt.",
        "Das Urteil vom 12. Dezember 2023, Az. 4 U 75/23, gilt seit dem 1. Januar.",
        "Das kostet ca. 5 Mio. Euro, vgl. Rn. 12.",
        "Mr. Smith and Mrs. Jones read No. 5 of sec. 7.",
        "The judgment of 3 Dec. 2024 applies, cf. para. 12.",
        "Die Firma Meta Platforms Inc. mit Sitz in den USA sieht z. B. Namen.",
    ],
)
def test_one_sentence_is_one(sentence: str) -> None:
    assert split_sentences(sentence) == [sentence]


@pytest.mark.parametrize("text", ["Nein. Das gilt.", "Das geht! Fragen Sie.", "Yes. It is allowed.", "Ist das so? Ja."])
def test_two_sentences_are_two(text: str) -> None:
    assert len(split_sentences(text)) == 2
