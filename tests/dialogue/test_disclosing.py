"""What is held, in words: the privacy notice says what is so, and who asks is told everything."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogue import acts
from bot.dialogue.held import Held, HeldSession
from bot.dialogue.respond import respond
from bot.dialogue.scene import Controller, Notice, Scene
from bot.dialogue.session import Session, State
from bot.knowledge.model import Knowledge
from bot.messages import LANGUAGES, Language, Reply
from bot.sessions.store import STORED
from tests.dialogue.conftest import TODAY

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
CITY = Controller(
    "Stadt Musterhausen",
    "post@musterhausen.example",
    "Rathausplatz 1",
    "dsb@musterhausen.example",
    processors="Rechenzentrum Nord",
    is_public_body=True,
)
TELEGRAM = Notice(CITY, STORED, timedelta(hours=12), timedelta(days=30), "telegram")
SESSION = Session(
    "de",
    State.ASKING,
    entry="pool-price",
    pending="ticket",
    facts={"visitor": "adult"},
    rated={"pool-dogs": "helpful"},
    donated=("17", "18"),
)
HELD = HeldSession(SESSION, NOW, NOW + timedelta(hours=12))
PLACES = ("{", "}")
KEPT: dict[Language, dict[str, str]] = {
    "de": {"hours": "12 Stunden", "days": "30 Tage"},
    "en": {"hours": "12 hours", "days": "30 days"},
}


def notice(small: Knowledge, notice: Notice, language: Language = "de") -> str:
    return text(respond(language, [acts.ShowPage("privacy")], small, TODAY, Scene(notice)))


def told(small: Knowledge, held: Held | None, language: Language = "de") -> tuple[Reply, ...]:
    return respond(language, [acts.TellHeld(held)], small, TODAY)


def erased(small: Knowledge, held: Held) -> str:
    return text(respond("de", [acts.Erase(held)], small, TODAY, Scene(TELEGRAM)))


def text(replies: tuple[Reply, ...]) -> str:
    lines = [
        line for reply in replies for block in reply.blocks for line in (block.title, *(x.text for x in block.lines))
    ]
    return "\n".join(lines)


# --- the privacy notice ---


def test_the_notice_says_who_is_responsible(small: Knowledge) -> None:
    said = notice(small, TELEGRAM)
    for part in (CITY.name, CITY.contact, CITY.address, CITY.officer, CITY.processors):
        assert part in said
    bare = notice(small, replace(TELEGRAM, controller=Controller("Hofladen", "hof@example.org")))
    assert "Hofladen, hof@example.org" in bare
    assert "Anschrift" not in bare
    assert "Datenschutzbeauftragte" not in bare
    assert "In unserem Auftrag" not in bare


def test_where_nobody_was_named_the_notice_says_so(small: Knowledge) -> None:
    said = notice(small, Notice())
    assert "niemand ist eingetragen" in said
    assert "Verantwortlich:" not in said


def test_a_public_body_rests_on_its_task_and_others_on_their_interest(small: Knowledge) -> None:
    public, private = (
        notice(small, TELEGRAM),
        notice(small, replace(TELEGRAM, controller=replace(CITY, is_public_body=False))),
    )
    assert "Buchst. e DSGVO" in public
    assert "Buchst. f DSGVO" not in public
    assert "Buchst. f DSGVO" in private
    assert "Buchst. e DSGVO" not in private


def test_the_recipients_are_those_of_the_channel(small: Knowledge) -> None:
    assert "Telegram überträgt Ihre Nachrichten" in notice(small, TELEGRAM)
    assert "Telegram" not in notice(small, replace(TELEGRAM, channel="terminal"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_is_stored_has_a_text_in_both_languages(
    language: Language, real: Knowledge, small: Knowledge
) -> None:
    for knowledge in (real, small):
        lines = {name: knowledge.texts[language][f"stored_{name}"] for name in STORED}
        assert len(set(lines.values())) == len(STORED)
        said = notice(knowledge, TELEGRAM, language)
        for name, line in lines.items():
            assert line.format(**KEPT[language]) in said, name


def test_what_is_not_stored_is_not_told_of(small: Knowledge) -> None:
    said = notice(small, replace(TELEGRAM, stored=("sessions",)))
    assert "Ihr Gespräch" in said
    assert "Wie oft eine Antwort" not in said
    assert "Was gespeichert wird" not in notice(small, replace(TELEGRAM, stored=()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_copies_are_made_the_notice_and_the_erasure_say_how_long_they_live(
    language: Language, small: Knowledge
) -> None:
    copied = replace(TELEGRAM, backups=timedelta(hours=18))
    expected = {"de": "nach höchstens 18 Stunden gelöscht", "en": "deleted after at most 18 hours"}[language]
    assert expected in notice(small, copied, language)
    assert expected in erased_with(small, copied, language)
    for said in (notice(small, TELEGRAM, language), erased_with(small, TELEGRAM, language)):
        assert expected not in said
        assert "kopie" not in said.lower().replace("auskunft mit kopie", "")


def erased_with(knowledge: Knowledge, told: Notice, language: Language) -> str:
    return text(respond(language, [acts.Erase(Held())], knowledge, TODAY, Scene(told)))


def test_the_notice_says_for_how_long(small: Knowledge) -> None:
    said = notice(small, TELEGRAM)
    assert "Dauer: 12 Stunden nach" in said
    assert "Dauer: 30 Tage;" in said
    brief = replace(TELEGRAM, sessions=timedelta(minutes=30), donations=timedelta(days=1))
    assert "Dauer: 0,5 Stunden nach" in notice(small, brief)
    assert "Dauer: 1 Tag;" in notice(small, brief)
    assert "Kept for: 0.5 hours after" in notice(small, brief, "en")
    assert "höchstens 1 Stunde." in notice(small, replace(TELEGRAM, sessions=timedelta(hours=1)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_placeholder_is_left_over(language: Language, real: Knowledge) -> None:
    said = notice(real, TELEGRAM, language) + text(told(real, Held((HELD,), 1, 2), language))
    assert not any(place in said for place in PLACES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_names_every_right(language: Language, real: Knowledge) -> None:
    said = notice(real, TELEGRAM, language)
    for article in ("21", "77"):
        assert article in said
    for command in {"de": ("/meinedaten", "/vergiss"), "en": ("/mydata", "/forget")}[language]:
        assert command in said


# --- what is held of a person ---


@pytest.mark.parametrize("held", [Held(), None])
def test_who_has_nothing_stored_is_told_so(held: Held | None, small: Knowledge) -> None:
    (reply,) = told(small, held)
    assert text((reply,)).strip() == "Mit Ihnen verknüpft ist nichts gespeichert."
    assert reply.attachment is None


def test_everything_that_is_held_is_told(small: Knowledge) -> None:
    said = text(told(small, Held((HELD,))))
    for part in ("Angaben: Erwachsene", "Thema: Eintritt ins Freibad", "Sprache: Deutsch"):
        assert part in said
    assert "bewertete Antworten: 1, gespendete Fragen: 2" in said
    assert "zuletzt: 01.02.2026, 12:00 UTC, wird gelöscht: 02.02.2026, 00:00 UTC" in said
    assert "In Arbeit" not in said


def test_each_dialogue_is_told(small: Knowledge) -> None:
    other = replace(HELD, session=Session("en", facts={"visitor": "child", "ticket": "unknown"}))
    said = text(told(small, Held((HELD, other))))
    assert said.count("Gespräch\n") == 2
    assert "Angaben: Kind" in said
    assert "Sprache: English" in said


def test_a_dialogue_of_another_knowledge_can_be_told(small: Knowledge) -> None:
    other = replace(HELD, session=Session("de", entry="gone", facts={"gone": "x", "visitor": "giant"}))
    assert "Thema: –" in text(told(small, Held((other,))))


def test_what_waits_is_told(small: Knowledge) -> None:
    assert "2 Nachricht(en) von Ihnen, 1 Antwort(en) an Sie" in text(told(small, Held((HELD,), 2, 1)))


def test_nobody_is_told_that_nothing_is_held_while_something_waits(small: Knowledge) -> None:
    said = text(told(small, Held((), 1, 1)))
    assert "1 Nachricht(en) von Ihnen" in said
    assert "ist nichts gespeichert" not in said


@pytest.mark.parametrize(("language", "name"), [("de", "meine-daten.json"), ("en", "my-data.json")])
def test_the_file_holds_the_same_for_machines(language: Language, name: str, small: Knowledge) -> None:
    (reply,) = told(small, Held((HELD,), 2, 1), language)
    assert reply.attachment is not None
    assert reply.attachment.name == name
    content = json.loads(reply.attachment.text)
    assert (content["waiting_messages"], content["waiting_replies"]) == (2, 1)
    (session,) = content["sessions"]
    assert session["facts"] == {"visitor": "adult"}
    assert (session["state"], session["entry"], session["rated"]) == ("asking", "pool-price", {"pool-dogs": "helpful"})
    assert session["touched_at"] == "2026-02-01T12:00:00+00:00"
    assert session["expires_at"] == "2026-02-02T00:00:00+00:00"
    # Whatever a session will hold one day is in the file, too.
    assert set(session) == {*Session.__slots__, "touched_at", "expires_at"}


# --- what was erased ---


def test_what_was_erased_is_told(small: Knowledge) -> None:
    other = replace(HELD, session=Session("en", facts={"visitor": "child", "ticket": "yes"}))
    said = erased(small, Held((HELD, other), 1, 3))
    assert "Gelöscht: 2 Gespräche, 3 Angaben, 3 wartende Antworten." in said
    assert "was Telegram in diesem Chat gespeichert hat" in said


def test_one_is_told_as_one_and_nothing_not_at_all(small: Knowledge) -> None:
    assert "Gelöscht: Ihr Gespräch, eine Angabe, eine wartende Antwort." in erased(small, Held((HELD,), 0, 1))
    bare = replace(HELD, session=Session("de"))
    assert "Gelöscht: Ihr Gespräch." in erased(small, Held((bare,)))


def test_only_telegram_has_stored_what_telegram_has(small: Knowledge) -> None:
    for held in (Held(), Held((HELD,))):
        assert "Telegram" in erased(small, held)
        assert "Telegram" not in text(respond("de", [acts.Erase(held)], small, TODAY, Scene()))


def test_who_had_nothing_stored_is_told_so_when_erasing(small: Knowledge) -> None:
    assert "Mit Ihnen verknüpft war nichts gespeichert" in erased(small, Held())
    # The message that asks for it.
    assert "Mit Ihnen verknüpft war nichts gespeichert" in erased(small, Held((), 1))
    assert "eine wartende Antwort" in erased(small, Held((), 0, 1))


# --- who is responsible, told at first ---


def introduced(small: Knowledge, act: acts.Act, scene: Scene) -> list[bool]:
    """Of each reply, whether it says who is responsible."""
    replies = respond("de", [act], small, TODAY, scene)
    return [f"Verantwortlich: {CITY.name}, {CITY.contact}" in text((reply,)) for reply in replies]


def test_the_first_reply_of_a_dialogue_ends_with_who_is_responsible(small: Knowledge) -> None:
    replies = respond("de", [acts.Tell("pool-dogs", {})], small, TODAY, Scene(TELEGRAM, is_first=True))
    assert replies[-1].blocks[-1].kind == "hint"
    assert "/datenschutz" in text(replies[-1:])
    assert introduced(small, acts.Tell("pool-dogs", {}), Scene(TELEGRAM, is_first=True)) == [True]
    assert introduced(small, acts.Tell("pool-dogs", {}), Scene(TELEGRAM)) == [False]


def test_a_bot_of_nobody_introduces_nobody(small: Knowledge) -> None:
    (reply,) = respond("de", [acts.Say("donation_refused")], small, TODAY, Scene(Notice(), is_first=True))
    assert "Verantwortlich" not in text((reply,))


@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("page", ["start", "privacy"])
def test_the_pages_that_say_it_themselves_say_it_once(page: str, is_first: bool, small: Knowledge) -> None:
    said = text(respond("de", [acts.ShowPage(page)], small, TODAY, Scene(TELEGRAM, is_first=is_first)))
    assert said.count("Verantwortlich:") == 1


def test_who_changed_nothing_is_told_nothing(small: Knowledge) -> None:
    assert respond("de", [], small, TODAY, Scene(TELEGRAM, is_first=True)) == ()


def test_who_else_gets_it_when_the_store_is_a_server(small: Knowledge) -> None:
    for is_remote, recipients in ((True, "privacy_recipients_server"), (False, "privacy_recipients_terminal")):
        said = " ".join(notice(small, Notice(stored=("sessions",), is_remote=is_remote)).split())
        assert small.texts.de[recipients] in said
