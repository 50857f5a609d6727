"""All numbers, names and addresses here are made up, or the examples that their issuers publish."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.personal_data import Found, Kind, blank, find
from bot.understanding.personal_data.plain import plain
from tests.small import REAL

LABELS: dict[Kind, str] = {kind: kind for kind in get_args(Kind)}
#: Kinds that are digits in the main: once they are blanked, none may be left.
NUMERIC = {"phone", "iban", "card", "tax_id", "insurance_number", "health_insurance", "id_document", "coordinates"}
LONGEST_MESSAGE = 4096


def shown(text: str) -> list[tuple[str, str]]:
    return [(each.kind, text[each.start : each.end]) for each in find(text)]


#: Personal data of each kind, marked where it is not the whole text.
WRITTEN: dict[Kind, tuple[str, ...]] = {
    "phone": (
        "0151/2345678",
        "Ruf mich an: «0151 23456789», danke",
        "«01512345678» oder «0171 2345678»",
        "0151-2345-6789",
        "0151.2345.6789",
        "0 1 5 1 2 3 4 5 6 7 8 9",
        "+49 (0) 151 23456789",
        "+49-151-2345-6789",
        "0049 151 23456789",
        "0049(0)151/23456789",
        "Tel. «030 901820»",
        "(030) 12345678",
        "(0 61 31) 12 34 56",
        "4915123456789",
        "wa.me/«4915123456789»",
        "https://wa.me/«436641234567»",
        "t.me/«+4915123456789»",
        "tel:«+4915123456789»",
        "https://x.example/?phone=«%2B4915123456789»",
        "+43 664 1234567",
        "01/5861212",
        "044 668 18 00",
        "+41 44 668 18 00",
        "07911 123456",
        "+1 212 555 0123",
        "call me at «212-555-0123»",
        "Tel: «2345678»",
        "Handynummer ist «0151 2345»",
        "„«0151 23456789»“",
    ),
    "email": (
        "name@firma.de",
        "Schreib an «VORNAME.NACHNAME@FIRMA.EXAMPLE».",
        "mailto:«max+tag@sub.firma.co.uk»",
        "jürgen@müller.de",
        "https://x.example/?u=«max@firma.de»&x=1",
        "https://x.example/?u=«max%40firma.de»",
        "max.müller (at) firma.de",
        "max[at]firma[dot]de",
        "max(ät)firma.de",
        "name at firma dot de",
        "name @ firma.de",
    ),
    "iban": (
        "DE89370400440532013000",
        "IBAN: «DE89 3704 0044 0532 0130 00».",
        "«de89 3704 0044 0532 0130 00» bitte",
        "DE89-3704-0044-0532-0130-00",
        "IBAN«DE89370400440532013000»",
        "AT61 1904 3002 3457 3201",
        "CH93 0076 2011 6238 5295 7",
        "«GB29 NWBK 6016 1331 9268 19» und mehr",
        "FR14 2004 1010 0505 0001 3M02 606",
    ),
    "card": (
        "4111 1111 1111 1111",
        "«4111-1111-1111-1111» 123",
        "4012888888881881",
        "378282246310005",
        "5105 1051 0510 5100",
        "6011.1111.1111.1117",
    ),
    "tax_id": (
        "36 574 261 809",
        "36574261809",
        "Steuer-ID: «36-574-261-809»",
        "Steuernummer «123/456/78901»",
    ),
    "insurance_number": ("15070649C103", "15 070649 C 103", "65 170839 J 003", "15 07 06 49 c 10 3"),
    "health_insurance": ("A123456780", "a123456780", "A123 456 780"),
    "id_document": (
        "T220001293",
        "«T220001293»D",
        "Personalausweis «T22000129»",
        "mein Ausweis hat die Nummer «L01X00T47»",
        "Passport number: «C01X00T47»",
        "IDD<<T220001293<<<<<<<<<<<<<<<",
        "P<D<<MUSTERMANN<<ERIKA<<<<<<<<<<<<<<<<<<<<<<",
    ),
    "plate": ("M-AB 1234", "Kennzeichen «M AB 1234»", "nummernschild «hh-ab 123e»", "number plate: «AB12 CDE»"),
    "address": (
        "Musterstraße 12",
        "Ich wohne in der «Musterstraße 12a, 12345 Musterstadt».",
        "12345 Musterstadt, Musterstr. 1",
        "hauptstr. 5",
        "Lange Straße 7-9",
        "Karl-Marx-Allee 34",
        "Potsdamer Platz 1",
        "Max-Weber-Platz 3",
        "Birkenweg 4",
        "Straße des 17. Juni 135",
        "Am Bahnhof 3, 12345 Musterstadt",
        "12 Main Street",
        "221b Baker Street",
    ),
    "birth_date": (
        "geb. «12.03.1980»",
        "geboren am «12. März 1980»",
        "bin am «1.2.1990» geboren",
        "Geburtsdatum: «1980-03-12»",
        "born on «March 12, 1980»",
        "DOB «03/12/1980»",
        "Max, *«12.03.1980»",
    ),
    "handle": (
        "Schreib «@max_muster» an",
        "https://t.me/maxmuster",
        "«https://www.instagram.com/max.muster»/",
        "linkedin.com/in/max-muster-123",
        "facebook.com/profile.php?id=100012345678",
    ),
    "coordinates": (
        "52.520008, 13.404954",
        "52,520008 13,404954",
        "https://maps.example/@«52.520008,13.404954»,15z",
        "52° 31' 12\" N, 13° 24' 18\" E",
    ),
    "name": (
        "Darf ich «Frau Müller» schreiben?",
        "«Frau Huber» Werbung schicken",
        "der «Herr Müller» hat",
        "Sehr geehrte «Frau Dr. Schmidt»,",
        "Herrn Müller-Lüdenscheidt",
        "Frau von der Aue",
        "Prof. Dr. Hans Meyer",
        "Mr. McDonald",
        "mein Chef «Peter Müller»",
        "meiner Kundin «Sabine» Werbung schicken",
        "my boss «Peter Miller»",
        "Ich heiße «Anna Schmidt».",
        "my name is «John Smith»",
        "Mit freundlichen Grüßen\n«Peter Müller»",
    ),
}


MARK = re.compile("[«»]")


def data_in(text: str) -> list[str]:
    return re.findall("«(.*?)»", text) or [text]


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in WRITTEN.items() for text in texts])
def test_personal_data_is_found_as_what_it_is(kind: Kind, text: str) -> None:
    assert shown(MARK.sub("", text)) == [(kind, each) for each in data_in(text)]


def test_every_kind_has_examples() -> None:
    assert set(WRITTEN) == set(get_args(Kind))


@pytest.mark.parametrize(
    "text",
    [
        "+49\u200b151\u200b23456789",
        "+49\u00a0151\u202f23456789",
        "0151‑2345‑6789",
        "0151–23456789",
        "0151−23456789",
        "０１５１ ２３４５６７８９",
        "٠١٥١٢٣٤٥٦٧٨٩",
        "0\ufe0f\u20e31\ufe0f\u20e35\ufe0f\u20e31\ufe0f\u20e32\ufe0f\u20e33\ufe0f\u20e34\ufe0f\u20e35\ufe0f\u20e36\ufe0f\u20e37\ufe0f\u20e38",
        "DE89\u00a03704\u00ad0044 0532 0130 00",
        "ＤＥ８９３７０４００４４０５３２０１３０００",
        "max＠firma．de",
        "Frau Mu\u0308ller",
        "Frau\u00a0Müller",
    ],
)
def test_unusual_characters_hide_nothing(text: str) -> None:
    text = f"Hallo 😀 {text} ok"

    (found,) = find(text)

    assert (found.start, found.end) == (len("Hallo 😀 "), len(text) - len(" ok"))


@pytest.mark.parametrize(
    "text",
    [
        "DE89 3704 0044 1532 0130 01",
        "4111 1111 1111 1112",
        "36574261890",
        "15070649C104",
        "90070649C107",
        "A123456781",
        "T220001294",
    ],
)
def test_a_wrong_check_digit_is_no_number(text: str) -> None:
    assert shown(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Gilt § 7 Abs. 2 Nr. 2 UWG neben Art. 6 Abs. 1 lit. f DSGVO?",
        "Die DSGVO gilt seit dem 25.05.2018, nicht seit 25.5.18 oder 2018-05-25.",
        "vom 01.01.2024-31.12.2024, im 05/2018, zwischen 01.04. und 30.06.2024, vom 01.04.-30.06.2024",
        "Beschluss (EU) 2023/1795, VO (EU) 2016/679, C-311/18, EU-US 2023, ECLI:EU:C:2020:559",
        "Az. 18 U 154/22, VI ZR 1234/68, 1 BvR 16/13, 6 O 12345/19, BT-Drs. 19/4674, Rn. 12 f., S. 12-14",
        "10.000 Euro, 1.500,00 €, 20 Millionen, 225.000.000 Euro, 0 bis 100 000 Euro, 0,5 %, 0.25",
        "500-1000 Kunden, 20 000 000 Nutzer, 500 000 - 1 000 000 Euro, 0 - 5 - 10 - 15 - 20",
        "um 14:30 Uhr, Mo-Fr 08.00-17.00 Uhr, 08:00-17:00, 24/7, 2024-05-01 08:00",
        "WhatsApp 2.21.12.21, ISO 27001, Windows 11 23H2, Office 365, TLS 1.3, AES-256, CVE-2021-44228, C++ 11",
        "Kundennummer 12345678, Rechnung 2024-000123, HRB 12345, ISBN 978-3-16-148410-0, Code 123-456",
        "550e8400-e29b-41d4-a716-446655440000",
        "1 2 3 4 5 6 7 8 9 10 11 12, 01 02 03 04 05 06, 2021 2022 2023 2024",
        "Telefonnummer seit 25.05.2018, Telefon 2 Jahre, Handy 500 Kunden, Tel. 10.000 Euro",
        "https://www.behoerde.example/DE/2020/0151234.html und https://faq.example/3307102709559968",
        "Darf WhatsApp Ireland Ltd. Daten an Meta Platforms, Inc. geben? Was ist mit Telegram und Signal?",
        "@BotFather, @datenschutz_bot, @whatsapp, @everyone, whatsapp@work, info@",
        "facebook.com/privacy, t.me/datenschutz_bot, x.com/privacy, t.me/telegram, x.com",
        "10115 Berlin, in der gleichen Straße, Hauptstraße, Straße 5, Bundesstraße 5",
        "Arbeitsplatz 2, Parkplatz 3, der Rechtsweg 3, der richtige Weg 2024, Schritt 2, 12345 Kunden, 2 Google Drive",
        "Ausweis 2 Jahre aufbewahren, Pass 2024, IBAN erfragen, Kennzeichen einer Einwilligung sind 3 Dinge",
        "Darf ich zum Geburtstag am Telefon 10 % Rabatt geben? Geburtstagsgrüße am 12. Mai, *1.2. Fußnote",
        "Frau Doktor, Herr der Lage, Herrn, Frau, Dr., Sehr geehrte Damen und Herren, Herr Bürgermeister",
        "Meine Frau Kunden anschreibt, kann die Frau Auskunft verlangen, Mann und Frau Pflicht, ein Herr",
        "Darf mein Chef Telegram Gruppen sehen? Mein Mann Fotos schickt. Dr. Google, Ms Teams, Mr. President",
        "Was schrieb Professor Kelber? Und Max Schrems? Frau Prof. Dr. Louisa Specht-Riemenschneider?",
        "ich heiße Kunden per WhatsApp willkommen, my name is on the list, wie heißt du",
        "contact us at office. Thanks, meet at noon. Then",
    ],
)
def test_ordinary_questions_hold_no_personal_data(text: str) -> None:
    assert shown(text) == []


def strings(node: object) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        yield from (text for each in node.values() for text in strings(each))
    elif isinstance(node, list):
        yield from (text for each in node for text in strings(each))


def asked(path: Path) -> Iterator[str]:
    content = yaml.safe_load(path.read_text("utf-8"))
    return strings(content.get("asked_as") if "entries" in path.parts else content)


def test_the_questions_of_the_knowledge_name_nobody_but_by_title() -> None:
    paths = [*REAL.glob("checks/**/*.yaml"), *REAL.glob("entries/**/*.yaml")]
    questions = [text for path in paths for text in asked(path)]

    found = {(kind, data) for text in questions for kind, data in shown(text)}

    assert len(questions) > 1000
    # "Frau Huber hat eingewilligt": a made-up name is a name.
    assert {data for kind, data in found if kind != "name" or not data.startswith(("Frau ", "Herr "))} == set()


def test_blank_puts_labels_and_leaves_the_rest() -> None:
    text = "Darf ich 0151/2345678 (Frau Müller) oder name@firma.de anschreiben?"
    labels = LABELS | {"phone": "Telefonnummer", "name": "Name", "email": "E-Mail-Adresse"}

    assert blank(text, labels) == "Darf ich [Telefonnummer] ([Name]) oder [E-Mail-Adresse] anschreiben?"


def test_a_label_that_is_a_keyword_makes_no_new_finding() -> None:
    labels = LABELS | {"phone": "Telefon Ausweis Kennzeichen geboren am"}

    assert find(blank("0151 23456789 T22000129, 0151 23456789 12.03.1980, 0151 23456789 M AB 12", labels)) == ()


def test_places_are_those_of_the_original() -> None:
    seen = plain("ä\u200b\u0308①–②")

    assert (seen.text, seen.places) == ("ä1-2", (0, 3, 4, 5))


@pytest.mark.parametrize(
    "text",
    [
        *("1", "0", "+", "@", "<", " ", "\n", "A", "ß", "😀", "\u200b", "०", "[", "#"),
        *("a.", "a-", "a@", "a@a.", "0 ", "4 ", "1.", "1/", "1-", "\t1", "(0", "+1 ", "a(at)", "a at ", "0\u200b"),
        *("0151 ", "4111 ", "DE89 ", "DE12", "0123456 ", "030 1 ", "01 1234567 ", "T22000129 ", "52.5200,", "1.2345 "),
        *("Frau ", "Dr.", "Herr Aa ", "mein Chef Peter ", "grüße Aa ", "Aa 1, ", "1 Main ", "str 1 ", "straße"),
        *("Ausweis ", "pass A1", "geb 1.1.", "tel 0 ", "steuernummer 1", "kennzeichen A ", "1°1'1'' n "),
        *("t.me/", "https://", "https://a.de/+", "%2B", "wa.me/1"),
    ],
)
def test_long_repetitions_come_to_an_end(text: str) -> None:
    repeated = (text * LONGEST_MESSAGE)[: LONGEST_MESSAGE // 2]

    assert not {each.kind for each in find(blank(repeated, LABELS))} & NUMERIC


#: Parts of which personal data is made, so that chance meets the detectors and not only refuses them.
PARTS = st.sampled_from(
    [MARK.sub("", text) for texts in WRITTEN.values() for text in texts]
    + [
        *"0123456789+-/.,:@()[]<> \n",
        "0049",
        "+49 ",
        "0151",
        "DE89",
        "Tel. ",
        "Ausweis ",
        "geb. ",
        "Frau ",
        "\u200b",
        "４",
    ]
)
TEXTS = st.text(max_size=300) | st.lists(PARTS, max_size=20).map("".join) | st.lists(PARTS, max_size=20).map(" ".join)


@given(TEXTS)
def test_findings_are_in_order_in_bounds_and_apart(text: str) -> None:
    found = find(text)

    edges = [edge for each in found for edge in (each.start, each.end)]
    assert edges == sorted(edges)
    assert all(0 <= each.start < each.end <= len(text) for each in found)


@given(TEXTS)
def test_what_is_blanked_holds_no_more_numbers(text: str) -> None:
    left = find(blank(text, LABELS))

    assert [each for each in left if each.kind in NUMERIC] == []


@given(TEXTS)
def test_a_text_without_findings_stays_as_it_is(text: str) -> None:
    if not find(text):
        assert blank(text, LABELS) == text


@given(TEXTS)
def test_plain_text_keeps_the_order_of_the_original(text: str) -> None:
    seen = plain(text)

    assert list(seen.places) == sorted(set(seen.places))
    assert len(seen.places) == len(seen.text)


def test_a_finding_holds_no_text() -> None:
    assert repr(find("0151 23456789")[0]) == repr(Found("phone", 0, 13))
