"""Text that was decoded wrongly on its way, and letters that only look like Latin ones."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.model import Knowledge
from bot.matching.legible import decoded, latin
from bot.matching.matcher import Matcher
from bot.matching.normalise import fold, words

REAL = (
    "Dürfen Behörden „WhatsApp“ nutzen? Größe, Maß & Öl – § 7 Abs. 2 UWG, 5 €, it’s “fine” … "
    "🐄👍 ÄÖÜ „MENÜ“ «Ü» „Â“ café, à la carte, Åland"
)


def misread(text: str) -> str:
    """UTF-8 taken for Windows-1252, as browsers do it."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("BehÃ¶rde", "Behörde"),
        ("fÃ¼r", "für"),
        ("Ã–ffnungszeiten", "Öffnungszeiten"),
        ("Ãœber", "Über"),
        ("StraÃŸe", "Straße"),
        ("Ã\x84rzte", "Ärzte"),
        ("donâ€™t", "don’t"),
        ("â€žJaâ€œ", "„Ja“"),
        ("Â§ 7", "§ 7"),
        ("5 â‚¬", "5 €"),
        ("ðŸ˜€ ja", "😀 ja"),
        ("fÃƒÂ¼r", "für"),
    ],
)
def test_what_was_decoded_wrongly_is_put_right(text: str, meant: str) -> None:
    assert decoded(text) == meant
    assert fold(text) == fold(meant)


@pytest.mark.parametrize("times", [1, 2])
def test_a_whole_sentence_comes_back_however_often_it_was_decoded(times: int) -> None:
    text = "Dürfen Behörden „WhatsApp“ nutzen? Größe – § 7, 5 €, it’s “fine” 🐄"
    wrong = text
    for _ in range(times):
        wrong = misread(wrong)
    assert wrong != text
    assert decoded(wrong) == text


def test_half_of_a_text_that_was_decoded_wrongly_is_put_right() -> None:
    assert decoded("Behörde und BehÃ¶rde, „MENÜ“") == "Behörde und Behörde, „MENÜ“"


def test_what_stands_as_it_was_meant_stays() -> None:
    assert decoded(REAL) == REAL
    assert latin(REAL) == REAL


@given(st.text(alphabet=st.characters(exclude_characters="ÂÃâïðÅÆË", exclude_categories=["Cs"])))
def test_without_the_signs_of_wrong_decoding_nothing_is_changed(text: str) -> None:
    assert decoded(text) == text


@given(st.text(alphabet="abcäöüÄÖÜß§€„“– ’🐄ÃÂâ"))
def test_putting_right_never_fails_and_never_lengthens(text: str) -> None:
    assert len(decoded(text)) <= len(text)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Whаtsapp", "whatsapp"),
        ("WhatsАpp", "whatsapp"),
        ("Веhörde", "behoerde"),
        ("Βehörde", "behoerde"),
        ("Kundеn", "kunden"),
        ("Ρhotos", "photos"),
        ("Nеwsletter-Аbo", "newsletter abo"),
    ],
)
def test_a_letter_of_another_script_in_a_latin_word_is_read_as_it_looks(text: str, read: str) -> None:
    assert words(text) == read.split()


@pytest.mark.parametrize(
    "text",
    ["Можно ли отправлять рекламу через WhatsApp?", "сор", "Μπορώ να στείλω;", "cлово", "нет", "Oтец", "α-Wert", "д"],
)
def test_words_of_another_script_stay_what_they_are(text: str) -> None:
    assert latin(text) == text


@given(st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюяαβγδεζηθικλμνξοπρστυφχψω -?"))
def test_no_word_appears_in_a_text_of_another_script(text: str) -> None:
    assert latin(text) == text
    assert words(text) == []


@given(st.text())
def test_reading_look_alikes_keeps_every_other_character(text: str) -> None:
    read = latin(text)
    assert len(read) == len(text)
    changed = [(before, after) for before, after in zip(text, read, strict=True) if before != after]
    assert all(
        unicodedata.name(before).startswith(("CYRILLIC", "GREEK")) and after.isascii() for before, after in changed
    )


@pytest.mark.parametrize(
    "text", ["Dаrf mein Hund mit ins Freibad?", "Darf mein Hund mit ins Freіbad?", "Darf mein Нund mit ins Freibad?"]
)
def test_a_question_is_matched_in_spite_of_it(small_matcher: Matcher, text: str) -> None:
    plain = small_matcher.decide("Darf mein Hund mit ins Freibad?", "de")
    assert small_matcher.decide(text, "de").candidates == plain.candidates


def test_facts_and_language_are_read_in_spite_of_it(real: Knowledge, real_matcher: Matcher) -> None:
    right, wrong = (
        "Wir sind eine Behörde und dürfen das für Bürger",
        "Wir sind eine BehÃ¶rde und dÃ¼rfen das fÃ¼r BÃ¼rger",
    )
    assert real_matcher.facts.told(wrong) == real_matcher.facts.told(right)
    assert real_matcher.languages.detect(wrong) == "de"
    assert real_matcher.facts.told(right)["sender"] == "authority"
