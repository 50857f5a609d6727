"""What the bot answers to a pressed button and to an inline query.

Owns which queries can still be answered.
"""

from tests.bot_api import inline_results
from tests.bot_api.faults import ApiError
from tests.bot_api.keyboards import problem_with_url
from tests.bot_api.parameters import boolean, integer
from tests.bot_api.state import Json, State

MAX_TAP_ANSWER = 200
_TOO_OLD = "Bad Request: query is too old and response timeout expired or query ID is invalid"


def answer_callback_query(state: State, parameters: Json) -> bool:
    query = str(parameters.get("callback_query_id"))
    text, url = str(parameters.get("text") or ""), str(parameters.get("url") or "")
    if len(text) > MAX_TAP_ANSWER:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    if url and not _opens_bot(state, url):
        raise ApiError(400, "Bad Request: URL_INVALID")
    if query not in state.taps:
        raise ApiError(400, _TOO_OLD)
    state.answered_taps.add(query)
    cache_time = integer(parameters, "cache_time", 0)
    answer = {"text": text, "show_alert": boolean(parameters, "show_alert"), "url": url, "cache_time": cache_time}
    state.tap_answers[query] = answer
    return True


def answer_inline_query(state: State, parameters: Json) -> bool:
    query = str(parameters.get("inline_query_id"))
    answer = inline_results.read(parameters)
    if query not in state.inline_queries:
        raise ApiError(400, _TOO_OLD)
    state.inline_answers[query] = answer
    return True


def _opens_bot(state: State, url: str) -> bool:
    # Other addresses are for games only.
    start = (f"t.me/{state.username}?start=", f"tg://resolve?domain={state.username}&start=")
    return problem_with_url(url) is None and url.removeprefix("https://").startswith(start)
