"""What Telegram takes as an inline keyboard.

Owns the kinds of buttons and their limits. Refuses other keyboards than inline ones, and the kinds web_app, login_url,
pay and callback_game: the bots tried here use none of them.
"""

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from tests.bot_api.faults import ApiError

Button = dict[str, Any]
Keyboard = list[list[Button]]

MAX_BUTTONS = 100
MAX_ROW = 8
MAX_CODE_BYTES = 64
MAX_COPIED = 256
_UNREADABLE = "Bad Request: can't parse inline keyboard button: "


def read(markup: Any) -> Keyboard:
    """The rows of the keyboard; none for no markup."""
    markup = _decoded(markup)
    if markup is None:
        return []
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise ApiError(400, 'Bad Request: field "inline_keyboard" must be of type Array')
    _check_amount(rows)
    return [[_button(button) for button in row] for row in rows if row]


def problem_with_url(url: str) -> str | None:
    """Why Telegram does not open this address, in its words."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "Wrong HTTP URL"
    if parts.scheme == "tg":
        return None
    if parts.scheme not in ("http", "https"):
        return "Unsupported URL protocol"
    return None if "." in host or ":" in host else "Wrong HTTP URL"


def _decoded(markup: Any) -> Any:
    if not isinstance(markup, str):
        return markup
    try:
        return json.loads(markup) if markup else None
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse reply keyboard markup JSON object") from None


def _check_amount(rows: list[list[Any]]) -> None:
    if sum(len(row) for row in rows) > MAX_BUTTONS or any(len(row) > MAX_ROW for row in rows):
        raise ApiError(400, "Bad Request: reply markup is too long")


def _button(button: Any) -> Button:
    if not isinstance(button, dict):
        raise ApiError(400, f"{_UNREADABLE}expected an Object")
    if not str(button.get("text", "")).strip():
        raise ApiError(400, f"{_UNREADABLE}text must be non-empty")
    kinds = [kind for kind in _CHECKS if kind in button]
    if len(kinds) != 1:
        raise ApiError(400, f"{_UNREADABLE}Text buttons are unallowed")
    _CHECKS[kinds[0]](kinds[0], button[kinds[0]])
    return button


def _check_code(_: str, code: Any) -> None:
    if not 1 <= len(str(code).encode()) <= MAX_CODE_BYTES:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")


def _check_url(_: str, url: Any) -> None:
    if problem := problem_with_url(str(url)):
        raise ApiError(400, f"Bad Request: inline keyboard button URL '{url}' is invalid: {problem}")


def _check_text(kind: str, query: Any) -> None:
    if not isinstance(query, str):
        raise ApiError(400, f'{_UNREADABLE}Field "{kind}" must be of type String')


def _check_object(kind: str, value: Any) -> None:
    if not isinstance(value, dict):
        raise ApiError(400, f'{_UNREADABLE}Field "{kind}" must be of type Object')


def _check_copied(kind: str, value: Any) -> None:
    _check_object(kind, value)
    text = value.get("text")
    if not isinstance(text, str):
        raise ApiError(400, f'{_UNREADABLE}Can\'t find field "text"')
    if not 1 <= len(text) <= MAX_COPIED:
        raise ApiError(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")


_CHECKS: dict[str, Callable[[str, Any], None]] = {
    "callback_data": _check_code,
    "url": _check_url,
    "switch_inline_query": _check_text,
    "switch_inline_query_current_chat": _check_text,
    "switch_inline_query_chosen_chat": _check_object,
    "copy_text": _check_copied,
}
