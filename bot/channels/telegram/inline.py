"""Inline mode: what is typed behind the bot's name in any chat is answered with a few cards, each a cited answer.

Owns what a card looks like. Keeps nothing of what was typed, and refuses to guess: without a card there is only the way
to the bot itself.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import TelegramError

from bot.channels.telegram.payloads import link
from bot.channels.telegram.profile import Profile, Wording
from bot.channels.telegram.rendering import Outgoing, render
from bot.channels.telegram.updates import inline_text, language_of
from bot.faults import describe
from bot.messages import BlockKind, Card, Language, Reply

logger = logging.getLogger(__name__)

Suggest: TypeAlias = Callable[[str, Language | None], Awaitable[Sequence[Card]]]

MOST_CARDS = 5
#: How long Telegram may give the same answer to the same words, in seconds; short, for knowledge changes.
_CACHE_SECONDS = 60
_LONGEST_DESCRIPTION = 200
#: What a card that is too long is sent without, one after the other.
_LEAST_NEEDED: tuple[BlockKind, ...] = ("disputed", "steps", "reasons", "list")


class InlineAnswers:
    """Answers inline queries with what an assistant suggests."""

    def __init__(self, bot: Bot, suggest: Suggest, profile: Profile) -> None:
        self._bot = bot
        self._suggest = suggest
        self._profile = profile

    async def answer(self, query: InlineQuery) -> None:
        """Answer in time or not at all: a late answer helps nobody."""
        text, language = inline_text(query), language_of(query.from_user)
        wording = self._profile.wording(language)
        try:
            cards = (await self._suggest(text, language))[:MOST_CARDS] if text else ()
            button = InlineQueryResultsButton(_label(text, cards, wording), start_parameter="inline")
            articles = [self._article(card, wording) for card in cards]
            await self._bot.answer_inline_query(
                query.id, articles, cache_time=_CACHE_SECONDS, is_personal=True, button=button
            )
        except TelegramError as error:
            logger.info("an inline query was not answered: %s", describe(error))
        except Exception as error:
            logger.error("an inline query failed: %s", describe(error))

    def _article(self, card: Card, wording: Wording) -> InlineQueryResultArticle:
        opened = InlineKeyboardButton(wording.inline_open, url=link(self._bot.username, card.parameter))
        content = InputTextMessageContent(
            _fitting(card.reply).html,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )
        return InlineQueryResultArticle(
            card.id[-64:],
            card.title,
            content,
            reply_markup=InlineKeyboardMarkup([[opened]]),
            description=card.description[:_LONGEST_DESCRIPTION],
        )


def _label(text: str, cards: Sequence[Card], wording: Wording) -> str:
    if not text:
        return wording.inline_empty
    return wording.inline_open if cards else wording.inline_none


def _fitting(reply: Reply) -> Outgoing:
    """The reply as one message: where it is too long for that, without what is needed least. The sources stay in any
    case."""
    for kind in _LEAST_NEEDED:
        if len(messages := render(reply)) == 1:
            return messages[0]
        reply = replace(reply, blocks=tuple(block for block in reply.blocks if block.kind != kind))
    return render(reply)[0]
