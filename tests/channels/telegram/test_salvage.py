"""An update of which a part cannot be read: the question in it is answered all the same."""

import json
import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from telegram import Bot, User

from bot.channels.telegram.updates import understand
from bot.delivery import Metrics
from bot.messages import Said, Tapped, Unreadable
from tests.bot_api import BotApiServer
from tests.bot_api.people import CONTENT
from tests.channels.telegram.pool import DOGS, PRICE, Pool

ME = User(4242, "Hofbot", is_bot=True, username="hofbot")
BOT = cast("Bot", SimpleNamespace(bot=ME))
AT = datetime(2026, 11, 23, tzinfo=UTC)
ANNA = {"id": 7, "is_bot": False, "first_name": "Anna", "last_name": "A", "language_code": "de", "is_premium": True}
KIM = {"id": 8, "is_bot": False, "first_name": "Kim"}
PRIVATE = {"id": 7, "type": "private", "first_name": "Anna"}
GROUP = {"id": -100, "type": "supergroup", "title": "Hof", "is_forum": True}
CHANNEL = {"id": -200, "type": "channel", "title": "Kanal"}
FILE = {"file_id": "f", "file_unique_id": "u"}
STICKER = CONTENT["sticker"]
GIFT = {"id": "g", "sticker": STICKER, "star_count": 5}
BEFORE = {"message_id": 3, "date": 1, "chat": PRIVATE, "from": KIM}
LINK = {"is_disabled": False, "url": "https://hof.example", "prefer_small_media": True}
#: What Telegram puts beside a text (core.telegram.org/bots/api#message), one at a time.
BESIDE: dict[str, dict[str, Any]] = {
    "nothing": {},
    "entities": {"entities": [{"type": "bold", "offset": 0, "length": 3}, {"type": "url", "offset": 4, "length": 2}]},
    "mentioned": {"entities": [{"type": "text_mention", "offset": 0, "length": 3, "user": KIM}]},
    "emoji": {"entities": [{"type": "custom_emoji", "offset": 0, "length": 1, "custom_emoji_id": "1"}]},
    "link": {"link_preview_options": LINK},
    "reply": {"reply_to_message": {**BEFORE, "text": "?", "entities": [{"type": "bold", "offset": 0, "length": 1}]}},
    "reply to a poll": {"reply_to_message": {**BEFORE, "poll": CONTENT["poll"]}},
    "reply to a gift": {"reply_to_message": {**BEFORE, "gift": {"gift": GIFT, "owned_gift_id": "o"}}},
    "reply to a voice": {"reply_to_message": {**BEFORE, "voice": CONTENT["voice"]}},
    "reply with buttons": {
        "reply_to_message": {**BEFORE, "reply_markup": {"inline_keyboard": [[{"text": "Ja", "callback_data": "x"}]]}}
    },
    "quote": {"reply_to_message": {**BEFORE, "text": "? ?"}, "quote": {"text": "?", "position": 2, "is_manual": True}},
    "elsewhere": {
        "external_reply": {
            "origin": {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 4},
            "photo": [{**FILE, "width": 1, "height": 1}],
        }
    },
    "story": {"reply_to_story": {"chat": PRIVATE, "id": 3}},
    "forwarded": {"forward_origin": {"type": "user", "date": 1, "sender_user": KIM}},
    "forwarded from a channel": {"forward_origin": {"type": "channel", "date": 1, "chat": CHANNEL, "message_id": 4}},
    "topic": {"message_thread_id": 2, "is_topic_message": True},
    "effect": {"effect_id": "5", "sender_boost_count": 3, "paid_star_count": 2, "has_protected_content": True},
    "via": {"via_bot": {"id": 9, "is_bot": True, "first_name": "Bot", "username": "otherbot"}},
    "half a gift": {"gift": {"gift": GIFT, "entities": [{"type": "bold", "offset": 0, "length": 1}]}},
    "giveaway": {"giveaway": {"chats": [CHANNEL], "winners_selection_date": 9, "winner_count": 1}},
    "web app": {"web_app_data": {"data": "d", "button_text": "b"}},
    "edited": {"edit_date": 9},
    "not yet known": {"hologram": {"depth": 3}},
}
BROKEN: tuple[Any, ...] = (None, 5, -1, 10**30, 0.5, "x", "", True, False, [], ["x"], {}, {"x": 1})
_GONE = object()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of an object, and to every part of those."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in items:
        yield (*path, key)
        yield from places(part, (*path, key))


