"""Talking to a bot of another domain through real processes: it answers, asks, declines, and speaks of nothing else."""

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.cli.index_cache import open_matcher
from bot.cli.knowledge import KnowledgeFolder
from bot.cli.telegram import profile
from bot.knowledge.defaults import everyday
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.matching.normalise import words
from tests.bakery.making import make, run

#: The bot's own storage is told of in the words of the law; nothing else is.
ABOUT_STORAGE = re.compile(r"privacy|stored|held|command_my_data")
FOREIGN = re.compile(
    r"datenschutz|datenpanne|whatsapp|dsgvo|gdpr|data.protection|messenger|rechtsberatung|anwalt|verbraucherzentrale|bfdi",
    re.IGNORECASE,
)
#: The commands by which one gets there.
COMMANDS = re.compile(r"/(datenschutz|privacy)\b")

EVERYDAY = (
    "wer ist der Bundeskanzler",
    "wie wird das Wetter",
    "was ist der Sinn des Lebens",
    "Wie alt ist die Königin von Dänemark?",
    "spiel mir ein lied vor",
    "Was kostet ein neuer Laptop?",
    "ich brauche einen Termin beim Zahnarzt",
    "Wann spielt Werder Bremen?",
    "mein auto springt nicht an",
    "kannst du mir bei den hausaufgaben helfen",
    "wie heißt die hauptstadt von peru",
    "Wo ist die nächste Tankstelle?",
    "Ich bin verliebt, was nun?",
    "wie installiere ich linux",
    "Was hilft bei Migräne?",
    "erzähl einen witz über ostfriesen",
    "Wer hat die Relativitätstheorie aufgestellt?",
    "wie viel verdient ein Lehrer",
    "Ist morgen Vollmond?",
    "Wie mache ich eine Lasagne?",
    "rezept für spaghetti carbonara",
    "Welche Airline fliegt nach Oslo?",
    "Wie wechsle ich einen Reifen?",
    "Was soll ich heute anziehen?",
    "Wann kommt die Müllabfuhr?",
    "wie lange dauert ein marathon",
    "Gibt es Außerirdische?",
    "Aktien kaufen oder verkaufen?",
    "Welchen Film empfiehlst du mir?",
    "Wie schreibt man eine Kündigung?",
    "Was ist eine Primzahl?",
    "Brauche ich ein Visum für Kanada?",
    "wie ist die nummer von der polizei",
    "wie groß ist der bodensee",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("domain") / "backstube")


@pytest.fixture(scope="module")
def bakery(folder: Path) -> Knowledge:
    return load(folder).knowledge


def chat(folder: Path, *said: str) -> list[str]:
    """What the bot says to each message."""
    code, out, err = run("chat", "--knowledge", str(folder), typed="".join(f"{line}\n" for line in said))
    assert (code, err) == (0, "")
    return [each.partition("\n")[2].strip() for each in out.split("\n> ")[1 : len(said) + 1]]


def matched(folder: Path, questions: Sequence[str]) -> list[dict[str, object]]:
    code, out, err = run("match", "--knowledge", str(folder), typed="".join(f"{each}\n" for each in questions))
    assert (code, err) == (0, "")
    return [json.loads(line) for line in out.splitlines()]


def test_it_is_sound(folder: Path) -> None:
    code, out, _ = run("check", "--knowledge", str(folder))
    assert code == 0
    assert out.splitlines()[-1].startswith("in Ordnung: 10 Einträge, 5 Quellen, 15 Aussagen, jede Aussage zitiert")
    assert not any(line.startswith(str(folder)) for line in out.splitlines())


def test_its_own_checks_end_right_or_are_offered(folder: Path) -> None:
    code, out, _ = run("eval", "--json", "--knowledge", str(folder), str(folder / "checks"))
    assert code == 0
    groups = json.loads(out)["groups"]
    assert sum(groups["in scope"].values()) == 40
    assert groups["in scope"]["right"] >= 33
    assert groups["in scope"].get("wrong", 0) + groups["in scope"].get("missed", 0) == 0
    assert groups["out of scope"] == {"declined": 6}
    assert json.loads(out)["calibration"]["thresholds"].keys() == {"de"}


def test_it_answers_with_its_own_documents(folder: Path) -> None:
    (price,) = chat(folder, "was kostet bei euch ein laib brot?")
    assert "Ein Kilo Roggenbrot kostet 5,20 Euro" in price
    assert "[1] Preisliste, Seite 1 (September 2026)" in price
    assert "https://backstube-korn.example/price-list" in price


def test_it_asks_what_matters_and_goes_on_from_there(folder: Path) -> None:
    asked, answered, supposed = chat(folder, "Sind da Nüsse im Brot?", "das dunkle", "und mit Dinkelbrot?")
    assert "Um welches Brot geht es?" in asked
    assert "1) Roggenbrot" in asked
    assert "weder Milch noch Ei noch Nüsse" in answered
    assert "Haselnüsse" in supposed
    (told,) = chat(folder, "Wie früh muss man eine Torte für die Hochzeit bestellen?")
    assert "vier Wochen vorher" in told


