"""What people do reaches the bot as Telegram tells it."""

from typing import Any

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.calling import refusal, result, updates
from tests.bot_api.people import User


@pytest.fixture
def person(bot_api: BotApiServer) -> User:
    return bot_api.user(7)


def standing(update: Any) -> tuple[str, str, bool]:
    """Old, new, and whether the bot is told until when."""
    old, new = update["old_chat_member"], update["new_chat_member"]
    assert old["user"]["id"] == new["user"]["id"] == 4242
    return old["status"], new["status"], "until_date" in new


def test_an_edited_message_keeps_its_date(bot_api: BotApiServer, person: User) -> None:
    number = person.says("eins", topic=3)
    bot_api.state.said[7, number].message["date"] = 5
    person.edits(number, "zwei @hofbot")
    (said,), (edited,) = updates(bot_api, "message"), updates(bot_api, "edited_message")
    assert (said["text"], edited["text"], edited["date"], edited["message_id"]) == ("eins", "zwei @hofbot", 5, number)
    assert (edited["message_thread_id"], edited["edit_date"] > 5, "edit_date" in said) == (3, True, False)
    assert edited["entities"] == [{"type": "mention", "offset": 5, "length": 7}]
    assert bot_api.state.said[7, number].message["text"] == "zwei @hofbot"


def test_blocking_is_told_and_closes_the_chat(bot_api: BotApiServer, person: User) -> None:
    person.blocks_bot()
    assert refusal(bot_api, "sendMessage", chat_id=7, text="x") == (403, "Forbidden: bot was blocked by the user")
    person.unblocks_bot()
    assert result(bot_api, "sendMessage", chat_id=7, text="x")
    blocked, unblocked = updates(bot_api, "my_chat_member")
    assert (standing(blocked), standing(unblocked)) == (("member", "kicked", True), ("kicked", "member", False))
    assert (blocked["chat"]["type"], blocked["from"]["id"], blocked["date"] > 0) == ("private", 7, True)


def test_a_group_is_told_when_the_bot_comes_and_goes(bot_api: BotApiServer, person: User) -> None:
    group = bot_api.group(-5)
    person.joins(group)
    person.removes_bot_from(group)
    kicked = (403, "Forbidden: bot was kicked from the supergroup chat")
    assert refusal(bot_api, "sendMessage", chat_id=group, text="x") == kicked
    person.joins(group)
    assert result(bot_api, "sendMessage", chat_id=group, text="x")
    assert [standing(update) for update in updates(bot_api, "my_chat_member")] == [
        ("left", "member", False),
        ("member", "kicked", True),
        ("kicked", "member", False),
    ]
    assert [message["new_chat_members"][0]["id"] for message in updates(bot_api, "message")] == [4242, 4242]


def test_links_start_the_bot_with_what_telegram_lets_through(bot_api: BotApiServer, person: User) -> None:
    person.opens_link("Az09_-")
    person.opens_link()
    assert [message["text"] for message in updates(bot_api, "message")] == ["/start Az09_-", "/start"]
    for parameter in ("a b", "ä", "x" * 65, "a=b"):
        with pytest.raises(ValueError, match="no link"):
            person.opens_link(parameter)


def test_a_burst_is_there_at_once(bot_api: BotApiServer, person: User) -> None:
    numbers = person.says_all(["eins", "zwei", "drei"])
    told = result(bot_api, "getUpdates")
    assert [(update["message"]["message_id"], update["message"]["text"]) for update in told] == list(
        zip(numbers, ["eins", "zwei", "drei"], strict=True)
    )


def test_a_place_moves(bot_api: BotApiServer, person: User) -> None:
    number = person.shares_location(live_seconds=900)
    person.moves(number, 50.5, 9.5)
    (shared,), (moved,) = updates(bot_api, "message"), updates(bot_api, "edited_message")
    assert shared["location"] == {"longitude": 10.0, "latitude": 51.0, "live_period": 900}
    assert moved["location"] == {"longitude": 9.5, "latitude": 50.5, "live_period": 900}
    assert (moved["message_id"], "edit_date" in moved) == (number, True)


def test_forwarded_texts_tell_where_they_come_from(bot_api: BotApiServer, person: User) -> None:
    person.forwards("weiter")
    person.forwards("versteckt", origin={"type": "hidden_user", "sender_user_name": "Kim"})
    open_one, hidden = (message["forward_origin"] for message in updates(bot_api, "message"))
    assert (open_one["type"], open_one["sender_user"]["first_name"]) == ("user", "Kim")
    assert (hidden["type"], hidden["sender_user_name"], "sender_user" in hidden) == ("hidden_user", "Kim", False)


def test_a_message_can_come_through_a_bot(bot_api: BotApiServer, person: User) -> None:
    person.says("x", more={"via_bot": bot_api.state.me})
    assert updates(bot_api, "message")[0]["via_bot"]["id"] == 4242


def test_a_caption_has_its_entities(bot_api: BotApiServer, person: User) -> None:
    person.sends("photo", caption="@hofbot hier")
    assert updates(bot_api, "message")[0]["caption_entities"][0]["type"] == "mention"


def test_people_can_reply_to_each_other(bot_api: BotApiServer, person: User) -> None:
    group = bot_api.group(-5)
    number = bot_api.user(8).at(group).says("Frage")
    person.at(group).says("Antwort", reply_to=number)
    assert updates(bot_api, "message")[1]["reply_to_message"]["from"]["id"] == 8
