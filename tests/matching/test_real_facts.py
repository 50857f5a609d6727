"""What people write about themselves, read with the follow-up questions of the shipped knowledge."""

import pytest

from bot.knowledge.loader import load
from bot.matching.facts.reader import FactReader
from tests.small import REAL


@pytest.fixture(scope="module")
def facts() -> FactReader:
    """Needs no entries: these are the facts and the lexicon alone."""
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


def test_a_level_goes_where_the_authority_is_outranked(facts: FactReader) -> None:
    told = facts.told("Wir sind eine Gemeinde mit eigener Klinik.")
    assert (told.get("sender"), told.get("authority_level")) == ("practice", None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Wir sind eine Schule in Bayern.", {"sender": "school", "land": "by"}),
        ("bei uns in Meck-Pomm", {"land": "mv"}),
        ("Dürfen wir als Gemeinde in NRW WhatsApp nutzen?", {"land": "nw"}),
        ("Unsere hessische Grundschule nutzt WhatsApp.", {"sender": "school", "land": "he"}),
        ("Wir sind eine Kita in BaWü.", {"sender": "school", "land": "bw"}),
        ("Unser Gymnasium liegt in Sachsen-Anhalt.", {"land": "st"}),
        ("Unser Gymnasium liegt in Niedersachsen.", {"land": "ni"}),
        ("We are a school in Lower Saxony.", {"sender": "school", "land": "ni"}),
        # A town by its name: who writes, at which level, and where.
        ("Ich arbeite bei der Stadt Essen.", {"sender": "authority", "authority_level": "municipal", "land": "nw"}),
        ("Wir sind die Stadt Köln.", {"sender": "authority", "authority_level": "municipal", "land": "nw"}),
        ("Als Landeshauptstadt München schreiben wir.", {"authority_level": "municipal", "land": "by"}),
        ("City of Munich", {"authority_level": "municipal", "land": "by"}),
        ("die Bezirksregierung Arnsberg", {"authority_level": "state", "land": "nw"}),
        ("Wir arbeiten beim Land Hessen.", {"sender": "authority", "authority_level": "state", "land": "he"}),
        ("Unsere Verwaltung in Neubrandenburg", {"land": "mv"}),
        ("ein Amt in Rheinhessen", {"land": "rp"}),
    ],
)
def test_the_land_is_told_beside_who_writes(text: str, told: dict[str, str], facts: FactReader) -> None:
    assert told.items() <= facts.told(text).items()


@pytest.mark.parametrize(
    "text",
    [
        "Das Essen ist fertig, dürfen wir das melden?",
        "Wir verkaufen Berliner, Hamburger und Thüringer.",
        "Die Sachen der Bauern liegen bereit.",
        "Wir bremsen das Projekt.",
        "Kunden in Köln wollen beliefert werden.",
        "Unsere Kunden aus Hessen wollen das.",
        "Was sagt der LfD Niedersachsen dazu?",
        "Was hat das OLG Hamburg entschieden?",
        "Die App vom FC Bayern",
        "Hälfte in Bayern, Hälfte in Hessen",
        "Wir sind in Bayern und in Hessen tätig.",
        "Send it by WhatsApp so that it will be there and he can read it.",
    ],
)
def test_what_is_no_land_or_somebody_elses_tells_none(text: str, facts: FactReader) -> None:
    assert "land" not in facts.told(text)


@pytest.mark.parametrize(
    ("text", "land"),
    [
        ("Bayern", "by"),
        ("in Bayern", "by"),
        ("aus dem schönen Niedersachsen", "ni"),
        ("Land Hessen", "he"),
        ("Freistaat Sachsen", "sn"),
        ("BW", "bw"),
        ("MV", "mv"),
        ("S-H", "sh"),
        ("NRW", "nw"),
        ("baden-wuertemberg", "bw"),
        ("Thürigen", "th"),
        ("Lower Saxony", "ni"),
        ("Rhineland-Palatinate", "rp"),
        ("Essen", "nw"),
        ("Hessen", "he"),
        ("Köln", "nw"),
        ("in München", "by"),
        ("Munich", "by"),
        ("Frankfurt am Main", "he"),
        ("bundesweit", "unknown"),
        # There are two of them.
        ("Frankfurt", None),
        ("Bayern oder Hessen", None),
    ],
)
def test_the_land_is_chosen_in_peoples_words(text: str, land: str | None, facts: FactReader) -> None:
    assert facts.answer("land", text) == land