def test_everyday_questions_are_declined(folder: Path) -> None:
    shared = {" ".join(words(text)) for phrases in everyday().values() for text in phrases.all}
    assert not [text for text in EVERYDAY if " ".join(words(text)) in shared]
    answered = [each["question"] for each in matched(folder, EVERYDAY) if each["decision"] != "unmatched"]
    assert answered == []


def test_its_own_subject_is_answered_although_everyday_talk_is_about_it_too(folder: Path) -> None:
    questions = ("Wie lange hält sich das Brot?", "kann man brötchen einfrieren", "Gehört ein Laib in den Kühlschrank?")
    assert {each["entry"] for each in matched(folder, questions)} == {"bread-storage"}


def test_it_introduces_itself_by_its_own_name(folder: Path) -> None:
    start, topics, help_, hello, nonsense, who = chat(
        folder, "/start", "1", "/hilfe", "hallo", "xkcd qwrt zzpf", "bist du ein mensch"
    )
    assert "Hier ist die Backstube Korn: ein Programm, kein Mensch" in flat(start)
    assert "Ich beantworte Fragen zu Brot, Kuchen und Allergenen" in flat(start)
    assert "1) Themen" in start
    assert "- Torten und Kuchen auf Bestellung" in topics
    assert "- Brot und Brötchen: Preise, Zutaten, Allergene" in help_
    assert "English" not in help_
    assert "Fragen Sie mich gern etwas zu Brot, Kuchen und Allergenen" in flat(hello)
    assert "„Ist im Roggenbrot Milch?“" in flat(nonsense)
    assert "Programm" in who
    first, second = chat(folder, "wie wird das Wetter", "wer ist der Bundeskanzler")
    assert "keine geprüfte Antwort" in first
    assert "Sonst fragen Sie bitte im Laden" in second


def flat(text: str) -> str:
    return " ".join(text.split())


def test_who_speaks_another_language_is_told_politely(folder: Path) -> None:
    said = ("english please", "/sprache", "/english", "How do I get to the station?", "hello")
    asked, command, switched, foreign, hello = chat(folder, *said)
    for reply in (asked, command, switched, foreign):
        assert "Ich kann nur Deutsch. · Sorry, I only speak German" in reply
    assert "Fragen Sie mich gern" in hello
    assert "Ohne tierische Zutaten" in chat(folder, "do you have vegan croissants?")[0]
    code, out, _ = run("chat", "--language", "en", "--knowledge", str(folder), typed="Was ist vegan?\n")
    assert code == 0
    assert "Ohne tierische Zutaten" in out


def test_nothing_it_can_say_is_about_another_domain(bakery: Knowledge) -> None:
    said = {key: text for key, text in bakery.texts["de"].items() if not ABOUT_STORAGE.search(key)}
    said |= {name: aside.reply["de"] for name, aside in bakery.asides.items() if aside.reply is not None}
    shown = profile(bakery, "en").wording("en")
    said |= {"description": shown.description, "short description": shown.short_description}
    assert len(said) > 100
    assert {key: text for key, text in said.items() if FOREIGN.search(COMMANDS.sub("", text))} == {}
    assert {key: text for key, text in said.items() if "{bot_" in text} == {}
    assert not bakery.texts.en


def test_channels_show_its_one_language(bakery: Knowledge) -> None:
    shown = profile(bakery, "en")
    assert shown.wordings.keys() == {"de"}
    assert "zu Brot, Kuchen und Allergenen" in shown.wording("en").description
    assert len(shown.wording("de").short_description) <= 120
    assert "sprache" not in dict(shown.wording("de").commands)


def test_a_description_always_fits_where_telegram_shows_it(folder: Path) -> None:
    path = folder / "knowledge.yaml"
    before = path.read_text(encoding="utf-8")
    try:
        for about, problems in (("x" * 60, 0), ("x" * 61, 1)):
            path.write_text(before.replace("zu Brot, Kuchen und Allergenen", about), encoding="utf-8")
            loaded = load(folder)
            assert len(loaded.problems) == problems
            assert problems or len(profile(loaded.knowledge, "de").wording("de").short_description) <= 120
    finally:
        path.write_text(before, encoding="utf-8")


def test_questions_in_english_never_reach_the_thresholds_of_a_language_it_lacks(
    folder: Path, bakery: Knowledge
) -> None:
    matcher = open_matcher(bakery, KnowledgeFolder(folder, "backstube"))
    assert matcher.languages.detect("what is the price of the bread") == "de"
    assert not matcher.languages.is_foreign("Was kostet das Brot?")
