"""The parameters of a call, as Telegram reads them: JSON or a form, numbers and objects as text or not.

Owns their error texts. Refuses to know what they are for.
"""

import json
import re
from typing import Any

from tests.bot_api import entities
from tests.bot_api.faults import ApiError

Json = dict[str, Any]


def integer(parameters: Json, name: str, default: int) -> int:
    """A number, or the default where none is given."""
    value = parameters.get(name, default)
    try:
        return int(value)
    except (TypeError, ValueError):
        raise ApiError(400, f'Bad Request: field "{name}" must be a valid Number') from None


def boolean(parameters: Json, name: str) -> bool:
    """Whether it is said to be so."""
    return str(parameters.get(name, "")).strip().lower() in ("true", "yes", "1")


def decoded(value: Any) -> Any:
    """A parameter that is an object: JSON in a form, as it is in a JSON body."""
    try:
        return json.loads(value) if isinstance(value, str) and value else value
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse JSON object") from None


def language(parameters: Json) -> str:
    """The two letters of a language, or none."""
    code = str(parameters.get("language_code") or "")
    if code and not re.fullmatch(r"[a-z]{2}", code):
        raise ApiError(400, "Bad Request: LANG_CODE_INVALID")
    return code


def styled(raw: str, parse_mode: str | None) -> tuple[str, list[entities.Entity]]:
    """A text and its entities, of any length."""
    try:
        return entities.parse(raw, parse_mode)
    except entities.ParseError as problem:
        raise ApiError(400, f"Bad Request: can't parse entities: {problem}") from None


def text(parameters: Json, too_long: str = "message is too long") -> tuple[str, list[entities.Entity]]:
    """The text of a message and its entities; what Telegram says of one that is too long depends on the method."""
    raw = str(parameters.get("text", ""))
    if not raw:
        raise ApiError(400, "Bad Request: message text is empty")
    shown, found = styled(raw, parameters.get("parse_mode"))
    if entities.is_empty(shown):
        raise ApiError(400, "Bad Request: text must be non-empty")
    if entities.utf16_units(shown) > entities.MAX_TEXT_UNITS:
        raise ApiError(400, f"Bad Request: {too_long}")
    return shown, found


def has_preview(parameters: Json) -> bool:
    """Whether people see a preview of the first link."""
    return not (decoded(parameters.get("link_preview_options")) or {}).get("is_disabled", False)