def test_a_land_that_is_named_is_no_level_of_its_own(facts: FactReader) -> None:
    """Asked for the Land, a town hall answers "Land Hessen" and does not mean that it belongs to it."""
    assert facts.told("Land Hessen") == {"land": "he"}
    assert facts.answer("authority_level", "Land Hessen") == "state"
    assert facts.answer("authority_level", "Bayern") == "state"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ein Kunde will von uns Auskunft.", "employer"),
        ("Eine ehemalige Mitarbeiterin fordert von uns ihre Chats.", "employer"),
        ("Müssen wir unseren Mitgliedern Auskunft geben?", "employer"),
        ("Wir sind ein Verein und führen Listen.", "employer"),
        ("Als Arbeitgeberin möchte ich das wissen.", "employer"),
        ("A customer wants a copy of everything.", "employer"),
        ("We are a club and keep lists.", "employer"),
        ("We got an access request.", "employer"),
        ("Dürfen wir Gäste in eine Gruppe aufnehmen?", "employer"),
        ("Muss ich dem Antragsteller den Chat herausgeben?", "employer"),
        ("Ein Exmitglied pocht auf sein Recht.", "employer"),
        ("Kriege ich ein Bußgeld, weil ich Fotos verschickt habe?", "employer"),
        ("Als Imker verkaufe ich Honig.", "employer"),
        ("Must I hand over the whole chat?", "employer"),
        ("Could we be fined for it?", "employer"),
        ("Mein Chef will, dass wir Kunden per WhatsApp schreiben.", "employer"),
        ("Als Kunde habe ich eine Frage.", "employee"),
        ("Ich möchte wissen, was die Firma über mich gespeichert hat.", "employee"),
        ("Ich bin Mitglied und will das nicht.", "employee"),
        ("Die Kita hat Fotos von meinem Kind verschickt.", "employee"),
        ("Der Laden hat mich einfach in eine Gruppe aufgenommen.", "employee"),
        ("Ein Autohaus schickt mir ständig Werbung.", "employee"),
        ("Wer hat meine Nummer weitergegeben?", "employee"),
        ("I want to know what the shop has about me.", "employee"),
        ("As a patient I want a copy of my data.", "employee"),
        ("They added me to a group without asking me.", "employee"),
        ("Man hat mich einfach in eine Gruppe gesteckt.", "employee"),
        ("Bekomme ich Schadensersatz, weil alle meine Nummer sehen?", "employee"),
        ("The studio put me into its group against my will.", "employee"),
        ("Can I claim damages?", "employee"),
        # Either side may say so.
        ("Was muss man bei einer Auskunft beachten?", None),
        ("Als Angestellte bei der Stadt frage ich mich das.", None),
        ("Ein Mitglied will wissen, ob ohne meine Einwilligung gefilmt wurde.", None),
        ("Kann ein Kunde meine Chats lesen?", None),
        ("What does GDPR say about access?", None),
    ],
)
def test_the_side_is_told_by_statements_alone(text: str, role: str | None, facts: FactReader) -> None:
    assert facts.told(text).get("role") == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Verantwortlich (Betrieb, Verein, Amt)", "employer"),
        ("wir sind verantwortlich", "employer"),
        ("als Verein", "employer"),
        ("für die Firma", "employer"),
        ("the responsible side", "employer"),
        ("Es geht um meine Daten", "employee"),
        ("ich bin die Kundin", "employee"),
        ("um mich", "employee"),
        ("it's about my data", "employee"),
        ("beides", "unknown"),
        ("just curious", "unknown"),
    ],
)
def test_the_side_is_chosen_in_peoples_words(text: str, role: str, facts: FactReader) -> None:
    assert facts.answer("role", text) == role


def test_the_side_does_not_take_the_words_of_who_writes(facts: FactReader) -> None:
    told = facts.told("Ein Patient verlangt von uns Auskunft.")
    assert told == {"sender": "practice", "role": "employer"}
