"""Why Telegram has refused a call, by name.

Owns the closed list of Telegram's descriptions that we know: what may be logged of each, and which part of a message is
at fault. Refuses every other description: Telegram writes names, addresses and pieces of texts into them.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from telegram.error import TelegramError

from bot.faults import describe

#: What a message can be sent without.
#: `place` is that of the message which it changes.
Part: TypeAlias = Literal["reply", "topic", "keyboard", "markup", "length", "place"]


@dataclass(frozen=True, slots=True)
class Reason:
    """What may be logged of a refusal; `part` of the message is at fault, if any is."""

    text: str
    part: Part | None = None


#: What an edit asks for stands there already.
UNCHANGED = Reason("message is not modified")

#: By what is found in Telegram's description, in lower case; the first that is found counts.
_KNOWN: tuple[tuple[str, Reason], ...] = (
    # Before all others: its description speaks of the reply markup, too.
    ("message is not modified", UNCHANGED),
    ("message_not_modified", UNCHANGED),
    ("message to be replied not found", Reason("message to be replied not found", "reply")),
    ("message to reply not found", Reason("message to be replied not found", "reply")),
    ("replied message not found", Reason("message to be replied not found", "reply")),
    ("reply message not found", Reason("message to be replied not found", "reply")),
    ("reply_message_id_invalid", Reason("message to be replied not found", "reply")),
    ("reply parameters", Reason("reply parameters not accepted", "reply")),
    ("message thread not found", Reason("message thread not found", "topic")),
    ("topic_deleted", Reason("the topic is deleted", "topic")),
    # Nothing is at fault: to answer elsewhere what an administrator has closed would be against their wish.
    ("topic_closed", Reason("the topic is closed")),
    ("topic_id_invalid", Reason("message thread not found", "topic")),
    ("can't parse entities", Reason("can't parse entities", "markup")),
    ("can't find end of the entity", Reason("can't parse entities", "markup")),
    ("unsupported parse_mode", Reason("unsupported parse_mode", "markup")),
    ("entity_bounds_invalid", Reason("entities not accepted", "markup")),
    ("entities_too_long", Reason("entities not accepted", "markup")),
    ("inline keyboard button url", Reason("inline keyboard button URL is invalid", "keyboard")),
    ("button_url_invalid", Reason("inline keyboard button URL is invalid", "keyboard")),
    ("wrong http url", Reason("wrong HTTP URL", "keyboard")),
    ("button_data_invalid", Reason("button data is invalid", "keyboard")),
    ("button_type_invalid", Reason("button type is invalid", "keyboard")),
    ("button_copy_text_invalid", Reason("button copy text is invalid", "keyboard")),
    ("button_user_privacy_restricted", Reason("button user privacy restricted", "keyboard")),
    ("can't parse inline keyboard button", Reason("can't parse inline keyboard button", "keyboard")),
    ("inline_keyboard", Reason("can't parse inline keyboard", "keyboard")),
    ("reply keyboard markup", Reason("can't parse inline keyboard", "keyboard")),
    ("reply markup", Reason("reply markup not accepted", "keyboard")),
    ("reply_markup", Reason("reply markup not accepted", "keyboard")),
    ("message is too long", Reason("message is too long", "length")),
    ("message_too_long", Reason("message is too long", "length")),
    ("message caption is too long", Reason("message caption is too long")),
    ("message text is empty", Reason("message text is empty")),
    ("text must be non-empty", Reason("message text is empty")),
    ("must be encoded in utf-8", Reason("text must be encoded in UTF-8")),
    ("file must be non-empty", Reason("file must be non-empty")),
    ("chat not found", Reason("chat not found")),
    ("peer_id_invalid", Reason("chat not found")),
    ("user not found", Reason("user not found")),
    ("group chat was upgraded", Reason("group chat was upgraded to a supergroup chat")),
    ("group chat was deactivated", Reason("group chat was deactivated")),
    ("not enough rights", Reason("not enough rights to write in this chat")),
    ("have no rights to send", Reason("not enough rights to write in this chat")),
    ("need administrator rights", Reason("not enough rights to write in this chat")),
    ("chat_write_forbidden", Reason("not enough rights to write in this chat")),
    ("chat_send_plain_forbidden", Reason("not enough rights to write in this chat")),
    ("chat_send_docs_forbidden", Reason("not enough rights to send files in this chat")),
    ("chat_restricted", Reason("the chat is restricted")),
    ("chat_admin_required", Reason("not enough rights to write in this chat")),
    ("user_is_bot", Reason("bots can't send messages to bots")),
    ("bots can't send messages to bots", Reason("bots can't send messages to bots")),
    ("can't initiate conversation", Reason("bot can't initiate conversation with a user")),
    ("bot was blocked", Reason("bot was blocked by the user")),
    ("user is deactivated", Reason("user is deactivated")),
    ("bot was kicked", Reason("bot was kicked from the chat")),
    ("bot is not a member", Reason("bot is not a member of the chat")),
    ("message to edit not found", Reason("message to edit not found", "place")),
    ("message can't be edited", Reason("message can't be edited", "place")),
    ("no text in the message to edit", Reason("no text in the message to edit", "place")),
    ("message identifier is not specified", Reason("message not found", "place")),
    ("message_id_invalid", Reason("message not found", "place")),
    ("query is too old", Reason("query is too old")),
    ("query_id_invalid", Reason("query is too old")),
    ("terminated by other getupdates", Reason("another process fetches this bot's updates: let only one of them run")),
    (
        "while webhook is active",
        Reason("somebody has set a webhook for this bot, so no updates come here: start anew to remove it"),
    ),
    (
        "terminated by setwebhook",
        Reason("somebody has set a webhook for this bot, so no updates come here: start anew to remove it"),
    ),
    ("bad webhook", Reason("bad webhook")),
    ("logged out", Reason("the bot is logged out from this Bot API server")),
    ("invalid token", Reason("the token is not accepted")),
    ("not found in bot api", Reason("the token is not accepted")),
    ("unauthorized", Reason("the token is not accepted")),
    ("no answer of the bot api", Reason("something on the way answers in Telegram's place, such as a proxy")),
    ("timed out", Reason("timed out")),
    ("too many requests", Reason("too many requests")),
    ("flood control exceeded", Reason("too many requests")),
    ("request entity too large", Reason("request entity too large")),
    ("internal server error", Reason("Internal Server Error")),
    ("bad gateway", Reason("Bad Gateway")),
    ("gateway timeout", Reason("Gateway Timeout")),
    ("service unavailable", Reason("Service Unavailable")),
    # Of our own client, see `requesting`.
    ("clientconnector", Reason("no connection to Telegram")),
    ("clientoserror", Reason("the connection to Telegram broke")),
    ("clientpayload", Reason("the connection to Telegram broke")),
    ("serverdisconnected", Reason("the connection to Telegram broke")),
)


def reason_of(description: str) -> Reason | None:
    """The reason that a description of Telegram's gives; None for one that we do not know."""
    lowered = description.lower()
    return next((reason for found, reason in _KNOWN if found in lowered), None)


def name(error: BaseException) -> str:
    """An error's name for the figures: Telegram's reason if it is a known one, else the error's class."""
    known = reason_of(error.message) if isinstance(error, TelegramError) else None
    return known.text if known else type(error).__name__


def tell(error: BaseException) -> str:
    """An error as it may be logged: with Telegram's reason if it is a known one, else with where it arose."""
    known = reason_of(error.message) if isinstance(error, TelegramError) else None
    return f"{type(error).__name__} ({known.text})" if known else describe(error)
