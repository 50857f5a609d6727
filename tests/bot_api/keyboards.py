"""What Telegram takes as an inline keyboard.

Owns the limits of buttons. Refuses other keyboards than inline ones: the bots tried here use no others.
"""

import json
from typing import Any

from tests.bot_api.faults import ApiError

Button = dict[str, str]
Keyboard = list[list[Button]]

MAX_BUTTONS = 100
MAX_ROW = 8
MAX_CODE_BYTES = 64
_ACTIONS = ("callback_data", "url", "switch_inline_query", "switch_inline_query_current_chat", "copy_text")


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


def _decoded(markup: Any) -> Any:
    if not isinstance(markup, str):
        return markup
    try:
        return json.loads(markup) if markup else None
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse reply keyboard markup JSON object") from None


def _check_amount(rows: list[list[Any]]) -> None:
    if sum(len(row) for row in rows) > MAX_BUTTONS or any(len(row) > MAX_ROW for row in rows):
        raise ApiError(400, "Bad Request: REPLY_MARKUP_TOO_LONG")


def _button(button: Any) -> Button:
    if not isinstance(button, dict):
        raise ApiError(400, "Bad Request: can't parse inline keyboard button: expected an Object")
    if not str(button.get("text", "")).strip():
        raise ApiError(400, "Bad Request: can't parse inline keyboard button: text must be non-empty")
    if sum(action in button for action in _ACTIONS) != 1:
        raise ApiError(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed")
    code = button.get("callback_data")
    if code is not None and not 1 <= len(str(code).encode()) <= MAX_CODE_BYTES:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    return button
