"""Which country a message says that the asker is in, or asks about: not where data go, nor where things come from."""

from dataclasses import replace

import pytest

from bot.knowledge.model import Country, Knowledge, Term
from bot.knowledge.phrases import Bilingual, Phrases
from bot.matching.mentions.countries import Countries


def country(name: str, german: str, english: str, de: str, en: str) -> Country:
    said_as = Phrases(tuple(de.split(", ")), tuple(en.split(", ")))
    return Country(name, Bilingual(german, english), said_as, ())


COUNTRIES = (
    country(
        "austria",
        "Österreich",
        "Austria",
        "österreichisch, österreichische, österreichischer, österreichisches, österreichischem, österreichischen, "
        "österreicher, österreicherin, niederösterreich, wien, wiener, graz, salzburg, tirol, tiroler, kärnten",
        "austrian, vienna, salzburg, tyrol",
    ),
    country(
        "switzerland",
        "Schweiz",
        "Switzerland",
        "schweizer, schweizerin, schwiiz, zürich, basel, bern, tessin",
        "swiss, zurich, basel, berne",
    ),
    country("liechtenstein", "Liechtenstein", "Liechtenstein", "liechtensteiner, vaduz", "vaduz"),
    country(
        "uk",
        "Vereinigtes Königreich",
        "United Kingdom",
        "großbritannien, england, schottland, wales, nordirland, britisch, britische, britischer, englische, london",
        "uk, great britain, britain, england, scotland, wales, northern ireland, british, english, scottish, london, "
        "edinburgh",
    ),
    country("ireland", "Irland", "Ireland", "irisch, irische, irischer, dublin", "irish, dublin"),
    country("luxembourg", "Luxemburg", "Luxembourg", "luxemburger", "luxembourgish"),
    country("usa", "USA", "USA", "vereinigte staaten, amerika, amerikanische", "us, united states, american"),
)


@pytest.fixture(scope="module")
def countries(real: Knowledge) -> Countries:
    return Countries(replace(real, countries={each.id: each for each in COUNTRIES}))


