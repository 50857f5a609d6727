"""Telegram's descriptions: the known ones are told, of all others not a word."""

import pytest
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, TelegramError, TimedOut

from bot.channels.telegram.reasons import Part, reason_of, tell


@pytest.mark.parametrize(
    ("description", "part"),
    [
        ("Bad Request: message to be replied not found", "reply"),
        ("Message to be replied not found", "reply"),
        ("Bad Request: REPLY_MESSAGE_ID_INVALID", "reply"),
        ("Bad Request: message thread not found", "topic"),
        ("Bad Request: TOPIC_CLOSED", None),
        ("Bad Request: BUTTON_URL_INVALID", "keyboard"),
        ("Bad Request: inline keyboard button URL 'http://x' is invalid: Wrong HTTP URL", "keyboard"),
        (
            "Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
            "keyboard",
        ),
        ("Bad Request: can't parse reply keyboard markup JSON object", "keyboard"),
        ("Bad Request: REPLY_MARKUP_TOO_LONG", "keyboard"),
        ('Bad Request: field "inline_keyboard" must be of type Array', "keyboard"),
        ("Bad Request: can't parse entities: Unsupported start tag", "markup"),
        ("Bad Request: ENTITY_BOUNDS_INVALID", "markup"),
        ("Bad Request: message is too long", "length"),
        ("Bad Request: MESSAGE_TOO_LONG", "length"),
        ("Bad Request: chat not found", None),
        ("Bad Request: message to edit not found", "place"),
        ("Bad Request: message can't be edited", "place"),
        ("Bad Request: MESSAGE_ID_INVALID", "place"),
        ("Bad Request: there is no text in the message to edit", "place"),
        (
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same",
            None,
        ),
    ],
)
def test_a_known_description_tells_which_part_is_at_fault(description: str, part: Part | None) -> None:
    reason = reason_of(description)
    assert reason is not None
    assert reason.part == part


@pytest.mark.parametrize(
    "description",
    [
        'Bad Request: can\'t parse entities: Unsupported start tag "kanarienvogel" at byte offset 4711',
        "Bad Request: inline keyboard button URL 'http://kanarienvogel' is invalid: Wrong HTTP URL",
        "Bad Request: bad webhook: Failed to resolve host: kanarienvogel is not known",
        "Bad Request: chat not found. The server response contained unknown parameters: {'chat': 'kanarienvogel'}",
        "Bad Request: kanarienvogel",
    ],
)
def test_nothing_of_the_description_itself_is_told(description: str) -> None:
    told = tell(BadRequest(description))
    assert told.startswith("BadRequest ")
    assert "anarienvogel" not in told
    assert "4711" not in told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (BadRequest("Bad Request: message thread not found"), "BadRequest (message thread not found)"),
        (Forbidden("Forbidden: bot was blocked by the user"), "Forbidden (bot was blocked by the user)"),
        (NetworkError("Bad Gateway"), "NetworkError (Bad Gateway)"),
        (
            NetworkError("no answer of the Bot API (status 502)"),
            "NetworkError (something on the way answers in Telegram's place, such as a proxy)",
        ),
        (TimedOut(), "TimedOut (timed out)"),
    ],
)
def test_a_known_reason_stands_beside_the_class(error: TelegramError, told: str) -> None:
    assert tell(error) == told


def test_another_poller_and_a_foreign_webhook_are_told_apart() -> None:
    poller = tell(Conflict("Conflict: terminated by other getUpdates request; make sure that only one bot runs"))
    webhook = tell(Conflict("Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"))
    assert "another process fetches" in poller
    assert "a webhook" in webhook


def test_an_error_of_anything_else_is_told_by_its_place() -> None:
    assert tell(ValueError("kanarienvogel")) == "ValueError at unknown place"
