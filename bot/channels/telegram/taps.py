"""What a pressed button shows at once: the person's app stops waiting, and the choice is marked.

Owns the marks in keyboards; a choice that changes its own message needs none. Refuses to fail: a tap is as good when
Telegram no longer wants to hear of it (query too old, message deleted or already marked), so the turn goes on in any
case.
"""

import logging
from collections.abc import Awaitable

from telegram import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message
from telegram.error import BadRequest

from bot.faults import describe
from bot.messages import CHANGES_ITS_MESSAGE

logger = logging.getLogger(__name__)

MARK = "✓ "


async def answer(query: CallbackQuery, text: str | None = None) -> None:
    """Tell Telegram that the tap has arrived; until then the person's app shows it as pending. A text is shown to
    whoever has tapped, and to nobody else."""
    await _tolerate(query.answer(text, show_alert=text is not None))


async def mark(query: CallbackQuery) -> None:
    """Show in the keyboard which of its buttons was pressed."""
    if (query.data or "").startswith(CHANGES_ITS_MESSAGE):
        return
    shown = query.message.reply_markup if isinstance(query.message, Message) else None
    wanted = shown and marked(shown, query.data or "")
    # To ask for what already stands there is an error to Telegram.
    if wanted and wanted != shown:
        await _tolerate(query.edit_message_reply_markup(wanted))


def marked(keyboard: InlineKeyboardMarkup, data: str) -> InlineKeyboardMarkup:
    """The keyboard with the pressed button marked and no other; unchanged if the button is not in it."""
    rows = keyboard.inline_keyboard
    if not any(button.callback_data == data for row in rows for button in row):
        return keyboard
    return InlineKeyboardMarkup([[_marked_button(button, data) for button in row] for row in rows])


def _marked_button(button: InlineKeyboardButton, data: str) -> InlineKeyboardButton:
    if button.callback_data is None:
        return button
    label = button.text.removeprefix(MARK)
    return InlineKeyboardButton(
        f"{MARK}{label}" if button.callback_data == data else label, callback_data=button.callback_data
    )


async def _tolerate(call: Awaitable[object]) -> None:
    try:
        await call
    except BadRequest:
        logger.debug("a tap came too late to be shown")
    # Also what is no answer of Telegram's.
    except Exception as error:
        logger.warning("a tap was not shown: %s", describe(error))