NAMED = (
    ("Ich habe ein Geschäft in Zürich", "switzerland"),
    ("Ich habe ein Geschäft in Zürich. Darf ich Kunden per WhatsApp Angebote schicken?", "switzerland"),
    ("Wir sind ein Heuriger in Niederösterreich", "austria"),
    ("Heuriger in Niederösterreich, darf ich Stammgästen schreiben?", "austria"),
    ("ich bin aus Wien", "austria"),
    ("gilt das auch in der Schweiz?", "switzerland"),
    ("und in Liechtenstein?", "liechtenstein"),
    ("Darf ich in Österreich Kunden per WhatsApp anschreiben?", "austria"),
    ("Darf ich in Österreich Daten von Kunden in WhatsApp speichern?", "austria"),
    ("Unser Verein sitzt in Graz und will eine Gruppe aufmachen", "austria"),
    ("Grüezi, wir führen eine Praxis in Basel", "switzerland"),
    ("Wie ist das nach österreichischem Recht?", "austria"),
    ("Ich bin Österreicher", "austria"),
    ("Darf ein Schweizer Verein Fotos verschicken?", "switzerland"),
    ("als Tiroler Hotel dürfen wir Gäste anschreiben?", "austria"),
    ("Bei uns in Salzburg wird das anders gemacht, oder?", "austria"),
    ("Schweiz?", "switzerland"),
    ("und Österreich", "austria"),
    ("dsgvo whatsapp werbung österreich", "austria"),
    ("Gilt die DSGVO in Liechtenstein?", "liechtenstein"),
    ("Ist WhatsApp in der Schweiz erlaubt?", "switzerland"),
    ("wia is des in Österreich", "austria"),
    ("Hallo aus Bern! Dürfen wir Eltern per WhatsApp informieren?", "switzerland"),
    ("Ich wohne in Wien und bekomme ständig Werbung", "austria"),
    ("Meine Firma ist in Irland ansässig", "ireland"),
    ("was gilt in England?", "uk"),
    ("Unsere Schule steht in Vaduz", "liechtenstein"),
    ("Ich arbeite in Luxemburg bei einer Bank", "luxembourg"),
    ("Bin Wirt in Kärnten", "austria"),
    ("nicht in Deutschland, sondern in Österreich", "austria"),
    ("gilt das auch in Östereich?", "austria"),
    ("im Tessin auch?", "switzerland"),
    ("Ich bin Lehrerin an einer Schule in der Schweiz und soll WhatsApp nutzen", "switzerland"),
    ("Wir, ein Hofladen aus Kärnten, wollen einen Kanal", "austria"),
    ("We are a charity in Scotland", "uk"),
    ("charity in Scotland, may we text donors?", "uk"),
    ("is it the same in the UK?", "uk"),
    ("I run a café in Vienna", "austria"),
    ("I'm based in London", "uk"),
    ("We're a Swiss clinic", "switzerland"),
    ("does UK law allow this?", "uk"),
    ("what about Northern Ireland?", "uk"),
    ("and in Ireland?", "ireland"),
    ("I live in Dublin", "ireland"),
    ("Can a British company send offers via WhatsApp?", "uk"),
    ("under Austrian law?", "austria"),
    ("We operate out of Edinburgh", "uk"),
    ("my shop is in Zurich", "switzerland"),
    ("I'm Scottish", "uk"),
    ("greetings from Basel, can we use WhatsApp at school?", "switzerland"),
    ("does the GDPR apply in Wales?", "uk"),
    ("Austria?", "austria"),
    ("Are we allowed to do that in Austria?", "austria"),
    ("how is it in the US?", "usa"),
    ("Ich bin Kundin in Salzburg und bekomme Werbung von einem Friseur", "austria"),
    ("ein Geschäft in Graz schickt mir dauernd WhatsApp, darf es das?", "austria"),
    ("Was müssen Schweizer Vereine beachten?", "switzerland"),
    ("Mein Arbeitgeber sitzt in Zürich und will WhatsApp", "switzerland"),
    ("Wir haben unseren Sitz in Vaduz", "liechtenstein"),
    ("Gilt das nicht in Österreich?", "austria"),
    ("Wir arbeiten in Deutschland und Österreich", "austria"),
    ("Wir sind in Deutschland, gilt das auch in Österreich?", "austria"),
    ("Mir händ e chlini Physiopraxis in Basel, dörf ich de Patiente schriibe?", "switzerland"),
    ("Hat Österreich eigene Regeln?", "austria"),
    ("Does Swiss data protection law say the same?", "switzerland"),
    ("Does it apply to Austria?", "austria"),
    ("Here in Scotland we use WhatsApp for everything", "uk"),
)
NOT_NAMED = (
    "werden Daten in die USA übertragen?",
    "Server in Irland",
    "Meta in Irland",
    "Schweizer Käse",
    "Wiener Würstchen",
    "Threema aus der Schweiz",
    "Ist Threema als Messenger aus der Schweiz besser?",
    "WhatsApp Ireland Limited ist wer?",
    "Liegen die Daten in Irland?",
    "Werden meine Nachrichten in den USA gespeichert?",
    "Darf ich Schweizer Käse per WhatsApp anbieten?",
    "Wir verkaufen Schweizer Käse, dürfen wir Kunden schreiben?",
    "Die irische Aufsicht hat WhatsApp bestraft",
    "Der EuGH in Luxemburg hat entschieden",
    "Schickt WhatsApp Kontakte nach Irland?",
    "Wir sind nicht in Österreich",
    "Ich habe Gäste aus Österreich",
    "Darf ich Wiener Schnitzel anpreisen?",
    "Gibt es einen Messenger aus der Schweiz?",
    "Welcher Messenger kommt aus der Schweiz?",
    "WhatsApp sitzt in Irland, oder?",
    "Klassenfahrt nach England: dürfen wir eine Gruppe machen?",
    "Wir machen Urlaub in Österreich",
    "Antworten Sie bitte auf Englisch",
    "Darf ich als Bäcker in Deutschland werben?",
    "Ist eine Schweizer Cloud besser?",
    "Unser Server steht in Zürich",
    "Datenübermittlung USA",
    "Geht das auch mit einer österreichischen Nummer?",
    "Darf ich die Fotos auf einem Server in der Schweiz lagern?",
    "Ich nutze WhatsApp. Gehen meine Daten nach Irland?",
    "Wir sind in Deutschland und haben Lieferanten in der Schweiz",
    "Darf ich Kunden per WhatsApp anschreiben?",
    "Is data transferred to the US?",
    "Swiss-made app Threema",
    "are the servers in Ireland?",
    "WhatsApp Ireland Ltd",
    "the Irish regulator fined WhatsApp",
    "Swiss cheese ads via WhatsApp ok?",
    "Is Threema from Switzerland safer?",
    "can you answer in English?",
    "I'm in Germany",
    "Where is Meta Ireland located?",
    "Are messages stored in the United States?",
    "May an Irish pub in Cologne send offers?",
    "Can you tell us more?",
    "We are not in the UK",
    "My data goes to Ireland, right?",
    "Ich verkaufe Uhren aus der Schweiz",
    "Darf ich Gästen aus England schreiben?",
    "Unser Käse kommt aus der Schweiz",
    "Speichert WhatsApp in Irland?",
    "Liegen meine Fotos auf Servern in Irland und den USA?",
    "Im Urlaub in Österreich habe ich Fotos gemacht, darf ich sie teilen?",
    "Schüleraustausch mit England, dürfen wir WhatsApp nutzen?",
    "Ein Kunde in Österreich hat mir geschrieben",
    "My sister lives in London",
    "Können die in den USA mitlesen, wenn ich mit Kunden schreibe?",
    "Ist die Schweiz ein Drittland?",
    "Was ist, wenn der EuGH das Abkommen mit den USA kippt?",
    "Wir sind ein Hotel in Bayern und haben Gäste in Österreich",
    "Darf ich Inlandsnummern anschreiben?",
    "im Inland",
    "Is Threema Swiss?",
    "They sent us ads",
    "",
    "?",
)


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_a_message_names_the_country_that_it_is_about(text: str, expected: str, countries: Countries) -> None:
    assert countries.named(text) == expected


