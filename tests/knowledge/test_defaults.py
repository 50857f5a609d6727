"""What ships with the bot for every knowledge: complete, about nothing in particular, and open to a knowledge's own."""

import re
from pathlib import Path

import pytest

from bot.knowledge.checks import ENOUGH_OUT_OF_SCOPE
from bot.knowledge.defaults import defaults, everyday
from bot.knowledge.domain import Domain
from bot.knowledge.loader import load
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import Bilingual, Phrases
from bot.knowledge.required import ASIDES, TEXTS
from bot.knowledge.rules import COMPLETE, SOUND, broken_rules
from bot.knowledge.rules.wording import plain
from bot.messages import LANGUAGES, Language
from tests.small import only_german

#: What people ask about data protection, and the messengers that they ask it of.
IN_SCOPE = re.compile(
    r"datenschutz|dsgvo|gdpr|data protection|privacy|whatsapp|messenger|telegram|signal|einwillig|consent|newsletter"
    r"|personenbezogen|personal data|überwach|surveill|kamera|camera|\bfotos?\b|\bphotos?\b|lösch|delete|speicher"
    r"|adressbuch|verschlüssel|encrypt|abmahn|auskunft|cookies?\b",
    re.IGNORECASE,
)
#: A text that is about the bot's own storage, told in the words of the law.
ABOUT_STORAGE = re.compile(r"privacy|stored|held|command_my_data|donat|erased|my_data|forget|personal_data")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_ships(language: Language) -> None:
    assert defaults().texts[language].keys() == TEXTS.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_can_be_said(language: Language) -> None:
    asides = defaults().asides
    assert asides.keys() >= ASIDES
    for name, aside in asides.items():
        assert aside.said_as[language], name
        assert name in ASIDES or (aside.reply is not None and aside.reply[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_ships_is_about_nothing_in_particular(language: Language) -> None:
    texts = {key: text for key, text in defaults().texts[language].items() if not ABOUT_STORAGE.search(key)}
    replies = {name: aside.reply[language] for name, aside in defaults().asides.items() if aside.reply is not None}
    about = re.compile(r"datenschutz(?!sagt)|whatsapp|dsgvo|gdpr|data protection|rechtsberatung|legal", re.IGNORECASE)
    found = {key: text for key, text in {**texts, **replies}.items() if about.search(text)}
    # The help names the command that tells of the bot's own storage.
    assert found.keys() <= {"page_help"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everyday_talk_is_broad_and_all_of_it_different(language: Language) -> None:
    assert len(everyday()) >= 20
    lines = [line for phrases in everyday().values() for line in phrases[language]]
    assert len(lines) >= 230
    assert len({plain(line) for line in lines}) == len(lines)
    assert not [line for line in lines if IN_SCOPE.search(line)]


def test_a_knowledge_with_enough_of_its_own_reads_no_everyday_talk(real: Knowledge) -> None:
    assert all(len(real.checks.out_of_scope[language]) >= ENOUGH_OUT_OF_SCOPE for language in LANGUAGES)
    assert not real.checks.everyday


def test_a_knowledge_says_otherwise_what_it_wants(small_folder: Path) -> None:
    for language in LANGUAGES:
        (small_folder / f"texts/{language}.yaml").write_text('hint: "Nass. {date}"\n', encoding="utf-8")
    (small_folder / "asides.yaml").write_text(
        "greeting:\n  said_as: {de: [ahoi landratte], en: [ahoy]}\n"
        "thanks:\n  reply: {de: 'Gern, {bot_name}!', en: 'Welcome!'}\n",
        encoding="utf-8",
    )
    loaded = load(small_folder)
    assert loaded.problems == ()
    knowledge = loaded.knowledge
    assert knowledge.texts["de"]["hint"] == "Nass. {date}"
    assert knowledge.texts["de"]["button_back"] == "Zurück"
    assert {"hallo", "ahoi landratte"} <= set(knowledge.asides["greeting"].said_as["de"])
    greeting, thanks = knowledge.asides["greeting"].reply, knowledge.asides["thanks"].reply
    assert greeting is not None
    assert "zum Freibad" in greeting["de"]
    assert thanks is not None
    assert thanks["de"] == "Gern, das Freibad!"
    assert "danke" in knowledge.asides["thanks"].said_as["de"]
    # Its own words come on top: the small lexicon has but one filler, and no third party.
    assert {"bitte", "doch"} <= set(knowledge.lexicon.fillers["de"])
    assert "mein friseur" in knowledge.lexicon.third_parties["de"]
    assert set(knowledge.lexicon.concepts) == {"pool", "price", "dog", "opening"}


def test_a_folder_needs_only_what_is_its_own(small_folder: Path) -> None:
    for name in ("texts/de.yaml", "texts/en.yaml", "lexicon.yaml"):
        (small_folder / name).unlink()
    loaded = load(small_folder)
    assert loaded.problems == ()
    assert not (small_folder / "asides.yaml").exists()


@pytest.mark.parametrize(
    ("before", "after", "line", "says"),
    [
        ("languages: [de, en]", "languages: [de, fr]", 1, '"languages" is a list of de and en'),
        ("languages: [de, en]", "languages: []", 1, '"languages" is a list of de and en'),
        ("languages: [de, en]", "languages: [de, de]", 1, '"languages" is a list of de and en'),
        ('name: {de: "das Freibad", ', "name: {", 2, 'lacks "de"'),
        ("topics:", "themes:", 5, 'has no key "themes"'),
        ("zum Freibad", "z" * 61, 3, "61 characters: shorten it to 60"),
        ("Sonst hilft die Kasse.", "TODO wer hilft", 6, "still to be filled in"),
    ],
)
def test_a_fault_in_knowledge_yaml_is_told(before: str, after: str, line: int, says: str, small_folder: Path) -> None:
    path = small_folder / "knowledge.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    problems = [problem.told("en") for problem in load(small_folder, "knowledge").problems]
    assert any(each.startswith(f"knowledge/knowledge.yaml:{line}: ") and says in each for each in problems), problems
    assert all(each.startswith("knowledge/knowledge.yaml:") for each in problems)


def test_a_knowledge_of_one_language_needs_no_other(small_folder: Path) -> None:
    loaded = load(only_german(small_folder))
    assert loaded.problems == ()
    assert loaded.knowledge.languages == ("de",)
    assert broken_rules(loaded.knowledge, SOUND + COMPLETE) == []
    assert loaded.knowledge.spoken("en") == "de"


def test_what_it_does_not_speak_is_no_part_of_it(small_folder: Path) -> None:
    path = only_german(small_folder) / "facts/visitor.yaml"
    text = path.read_text(encoding="utf-8").replace('{de: "Wer möchte baden?"}', '{de: "Wer?", en: "Who?"}')
    path.write_text(text, encoding="utf-8")
    (small_folder / "texts/en.yaml").write_text("hint: x\n", encoding="utf-8")
    told = [problem.told("en") for problem in load(small_folder, "knowledge").problems]
    assert any("facts/visitor.yaml:2: " in each and 'has no key "en": allowed are de' in each for each in told)
    assert any("texts/en.yaml:1: is not read: the languages in knowledge.yaml are de" in each for each in told)


def test_what_a_language_lacks_is_told_for_that_language_alone(small_folder: Path) -> None:
    path = only_german(small_folder) / "entries/pool/pool-dogs.yaml"
    text = path.read_text(encoding="utf-8").replace('    - "Freibad mit Hund"\n', "")
    cited = '"Nein, Hunde bleiben draußen.", cites: [pool-rules#dogs]'
    path.write_text(text.replace(cited, '"Nein."'), encoding="utf-8")
    told = [problem.told("en") for problem in broken_rules(load(small_folder).knowledge, SOUND + COMPLETE)]
    assert any("11 phrasings under asked_as (de): write at least 12" in each for each in told)
    assert any('"Nein." (short) cites nothing' in each for each in told)
    assert not any("(en)" in each or "English" in each for each in told)


def test_a_place_that_does_not_exist_is_told(small_folder: Path) -> None:
    reply = "greeting:\n  reply: {de: 'Hallo {bot_nam}', en: Hello}\n"
    (small_folder / "asides.yaml").write_text(reply, encoding="utf-8")
    (told,) = [problem.told("en") for problem in broken_rules(load(small_folder, "k").knowledge, SOUND)]
    assert told == (
        'k/asides.yaml:2: the reply of "greeting" holds {bot_nam}, which does not exist '
        '(did you mean "{bot_name}"?): correct it'
    )


def test_names_are_put_where_the_texts_keep_a_place_for_them() -> None:
    pool = Bilingual(de="das Freibad", en="the pool")
    domain = Domain(name=pool, topics=Phrases(de=("Eintritt", "Hunde")))
    assert (
        domain.placed("Hier ist {bot_name}: {bot_topics} {date}", "de")
        == "Hier ist das Freibad: Eintritt\nHunde {date}"
    )
