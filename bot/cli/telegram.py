"""`telegram`: build an assistant with its store and run it on Telegram until it is stopped.

A module of its own, loaded by its command alone: the client library takes a third of the other commands' start-up.
"""

import logging
from collections.abc import Mapping

from bot.channels.telegram import Profile, TelegramConfig, TelegramUnavailable, Wording, run
from bot.cli.errors import UsageError
from bot.cli.run import build, open_store
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import COMMANDS, LANGUAGES, Language
from bot.settings import Settings

#: The commands in Telegram's menu; every language understands those of the other too.
_SHOWN_COMMANDS: Mapping[Language, tuple[str, ...]] = {
    "de": ("start", "hilfe", "neu", "sprache", "quellen", "datenschutz"),
    "en": ("start", "help", "new", "language", "sources", "privacy"),
}


async def telegram(knowledge: Knowledge, matcher: Matcher, settings: Settings, token: str) -> None:
    """Run on Telegram until SIGINT or SIGTERM. Raises UsageError if it cannot be reached or refuses."""
    _log_to_stderr()
    async with open_store(settings, settings.store) as store:
        assistant = build(knowledge, matcher, store, settings.language)
        config = TelegramConfig(token, profile(knowledge, settings.language), settings.telegram_api_base_url)
        try:
            await run(config, assistant.answer)
        except TelegramUnavailable as error:
            raise UsageError(str(error)) from None


def _log_to_stderr() -> None:
    """What an operator wants to know: started, left, faults. Never what people write, who they are, or the token."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    # It logs statements with their parameters at debug level.
    logging.getLogger("aiosqlite").setLevel(logging.WARNING)


def profile(knowledge: Knowledge, default: Language) -> Profile:
    """How the bot presents itself on Telegram, from the knowledge's texts."""
    return Profile(default, {language: _wording(knowledge.texts[language], language) for language in LANGUAGES})


def _wording(texts: Mapping[str, str], language: Language) -> Wording:
    return Wording(
        commands=tuple((name, texts[f"command_{COMMANDS[name]}"]) for name in _SHOWN_COMMANDS[language]),
        description=texts["bot_description"],
        short_description=texts["bot_short_description"],
        apology=texts["apology"],
    )
