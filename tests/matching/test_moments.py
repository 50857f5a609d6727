"""When something happened, as people say it: clock and calendar of Berlin, in both languages, never in the future."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.mentions.moments import Moment, moment, moments

BERLIN = ZoneInfo("Europe/Berlin")
#: A Monday morning.
NOW = datetime(2026, 11, 30, 10, 30, tzinfo=BERLIN)


def at(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=BERLIN)


def told(text: str, now: datetime = NOW) -> datetime | None:
    found = moment(text, now)
    return found.at if found else None


CLOCK = [
    ("Mein Handy wurde gestern um 15 Uhr geklaut", "2026-11-29 15:00"),
    ("gestern um 15:30 Uhr ist mir das Diensthandy gestohlen worden", "2026-11-29 15:30"),
    ("heute morgen um 8 haben wir es gemerkt", "2026-11-30 08:00"),
    ("heute früh um sieben war das Konto weg", "2026-11-30 07:00"),
    ("Heute um 9.15 Uhr ging die Mail an den falschen Empfänger", "2026-11-30 09:15"),
    ("vor zwei Stunden", "2026-11-30 08:30"),
    ("Vor 20 Minuten habe ich die Liste an alle geschickt", "2026-11-30 10:10"),
    ("das war vor einer halben Stunde", "2026-11-30 10:00"),
    ("vor anderthalb Stunden ist es passiert", "2026-11-30 09:00"),
    ("ist jetzt drei Stunden her", "2026-11-30 07:30"),
    ("seit 4 Stunden komme ich nicht mehr in mein Konto", "2026-11-30 06:30"),
    ("vor 36 stunden", "2026-11-28 22:30"),
    ("Vorgestern um 18 Uhr", "2026-11-28 18:00"),
    ("am 28.11. um 14 Uhr 20", "2026-11-28 14:20"),
    ("am 28.11.2026, 14:20 Uhr", "2026-11-28 14:20"),
    ("28.11.26 08:05", "2026-11-28 08:05"),
    ("am 3. November um 12 Uhr", "2026-11-03 12:00"),
    ("Freitag um 17 Uhr wurde eingebrochen", "2026-11-27 17:00"),
    ("letzten Freitag, 16 Uhr 30", "2026-11-27 16:30"),
    ("gestern Abend um 8 war mein Handy weg", "2026-11-29 20:00"),
    ("Freitagabend um halb neun", "2026-11-27 20:30"),
    ("gestern nachmittag um viertel nach drei", "2026-11-29 15:15"),
    ("gestern um drei viertel fünf nachmittags", "2026-11-29 16:45"),
    ("heute nacht um 3 kam die Meldung", "2026-11-30 03:00"),
    ("in der Nacht auf Samstag um 2 Uhr", "2026-11-28 02:00"),
    ("um 8 Uhr 45 wurde das Konto übernommen", "2026-11-30 08:45"),
    ("um 22 Uhr", "2026-11-29 22:00"),
    ("Montag letzter Woche um 11 Uhr", "2026-11-23 11:00"),
    ("2026-11-27 16:30", "2026-11-27 16:30"),
    ("yesterday at 3pm", "2026-11-29 15:00"),
    ("My phone was stolen yesterday at 3:20 p.m.", "2026-11-29 15:20"),
    ("two hours ago", "2026-11-30 08:30"),
    ("about it: it happened 45 minutes ago", "2026-11-30 09:45"),
    ("half an hour ago someone took over our account", "2026-11-30 10:00"),
    ("an hour and a half ago", "2026-11-30 09:00"),
    ("an hour ago", "2026-11-30 09:30"),
    ("this morning at 8", "2026-11-30 08:00"),
    ("this morning at half past seven", "2026-11-30 07:30"),
    ("last night at 11", "2026-11-29 23:00"),
    ("on 28 November at 14:00", "2026-11-28 14:00"),
    ("November 28th at 2pm", "2026-11-28 14:00"),
    ("28/11/2026 at 9am", "2026-11-28 09:00"),
    ("on Friday at a quarter to five in the afternoon", "2026-11-27 16:45"),
    ("last Friday at 5 pm", "2026-11-27 17:00"),
    ("at 7 o'clock this morning", "2026-11-30 07:00"),
    ("yesterday at noon", "2026-11-29 12:00"),
    ("at midnight", "2026-11-30 00:00"),
    ("it is three hours since our laptop was stolen", "2026-11-30 07:30"),
    ("at 09:10 we found ransomware on the server", "2026-11-30 09:10"),
    ("the day before yesterday at 6pm", "2026-11-28 18:00"),
    # Written after the rules, to measure them.
    ("gestern Nacht um halb eins", "2026-11-30 00:30"),
    ("Seit heute früh 6 Uhr kommen Kunden und sagen, sie kriegen Spam von uns", "2026-11-30 06:00"),
    ("Unsere Azubine hat am Fr. den 27.11. um 13:10 die Excel an alle Eltern gemailt", "2026-11-27 13:10"),
    ("Am Montag, den 23. November 2026, um 9 Uhr", "2026-11-23 09:00"),
    ("Sonntag Nacht um eins", "2026-11-30 01:00"),
    ("Sonntagmorgen um zehn", "2026-11-29 10:00"),
    ("vor 1,5 Stunden", "2026-11-30 09:00"),
    ("vor fünf Minuten hab ich die Mail rausgeschickt", "2026-11-30 10:25"),
    ("10 Minuten ist das jetzt her", "2026-11-30 10:20"),
    ("um 7 in der Früh", "2026-11-30 07:00"),
    ("gestern 18:40", "2026-11-29 18:40"),
    ("gestern 18h", "2026-11-29 18:00"),
    ("28.11 um 19 uhr", "2026-11-28 19:00"),
    ("We noticed on Sunday at 8.15 am that the account was gone", "2026-11-29 08:15"),
    ("at 8.15pm last night", "2026-11-29 20:15"),
    ("I sent it 10 mins ago", "2026-11-30 10:20"),
    ("2hrs ago", "2026-11-30 08:30"),
    ("24 Nov 2026, 17:05", "2026-11-24 17:05"),
    ("Nov 24, 5:05 pm", "2026-11-24 17:05"),
    ("since 6 this morning", "2026-11-30 06:00"),
    ("at 1 in the morning", "2026-11-30 01:00"),
    ("heut morgn um achte", "2026-11-30 08:00"),
    ("30.11.2026 um 10 Uhr", "2026-11-30 10:00"),
    ("heute um 10:30", "2026-11-30 10:30"),
    ("diese Nacht um 2:15", "2026-11-30 02:15"),
    ("letzten Samstagabend um 9", "2026-11-28 21:00"),
    ("Am Sonntag um 19.40 hat meine Kollegin die Patientenliste verschickt", "2026-11-29 19:40"),
    ("Do 26.11. 14 Uhr", "2026-11-26 14:00"),
    ("wir haben am 25. um 10 Uhr den Brief gekriegt", "2026-11-25 10:00"),
    ("gestern in der Früh um sechs", "2026-11-29 06:00"),
    ("vor drei Stunden hat jemand unsere Gruppe gekapert, gestern war noch alles gut", "2026-11-30 07:30"),
    ("Es war Samstag, der 21. November, nachmittags um 4", "2026-11-21 16:00"),
    ("die Mail ging 16:02 Uhr am 27.11. raus", "2026-11-27 16:02"),
    ("Vor zweieinhalb Stunden", "2026-11-30 08:00"),
    ("vor 90 Minuten", "2026-11-30 09:00"),
    ("our office manager left her bag with patient files on the 7:45 train this morning", "2026-11-30 07:45"),
    ("it was sent at 16:20 on Friday", "2026-11-27 16:20"),
    ("some 20 minutes ago", "2026-11-30 10:10"),
    ("one and a half hours ago", "2026-11-30 09:00"),
    ("at ten past nine this morning", "2026-11-30 09:10"),
    ("quarter to eight this morning", "2026-11-30 07:45"),
    ("Sommerzeit: am 25. Oktober um 2:30", "2026-10-25 02:30"),
    ("vor 1 Std", "2026-11-30 09:30"),
    ("Fr 14 Uhr", "2026-11-27 14:00"),
    ("um 14 Uhr am Freitag", "2026-11-27 14:00"),
    ("nachts um drei", "2026-11-30 03:00"),
]

ROUGH = [
    ("gestern wurde ich gehackt", "2026-11-29 00:00"),
    ("Seit gestern ist mein Diensthandy weg", "2026-11-29 00:00"),
    ("vorgestern", "2026-11-28 00:00"),
    ("heute", "2026-11-30 00:00"),
    ("heute Morgen", "2026-11-30 06:00"),
    ("heute früh", "2026-11-30 06:00"),
    ("gestern Abend hab ich die Liste aus Versehen an alle geschickt", "2026-11-29 18:00"),
    ("gestern nachmittag", "2026-11-29 12:00"),
    ("Freitagabend", "2026-11-27 18:00"),
    ("am Freitag Abend", "2026-11-27 18:00"),
    ("am Samstagnachmittag", "2026-11-28 12:00"),
    ("letzte Nacht", "2026-11-29 22:00"),
    ("heute Nacht wurde bei uns eingebrochen", "2026-11-29 22:00"),
    ("in der Nacht von Samstag auf Sonntag", "2026-11-28 22:00"),
    ("in der Nacht zum Samstag", "2026-11-27 22:00"),
    ("letzten Montag", "2026-11-23 00:00"),
    ("am Donnerstag kam der Brief", "2026-11-26 00:00"),
    ("vergangenen Mittwoch", "2026-11-25 00:00"),
    ("Montag früh", "2026-11-30 06:00"),
    ("am 28.11. gegen 14 Uhr", "2026-11-28 14:00"),
    ("so gegen halb zehn heute früh", "2026-11-30 09:30"),
    ("etwa vor zwei Stunden", "2026-11-30 08:30"),
    ("vor drei Tagen", "2026-11-27 00:00"),
    ("vor einer Woche ist der Laptop weggekommen", "2026-11-23 00:00"),
    ("zwei Tage her", "2026-11-28 00:00"),
    ("am 20.11.", "2026-11-20 00:00"),
    ("vom 16.11.2026", "2026-11-16 00:00"),
    ("am 5. Dezember", "2025-12-05 00:00"),
    ("am 3.12.", "2025-12-03 00:00"),
    ("am 27.", "2026-11-27 00:00"),
    ("letzte Woche", "2026-11-23 00:00"),
    ("am Wochenende", "2026-11-28 00:00"),
    ("gestern Mittag", "2026-11-29 12:00"),
    ("gerade eben", "2026-11-30 10:30"),
    ("yesterday", "2026-11-29 00:00"),
    ("this morning", "2026-11-30 06:00"),
    ("on Friday night", "2026-11-27 20:00"),
    ("Friday evening", "2026-11-27 18:00"),
    ("last night our office was broken into", "2026-11-29 20:00"),
    ("yesterday afternoon", "2026-11-29 12:00"),
    ("last Monday", "2026-11-23 00:00"),
    ("since Thursday", "2026-11-26 00:00"),
    ("three days ago", "2026-11-27 00:00"),
    ("a week ago", "2026-11-23 00:00"),
    ("around 2pm on 28 November", "2026-11-28 14:00"),
    ("at about 9 this morning", "2026-11-30 09:00"),
    ("roughly two hours ago", "2026-11-30 08:30"),
    ("last week", "2026-11-23 00:00"),
    ("over the weekend", "2026-11-28 00:00"),
    ("on the 27th", "2026-11-27 00:00"),
    ("just now", "2026-11-30 10:30"),
    ("earlier today", "2026-11-30 00:00"),
    ("the day before yesterday", "2026-11-28 00:00"),
    ("on 2 December", "2025-12-02 00:00"),
    # Written after the rules, to measure them.
    ("Hallo, mir wurde am Samstag gegen 23 Uhr in der Disco das Handy gestohlen", "2026-11-28 23:00"),
    ("das ist gestern abend so um zehn rum passiert", "2026-11-29 22:00"),
    ("gestern so gegen drei", "2026-11-29 15:00"),
    ("vorgestern abend", "2026-11-28 18:00"),
    ("letztes Wochenende", "2026-11-28 00:00"),
    ("gestern um halb eins", "2026-11-29 12:30"),
    ("gestern kurz vor Mitternacht", "2026-11-29 23:00"),
    ("shortly before midnight", "2026-11-29 23:00"),
    ("ich hab's erst heute gemerkt, passiert ist es wohl am Freitag", "2026-11-30 00:00"),
    ("der Einbruch war in der Nacht zum Sonntag gegen 4 Uhr", "2026-11-29 04:00"),
    ("vor ca. 3 Std. wurde unser Server verschlüsselt", "2026-11-30 07:30"),
    ("Das war vor 14 Tagen", "2026-11-16 00:00"),
    ("vor zwei Wochen kam die Abmahnung", "2026-11-16 00:00"),
    ("seit drei Tagen ist mein Tablet weg", "2026-11-27 00:00"),
    ("Mittwoch vor einer Woche", "2026-11-18 00:00"),
    ("Heute vormittag", "2026-11-30 09:00"),
    ("Brief vom 24.11.2026 bekommen", "2026-11-24 00:00"),
    ("Mit Schreiben vom 24. November 2026 werde ich angehört", "2026-11-24 00:00"),
    ("grad eben", "2026-11-30 10:30"),
    ("gerade eben habe ich alle Nummern verschickt", "2026-11-30 10:30"),
    ("um kurz nach acht heute morgen", "2026-11-30 08:00"),
    ("29. Nov. abends", "2026-11-29 18:00"),
    ("My van was broken into on Saturday night, laptop gone", "2026-11-28 20:00"),
    ("around midnight", "2026-11-30 00:00"),
    ("Friday just gone", "2026-11-27 00:00"),
    ("about an hour ago", "2026-11-30 09:30"),
    ("two weeks ago", "2026-11-16 00:00"),
    ("on the 24th of November", "2026-11-24 00:00"),
    ("on 24/11", "2026-11-24 00:00"),
    ("a fortnight ago", "2026-11-16 00:00"),
    ("it happened Thursday lunchtime", "2026-11-26 12:00"),
    ("early this morning", "2026-11-30 06:00"),
    ("yesterday evening around half nine", "2026-11-29 21:30"),
    ("late on Friday afternoon", "2026-11-27 12:00"),
    ("in the early hours of Saturday", "2026-11-28 00:00"),
    ("Handy weg seit so 2 std", "2026-11-30 08:30"),
    ("gestan auf d'Nacht is mei Handy gstohln wordn", "2026-11-29 22:00"),
    ("gestern um halber acht", "2026-11-29 07:30"),
    ("letzten Freitag Nachmittag zwischen 14 und 15 Uhr", "2026-11-27 14:00"),
    ("am 1.11.", "2026-11-01 00:00"),
    ("am 1. November", "2026-11-01 00:00"),
    ("im Laufe des gestrigen Tages", "2026-11-29 00:00"),
    ("gestrige Mail an den falschen Verteiler", "2026-11-29 00:00"),
    ("diesen Freitag", "2026-11-27 00:00"),
    ("Heute um Punkt neun wurde der Laptop aus dem Auto geholt", "2026-11-30 09:00"),
    ("vor knapp einer Stunde", "2026-11-30 09:30"),
    ("seit etwa einer Stunde ist alles verschlüsselt", "2026-11-30 09:30"),
    ("Donnerstag 26.11., abends gegen 21 Uhr", "2026-11-26 21:00"),
    ("heute Morgen zwischen 8 und 9 Uhr", "2026-11-30 08:00"),
    ("am Freitag in der Nacht", "2026-11-27 22:00"),
    ("letzten Dienstagmorgen", "2026-11-24 06:00"),
    ("Hab das Handy vorhin im Zug liegen lassen", "2026-11-30 00:00"),
    ("anfang letzter woche", "2026-11-23 00:00"),
    ("Am 29. November 2026 gegen 03:15 Uhr nachts", "2026-11-29 03:15"),
    ("vor 3 Tagen abends", "2026-11-27 18:00"),
    ("ungefähr seit gestern Mittag", "2026-11-29 12:00"),
    ("Someone hacked us late last night", "2026-11-29 20:00"),
    ("on Saturday the 28th at about 11pm", "2026-11-28 23:00"),
    ("nearly three hours ago", "2026-11-30 07:30"),
    ("received on 26.11.2026", "2026-11-26 00:00"),
    ("I got the letter on Wednesday the 25th", "2026-11-25 00:00"),
    ("Sunday morning around ten", "2026-11-29 10:00"),
    ("first thing this morning", "2026-11-30 06:00"),
    ("at lunchtime yesterday", "2026-11-29 12:00"),
    ("since yesterday evening", "2026-11-29 18:00"),
    ("we were burgled overnight", "2026-11-29 20:00"),
    ("It was stolen on 11/27/2026", "2026-11-27 00:00"),
    ("They fired me on Friday and I have three weeks", "2026-11-27 00:00"),
    ("Meine Tochter ist am 3.5.2012 geboren und gestern wurde ihr Handy geklaut", "2026-11-29 00:00"),
    ("am Freitag, 27.11., gegen viertel vor sechs abends", "2026-11-27 17:45"),
    ("Freitag auf Samstag Nacht", "2026-11-27 22:00"),
]

SILENT = [
    "Mein Handy mit allen Kundenchats wurde geklaut",
    "I was hacked, what now?",
    "vor ein paar Tagen",
    "a few days ago",
    "neulich",
    "some time ago",
    "Der Brief sagt, ich soll bis Freitag antworten",
    "Die Frist läuft bis 4.12.2026, 12 Uhr",
    "the deadline is next Friday",
    "by Thursday at noon",
    "nächsten Montag um 9",
    "heute um 15 Uhr habe ich einen Termin",
    "today at 3pm I meet my lawyer",
    "morgen früh",
    "Art. 33 DSGVO, 72 Stunden, § 7 Abs. 2 UWG",
    "Wir haben 24/7 geöffnet und 3.500 Kunden, Version 17.4",
    "Er will 500 Euro bis Ende des Monats",
    "in zwei Stunden",
    "alle 14 Tage schicken wir 20 Nachrichten",
    "We send it every Friday evening",
    "immer montags um 8",
    "0171 28.11.99",
    "am 31.2.",
    "um 25 Uhr 80",
    "Guten Morgen! Guten Abend! Good morning",
    "",
    # Written after the rules, to measure them.
    "heute mittag",
    "am achtundzwanzigsten",
    "the other day",
    "We have until tomorrow noon to reply",
    "They want an answer within 7 days",
    "we are open from 9 to 5",
    "Ich soll bis zum 14. Dezember 2026 unterschreiben",
    "Ladung für den 12.1.2027 um 9 Uhr",
    "Termin am 12.01. um 9 Uhr beim Amtsgericht",
    "Meine Nummer ist 0151 23456789, PLZ 28110",
    "Er verlangt 1.200 Euro und 14.11 % Zinsen",
    "Wir sind 3 Leute und haben 8 Kunden um 2 Euro betrogen",
    "Gruppe mit 230 Leuten, um 5 Kunden ging es",
    "a couple of minutes ago",
    "reply within two weeks",
    "Wir haben 3 Tage Zeit",
    "Ich bin seit 3 Jahren Kunde",
    "habe 8 uhren bestellt",
    "bis heute Abend soll ich zahlen",
    "ab morgen 8 Uhr",
    "das Update auf 17.5.1 kam",
]


@pytest.mark.parametrize(("text", "expected"), CLOCK)
def test_a_clock_time_is_told_to_the_minute(text: str, expected: str) -> None:
    assert moment(text, NOW) == Moment(at(expected), is_rough=False)


@pytest.mark.parametrize(("text", "expected"), ROUGH)
def test_what_is_vague_begins_when_the_span_it_names_begins(text: str, expected: str) -> None:
    assert moment(text, NOW) == Moment(at(expected), is_rough=True)


@pytest.mark.parametrize("text", SILENT)
def test_what_tells_no_past_moment_tells_none(text: str) -> None:
    assert moment(text, NOW) is None


def test_several_moments_are_told_in_order() -> None:
    text = "Gestern um 15 Uhr wurde mein Handy geklaut, heute um 9 Uhr habe ich es gemerkt."
    assert [each.at for each in moments(text, NOW)] == [at("2026-11-29 15:00"), at("2026-11-30 09:00")]
    assert moment(text, NOW) == moments(text, NOW)[0]


@pytest.mark.parametrize(
    ("text", "now", "expected"),
    [
        # The clocks went back on 25 October and forward on 29 March.
        ("vor drei Stunden", "2026-10-25 04:30", "2026-10-25 02:30"),
        ("vor 24 Stunden", "2026-10-25 12:00", "2026-10-24 13:00"),
        ("gestern um 12 Uhr", "2026-10-25 12:00", "2026-10-24 12:00"),
        ("heute um 2:30 Uhr", "2026-03-29 12:00", "2026-03-29 03:30"),
        # Around midnight, the turn of the year and 29 February.
        ("gestern Abend", "2027-01-01 00:10", "2026-12-31 18:00"),
        ("am 31.12. um 23 Uhr", "2027-01-01 00:10", "2026-12-31 23:00"),
        ("um 23:50 Uhr", "2027-01-01 00:10", "2026-12-31 23:50"),
        ("am 29. Februar", "2026-11-30 10:30", "2024-02-29 00:00"),
        ("am 31.", "2026-11-30 10:30", "2026-10-31 00:00"),
        # Said on that very day.
        ("am Montag um 9 Uhr", "2026-11-30 10:30", "2026-11-30 09:00"),
        ("am Montag um 11 Uhr", "2026-11-30 10:30", "2026-11-23 11:00"),
        ("am Wochenende", "2026-11-29 10:00", "2026-11-28 00:00"),
        ("letztes Wochenende", "2026-11-29 10:00", "2026-11-21 00:00"),
        ("heute Nacht", "2026-11-30 03:00", "2026-11-29 22:00"),
    ],
)
def test_the_calendar_is_kept(text: str, now: str, expected: str) -> None:
    assert told(text, at(now)) == at(expected)


def test_now_may_be_told_in_any_time_zone() -> None:
    assert told("gestern um 15 Uhr", NOW.astimezone(UTC)) == at("2026-11-29 15:00")
    late = datetime(2026, 11, 29, 23, 30, tzinfo=UTC)
    assert told("heute um 0:15 Uhr", late) == at("2026-11-30 00:15")


ANYTHING = st.lists(
    st.sampled_from(
        [
            "gestern",
            "heute",
            "morgen",
            "um",
            "gegen",
            "15",
            "Uhr",
            ":",
            ".",
            "28",
            "11",
            "2026",
            "vor",
            "zwei",
            "Stunden",
            "Freitag",
            "abend",
            "Nacht",
            "auf",
            "letzten",
            "last",
            "friday",
            "night",
            "at",
            "noon",
            "3",
            "pm",
            "ago",
            "the",
            "31st",
            "february",
            "29",
            "-",
            "/",
            "halb",
            "vier",
            "nach",
            "viertel",
            "seit",
            "0",
            "24",
            "99",
        ]
    ),
    max_size=12,
).map(" ".join)


@given(text=ANYTHING | st.text(max_size=60), now=st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1)))
def test_no_moment_is_ahead_whatever_is_written(text: str, now: datetime) -> None:
    here = now.replace(tzinfo=UTC)
    for each in moments(text, here):
        assert each.at <= here
        assert each.at.tzinfo == BERLIN


def test_a_text_of_nothing_but_times_is_read_in_its_whole_length() -> None:
    assert len(moments("gestern um 15 Uhr. " * 100, NOW)) == 100