@pytest.mark.parametrize("text", NOT_NAMED)
def test_a_country_that_is_named_for_something_else_is_not_the_askers(text: str, countries: Countries) -> None:
    assert countries.named(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "gilt das auch in der Schweiz?",
        "und in Liechtenstein?",
        "is it the same in the UK?",
        "what about Scotland?",
        "Österreich?",
        "ich bin aus Wien",
        "Und wie ist das bei uns in Österreich?",
        "does this apply in Austria, too?",
        "Wir sitzen in Basel.",
        "isch das i de Schwiiz au so?",
        "Ist das in Österreich anders geregelt?",
        "We're based in Dublin",
        "is this true under Swiss law as well?",
        "Gilt das nur in Deutschland oder auch in Österreich?",
        "Und wenn ich in Österreich bin?",
    ],
)
def test_a_message_may_ask_nothing_but_whether_it_holds_there(text: str, countries: Countries) -> None:
    assert countries.is_only(text)


@pytest.mark.parametrize(
    "text",
    [
        "Darf ich in Österreich Kunden per WhatsApp anschreiben?",
        "Ich habe ein Geschäft in Zürich. Darf ich Kunden Angebote schicken?",
        "gilt das auch für Fotos in der Schweiz?",
        "Is WhatsApp allowed in the UK?",
        "und mit der Business App in Österreich?",
        "gilt das auch?",
        "werden die Daten in die USA übertragen?",
        "Schweizer Käse?",
        "",
    ],
)
def test_a_message_that_asks_more_or_names_no_country_does_not(text: str, countries: Countries) -> None:
    assert not countries.is_only(text)


def test_a_knowledge_without_countries_names_none(real: Knowledge) -> None:
    none = Countries(replace(real, countries={}))
    assert none.named("Ich bin aus Wien") is None
    assert not none.is_only("Ich bin aus Wien")


def test_a_name_of_something_else_is_no_country(real: Knowledge) -> None:
    company = Term("meta-ireland", Bilingual("WhatsApp Ireland", "WhatsApp Ireland"), Phrases(), ())
    known = Countries(replace(real, countries={each.id: each for each in COUNTRIES}, terms={company.id: company}))
    assert known.named("ist WhatsApp Ireland erlaubt?") is None
    assert known.named("ist WhatsApp in Irland erlaubt?") == "ireland"


def test_what_is_known_is_no_misspelt_country(real: Knowledge) -> None:
    countries = {each.id: each for each in COUNTRIES}
    assert Countries(replace(real, countries=countries)).named("wir sitzen in irlant") == "ireland"
    assert Countries(replace(real, countries=countries), {"irlant"}).named("wir sitzen in irlant") is None


def test_a_message_of_any_length_is_read(countries: Countries) -> None:
    assert countries.named("daten in irland " * 1000) is None
    assert countries.named("wir sind in irland " * 1000) == "ireland"
