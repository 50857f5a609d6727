"""Terms, countries, authorities and emergencies are read as they are written, and need not be there."""

from pathlib import Path

import pytest

from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge, Reference
from bot.knowledge.rules import COMPLETE, SOUND, broken_rules
from tests.knowledge.guided import FILES, write_guidance
from tests.small import only_german


@pytest.fixture
def guided(small_folder: Path) -> Path:
    return write_guidance(small_folder)


def read(folder: Path) -> Knowledge:
    loaded = load(folder, "knowledge")
    found = [*loaded.problems, *broken_rules(loaded.knowledge, SOUND + COMPLETE)]
    assert [problem.told("en") for problem in found] == []
    return loaded.knowledge


def test_a_knowledge_need_have_none_of_them(small_folder: Path) -> None:
    for name in FILES:
        (small_folder / name).unlink(missing_ok=True)
    knowledge = read(small_folder)
    assert (knowledge.terms, knowledge.countries, knowledge.authorities, knowledge.emergencies) == ({}, {}, {}, {})


def test_a_term_has_its_spellings_its_meaning_and_its_entry(guided: Path) -> None:
    terms = read(guided).terms
    ticket = terms["season-ticket"]
    assert (ticket.id, ticket.name.de, ticket.name.en, ticket.entry) == (
        "season-ticket",
        "Saisonkarte",
        "Season ticket",
        "pool-price",
    )
    assert ticket.said_as.de == ("Dauerkarten", "Dauerkarte", "Jahreskarte")
    (meaning,) = ticket.means
    assert meaning.text.en == "With a season ticket the entry is paid."
    assert meaning.citations == (Reference("pool-rules", "season"),)
    assert (terms["lido"].name.de, terms["lido"].name.en, terms["lido"].entry) == ("Lido", "Lido", None)


def test_a_country_has_the_words_for_it_a_reply_and_its_authority(guided: Path) -> None:
    austria = read(guided).countries["austria"]
    assert austria.said_as.de == ("österreichische", "österreichischer", "österreichisches", "wien")
    assert [statement.is_own for statement in austria.reply] == [True, False]
    assert austria.authority == "baths-at"


def test_an_authority_has_its_addresses_and_whom_it_serves(guided: Path) -> None:
    authorities = read(guided).authorities
    here, there = authorities["baths"], authorities["baths-at"]
    assert (here.land, here.serves, here.short.en) == (None, ("private", "public"), "Bäderaufsicht")
    assert (here.complaint, here.breach) == ("https://baths.example/complaint", "https://baths.example/breach")
    assert (there.serves, there.complaint, there.breach) == (("country",), "", "")


def test_an_emergency_has_its_lines_its_deadline_and_what_looks_like_it(guided: Path) -> None:
    accident = read(guided).emergencies["accident"]
    assert accident.said_as.de == ("jemand … ertrinkt", "mein kind … ertrinkt", "unfall im becken")
    assert accident.untold_as.all == ("unfallversicherung",)
    assert [line.text.de.split()[0] for line in accident.lines] == ["Ziehen", "Schreiben", "Wir", "Melden", "Rufen"]
    assert (accident.kind, accident.deadline_hours, accident.entries) == ("emergency", 72, ("pool-hours", "pool-dogs"))


def test_a_short_answer_may_be_said_once_more_in_simpler_words(small_folder: Path) -> None:
    path = small_folder / "entries/pool/pool-dogs.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('verdict: "no"', 'verdict: "no"\n    plain: {de: "Nein, nie.", en: "No, never."}'),
        encoding="utf-8",
    )
    entries = read(small_folder).entries
    plain = entries["pool-dogs"].outcomes[0].plain
    assert plain is not None
    assert plain.de == "Nein, nie."
    assert {outcome.plain for outcome in entries["pool-price"].outcomes} == {None}


def test_a_knowledge_of_one_language_has_them_in_that_one(guided: Path) -> None:
    knowledge = read(only_german(guided))
    assert knowledge.terms["season-ticket"].name["en"] == "Saisonkarte"
    assert knowledge.emergencies["accident"].title.de == "Unfall im Becken"
