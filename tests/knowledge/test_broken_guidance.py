"""Every way to break terms, countries, authorities, emergencies and plain answers is told with its place and advice."""

from datetime import date
from pathlib import Path

import pytest

from bot.cli.check import Wanted, all_problems, check
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.loader import load
from bot.knowledge.problems import Problem
from bot.knowledge.rules import ADVICE, broken_rules
from tests.knowledge.guided import write_guidance
from tests.knowledge.test_broken import (
    DOGS,
    Broken,
    appended,
    line_number,
    problems_of,
    replaced,
    speaks_both_languages,
)

TERMS, COUNTRIES = "terms.yaml", "countries.yaml"
AUTHORITIES, EMERGENCIES = "authorities.yaml", "emergencies.yaml"

BROKEN = {
    "a file that is a list": Broken(TERMS, lambda _: "- season-ticket\n", "", ("terms.yaml must be a mapping",)),
    "an unknown key": Broken(
        TERMS, replaced("  entry:", "  entri:"), "entri:", ('"season-ticket" has no key "entri"', 'mean "entry"')
    ),
    "no meaning": Broken(TERMS, appended("empty:\n  name: Leer\n"), "  name: Leer", ('lacks "means"',)),
    "a term that is no id": Broken(TERMS, replaced("lido:", "Das Lido:"), "Das Lido:+1", ('"Das Lido" is no id',)),
    "a name in one language": Broken(
        TERMS, replaced('{de: "Saisonkarte", en: "Season ticket"}', '{de: "Saisonkarte"}'), "name:", ('lacks "en"',)
    ),
    "too long a name": Broken(
        TERMS, replaced("Saisonkarte", "Saison" * 5), "name:", ('"name" (de) has 30', "shorten it to 28")
    ),
    "a meaning in one language": Broken(
        TERMS, replaced(', en: "We mean the outdoor pool."', ""), "We mean", ('a sentence lacks "en"',)
    ),
    "a meaning that cites nothing": Broken(
        TERMS,
        replaced("      cites: [pool-rules#season]\n", ""),
        "Mit einer Saisonkarte ist",
        ("(means) cites nothing", "own: true for words of your own"),
    ),
    "a meaning that cites what there is not": Broken(
        TERMS, replaced("#season]", "#seasons]"), "Mit einer Saisonkarte ist", ("no source has", "pool-rules#season")
    ),
    "a meaning that rests on what is outdated": Broken(
        TERMS,
        replaced("pool-rules#season", "old-flyer#f1"),
        "Mit einer Saisonkarte ist",
        ('"old-flyer#f1" is outdated today', "cite what holds today"),
    ),
    "words of our own that do not say so": Broken(
        TERMS, replaced("We mean the", "It is the"), "It is the", ("(en) must begin as one", "We mean")
    ),
    "words of our own with a source": Broken(
        TERMS,
        replaced('pool."}', 'pool.", cites: [pool-rules#hours]}'),
        "We mean",
        ("a sentence of our own has no citation",),
    ),
    "two sentences in one meaning": Broken(
        TERMS, replaced("damit das Freibad.", "damit das Bad. Es ist groß."), "Es ist", ("more than one sentence (de)",)
    ),
    "too long a meaning": Broken(
        TERMS,
        replaced("the entry is paid", "the entry is " + "very " * 20 + "well paid"),
        "Mit einer Saisonkarte ist",
        ('under "means" (en) has 29 words', "shorten it to 25"),
    ),
    "three meanings": Broken(
        TERMS,
        lambda text: "".join(line * (3 if "We mean" in line else 1) for line in text.splitlines(keepends=True)),
        'name: "Lido"',
        ('"means" has 3 sentences', "write 1 to 2"),
    ),
    "a spelling of two terms": Broken(
        TERMS,
        replaced('  name: "Lido"\n', '  name: "Lido"\n  said_as: {de: ["Jahres-Karte", "season  pass"]}\n'),
        "season  pass",
        ('under "season-ticket" and "lido"', "keep one"),
    ),
    "a spelling that is the name of another": Broken(
        TERMS, replaced('"season pass"', '"lido"'), 'name: "Lido"', ('"Lido" stands under',)
    ),
    "a template that does not close": Broken(TERMS, replaced("karte[n]", "karte[n"), "Dauer", ("lacks its closing",)),
    "a gap in a spelling": Broken(TERMS, replaced("Jahreskarte", "Karte … Jahr"), "Jahr", ("no gap is possible",)),
    "the entry of a term that there is not": Broken(
        TERMS, replaced("pool-price", "pool-prize"), "season-ticket:+1", ("which is no entry", 'mean "pool-price"')
    ),
    "a text to be finished": Broken(TERMS, replaced("We mean the", "TODO"), "TODO", ("still to be filled in",)),
    "markup in a meaning": Broken(TERMS, replaced("the entry is", "**the entry** is"), "means:+1", ("bold type",)),
    "a country without words": Broken(
        COUNTRIES, replaced('    de: ["österreichisch(e|er|es)", "wien"]\n', ""), "said_as:+1", ("no German text",)
    ),
    "a country of one sentence": Broken(
        COUNTRIES,
        lambda text: "".join(line for line in text.splitlines(keepends=True) if "price-child" not in line),
        "austria:+1",
        ('"reply" has 1 sentence:', "write 2 to 4"),
    ),
    "a reply that cites nothing": Broken(
        COUNTRIES, replaced(", cites: [pool-rules#price-child]", ""), "Auch dort", ("(reply) cites nothing",)
    ),
    "a word for two countries": Broken(
        COUNTRIES,
        lambda text: text + text.replace("austria:", "vienna:").replace('"Österreich"', '"Wien"'),
        '"Wien", en',
        ('"Wien" stands under "austria" and "vienna"',),
    ),
    "the authority of a country that there is not": Broken(
        COUNTRIES, replaced("baths-at", "bath-at"), "austria:+1", ('mean "baths-at"', "correct it")
    ),
    "the authority of a country that is another's": Broken(
        COUNTRIES, replaced("authority: baths-at", "authority: baths"), "austria:+1", ('write "country" under for',)
    ),
    "an authority without an address": Broken(
        AUTHORITIES, replaced("  url: https://baths.example/\n", ""), "baths:+1", ('"baths" lacks "url"',)
    ),
    "an unsafe address": Broken(
        AUTHORITIES,
        replaced("https://baths.example/complaint", "http://b.example/"),
        "baths:+1",
        ("no safe web",),
    ),
    "an address that is none": Broken(
        AUTHORITIES, replaced("https://baths-at.example/", "https://baths at"), "baths-at:+1", ("start it with https",)
    ),
    "an authority for nobody": Broken(
        AUTHORITIES, replaced("for: [private, public]", "for: []"), "for:", ('"for" is empty', "church-catholic")
    ),
    "an authority for whom there is not": Broken(
        AUTHORITIES, replaced("for: country", "for: abroad"), "for: abroad", ('"for" is "abroad"', "write one of")
    ),
    "a Land where there is no such fact": Broken(
        AUTHORITIES, replaced("  for: [private", "  land: by\n  for: [private"), "baths:+1", ('land names "by"',)
    ),
    "a day that is none": Broken(
        AUTHORITIES, replaced("checked: 2026-01-15", "checked: January"), "checked:", ("is no date",)
    ),
    "four lines": Broken(
        EMERGENCIES,
        lambda text: "".join(line for line in text.splitlines(keepends=True) if "Kasse" not in line),
        "accident:+1",
        ('"lines" has 4 sentences', "write exactly 5"),
    ),
    "a kind that there is not": Broken(
        EMERGENCIES, replaced("kind: emergency", "kind: urgent"), "kind:", ("emergency, legal",)
    ),
    "a deadline in words": Broken(
        EMERGENCIES, replaced("72", "three days"), "deadline_hours:", ("write the number of hours",)
    ),
    "a deadline of nothing": Broken(EMERGENCIES, replaced("72", "0"), "deadline_hours:", ("such as 72",)),
    "a line of law that cites nothing": Broken(
        EMERGENCIES,
        replaced("Rufen Sie die Kasse an.", "Rufen Sie die Kasse unverzüglich an."),
        "Kasse",
        ('says what the law is ("unverzüglich")', "add cites"),
    ),
    "a line that rests on what is outdated": Broken(
        EMERGENCIES, replaced("pool-rules#hours", "old-flyer#f1"), "Melden", ("does not carry this sentence",)
    ),
    "a line of our own with a source": Broken(
        EMERGENCIES,
        replaced("own: true, de", "own: true, cites: [pool-rules#dogs], de"),
        "Wir raten",
        ("remove cites or own",),
    ),
    "too many words in all": Broken(
        EMERGENCIES,
        replaced("Call the desk.", "Call " + "and call " * 36 + "and call" + " us" * 60),
        "accident:+1",
        ('under "lines" (en)', "shorten them to 150"),
    ),
    "a phrase of two emergencies": Broken(
        EMERGENCIES,
        lambda text: text + text.replace("accident:", "fire:").replace('["someone is drowning"]', '["fire"]'),
        "",
        ('under "accident" and "fire"', "keep one"),
    ),
    "a phrase that tells and does not tell": Broken(
        EMERGENCIES, replaced('"unfallversicherung"', '"Unfall im Becken"'), "untold_as:+1", ("said_as and untold_as",)
    ),
    "two gaps": Broken(
        EMERGENCIES, replaced("… ertrinkt", "… ertrinkt … hier"), "ertrinkt", ("one gap at most", "write it otherwise")
    ),
    "a gap at the end": Broken(EMERGENCIES, replaced('"unfall im becken"', '"unfall …"'), "unfall …", ("one gap",)),
    "an entry that there is not": Broken(
        EMERGENCIES, replaced("[pool-hours", "[pool-hour"), "accident:+1", ('entries names "pool-hour"', "pool-hours")
    ),
    "a plain answer that decides otherwise": Broken(
        DOGS,
        replaced('verdict: "no"', 'verdict: "no"\n    plain: {de: "Ja, immer.", en: "No, never."}'),
        "plain:",
        ('"plain" (de)', 'begin with "Nein"'),
    ),
    "a plain answer that decides what is not decided": Broken(
        "entries/pool/pool-hours.yaml",
        replaced("verdict: info", 'verdict: info\n    plain: {de: "Bis acht.", en: "Yes, until eight."}'),
        "plain:",
        ('"plain" (en)', "begin with the thing itself"),
    ),
    "too long a plain answer": Broken(
        DOGS,
        replaced('verdict: "no"', f'verdict: "no"\n    plain: {{de: "Nein, {"nie " * 25}.", en: "No."}}'),
        "plain:",
        ('"plain" (de) has 26 words', "shorten it to 25"),
    ),
    "a plain answer in one language": Broken(
        DOGS, replaced('verdict: "no"', 'verdict: "no"\n    plain: {de: "Nein."}'), "plain:", ('"plain" lacks "en"',)
    ),
}


