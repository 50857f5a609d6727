"""Inline queries get lists that Telegram would show."""

from typing import Any

import pytest

from tests.bot_api import BotApiServer
from tests.bot_api.calling import keyboard, refusal, result, updates
from tests.bot_api.people import User


def article(**changes: Any) -> dict[str, Any]:
    content = {"message_text": "<b>Ja</b>, mit Einwilligung.", "parse_mode": "HTML"}
    return {"type": "article", "id": "a", "title": "Darf ich?", "input_message_content": content, **changes}


def without(name: str) -> dict[str, Any]:
    return {part: value for part, value in article().items() if part != name}


@pytest.fixture
def person(bot_api: BotApiServer) -> User:
    return bot_api.user(7)


def answer(bot_api: BotApiServer, query: str, *results: Any, **parameters: Any) -> Any:
    return result(bot_api, "answerInlineQuery", inline_query_id=query, results=list(results), **parameters)


@pytest.mark.asyncio
async def test_the_list_is_kept_as_the_person_sees_it(bot_api: BotApiServer, person: User) -> None:
    query = person.asks_inline("Darf ich?", offset="10", chat_type="group")
    update = updates(bot_api, "inline_query")[0]
    assert (update["query"], update["offset"], update["chat_type"], update["from"]["id"]) == (
        "Darf ich?",
        "10",
        "group",
        7,
    )
    button = {"text": "Mehr", "start_parameter": "Az_-9"}
    settings = {"cache_time": 0, "is_personal": True, "next_offset": "20", "button": button}
    assert answer(bot_api, query, article(), article(id="ü" * 32, description="kurz"), **settings) is True
    seen = await person.inline_answer(query)
    assert [(line.id, line.title, line.description, line.text) for line in seen.results] == [
        ("a", "Darf ich?", "", "Ja, mit Einwilligung."),
        ("ü" * 32, "Darf ich?", "kurz", "Ja, mit Einwilligung."),
    ]
    assert seen.results[0].entities == [{"type": "bold", "offset": 0, "length": 2}]
    assert (seen.cache_time, seen.is_personal, seen.next_offset, seen.button) == (0, True, "20", button)


def test_no_results_and_no_settings_are_an_answer(bot_api: BotApiServer, person: User) -> None:
    query = person.asks_inline("")
    assert answer(bot_api, query) is True
    seen = person.waits_for_inline_answer(query)
    assert (seen.results, seen.cache_time, seen.is_personal, seen.button) == ([], 300, False, None)


RESULT = "can't parse inline query result: "
BUTTON = "can't parse inline query results button: "


@pytest.mark.parametrize(
    ("results", "description"),
    [
        ({}, "expected an Array of inline query results"),
        ([article(id=str(number)) for number in range(51)], "too many inline query results specified"),
        ([article(), article()], "RESULT_ID_DUPLICATE"),
        ([article(id="")], "RESULT_ID_INVALID"),
        ([article(id="ü" * 33)], "RESULT_ID_INVALID"),
        ([article(title=" ")], "ARTICLE_TITLE_EMPTY"),
        (["x"], f"{RESULT}Inline query result must be an object"),
        ([without("type")], f'{RESULT}Can\'t find field "type"'),
        ([without("id")], f'{RESULT}Can\'t find field "id"'),
        ([without("title")], f'{RESULT}Can\'t find field "title"'),
        ([article(title=5)], f'{RESULT}Field "title" must be of type String'),
        ([article(type="photo")], f'{RESULT}type "photo" is unsupported for the inline query result'),
        ([without("input_message_content")], f'{RESULT}Can\'t find field "message_text"'),
        ([article(input_message_content={})], f"{RESULT}Input message content is not specified"),
        ([article(input_message_content={"message_text": "\u200b"})], "text must be non-empty"),
        ([article(input_message_content={"message_text": "x" * 4097})], "MESSAGE_TOO_LONG"),
        (
            [article(input_message_content={"message_text": "<b>x", "parse_mode": "HTML"})],
            f"{RESULT}Can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        ),
        ([article(reply_markup=keyboard({"text": "x", "callback_data": ""}))], "BUTTON_DATA_INVALID"),
    ],
)
def test_unusable_lists_are_refused(bot_api: BotApiServer, person: User, results: Any, description: str) -> None:
    query = person.asks_inline("x")
    refused = refusal(bot_api, "answerInlineQuery", inline_query_id=query, results=results)
    assert refused == (400, description)
    assert query not in bot_api.state.inline_answers


@pytest.mark.parametrize(
    ("button", "description"),
    [
        ([1], f"{BUTTON}InlineQueryResultsButton must be an Object"),
        ({"start_parameter": "a"}, f'{BUTTON}Can\'t find field "text"'),
        ({"text": "x"}, f"{BUTTON}InlineQueryResultsButton must have exactly one optional field"),
        ({"text": " ", "start_parameter": "a"}, "SWITCH_PM_TEXT_EMPTY"),
        ({"text": "x", "start_parameter": ""}, "START_PARAM_INVALID"),
        ({"text": "x", "start_parameter": "a b"}, "START_PARAM_INVALID"),
        ({"text": "x", "start_parameter": "a" * 65}, "START_PARAM_INVALID"),
    ],
)
def test_unusable_buttons_above_the_list_are_refused(
    bot_api: BotApiServer, person: User, button: Any, description: str
) -> None:
    query = person.asks_inline("x")
    refused = refusal(bot_api, "answerInlineQuery", inline_query_id=query, results=[], button=button)
    assert refused == (400, description)


def test_a_long_text_counts_without_its_markup(bot_api: BotApiServer, person: User) -> None:
    content = {"message_text": "<b>" + "x" * 4096 + "</b>", "parse_mode": "HTML"}
    assert answer(bot_api, person.asks_inline("x"), article(input_message_content=content)) is True


def test_only_fresh_queries_can_be_answered(bot_api: BotApiServer, person: User) -> None:
    too_old = "query is too old and response timeout expired or query ID is invalid"
    for query in ("0", person.asks_inline("x", is_expired=True)):
        assert refusal(bot_api, "answerInlineQuery", inline_query_id=query, results=[]) == (400, too_old)


def test_apps_send_no_long_queries(person: User) -> None:
    with pytest.raises(ValueError, match="256"):
        person.asks_inline("x" * 257)


def test_a_choice_is_told_and_stands_in_the_chat(bot_api: BotApiServer, person: User) -> None:
    query = person.asks_inline("Darf ich?")
    buttons = keyboard({"text": "Ja", "callback_data": "y"})
    answer(bot_api, query, article(), article(id="b", reply_markup=buttons))
    assert person.chooses_inline(query, "a").text == "Ja, mit Einwilligung."
    person.chooses_inline(query, "b", is_here=True)
    first, second = updates(bot_api, "chosen_inline_result")
    assert (first["result_id"], first["query"], "inline_message_id" in first) == ("a", "Darf ich?", False)
    assert "inline_message_id" in second
    (message,) = updates(bot_api, "message")
    assert (message["via_bot"]["username"], message["text"]) == ("hofbot", "Ja, mit Einwilligung.")
    with pytest.raises(LookupError):
        person.chooses_inline(query, "c")
