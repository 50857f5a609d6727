"""The server refuses what Telegram refuses, in its words, over HTTP."""

import threading
from typing import Any

import httpx
import pytest

from tests.bot_api import BotApiServer, bad_gateway, dropped, garbled, rate_limited, silent
from tests.bot_api.calling import call, client, keyboard, refusal, send


@pytest.mark.parametrize(("token", "code", "description"), [("1:x", 401, "Unauthorized"), ("x", 404, "Not Found")])
def test_a_wrong_token_is_refused(bot_api: BotApiServer, token: str, code: int, description: str) -> None:
    answer = client.get(f"{bot_api.url}/bot{token}/getMe")
    assert (answer.status_code, answer.json()["description"]) == (code, description)


@pytest.mark.parametrize("method", ["getMe", "getme", "GETME"])
def test_methods_are_taken_in_any_case(bot_api: BotApiServer, method: str) -> None:
    assert call(bot_api, method).json()["result"]["username"] == "hofbot"


def test_an_unknown_method_is_not_found(bot_api: BotApiServer) -> None:
    assert refusal(bot_api, "getMeal") == (404, "Not Found")


def test_parameters_come_as_json_too(bot_api: BotApiServer) -> None:
    body = {"chat_id": 7, "text": "Text", "reply_markup": keyboard({"text": "Ja", "callback_data": "y"})}
    client.post(f"{bot_api.url}/bot{bot_api.token}/sendMessage", json=body)
    assert bot_api.messages[0].buttons == ["Ja"]