@pytest.fixture
def guided(small_folder: Path) -> Path:
    return write_guidance(small_folder)


def found_in(folder: Path, broken: Broken) -> list[Problem]:
    path = folder / broken.file
    path.write_text(broken.edit(path.read_text(encoding="utf-8")), encoding="utf-8")
    return all_problems(load(folder, "knowledge"), {})


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_guidance_is_told_with_file_line_and_advice(kind: str, guided: Path) -> None:
    broken = BROKEN[kind]
    found = found_in(guided, broken)
    for problem in found:
        speaks_both_languages(problem)
    problems = [problem.told("en") for problem in found]
    fitting = [problem for problem in problems if all(word in problem for word in broken.says)]
    assert fitting, problems
    line = line_number((guided / broken.file).read_text(encoding="utf-8"), broken.line_with)
    if line is not None:
        assert any(problem.startswith(f"knowledge/{broken.file}:{line}: ") for problem in fitting), problems


@pytest.mark.parametrize("name", [TERMS, COUNTRIES, AUTHORITIES, EMERGENCIES])
def test_what_cannot_be_read_is_missed_nowhere_else(name: str, guided: Path) -> None:
    (guided / name).write_text("- a\n", encoding="utf-8")
    assert [problem.partition(": ")[0] for problem in problems_of(guided)] == [f"knowledge/{name}:1"]


