"""What the bot answers to an inline query.

Owns the limits of such answers and Telegram's words for what is wrong. Refuses other results than articles: the bots
tried here offer texts.
"""

import re
from dataclasses import dataclass
from typing import Any

from tests.bot_api import entities, keyboards, parameters
from tests.bot_api.faults import ApiError

Json = dict[str, Any]

MAX_RESULTS = 50
MAX_ID_BYTES = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
_UNREADABLE = "Bad Request: can't parse inline query result: "
_UNREADABLE_BUTTON = "Bad Request: can't parse inline query results button: "


@dataclass(frozen=True)
class InlineResult:
    """One line of the list, and the message that it becomes when it is chosen."""

    id: str
    title: str
    description: str
    text: str
    entities: list[entities.Entity]
    keyboard: keyboards.Keyboard
    has_preview: bool


@dataclass(frozen=True)
class InlineAnswer:
    """The list that the person sees."""

    results: list[InlineResult]
    cache_time: int
    is_personal: bool
    next_offset: str
    button: Json | None


def read(given: Json) -> InlineAnswer:
    """The answer, or Telegram's refusal of it."""
    return InlineAnswer(
        results=_results(parameters.decoded(given.get("results"))),
        cache_time=parameters.integer(given, "cache_time", 300),
        is_personal=parameters.boolean(given, "is_personal"),
        next_offset=_next_offset(str(given.get("next_offset") or "")),
        button=_button(parameters.decoded(given.get("button"))),
    )


def _results(results: Any) -> list[InlineResult]:
    if results in (None, ""):
        return []
    if not isinstance(results, list):
        raise ApiError(400, "Bad Request: expected an Array of inline query results")
    if len(results) > MAX_RESULTS:
        raise ApiError(400, "Bad Request: too many inline query results specified")
    read_ones = [_result(result) for result in results]
    if len({result.id for result in read_ones}) < len(read_ones):
        raise ApiError(400, "Bad Request: RESULT_ID_DUPLICATE")
    return read_ones


def _result(result: Any) -> InlineResult:
    if not isinstance(result, dict):
        raise ApiError(400, f"{_UNREADABLE}Inline query result must be an object")
    kind, result_id = _required(result, "type", _UNREADABLE), _required(result, "id", _UNREADABLE)
    if kind.lower() != "article":
        raise ApiError(400, f'{_UNREADABLE}type "{kind}" is unsupported for the inline query result')
    text, found = _content(result.get("input_message_content"))
    title = _required(result, "title", _UNREADABLE)
    if not 1 <= len(result_id.encode()) <= MAX_ID_BYTES:
        raise ApiError(400, "Bad Request: RESULT_ID_INVALID")
    if not title.strip():
        raise ApiError(400, "Bad Request: ARTICLE_TITLE_EMPTY")
    return InlineResult(
        id=result_id,
        title=title,
        description=str(result.get("description") or ""),
        text=text,
        entities=found,
        keyboard=keyboards.read(result.get("reply_markup")),
        has_preview=parameters.has_preview(result["input_message_content"]),
    )


def _content(content: Any) -> tuple[str, list[entities.Entity]]:
    if content is None:
        raise ApiError(400, f'{_UNREADABLE}Can\'t find field "message_text"')
    if not isinstance(content, dict):
        raise ApiError(400, f'{_UNREADABLE}Field "input_message_content" must be of type Object')
    raw = str(content.get("message_text") or "")
    if not raw:
        raise ApiError(400, f"{_UNREADABLE}Input message content is not specified")
    try:
        text, found = entities.parse(raw, content.get("parse_mode"))
    except entities.ParseError as problem:
        raise ApiError(400, f"{_UNREADABLE}Can't parse entities: {problem}") from None
    if entities.is_empty(text):
        raise ApiError(400, "Bad Request: text must be non-empty")
    if entities.utf16_units(text) > entities.MAX_TEXT_UNITS:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    return text, found


def _button(button: Any) -> Json | None:
    if button in (None, ""):
        return None
    if not isinstance(button, dict):
        raise ApiError(400, f"{_UNREADABLE_BUTTON}InlineQueryResultsButton must be an Object")
    text = _required(button, "text", _UNREADABLE_BUTTON)
    if "start_parameter" not in button:
        raise ApiError(400, f"{_UNREADABLE_BUTTON}InlineQueryResultsButton must have exactly one optional field")
    if not text.strip():
        raise ApiError(400, "Bad Request: SWITCH_PM_TEXT_EMPTY")
    if not START_PARAMETER.fullmatch(str(button["start_parameter"])):
        raise ApiError(400, "Bad Request: START_PARAM_INVALID")
    return button


def _next_offset(offset: str) -> str:
    if len(offset.encode()) > MAX_ID_BYTES:
        raise ApiError(400, "Bad Request: NEXT_OFFSET_INVALID")
    return offset


def _required(fields: Json, name: str, unreadable: str) -> str:
    value = fields.get(name)
    if value is None:
        raise ApiError(400, f'{unreadable}Can\'t find field "{name}"')
    if not isinstance(value, str):
        raise ApiError(400, f'{unreadable}Field "{name}" must be of type String')
    return value
