"""Which updates are meant for the bot, and what they say."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Update, User

from bot.channels.telegram.places import Address
from bot.channels.telegram.updates import ParsedUpdate, read
from bot.messages import (
    Commanded,
    CommandName,
    Content,
    Conversation,
    Incoming,
    Said,
    Tapped,
    Unreadable,
    UnreadableKind,
)
from tests.bot_api.people import CONTENT, SERVICE

ME = User(4242, "Hofbot", is_bot=True, username="HofBot")
AT = datetime(2026, 11, 23, tzinfo=UTC)
KIM = {"id": 8, "is_bot": False, "first_name": "Kim"}
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna", "language_code": "de"}
PRIVATE = {"id": 7, "type": "private"}
GROUP = {"id": -100, "type": "supergroup", "title": "Hof"}
FROM_BOT = {"message_id": 1, "date": 1, "chat": GROUP, "from": {"id": 4242, "is_bot": True, "first_name": "Hofbot"}}
FROM_KIM = {"message_id": 2, "date": 1, "chat": GROUP, "from": KIM}
IN_TOPIC: dict[str, Any] = {"message_thread_id": 3, "is_topic_message": True}


@pytest.fixture(autouse=True)
def durations(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library as the service sets it: without it, reading some messages is a deprecation warning."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def parsed(update: dict[str, Any]) -> ParsedUpdate | None:
    return read(Update.de_json({"update_id": 1, **update}, None), ME, AT)


def arrived(chat: dict[str, Any] = PRIVATE, user: dict[str, Any] = ANNA, **content: Any) -> ParsedUpdate | None:
    return parsed({"message": {"message_id": 5, "date": 0, "chat": chat, "from": user, **content}})


def incoming_of(found: ParsedUpdate | None) -> Incoming:
    """What has arrived, which there must be."""
    assert found
    assert found.incoming
    return found.incoming


def content_of(chat: dict[str, Any] = PRIVATE, **content: Any) -> Content | None:
    found = arrived(chat, **content)
    return without_number(incoming_of(found).content) if found else None


def without_number(content: Content) -> Content:
    return replace(content, number="") if isinstance(content, Said) else content


def test_a_text_becomes_said_with_chat_time_and_language() -> None:
    found = arrived(text=" Darf ich das? ")
    assert found
    assert found.address == Address(7, question=5)
    said = Said("Darf ich das?", number="5")
    sent_at = datetime.fromtimestamp(0, UTC)
    assert found.incoming == Incoming(Conversation("telegram:7"), said, AT, "de", sent_at=sent_at, may_go_on=True)


@pytest.mark.parametrize(
    ("content", "may_go_on"),
    [
        ({"text": "wir sind ein Verein"}, True),
        ({"text": "/hilfe"}, False),
        ({"photo": CONTENT["photo"], "caption": "wir sind ein Verein"}, False),
        ({"sticker": CONTENT["sticker"]}, False),
        ({"text": "wir sind ein Verein", "forward_origin": {"type": "user", "sender_user": KIM, "date": 1}}, False),
    ],
)
def test_only_a_text_of_ones_own_may_be_continued_by_the_next(content: dict[str, Any], may_go_on: bool) -> None:
    assert incoming_of(arrived(**content)).may_go_on is may_go_on


def test_what_is_said_in_the_name_of_a_group_may_be_anyones() -> None:
    found = incoming_of(arrived(GROUP, sender_chat=GROUP, text="@hofbot wir sind ein Verein"))
    assert (found.begins_anew, found.may_go_on) == (True, False)


@pytest.mark.parametrize(
    ("code", "language"), [("de", "de"), ("de-AT", "de"), ("EN-us", "en"), ("fr", None), ("dexx", None), (None, None)]
)
def test_language_is_german_english_or_unknown(code: str | None, language: str | None) -> None:
    assert incoming_of(arrived(user={**ANNA, "language_code": code}, text="?")).language == language


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/start", "start", ""),
        ("/start whatsapp-advertising", "start", "whatsapp-advertising"),
        ("/help", "help", ""),
        ("/hilfe", "help", ""),
        ("/HILFE@hofbot bitte  sehr", "help", "bitte  sehr"),
        ("/hilfe?", "help", "?"),
        ("/neu", "reset", ""),
        ("/new", "reset", ""),
        ("/reset", "reset", ""),
        ("/sprache en", "language", "en"),
        ("/language\nde", "language", "de"),
        ("/quellen", "sources", ""),
        ("/sources", "sources", ""),
        ("/datenschutz", "privacy", ""),
        ("/privacy", "privacy", ""),
        ("/wetter morgen", "unknown", "morgen"),
        ("/lösche", "unknown", ""),
    ],
)
def test_commands_go_by_their_neutral_names(text: str, name: CommandName, argument: str) -> None:
    assert content_of(text=text) == Commanded(name, argument)


@pytest.mark.parametrize("text", ["/", "/ start", "//", "/und/oder", "start", "Art. 6 /start", "/a@b@c"])
def test_a_slash_alone_makes_no_command(text: str) -> None:
    assert content_of(text=text) == Said(text)


KINDS: dict[str, UnreadableKind] = {
    "photo": "photo",
    "voice": "voice",
    "audio": "voice",
    "video": "video",
    "video_note": "video",
    "animation": "video",
    "document": "document",
    "sticker": "sticker",
    "location": "location",
    "contact": "contact",
}


@pytest.mark.parametrize("kind", sorted(set(CONTENT) - SERVICE))
def test_what_is_no_text_is_unreadable_and_told_apart(kind: str) -> None:
    assert content_of(**{kind: CONTENT[kind]}) == Unreadable(KINDS.get(kind, "other"))


def test_an_animation_comes_with_a_document_and_is_a_video() -> None:
    assert content_of(animation=CONTENT["animation"], document=CONTENT["document"]) == Unreadable("video")


@pytest.mark.parametrize(("caption", "content"), [("Darf ich das?", Said("Darf ich das?")), (" ", Unreadable("photo"))])
def test_a_photo_with_a_caption_says_the_caption(caption: str, content: Content) -> None:
    assert content_of(photo=CONTENT["photo"], caption=caption) == content


@pytest.mark.parametrize(
    "kind",
    sorted(SERVICE),
)
def test_service_messages_are_ignored(kind: str) -> None:
    assert arrived(**{kind: CONTENT[kind]}) is None


@pytest.mark.parametrize("kind", ["channel_post", "edited_channel_post", "new_thing"])
def test_other_updates_are_ignored(kind: str) -> None:
    message = {"message_id": 5, "date": 0, "chat": PRIVATE, "from": ANNA, "text": "?"}
    assert parsed({kind: message}) is None


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "Darf ich das?"}, Said("Darf ich das?", is_edit=True)),
        ({"photo": CONTENT["photo"], "caption": "Und so?"}, Said("Und so?", is_edit=True)),
        ({"text": "/hilfe"}, None),
        ({"location": CONTENT["location"]}, None),
        ({"photo": CONTENT["photo"]}, None),
    ],
)
def test_an_edited_question_is_asked_anew_and_nothing_else(content: dict[str, Any], expected: Content | None) -> None:
    message = {"message_id": 5, "date": 0, "edit_date": 9, "chat": PRIVATE, "from": ANNA, **content}
    found = parsed({"edited_message": message})
    assert (without_number(incoming_of(found).content) if found else None) == expected
    assert found is None or not incoming_of(found).may_go_on


def change(status: str, chat: dict[str, Any] = PRIVATE) -> dict[str, Any]:
    me = {"user": FROM_BOT["from"]}
    until = {"until_date": 0} if status == "kicked" else {}
    members = {"old_chat_member": {**me, "status": "member"}, "new_chat_member": {**me, "status": status, **until}}
    return {"my_chat_member": {"chat": chat, "from": ANNA, "date": 0, **members}}


@pytest.mark.parametrize("status", ["kicked", "left"])
def test_who_wants_the_bot_no_more_brings_no_message(status: str) -> None:
    assert parsed(change(status)) == ParsedUpdate(Address(7), None)
    assert parsed(change(status, GROUP)) == ParsedUpdate(Address(-100), None)


def test_who_takes_the_bot_in_says_nothing() -> None:
    assert parsed(change("member")) is None


def test_a_channel_gets_no_answer() -> None:
    assert arrived({"id": -5, "type": "channel", "title": "K"}, text="/start") is None


def test_halves_of_characters_are_replaced() -> None:
    assert content_of(text="halb \ud83d.") == Said("halb \ufffd.")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ({"text": "Darf ich das?"}, None),
        ({"text": "@hofbot darf ich das?"}, Said("darf ich das?")),
        ({"text": "Darf ich\ndas, @HofBot ?"}, Said("Darf ich\ndas, ?")),
        ({"text": "@hofbot"}, Said("")),
        ({"text": "@hofbot /hilfe"}, Commanded("help")),
        ({"text": "@hofbotter darf ich das?"}, None),
        ({"text": "wir@hofbot.de"}, None),
        ({"text": "Und das?", "reply_to_message": FROM_BOT}, Said("Und das?")),
        ({"text": "Und das?", "reply_to_message": FROM_KIM}, None),
        ({"text": "/hilfe"}, Commanded("help")),
        ({"text": "/hilfe@hofbot"}, Commanded("help")),
        ({"text": "/hilfe@otherbot"}, None),
        ({"text": "/wetter"}, None),
        ({"text": "/wetter@hofbot"}, Commanded("unknown")),
        ({"photo": CONTENT["photo"]}, None),
        ({"photo": CONTENT["photo"], "caption": "@hofbot und so?"}, Said("und so?")),
        ({"photo": CONTENT["photo"], "caption": "@hofbot"}, Unreadable("photo")),
        ({"photo": CONTENT["photo"], "reply_to_message": FROM_BOT}, Unreadable("photo")),
    ],
)
def test_in_groups_only_what_is_addressed_to_the_bot_is_read(content: dict[str, Any], expected: Content | None) -> None:
    assert content_of(GROUP, **content) == expected


def test_a_forum_topic_is_where_the_answer_goes() -> None:
    found = arrived(GROUP, text="/hilfe", **IN_TOPIC)
    assert found
    assert found.address == Address(-100, 3, question=5, is_group=True)


def test_a_thread_that_is_no_topic_is_left_alone() -> None:
    found = arrived(GROUP, text="/hilfe", message_thread_id=3)
    assert found
    assert found.address == Address(-100, None, question=5, is_group=True)


@pytest.mark.parametrize(
    ("extra", "address", "code"),
    [
        ({"message": {**FROM_BOT, "chat": PRIVATE}, "data": "a:b"}, Address(7, shown=1), "a:b"),
        ({"message": FROM_BOT, "data": "a:b"}, Address(-100, is_group=True, shown=1), "a:b"),
        ({"message": {**FROM_BOT, **IN_TOPIC}, "data": "x"}, Address(-100, 3, is_group=True, shown=1), "x"),
        ({"message": {"message_id": 1, "date": 0, "chat": GROUP}, "data": "x"}, Address(-100, is_group=True), "x"),
        ({"inline_message_id": "i", "data": "x"}, Address(7), "x"),
        ({"message": {**FROM_BOT, "chat": PRIVATE}, "game_short_name": "g"}, Address(7, shown=1), ""),
        (
            {"message": {**FROM_BOT, "chat": PRIVATE}, "data": "\ud800 " + "x" * 500},
            Address(7, shown=1),
            "\ufffd " + "x" * 500,
        ),
    ],
)
def test_a_tap_brings_its_code_whatever_it_is(extra: dict[str, Any], address: Address, code: str) -> None:
    found = parsed({"callback_query": {"id": "1", "from": ANNA, "chat_instance": "1", **extra}})
    assert found
    assert found.address == address
    content = incoming_of(found).content
    assert isinstance(content, Tapped)
    assert (content.code, content.question, content.quoted) == (code, "", "")
    assert incoming_of(found).language == "de"


FROM_ANNA: dict[str, Any] = {"message_id": 3, "date": 0, "chat": PRIVATE, "from": ANNA, "text": " Darf ich das? "}


def tapped(message: dict[str, Any], user: dict[str, Any] = ANNA) -> ParsedUpdate | None:
    return parsed({"callback_query": {"id": "1", "from": user, "chat_instance": "1", "data": "x", "message": message}})


def test_a_tap_brings_the_question_and_the_quotation_above_it() -> None:
    quote = {"type": "blockquote", "offset": 7, "length": 9}
    answer = {**FROM_BOT, "chat": PRIVATE, "text": "Diesen 🐄 Text 1?", "entities": [quote]}
    found = tapped({**answer, "reply_to_message": FROM_ANNA})
    assert found
    assert found.address == Address(7, question=3, shown=1)
    assert incoming_of(found).content == Tapped("x", question="Darf ich das?", quoted="🐄 Text 1", shown="1")


def test_a_tap_below_an_answer_to_the_bot_itself_has_no_question() -> None:
    found = tapped({**FROM_BOT, "chat": PRIVATE, "reply_to_message": {**FROM_BOT, "chat": PRIVATE, "text": "?"}})
    assert incoming_of(found).content == Tapped("x", shown="1")


@pytest.mark.parametrize(("asker", "tapper", "refusal"), [(ANNA, ANNA, ""), (ANNA, KIM, "not_yours"), (None, KIM, "")])
def test_the_buttons_of_a_group_belong_to_who_asked(
    asker: dict[str, Any] | None, tapper: dict[str, Any], refusal: str
) -> None:
    asked = {"reply_to_message": {**FROM_KIM, "from": asker, "text": "?"}} if asker else {}
    found = tapped({**FROM_BOT, "text": "!", **asked}, tapper)
    assert found
    assert found.refusal == refusal


@pytest.mark.parametrize(
    ("chat", "user", "place", "conversation"),
    [
        (PRIVATE, ANNA, {}, "telegram:7"),
        (PRIVATE, ANNA, IN_TOPIC, "telegram:7:3"),
        (GROUP, ANNA, {}, "telegram:-100:0:7"),
        (GROUP, KIM, {}, "telegram:-100:0:8"),
        (GROUP, ANNA, IN_TOPIC, "telegram:-100:3:7"),
        (GROUP, ANNA, {"message_thread_id": 3}, "telegram:-100:0:7"),
        ({**GROUP, "type": "group"}, KIM, {}, "telegram:-100:0:8"),
    ],
)
def test_each_person_has_a_conversation_of_their_own_in_each_topic_for_messages_and_taps_alike(
    chat: dict[str, Any], user: dict[str, Any], place: dict[str, Any], conversation: str
) -> None:
    message = arrived(chat, user, text="/hilfe", **place)
    query = {"id": "1", "from": user, "chat_instance": "1", "data": "x"}
    tap = parsed({"callback_query": {**query, "message": {**FROM_BOT, "chat": chat, **place}}})
    expected = Conversation(conversation)
    if chat is not PRIVATE:
        expected = Conversation(conversation, "telegram:-100", f"telegram:{user['id']}", is_group=True)
    elif place:
        expected = Conversation(conversation, "telegram:7", "telegram:7")
    assert [incoming_of(message).conversation, incoming_of(tap).conversation] == [expected, expected]


@pytest.mark.parametrize(
    ("extra", "conversation"),
    [
        ({"inline_message_id": "i"}, "telegram:7"),
        ({"message": {"message_id": 1, "date": 0, "chat": PRIVATE}}, "telegram:7"),
        ({"message": {"message_id": 1, "date": 0, "chat": GROUP}}, "telegram:-100:0:7"),
    ],
)
def test_a_tap_without_its_message_belongs_to_what_remains(extra: dict[str, Any], conversation: str) -> None:
    found = parsed({"callback_query": {"id": "1", "from": ANNA, "chat_instance": "1", "data": "x", **extra}})
    assert incoming_of(found).conversation.id == conversation
