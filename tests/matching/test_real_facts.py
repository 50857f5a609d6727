"""What people write about themselves, read with the follow-up questions of the shipped knowledge."""

import pytest

from bot.knowledge.loader import load
from bot.matching.facts import FactReader
from tests.small import REAL


@pytest.fixture(scope="module")
def facts() -> FactReader:
    """Needs no entries: these are facts.yaml and the lexicon alone."""
    return FactReader(load(REAL).knowledge, ())


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Darf ich als Rechtsanwältin Termine per WhatsApp bestätigen?", "law-office"),
        ("Unsere Steuerkanzlei möchte Mandanten Fristen schicken.", "law-office"),
        ("Ich bin Notar, darf ich das?", "law-office"),
        ("Als Wirtschaftsprüferin schreibe ich Unternehmen.", "law-office"),
        ("Unser Lohnbüro gehört zu einer Steuerkanzlei.", "law-office"),
        ("Unsere Schuldnerberatung ist auf WhatsApp erreichbar.", "law-office"),
        ("Ein Mandant schickt uns Belege.", "law-office"),
        ("Are we, as a law firm, allowed to use it?", "law-office"),
        ("I text the clients of my law firm.", "law-office"),
        ("Our law firm sends reminders to our clients.", "law-office"),
        ("We are tax advisers and use WhatsApp.", "law-office"),
        ("Dürfen wir in der Zahnarztpraxis an Termine erinnern?", "practice"),
        ("Unsere Apotheke meldet, wenn das Rezept fertig ist.", "practice"),
        ("Als Heilpraktikerin schreibe ich Patienten.", "practice"),
        ("Wir sind ein Pflegedienst.", "practice"),
        ("We are a physiotherapy practice.", "practice"),
        # Clients alone are a business's.
        ("May I text my clients?", "business"),
        ("Can we message our clients about appointments?", "business"),
        # Who is treated or advised is not who treats and advises.
        ("Als Patientin möchte ich wissen, was gespeichert ist.", None),
        ("Ich bin Mandant und will das nicht.", None),
        ("As a patient I want to know what you store.", None),
        ("My solicitor texts me.", None),
        ("Unser Steuerberater will alles über WhatsApp.", None),
        ("Verrät ein Chat mit der Suchtberatung etwas über mich?", None),
        # Both have it, so it tells neither.
        ("Was sagt die Schweigepflicht dazu?", None),
        # Chanceries are no law offices.
        ("Wir arbeiten in der Senatskanzlei.", "authority"),
        ("Die Pfarrkanzlei schreibt den Ministranten.", "church"),
        ("Unsere katholische Kita schreibt Eltern.", "church"),
        ("Unser Fahrschüler hat das Auto bestellt.", None),
    ],
)
def test_who_writes_is_told_by_what_they_say_of_themselves(text: str, sender: str | None, facts: FactReader) -> None:
    assert facts.told(text).get("sender") == sender


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Kanzlei", "law-office"),
        ("Kanzlei, Steuerberatung", "law-office"),
        ("Law firm, tax adviser", "law-office"),
        ("wir sind Steuerberater", "law-office"),
        ("Notariat", "law-office"),
        ("eine Beratungsstelle", "law-office"),
        ("a solicitor", "law-office"),
        ("Praxis, Klinik, Pflege", "practice"),
        ("Hebamme", "practice"),
        ("ne Physiopraxis", "practice"),
        ("mit Schweigepflicht", None),
        ("clients", "business"),
        # Of two, the stricter one; what is none of these neither wins nor loses.
        ("Heilpraktikerpraxis und Verein", "practice"),
        ("Wir sind ein Verein mit eigener Praxis", "practice"),
        ("Verein und Betrieb", "club"),
        ("club and business", "club"),
        ("Kirchengemeinde mit Kita", "church"),
        ("Steuerkanzlei und Hofladen", "law-office"),
        ("privat und geschäftlich", "unknown"),
        ("private and business", "unknown"),
        ("Verein oder Betrieb", None),
        # A negation excludes one and names none.
        ("kein Betrieb", None),
        ("not a business", None),
        ("Verein, kein Betrieb", "club"),
    ],
)
def test_who_writes_is_chosen_in_peoples_words(text: str, sender: str | None, facts: FactReader) -> None:
    assert facts.answer("sender", text) == sender


@pytest.mark.parametrize(
    ("text", "sender"),
    [
        ("Wir sind ein Verein mit eigener Praxis. Dürfen wir Termine schicken?", "practice"),
        ("Als Verein und Praxis schreiben wir unseren Mitgliedern.", "practice"),
        ("Wir sind eine Gemeinde und betreiben eine Kita.", "authority"),
        ("We are a club with our own practice.", "practice"),
        ("I am a farmer and a teacher.", "school"),
        ("Als Hofladen beliefern wir die Kita nebenan.", "business"),
        ("Wir sind ein Verein ohne eigene Praxis.", "club"),
        ("Wir sind ein Hofladen und eine Schule hat bestellt.", None),
        ("Als Mutter und Lehrerin frage ich mich das.", None),
    ],
)
def test_of_two_that_the_asker_is_the_stricter_is_told(text: str, sender: str | None, facts: FactReader) -> None:
    assert facts.told(text).get("sender") == sender


def test_a_level_goes_with_the_authority_that_another_outranks(facts: FactReader) -> None:
    assert facts.told("Wir sind eine Gemeinde mit eigener Klinik.") == {"sender": "practice"}
