"""Only buttons that Telegram shows are taken."""

from typing import Any

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.calling import keyboard, refusal, send


@pytest.mark.parametrize(
    ("markup", "description"),
    [
        (keyboard({"text": "Ja", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "Ja", "callback_data": "ü" * 33}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": " ", "callback_data": "y"}), "can't parse inline keyboard button: text must be non-empty"),
        (keyboard({"text": "Ja"}), "can't parse inline keyboard button: Text buttons are unallowed"),
        (keyboard({"text": "Ja", "web_app": {}}), "can't parse inline keyboard button: Text buttons are unallowed"),
        ({"inline_keyboard": [{"text": "Ja"}]}, 'field "inline_keyboard" must be of type Array'),
        ({"inline_keyboard": [[{"text": "x", "callback_data": "x"}] * 9]}, "reply markup is too long"),
        (keyboard(*[{"text": "x", "callback_data": "x"}] * 101), "reply markup is too long"),
        ("{", "can't parse reply keyboard markup JSON object"),
    ],
)
def test_unusable_keyboards_are_refused(bot_api: BotApiServer, markup: Any, description: str) -> None:
    assert refusal(bot_api, "sendMessage", chat_id=7, text="Text", reply_markup=markup) == (400, description)


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("javascript:alert(1)", "Unsupported URL protocol"),
        ("ftp://x.de", "Unsupported URL protocol"),
        ("http://localhost:80/", "Wrong HTTP URL"),
        ("https://", "Wrong HTTP URL"),
    ],
)
def test_a_button_needs_an_address_that_telegram_opens(bot_api: BotApiServer, url: str, problem: str) -> None:
    markup = keyboard({"text": "Ja", "url": url})
    description = f"inline keyboard button URL '{url}' is invalid: {problem}"
    assert refusal(bot_api, "sendMessage", chat_id=7, text="x", reply_markup=markup) == (400, description)


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ({"switch_inline_query": 1}, 'Field "switch_inline_query" must be of type String'),
        ({"switch_inline_query_chosen_chat": "x"}, 'Field "switch_inline_query_chosen_chat" must be of type Object'),
        ({"copy_text": "x"}, 'Field "copy_text" must be of type Object'),
        ({"copy_text": {}}, 'Can\'t find field "text"'),
    ],
)
def test_actions_have_their_form(bot_api: BotApiServer, button: dict[str, Any], description: str) -> None:
    markup = keyboard({"text": "Ja", **button})
    wanted = f"can't parse inline keyboard button: {description}"
    assert refusal(bot_api, "sendMessage", chat_id=7, text="x", reply_markup=markup) == (400, wanted)


@pytest.mark.parametrize("text", ["", "x" * 257])
def test_what_is_copied_is_short(bot_api: BotApiServer, text: str) -> None:
    markup = keyboard({"text": "Ja", "copy_text": {"text": text}})
    assert refusal(bot_api, "sendMessage", chat_id=7, text="x", reply_markup=markup)[1] == "BUTTON_COPY_TEXT_INVALID"


def test_what_is_copied_is_told_to_the_person_alone(bot_api: BotApiServer) -> None:
    send(bot_api, reply_markup=keyboard({"text": "Kopieren", "copy_text": {"text": "Zeile 1\nZeile 2"}}))
    anna = bot_api.user(7)
    assert anna.copies("Kopieren") == "Zeile 1\nZeile 2"
    with pytest.raises(ValueError, match="not told"):
        anna.taps("Kopieren")


def test_buttons_of_each_kind_are_taken_and_only_codes_tell_the_bot(bot_api: BotApiServer) -> None:
    actions: list[dict[str, Any]] = [
        {"url": "https://x.de/?a=1"},
        {"url": "tg://resolve?domain=x"},
        {"switch_inline_query": ""},
        {"switch_inline_query_current_chat": "hof"},
        {"switch_inline_query_chosen_chat": {"query": "hof", "allow_user_chats": True}},
        {"copy_text": {"text": "x" * 256}},
        {"callback_data": "y"},
    ]
    send(bot_api, reply_markup=keyboard(*({"text": str(number), **action} for number, action in enumerate(actions))))
    anna = bot_api.user(7)
    assert anna.last.buttons == ["0", "1", "2", "3", "4", "5", "6"]
    assert anna.taps("6") in bot_api.state.taps
    with pytest.raises(ValueError, match="not told"):
        anna.taps("0")