def test_a_claim_that_only_they_cite_is_used(guided: Path) -> None:
    rules = guided / "sources/pool-rules.yaml"
    claim = (
        "  lido:\n    locator: {de: Nr. 6, en: no. 6}\n    says: {de: Das Lido ist alt., en: The lido is old.}\n"
        "    today: right\n"
    )
    rules.write_text(rules.read_text(encoding="utf-8") + claim, encoding="utf-8")
    assert any('no answer cites "pool-rules#lido"' in problem for problem in problems_of(guided))
    terms = guided / TERMS
    own = '    - {own: true, de: "Wir meinen damit das Freibad.", en: "We mean the outdoor pool."}\n'
    cited = '    - {de: "Das Lido ist das Freibad.", en: "The lido is the pool.", cites: [pool-rules#lido]}\n'
    terms.write_text(terms.read_text(encoding="utf-8").replace(own, cited), encoding="utf-8")
    assert problems_of(guided) == []


LAND = """\
about: asker
ask: {de: "In welchem Land?", en: "In which state?"}
why: {de: "Die Aufsicht ist eine andere.", en: "The authority differs."}
options:
  by: {label: {de: "Bayern", en: "Bavaria"}, said_as: {de: ["in bayern"], en: ["in bavaria"]}}
  be: {label: {de: "Berlin", en: "Berlin"}, said_as: {de: ["in berlin"], en: ["in berlin"]}}
"""