@pytest.mark.parametrize(
    ("text", "description"),
    [
        ("", "message text is empty"),
        ("<b>\u200b</b>", "text must be non-empty"),
        ("<b>" + "🐄" * 2049 + "</b>", "message is too long"),
        ("<b>offen", "can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ],
)
def test_texts_that_cannot_be_shown_are_refused(bot_api: BotApiServer, text: str, description: str) -> None:
    assert refusal(bot_api, "sendMessage", chat_id=7, text=text, parse_mode="HTML") == (400, description)


def test_the_limit_counts_what_is_seen(bot_api: BotApiServer) -> None:
    assert send(bot_api, "<b>" + "🐄" * 2048 + "</b>", parse_mode="HTML")["text"] == "🐄" * 2048


def test_unknown_chats_are_refused(bot_api: BotApiServer) -> None:
    assert refusal(bot_api, "sendMessage", chat_id=8, text="Text") == (400, "chat not found")


def test_an_edit_that_changes_nothing_is_refused(bot_api: BotApiServer) -> None:
    markup = keyboard({"text": "Ja", "callback_data": "y"})
    message = send(bot_api, "<b>Text</b>", parse_mode="HTML", reply_markup=markup)
    place = {"chat_id": 7, "message_id": message["message_id"]}
    unchanged = refusal(bot_api, "editMessageReplyMarkup", **place, reply_markup=markup)
    assert unchanged[1].startswith(
        "message is not modified: specified new message content and reply markup are exactly"
    )
    same = {"text": "<b>Text</b>", "parse_mode": "HTML", "reply_markup": markup}
    assert refusal(bot_api, "editMessageText", **place, **same)[1].startswith("message is not modified")
    assert call(bot_api, "editMessageText", **place, text="Neu").json()["result"]["text"] == "Neu"


def test_what_is_gone_cannot_be_edited(bot_api: BotApiServer) -> None:
    assert refusal(bot_api, "editMessageText", chat_id=7, message_id=99, text="x") == (400, "message to edit not found")


def test_only_known_taps_can_be_answered(bot_api: BotApiServer) -> None:
    send(bot_api, reply_markup=keyboard({"text": "Ja", "callback_data": "y"}))
    query = bot_api.user(7).taps("Ja")
    assert call(bot_api, "answerCallbackQuery", callback_query_id=query).json()["result"] is True
    too_old = "query is too old and response timeout expired or query ID is invalid"
    assert refusal(bot_api, "answerCallbackQuery", callback_query_id="0") == (400, too_old)


def test_updates_stay_until_an_offset_confirms_them(bot_api: BotApiServer) -> None:
    for text in ("eins", "zwei", "drei"):
        bot_api.user(7).says(text)
    first = call(bot_api, "getUpdates", limit=2).json()["result"]
    assert [update["message"]["text"] for update in first] == ["eins", "zwei"]
    assert call(bot_api, "getUpdates", limit=2).json()["result"] == first
    rest = call(bot_api, "getUpdates", offset=first[-1]["update_id"] + 1).json()["result"]
    assert [update["message"]["text"] for update in rest] == ["drei"]
    assert call(bot_api, "getUpdates", offset=-1).json()["result"] == rest


def test_only_allowed_updates_come(bot_api: BotApiServer) -> None:
    call(bot_api, "getUpdates", allowed_updates=["callback_query"])
    bot_api.user(7).says("ungehört")
    assert call(bot_api, "getUpdates").json()["result"] == []


def test_a_long_poll_ends_with_the_first_update(bot_api: BotApiServer) -> None:
    results: list[Any] = []
    poll = threading.Thread(target=lambda: results.append(call(bot_api, "getUpdates", timeout=15).json()["result"]))
    poll.start()
    bot_api.user(7).says("da")
    poll.join()
    assert [update["message"]["text"] for update in results[0]] == ["da"]


@pytest.mark.asyncio
async def test_a_second_poller_ends_the_first(bot_api: BotApiServer) -> None:
    results: list[Any] = []
    poll = threading.Thread(target=lambda: results.append(refusal(bot_api, "getUpdates", timeout=15)))
    poll.start()
    await bot_api.until(lambda: bot_api.calls("getUpdates"))
    call(bot_api, "getUpdates")
    poll.join()
    assert results[0][0] == 409


def test_polling_and_a_webhook_exclude_each_other(bot_api: BotApiServer) -> None:
    call(bot_api, "setWebhook", url="https://x.de/hook")
    assert refusal(bot_api, "getUpdates")[0] == 409
    assert call(bot_api, "getWebhookInfo").json()["result"]["url"] == "https://x.de/hook"
    call(bot_api, "deleteWebhook")
    assert call(bot_api, "getUpdates").json()["result"] == []


@pytest.mark.parametrize(
    ("method", "parameters"),
    [
        ("setMyCommands", {"commands": [{"command": "Hilfe", "description": "x"}]}),
        ("setMyCommands", {"commands": [{"command": "h" * 33, "description": "x"}]}),
        ("setMyCommands", {"commands": [{"command": "hilfe", "description": ""}]}),
        ("setMyCommands", {"commands": [{"command": "hilfe", "description": "x" * 257}]}),
        ("setMyCommands", {"commands": [{"command": "hilfe", "description": "x"}], "language_code": "deu"}),
        ("setMyDescription", {"description": "x" * 513}),
        ("setMyShortDescription", {"short_description": "x" * 121}),
    ],
)
def test_the_profile_has_limits(bot_api: BotApiServer, method: str, parameters: dict[str, Any]) -> None:
    assert refusal(bot_api, method, **parameters)[0] == 400


def test_a_language_without_a_description_shows_the_default(bot_api: BotApiServer) -> None:
    call(bot_api, "setMyDescription", description="Hallo")
    assert call(bot_api, "getMyDescription", language_code="en").json()["result"] == {"description": "Hallo"}
    assert call(bot_api, "getMyCommands", language_code="en").json()["result"] == []


def test_faults_come_as_ordered(bot_api: BotApiServer) -> None:
    bot_api.fails("sendMessage", rate_limited(9), chat=7)
    answer = call(bot_api, "sendMessage", chat_id=7, text="x")
    assert (answer.status_code, answer.json()["parameters"]) == (429, {"retry_after": 9})
    bot_api.fails("sendMessage", bad_gateway(is_executed=True))
    assert "<html>" in call(bot_api, "sendMessage", chat_id=7, text="trotzdem").text
    bot_api.fails("sendMessage", dropped())
    with pytest.raises(httpx.RemoteProtocolError):
        call(bot_api, "sendMessage", chat_id=7, text="x")
    bot_api.fails("sendMessage", garbled(None))
    assert call(bot_api, "sendMessage", chat_id=7, text="x").json() == {"ok": True, "result": None}
    assert [sent.text for sent in bot_api.messages] == ["trotzdem"]


def test_silence_lasts_until_the_client_gives_up(bot_api: BotApiServer) -> None:
    bot_api.fails("getMe", silent())
    with pytest.raises(httpx.ReadTimeout):
        client.get(f"{bot_api.url}/bot{bot_api.token}/getMe", timeout=0.1)
    assert call(bot_api, "getMe").json()["ok"]


def test_blocked_means_forbidden(bot_api: BotApiServer) -> None:
    bot_api.user(7).blocks_bot()
    assert refusal(bot_api, "sendMessage", chat_id=7, text="x") == (403, "Forbidden: bot was blocked by the user")
