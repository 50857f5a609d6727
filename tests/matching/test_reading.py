"""Reading text: folding, words, typos, compounds, languages, phrases, facts, utterances."""

import pytest

from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.matching.normalise import LONGEST_READ, all_words, clauses, fold, sentences, stem, words
from bot.matching.phrases import PhraseBook
from bot.matching.reading.parts import Parts
from bot.matching.reading.vocabulary import Vocabulary
from bot.matching.talk.utterances import Phrasing, UtteranceBook
from bot.messages import Language


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Größe", "groesse"),
        ("u\u0308ber", "ueber"),
        ("Straße, STRASSE", "strasse, strasse"),
        ("Whats\u200bApp\u202e", "whatsapp"),
        ("ＷｈａｔｓＡｐｐ", "whatsapp"),
        ("don't geht's", "dont gehts"),
        ("Café", "cafe"),
    ],
)
def test_text_is_folded_as_people_type_it(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_words_of_other_scripts_and_signs_are_none() -> None:
    assert words("Привет 你好 🎉 §§ —") == []


def test_only_the_beginning_of_a_huge_text_is_read() -> None:
    assert len(words("wort " * 100_000)) == LONGEST_READ // 5


def test_sentences_and_clauses() -> None:
    assert sentences("Eins. Zwei? Drei") == ["Eins.", "Zwei?", "Drei"]
    assert [part.strip() for part in clauses("nein, aber ja – vielleicht")] == ["nein", "aber ja", "vielleicht"]


def test_stems_join_inflected_words() -> None:
    assert stem("einwilligungen", "de") == stem("einwilligung", "de")
    assert stem("kuehe", "de") == stem("kuehen", "de")
    assert stem("messages", "en") == stem("message", "en")


@pytest.fixture
def vocabulary() -> Vocabulary:
    return Vocabulary(
        {"werbung": 5, "schlacht": 2, "termin": 3, "nachricht": 4, "gruppe": 3, "kunden": 2, "einwilligung": 3}
    )


@pytest.mark.parametrize(
    ("typo", "meant"),
    [("werbug", "werbung"), ("wrebung", "werbung"), ("einwiligunk", "einwilligung"), ("grupe", "gruppe")],
)
def test_a_typo_is_read_as_the_nearest_known_word(typo: str, meant: str, vocabulary: Vocabulary) -> None:
    assert vocabulary.repair(typo) == meant


@pytest.mark.parametrize("word", ["wetter", "kuchen", "was", "2024", "abc"])
def test_another_word_is_left_alone(word: str, vocabulary: Vocabulary) -> None:
    assert vocabulary.repair(word) is None


def test_compounds_are_taken_apart(vocabulary: Vocabulary) -> None:
    assert vocabulary.parts("schlachtterminnachricht") == ("schlacht", "termin", "nachricht")
    assert vocabulary.parts("kundengruppe") == ("kunden", "gruppe")
    assert vocabulary.parts("whatsappgruppe") == ("gruppe",)
    assert vocabulary.parts("regenschirm") == ()


def test_a_compound_that_can_be_cut_in_many_ways_is_cut_at_once(vocabulary: Vocabulary) -> None:
    """Trying every way of cutting would take longer than anybody lives."""
    assert vocabulary.parts("kundengruppe" * 4) == ("kunden", "gruppe") * 4
    assert vocabulary.parts("kundengruppen" * 4 + "qx") == ()
    assert vocabulary.parts("kundengruppe" * 10_000) == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Darf ich meinen Kunden Angebote schicken?", "de"),
        ("May I send offers to my customers?", "en"),
        ("whatsap werbung erlaubt", "de"),
        ("is whatsapp allowed", "en"),
        ("Der Vertrag von „WhatsApp Business Terms“ ist das gültig?", "de"),
        ("Is the „Auftragsverarbeitungsvertrag“ of WhatsApp any good?", "en"),
        ("WhatsApp", None),
        ("12345", None),
        ("", None),
    ],
)
def test_the_language_is_detected(text: str, language: Language | None, real_matcher: Matcher) -> None:
    assert real_matcher.languages.detect(text) == language