def damaged(update: dict[str, Any], path: tuple[Any, ...], part: Any) -> dict[str, Any]:
    # As it comes over the wire: no two parts of it are one and the same object.
    changed: dict[str, Any] = json.loads(json.dumps(update))
    inner: Any = changed
    for key in path[:-1]:
        inner = inner[key]
    if part is _GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = part
    return changed


def all_damaged(update: dict[str, Any], kept: set[tuple[Any, ...]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The update with one part after the other gone or wrong, but those that say by themselves what is asked."""
    for path in places(update):
        if path not in kept:
            for part in (_GONE, *BROKEN):
                yield f"{path} = {'gone' if part is _GONE else repr(part)}", damaged(update, path, part)


def message(**content: Any) -> dict[str, Any]:
    return {"update_id": 1, "message": {"message_id": 5, "date": 1, "chat": PRIVATE, "from": ANNA, **content}}


#: Without these it is another message, or nobody's.
ESSENTIAL: set[tuple[Any, ...]] = {
    ("update_id",),
    ("message",),
    ("message", "text"),
    ("message", "caption"),
    ("message", "chat"),
    ("message", "chat", "id"),
    ("message", "from", "is_bot"),
}


def said_in(update: dict[str, Any]) -> str | None:
    parsed = understand(update, BOT, AT).parsed
    content = parsed.incoming.content if parsed and parsed.incoming else None
    return content.text if isinstance(content, Said) else None


@pytest.mark.parametrize("beside", BESIDE)
def test_no_damage_beside_a_question_loses_it(beside: str) -> None:
    update = message(text="Darf ich das?", **BESIDE[beside])
    assert said_in(update) == "Darf ich das?"
    lost = [what for what, changed in all_damaged(update, ESSENTIAL) if said_in(changed) != "Darf ich das?"]
    assert not lost


@pytest.mark.parametrize("beside", BESIDE)
def test_no_damage_in_a_group_loses_a_question_to_the_bot(beside: str) -> None:
    update = message(**BESIDE[beside], text="@hofbot darf ich das?", chat=GROUP)
    # In a group somebody must have asked; in the name of a chat, if not in their own.
    kept = {*ESSENTIAL, ("message", "from"), ("message", "from", "id"), ("message", "chat", "type")}
    lost = [what for what, changed in all_damaged(update, kept) if said_in(changed) != "darf ich das?"]
    assert not lost


@pytest.mark.parametrize("kind", ["photo", "voice", "document", "video", "animation", "audio"])
def test_no_damage_to_a_file_loses_the_question_below_it(kind: str) -> None:
    update = message(caption="Darf ich das?", media_group_id="13", **{kind: CONTENT[kind]})
    lost = [what for what, changed in all_damaged(update, ESSENTIAL) if said_in(changed) != "Darf ich das?"]
    assert not lost


def test_no_damage_around_a_button_loses_what_was_pressed() -> None:
    asked = {"message_id": 3, "date": 1, "chat": PRIVATE, "from": ANNA, "text": "Darf ich das?"}
    shown = {
        "message_id": 4,
        "date": 1,
        "chat": PRIVATE,
        "from": {"id": 4242, "is_bot": True, "first_name": "Hofbot"},
        "text": "Wer?",
        "entities": [{"type": "blockquote", "offset": 0, "length": 3}],
        "reply_to_message": asked,
        "reply_markup": {"inline_keyboard": [[{"text": "Ja", "callback_data": "a:b"}]]},
    }
    query = {"id": "1", "from": ANNA, "chat_instance": "c", "data": "a:b", "message": shown}
    kept: set[tuple[Any, ...]] = {
        ("update_id",),
        ("callback_query",),
        *(("callback_query", name) for name in ("id", "data", "from")),
        *(("callback_query", "from", name) for name in ("id", "is_bot")),
        *(("callback_query", "message", *path) for path in (("chat",), ("chat", "id"))),
    }

    def pressed(update: dict[str, Any]) -> object:
        parsed = understand(update, BOT, AT).parsed
        content = parsed.incoming.content if parsed and parsed.incoming and not parsed.refusal else None
        return content.code if isinstance(content, Tapped) else None

    lost = [
        what
        for what, changed in all_damaged({"update_id": 1, "callback_query": query}, kept)
        if pressed(changed) != "a:b"
    ]
    assert not lost


@pytest.mark.parametrize("status", ["kicked", "left"])
def test_who_has_thrown_the_bot_out_is_forgotten_whatever_is_damaged(status: str) -> None:
    member = {"user": {"id": 4242, "is_bot": True, "first_name": "Hofbot"}, "status": status, "until_date": 0}
    change = {"chat": PRIVATE, "from": ANNA, "date": 1, "old_chat_member": {**member, "status": "member"}}
    update = {"update_id": 1, "my_chat_member": {**change, "new_chat_member": member}}
    kept: set[tuple[Any, ...]] = {
        ("update_id",),
        ("my_chat_member",),
        *(("my_chat_member", *path) for path in (("chat",), ("chat", "id"), ("from",), ("from", "id"))),
        *(("my_chat_member", "new_chat_member", *path) for path in ((), ("status",))),
    }
    for what, changed in all_damaged(update, kept):
        parsed = understand(changed, BOT, AT).parsed
        assert parsed, what
        assert (parsed.address.chat, parsed.incoming) == (7, None), what


@pytest.mark.parametrize(
    "content",
    [{"text": 5}, {"text": {"x": 1}}, {"photo": [{"file_id": "f"}]}, {"voice": {"duration": "long"}}, {"poll": {}}],
)
def test_of_what_is_no_text_any_more_the_person_is_told(content: dict[str, Any]) -> None:
    parsed = understand(message(**content), BOT, AT).parsed
    assert parsed
    assert parsed.incoming
    assert parsed.incoming.content == Unreadable("damaged")
    assert (parsed.address.chat, parsed.incoming.language) == (7, "de")


@pytest.mark.parametrize(
    "update",
    [
        message(gift={"gift": {}}),
        message(text=5, chat=GROUP),
        message(text=5, **{"from": {**KIM, "is_bot": True}}),
        {"update_id": 1, "message": "x"},
        {"update_id": 1, "callback_query": {"id": "1"}},
        {"update_id": 1, "edited_message": {"text": 5}},
    ],
)
def test_what_nobody_has_written_to_the_bot_is_let_go(update: dict[str, Any]) -> None:
    assert understand(update, BOT, AT).parsed is None


async def test_a_question_beside_what_cannot_be_read_is_answered(
    bot_api: BotApiServer, pool: Pool, caplog: pytest.LogCaptureFixture
) -> None:
    anna = bot_api.user(7)
    # As a Bot API server of last year tells a poll.
    poll = {name: part for name, part in CONTENT["poll"].items() if name not in ("allows_revoting", "members_only")}
    old = {"message_id": 3, "date": 1, "chat": bot_api.state.chats[7], "poll": {**poll, "options": [{"text": "ja"}]}}
    caplog.set_level(logging.INFO)
    metrics = Metrics()
    async with pool.running(metrics=metrics):
        anna.says(DOGS, more={"reply_to_message": old})
        (first,) = await anna.hears()
        anna.says(PRICE, entities=cast("Any", [{"type": "bold", "offset": 0}]))
        (asked,) = await anna.hears()
        anna.write({"photo": [{"file_id": "f"}]})
        (told,) = await anna.hears()
    assert "Hunde bleiben draußen" in first.text
    assert "Wer möchte baden?" in asked.text
    assert told.text.startswith(pool.texts["not_text_damaged"])
    assert "Wer möchte baden?" in told.text
    figures = metrics.exposition().decode()
    assert 'datenschutz_bot_updates_total{result="taken"} 2.0' in figures
    assert 'datenschutz_bot_updates_total{result="unreadable"} 1.0' in figures
    logged = [record.getMessage() for record in caplog.records if "could not be read" in record.getMessage()]
    assert [each.partition(":")[0] for each in logged] == [
        "a part of an update could not be read",
        "a part of an update could not be read",
        "an update could not be read",
    ]


def test_no_damage_beside_what_is_typed_behind_the_bots_name_loses_it() -> None:
    query = {
        "id": "1",
        "from": ANNA,
        "query": "Darf ich das?",
        "offset": "",
        "chat_type": "private",
        "location": {"longitude": 10.0, "latitude": 51.0, "live_period": 60},
    }
    kept: set[tuple[Any, ...]] = {
        ("update_id",),
        ("inline_query",),
        *(("inline_query", *path) for path in (("id",), ("from",), ("from", "id"), ("query",))),
    }
    for what, changed in all_damaged({"update_id": 1, "inline_query": query}, kept):
        update = understand(changed, BOT, AT).update
        assert update, what
        assert update.inline_query, what
        assert update.inline_query.query == "Darf ich das?", what
