"""Replies, edits and deletions stand in the chat as Telegram has them."""

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.calling import call, keyboard, refusal, result, send, updates


def test_a_reply_carries_what_it_replies_to(bot_api: BotApiServer) -> None:
    question = bot_api.user(7).says("Darf ich das?")
    answer = send(bot_api, reply_parameters={"message_id": question})
    original = answer["reply_to_message"]
    assert (original["message_id"], original["text"], original["from"]["id"]) == (question, "Darf ich das?", 7)
    assert bot_api.messages[0].reply_to == question


def test_the_old_parameter_for_replies_works_too(bot_api: BotApiServer) -> None:
    question = bot_api.user(7).says("Darf ich das?")
    assert send(bot_api, reply_to_message_id=question)["reply_to_message"]["message_id"] == question


def test_a_document_can_be_a_reply(bot_api: BotApiServer) -> None:
    question = bot_api.user(7).says("Hast du das als Datei?")
    reply = {"message_id": question}
    answer = call(bot_api, "sendDocument", files={"document": ("a", b"a")}, chat_id=7, reply_parameters=reply).json()
    assert answer["result"]["reply_to_message"]["message_id"] == question


def test_a_tap_carries_the_question_under_the_answer(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    question = anna.says("Darf ich das?")
    markup = keyboard({"text": "Ja", "callback_data": "y"})
    send(bot_api, reply_parameters={"message_id": question}, reply_markup=markup)
    anna.taps("Ja")
    assert updates(bot_api, "callback_query")[0]["message"]["reply_to_message"]["text"] == "Darf ich das?"
    anna.edits(question, "Darf ich es?")
    anna.taps("Ja")
    assert updates(bot_api, "callback_query")[1]["message"]["reply_to_message"]["text"] == "Darf ich es?"
    anna.deletes_own(question)
    anna.taps("Ja")
    assert "reply_to_message" not in updates(bot_api, "callback_query")[2]["message"]


def test_a_reply_is_one_level_deep(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    first = anna.says("eins")
    second = send(bot_api, "zwei", reply_parameters={"message_id": first})["message_id"]
    third = anna.says("drei", reply_to=second)
    fourth = send(bot_api, "vier", reply_parameters={"message_id": third})
    replied = updates(bot_api, "message")[1]["reply_to_message"]
    assert (replied["text"], "reply_to_message" in replied) == ("zwei", False)
    assert "reply_to_message" not in fourth["reply_to_message"]


def test_a_reply_needs_its_message_unless_told(bot_api: BotApiServer) -> None:
    bot_api.user(8).says("anderswo")
    gone = bot_api.user(7).says("weg")
    bot_api.user(7).deletes_own(gone)
    for message_id in (1, gone, 99):
        reply = {"message_id": message_id}
        assert refusal(bot_api, "sendMessage", chat_id=7, text="x", reply_parameters=reply) == (
            400,
            "message to be replied not found",
        )
    answer = send(bot_api, reply_parameters={"message_id": gone, "allow_sending_without_reply": True})
    assert "reply_to_message" not in answer
    assert len(bot_api.messages) == 1


def test_reply_parameters_are_an_object(bot_api: BotApiServer) -> None:
    assert refusal(bot_api, "sendMessage", chat_id=7, text="x", reply_parameters="5")[1] == (
        "object expected as reply parameters"
    )


def test_the_bot_deletes_its_own_once(bot_api: BotApiServer) -> None:
    place = {"chat_id": 7, "message_id": send(bot_api)["message_id"]}
    assert result(bot_api, "deleteMessage", **place) is True
    assert bot_api.messages[0].is_deleted
    assert refusal(bot_api, "deleteMessage", **place) == (400, "message to delete not found")
    assert refusal(bot_api, "editMessageText", **place, text="x") == (400, "message to edit not found")


def test_the_bot_deletes_what_people_say_to_it_but_not_in_groups(bot_api: BotApiServer) -> None:
    anna = bot_api.user(7)
    message = anna.says("privat")
    assert result(bot_api, "deleteMessage", chat_id=7, message_id=message) is True
    assert (7, message) not in bot_api.state.said
    in_group = anna.at(bot_api.group(-5)).says("hier")
    assert refusal(bot_api, "deleteMessage", chat_id=-5, message_id=in_group)[1] == "message can't be deleted"


def test_only_the_bots_messages_can_be_edited(bot_api: BotApiServer) -> None:
    message = bot_api.user(7).says("x")
    assert refusal(bot_api, "editMessageText", chat_id=7, message_id=message, text="y")[1] == "message can't be edited"


def test_an_edit_keeps_the_date_and_tells_its_own(bot_api: BotApiServer) -> None:
    sent = send(bot_api)
    edited = result(bot_api, "editMessageText", chat_id=7, message_id=sent["message_id"], text="neu")
    assert (edited["date"], edited["edit_date"] >= sent["date"], "edit_date" in sent) == (sent["date"], True, False)


def test_a_chat_can_be_looked_at(bot_api: BotApiServer) -> None:
    chat = result(bot_api, "getChat", chat_id=bot_api.group(-5, "Hof"))
    assert (chat["type"], chat["title"], chat["accent_color_id"]) == ("supergroup", "Hof", 0)
    assert refusal(bot_api, "getChat", chat_id=99) == (400, "chat not found")


def test_a_group_that_the_bot_has_left_is_closed(bot_api: BotApiServer) -> None:
    bot_api.group(-5)
    assert result(bot_api, "leaveChat", chat_id=-5) is True
    assert updates(bot_api, "my_chat_member")[0]["new_chat_member"]["status"] == "left"
    closed = (403, "Forbidden: bot is not a member of the supergroup chat")
    assert refusal(bot_api, "sendMessage", chat_id=-5, text="x") == closed
    assert refusal(bot_api, "leaveChat", chat_id=7)[1] == "chat member status can't be changed in private chats"


@pytest.mark.parametrize("text", ["", "Gemerkt."])
def test_what_the_person_sees_after_a_tap_is_kept(bot_api: BotApiServer, text: str) -> None:
    query = bot_api.user(7).taps_code("y")
    call(bot_api, "answerCallbackQuery", callback_query_id=query, text=text, show_alert=True, cache_time=5)
    assert bot_api.state.tap_answers[query] == {"text": text, "show_alert": True, "url": "", "cache_time": 5}


def test_what_a_tap_answers_has_limits(bot_api: BotApiServer) -> None:
    query = {"callback_query_id": bot_api.user(7).taps_code("y")}
    assert refusal(bot_api, "answerCallbackQuery", **query, text="x" * 201) == (400, "MESSAGE_TOO_LONG")
    assert refusal(bot_api, "answerCallbackQuery", **query, url="https://x.de") == (400, "URL_INVALID")
    assert bot_api.state.tap_answers == {}
    assert result(bot_api, "answerCallbackQuery", **query, text="x" * 200, url="https://t.me/hofbot?start=a") is True


def test_the_bot_has_a_name_in_each_language(bot_api: BotApiServer) -> None:
    assert result(bot_api, "getMyName") == {"name": "Hofbot"}
    assert result(bot_api, "setMyName", name="Farmbot", language_code="en") is True
    assert result(bot_api, "getMyName", language_code="en") == {"name": "Farmbot"}
    assert result(bot_api, "getMyName", language_code="de") == {"name": "Hofbot"}
    assert refusal(bot_api, "setMyName", name="x" * 65)[0] == 400
    assert result(bot_api, "getMe")["supports_inline_queries"] is True


def test_an_edit_changes_text_entities_keyboard_and_preview_at_once(bot_api: BotApiServer) -> None:
    sent = send(bot_api, reply_markup=keyboard({"text": "Ja", "callback_data": "y"}))
    shown = bot_api.messages[0]
    assert shown.has_preview
    changed = {"text": "<b>Neu</b>", "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
    edited = result(bot_api, "editMessageText", chat_id=7, message_id=sent["message_id"], **changed)
    assert (edited["text"], edited["entities"][0]["type"]) == ("Neu", "bold")
    # A keyboard that is not given again is gone.
    assert "reply_markup" not in edited
    assert (shown.text, shown.styled("bold"), shown.buttons, shown.has_preview) == ("Neu", ["Neu"], [], False)
    assert shown.changes == 1


def test_an_edit_to_what_stands_there_is_refused(bot_api: BotApiServer) -> None:
    markup = keyboard({"text": "Ja", "callback_data": "y"})
    place = {"chat_id": 7, "message_id": send(bot_api, reply_markup=markup)["message_id"]}
    code, description = refusal(bot_api, "editMessageText", **place, text="Text", reply_markup=markup)
    same = "specified new message content and reply markup are exactly the same"
    assert code == 400
    assert description == f"message is not modified: {same} as a current content and reply markup of the message"
    assert result(bot_api, "editMessageText", **place, text="Text")["text"] == "Text"
    assert bot_api.messages[0].changes == 1


def test_an_edit_has_the_limits_of_a_message(bot_api: BotApiServer) -> None:
    place = {"chat_id": 7, "message_id": send(bot_api)["message_id"]}
    assert refusal(bot_api, "editMessageText", **place, text="🐄" * 2049) == (400, "MESSAGE_TOO_LONG")
    assert refusal(bot_api, "editMessageText", **place, text=" ")[1] == "text must be non-empty"
    unclosed = {"text": "<b>x", "parse_mode": "HTML"}
    assert refusal(bot_api, "editMessageText", **place, **unclosed)[1].startswith("can't parse entities")
    long = keyboard({"text": "x", "callback_data": "x" * 65})
    assert refusal(bot_api, "editMessageText", **place, text="x", reply_markup=long)[1] == "BUTTON_DATA_INVALID"
    assert bot_api.messages[0].text == "Text"


def test_an_edit_needs_a_message_with_a_text(bot_api: BotApiServer) -> None:
    file = call(bot_api, "sendDocument", files={"document": ("a", b"a")}, chat_id=7).json()["result"]
    place = {"chat_id": 7, "message_id": file["message_id"]}
    assert refusal(bot_api, "editMessageText", **place, text="x")[1] == "there is no text in the message to edit"
    assert refusal(bot_api, "editMessageText", chat_id=7, text="x")[1] == "message identifier is not specified"
    assert refusal(bot_api, "editMessageText", chat_id=7, message_id=99, text="x")[1] == "message to edit not found"