@pytest.mark.parametrize("text", ["ok", "WhatsApp Business App", "no", "Newsletter?"])
def test_a_loanword_does_not_switch_the_language(text: str, real_matcher: Matcher) -> None:
    assert real_matcher.languages.continue_in(text, "de") == "de"


def test_a_sentence_switches_the_language(real_matcher: Matcher) -> None:
    assert real_matcher.languages.continue_in("and what about a club?", "de") == "en"
    assert real_matcher.languages.continue_in("und wie ist das im Verein?", "en") == "de"


def test_the_longest_phrase_wins_and_uses_its_words_up() -> None:
    book = PhraseBook({"gemeinde": "municipal", "evangelische gemeinde": "church"})
    assert [found.meaning for found in book.find("Wir sind eine evangelische Gemeinde")] == ["church"]


def test_a_typo_in_a_longer_word_of_a_phrase_is_forgiven_unless_it_is_a_word() -> None:
    book = PhraseBook({"als verein": "club"}, known={"vereint"})
    assert [found.meaning for found in book.find("als vereinn")] == ["club"]
    assert book.find("als vereint") == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("als Erwachsener mit Saisonkarte", {"visitor": "adult", "ticket": "yes"}),
        ("nicht mein Kind", {}),
        ("nein, mein Kind", {"visitor": "child"}),
        ("ohne Saisonkarte als Erwachsener", {"visitor": "adult", "ticket": "no"}),
        ("mein Kind und meine Eltern", {}),
        ("was kostet das", {}),
    ],
)
def test_facts_are_read_where_they_are_told(text: str, told: dict[str, str], small_matcher: Matcher) -> None:
    assert small_matcher.facts.told(text) == told


@pytest.mark.parametrize(
    ("fact", "text", "option"),
    [
        ("ticket", "ja", "yes"),
        ("ticket", "jo, hab ich", "yes"),
        ("ticket", "nö", "no"),
        ("ticket", "ja, aber ohne Saisonkarte", "no"),
        ("ticket", "vielleicht", None),
        ("visitor", "Kind", "child"),
        ("visitor", "die Kleine", "child"),
        ("visitor", "myself", "adult"),
        ("visitor", "ja", None),
    ],
)
def test_answers_are_read_in_peoples_words(fact: str, text: str, option: str | None, small_matcher: Matcher) -> None:
    assert small_matcher.facts.answer(fact, text) == option


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Wir sind eine Kirchengemeinde", {"sender": "church", "role": "employer"}),
        ("dürfen wir als Gemeinde", {"sender": "authority", "authority_level": "municipal", "role": "employer"}),
        ("Mein Arbeitgeber will das", {}),
        ("my hairdresser added me to a group", {"role": "employee"}),
        ("Eine Firma schickt mir ständig Werbung", {"content": "mixed", "role": "employee"}),
        ("ich bin Kunde", {"role": "employee"}),
        ("Wir sind ein Friseur", {"sender": "business", "role": "employer"}),
        ("Brauche ich eine Einwilligung?", {}),
        ("in unserem Hofladen", {"sender": "business"}),
        ("wir nutzen whatsapp", {}),
        ("über die Business API", {"whatsapp_service": "platform"}),
    ],
)
def test_facts_of_the_real_knowledge(text: str, told: dict[str, str], real_matcher: Matcher) -> None:
    assert real_matcher.facts.told(text) == told


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Hallo!", "greeting"),
        ("danke schön", "thanks"),
        ("bist du ein anwalt?", "lawyer"),
        ("weiß ich nicht", "unknown"),
        ("keine Ahnung", "unknown"),
        ("warum fragst du das?", "why"),
        ("zurück bitte", "back"),
        ("abbrechen", "cancel"),
        ("I don't know", "unknown"),
        ("start over", "reset"),
        ("English please", "english"),
    ],
)
def test_utterances_are_understood_as_whole_messages(text: str, aside: str, real: Knowledge) -> None:
    assert aside in UtteranceBook(real).all(text)


@pytest.mark.parametrize("text", ["Hallo, darf ich Werbung schicken?", "zurück an den Absender", "Wetter", ""])
def test_a_message_that_only_contains_an_utterance_is_none(text: str, real: Knowledge) -> None:
    assert UtteranceBook(real).all(text) == ()


