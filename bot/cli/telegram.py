"""`telegram`: build an assistant with its store and run it on Telegram until it is stopped.

A module of its own, loaded by its command alone: the client library takes a third of the other commands' start-up.
"""

import asyncio
import gc
import logging
from collections.abc import Callable, Mapping
from time import time

from bot.background import beside
from bot.channels.telegram import (
    Backend,
    Profile,
    TelegramConfig,
    TelegramSilent,
    TelegramUnavailable,
    Webhook,
    Wording,
    ask_username,
    run,
)
from bot.cli.errors import Unreachable, UsageError
from bot.cli.knowledge import KnowledgeFolder
from bot.cli.reload import Reloading
from bot.cli.run import build, telegram_notice
from bot.cli.stores import open_store
from bot.delivery import Metrics
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import COMMANDS, LANGUAGES, Language
from bot.settings import Settings, TelegramSettings

logger = logging.getLogger(__name__)

#: The commands in Telegram's menu; every language understands those of the other too.
_SHOWN_COMMANDS: Mapping[Language, tuple[str, ...]] = {
    "de": ("start", "hilfe", "neu", "sprache", "quellen", "datenschutz", "meinedaten", "vergiss"),
    "en": ("start", "help", "new", "language", "sources", "privacy", "mydata", "forget"),
}


def start(
    knowledge: Knowledge, matcher: Matcher, folder: KnowledgeFolder, settings: Settings, own: TelegramSettings
) -> None:
    """Run on Telegram until SIGINT or SIGTERM. Raises UsageError if it refuses, Unreachable if it does not answer."""
    # What is loaded by now stays until the end: it need not be looked through for what has become garbage.
    gc.collect()
    gc.freeze()
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(telegram(knowledge, matcher, folder, settings, own))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """A faster loop where there is one; Windows has none."""
    try:
        import uvloop  # noqa: PLC0415
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory


async def telegram(
    knowledge: Knowledge, matcher: Matcher, folder: KnowledgeFolder, settings: Settings, own: TelegramSettings
) -> None:
    """As `start`, within a loop."""
    _log_to_stderr()
    if own.controller.is_public_body and not own.controller.officer:
        logger.warning("BOT_CONTROLLER_DPO is not set: a public body has a data protection officer (Art. 37 GDPR)")
    metrics = Metrics()
    async with open_store(settings, settings.store, is_exclusive=True, report=metrics.expired) as store:
        notice = telegram_notice(settings, own.controller)
        assistant = build(knowledge, matcher, store, settings.language, notice)
        metrics.loaded("loaded", time())
        backend = Backend(store, assistant.take, assistant.suggest, metrics)
        try:
            async with beside(Reloading(folder, assistant, metrics).run()):
                await run(_config(knowledge, settings, own), backend)
        except TelegramSilent as error:
            raise Unreachable(str(error)) from None
        except TelegramUnavailable as error:
            raise UsageError(str(error)) from None


def _config(knowledge: Knowledge, settings: Settings, own: TelegramSettings) -> TelegramConfig:
    webhook = Webhook(own.webhook_url, own.webhook_secret) if own.webhook_url else None
    shown = profile(knowledge, settings.language)
    return TelegramConfig(own.token, shown, settings.telegram_api_base_url, webhook, own.listen)


async def username(settings: Settings, token: str) -> str:
    """The bot's name on Telegram. Raises UsageError if Telegram does not say."""
    try:
        return await ask_username(TelegramConfig(token, Profile(settings.language, {}), settings.telegram_api_base_url))
    except TelegramUnavailable as error:
        raise UsageError(f"{error}; or name the bot with --bot") from None


def _log_to_stderr() -> None:
    """What an operator wants to know: started, left, faults. Never what people write, who they are, or the token."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")


def profile(knowledge: Knowledge, default: Language) -> Profile:
    """How the bot presents itself on Telegram, from the knowledge's texts."""
    return Profile(default, {language: _wording(knowledge.texts[language], language) for language in LANGUAGES})


def _wording(texts: Mapping[str, str], language: Language) -> Wording:
    return Wording(
        commands=tuple((name, texts[f"command_{COMMANDS[name]}"]) for name in _SHOWN_COMMANDS[language]),
        description=texts["bot_description"],
        short_description=texts["bot_short_description"],
        apology=texts["apology"],
        not_yours=texts["group_not_yours"],
        too_old=texts["group_too_old"],
        inline_open=texts["inline_open"],
        inline_none=texts["inline_none"],
        inline_empty=texts["inline_empty"],
    )