def with_lands(folder: Path, *lands: str) -> list[str]:
    """What is told of authorities for these Länder and whom they serve ("by private")."""
    authorities = folder / AUTHORITIES
    (folder / "facts/land.yaml").write_text(LAND, encoding="utf-8")
    template = (
        '{0}:\n  land: {1}\n  for: {2}\n  name: X\n  short: X\n  url: "https://x.example/"\n  checked: 2026-01-15\n'
    )
    added = "".join(template.format(f"a-{number}", *land.split()) for number, land in enumerate(lands))
    authorities.write_text(authorities.read_text(encoding="utf-8") + added, encoding="utf-8")
    return [problem.partition(": ")[2] for problem in problems_of(folder) if AUTHORITIES in problem]


def test_each_land_needs_an_authority_for_everybody(guided: Path) -> None:
    assert with_lands(guided, "by private", "by public", "be private") == [
        'there is no authority for "public" in "be": add it (land: be)'
    ]


def test_a_land_that_is_complete_needs_nothing_more(guided: Path) -> None:
    assert with_lands(guided, "by [private,public]", "be [private,public]") == []


def test_a_land_has_one_authority_for_the_same_people(guided: Path) -> None:
    assert with_lands(guided, "by [private,public]", "be [private,public]", "by public") == [
        '"a-0" is for "public" in "by" too: name one alone'
    ]


def test_a_misspelt_land_is_told_with_the_nearest(guided: Path) -> None:
    told = with_lands(guided, "by [private,public]", "be [private,public]", "byy church-catholic")
    assert told == [
        'land names "byy", which is no option of the fact "land" (did you mean "by"?): correct or remove it'
    ]


def test_a_knowledge_without_authorities_misses_none(small_folder: Path) -> None:
    (small_folder / "facts/land.yaml").write_text(LAND, encoding="utf-8")
    assert not any("authority for" in problem for problem in problems_of(small_folder))


@pytest.mark.parametrize(
    ("german", "says"),
    [
        ("Nein, Hunde bleiben draußen.", ("„plain“ (de) ist nicht kürzer", '"plain" (de) is no shorter')),
        ("Nein, laut BadG.", ("„plain“ (de) nennt „BadG“", '"plain" (de) names "BadG"')),
        ("Nein, § 3.", ("„plain“ (de) nennt „§“", '"plain" (de) names "§"')),
        ("Nein, nie.", None),
    ],
)
def test_a_plain_answer_that_is_not_plain_is_warned_of(
    german: str, says: tuple[str, str] | None, small_folder: Path
) -> None:
    path = small_folder / DOGS
    plain = f'verdict: "no"\n    plain: {{de: "{german}", en: "No, never."}}'
    path.write_text(path.read_text(encoding="utf-8").replace('verdict: "no"', plain), encoding="utf-8")
    loaded = load(small_folder, "knowledge")
    assert all_problems(loaded, {}) == []
    told = [problem for problem in broken_rules(loaded.knowledge, ADVICE) if "plain" in problem.en]
    assert [(each.kind, each.place.line) for each in told] == [("warning", 30)] * (says is not None)
    if says:
        assert (says[0] in told[0].de, says[1] in told[0].en) == (True, True)


def test_an_authority_that_was_checked_tomorrow_is_a_problem(guided: Path, capsys: pytest.CaptureFixture[str]) -> None:
    authorities = guided / AUTHORITIES
    text = authorities.read_text(encoding="utf-8")
    authorities.write_text(text.replace("checked: 2026-01-15", "checked: 2036-01-15", 1), encoding="utf-8")
    folder = KnowledgeFolder(guided, "knowledge")
    assert check(folder, Wanted(with_questions=False), date(2026, 2, 1), "en") == 1
    assert "authorities.yaml:2: checked (2036-01-15) is in the future" in capsys.readouterr().out