def test_the_form_of_a_question(real: Knowledge) -> None:
    phrasing = Phrasing(real.lexicon)
    assert phrasing.is_question("Darf ich das machen")
    assert phrasing.is_question("Werbung?")
    assert not phrasing.is_question("die kostenlose")
    assert phrasing.is_elliptical("und als Verein?")
    assert phrasing.is_elliptical("What about a club?")
    assert not phrasing.is_elliptical("Unter welchen Umständen?")


def test_a_gap_spans_what_stands_between_the_parts_of_a_verb() -> None:
    book = PhraseBook({"haben … zugestimmt": "yes", "haben … nicht zugestimmt": "no"}, barred={"nicht"})
    assert [each.meaning for each in book.find("haben der Werbung auf dem Handy zugestimmt")] == ["yes"]
    assert [each.meaning for each in book.find("haben der Werbung nicht zugestimmt")] == ["no"]
    assert [each.positions for each in book.find("alle haben zugestimmt")] == [(1, 2)]
    assert book.find("haben " + "wirklich " * 12 + "zugestimmt") == []
    assert book.find("zugestimmt haben") == []


def test_an_unknown_compound_is_what_its_end_says() -> None:
    book = PhraseBook({"händler": "business", "verein": "club"}, known={"grosshaendler"})
    assert [each.meaning for each in book.find("ein Antiquitätenhändler")] == ["business"]
    assert book.find("ein Großhändler") == []
    assert [each.meaning for each in book.find("unser Förderverein")] == ["club"]


@pytest.mark.parametrize(
    ("text", "in_full"),
    [
        ("Wir sind ein Hofladen. Heute regnet es stark. Darf ich da noch Werbung verschicken?", [2]),
        ("Der Kanal der Gemeinde ist beliebt. Ist das erlaubt?", [0, 1]),
        ("Der Laden läuft gut. Viele Kunden schreiben Nachrichten. Manche Nachrichten enthalten Fotos.", [1, 2]),
        ("wir haben einen kleinen laden am markt darf ich den kunden werbung schicken", [1]),
        ("Darf ich das?", [0]),
        ("", [0]),
    ],
)
def test_what_asks_counts_in_full(text: str, in_full: list[int], real: Knowledge) -> None:
    grammar = all_words(real.lexicon.function_words.all)
    parts = Parts(real.lexicon, lambda word: word not in grammar).of(text)
    assert [position for position, part in enumerate(parts) if part.weight == 1] == in_full


@pytest.mark.parametrize(
    ("text", "fact", "option"),
    [
        ("Als Hofladen schreiben wir der Zahnarztpraxis nebenan.", "sender", "business"),
        ("Als Zahnarztpraxis schreiben wir dem Hofladen nebenan.", "sender", "practice"),
        ("Unsere Kunden haben der Werbung über WhatsApp ausdrücklich zugestimmt.", "consent", "yes"),
        ("Unsere Kunden haben der Werbung über WhatsApp nie zugestimmt.", "consent", "no"),
        ("Die Kunden haben dem Umzug zugestimmt.", "consent", None),
        ("Brauche ich eine Einwilligung?", "consent", None),
        ("Haben die Kunden der Werbung zugestimmt?", "consent", None),
        ("Have they opted in?", "consent", None),
        ("Liegt eine Einwilligung vor?", "consent", None),
        ("Können wir das belegen?", "consent", None),
        ("Ich bin Antiquitätenhändler.", "sender", "business"),
    ],
)
def test_facts_are_told_by_whom_and_of_what(text: str, fact: str, option: str | None, real_matcher: Matcher) -> None:
    assert real_matcher.facts.told(text).get(fact) == option


@pytest.mark.parametrize(
    "text",
    [
        "Dürfen wir Rabatte über Telegram ankündigen?",
        "Can we announce our discounts on Instagram?",
        "Statt per WhatsApp wollen wir Angebote per SMS schicken.",
    ],
)
def test_another_service_is_a_veto(text: str, real_matcher: Matcher) -> None:
    assert real_matcher.decide(text).entry is None
