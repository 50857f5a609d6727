"""`telegram`: build an assistant with its store and run it on Telegram until it is stopped.

A module of its own, loaded by its command alone: the client library takes a third of the other commands' start-up.
"""

import asyncio
import gc
import logging
import os
import platform
from collections.abc import Callable, Mapping
from importlib.metadata import version
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
from bot.cli.edition import Edition, digest_of
from bot.cli.errors import Unreachable, UsageError
from bot.cli.knowledge import KnowledgeFolder
from bot.cli.reload import Reloading
from bot.cli.run import build, telegram_notice
from bot.cli.stores import open_store, shown
from bot.cli.supervision import Phase, Supervisor
from bot.delivery import Metrics, measured
from bot.faults import host_and_port
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import COMMANDS, Language
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
    metrics, supervisor, edition = Metrics(), Supervisor(os.environ), Edition(knowledge, digest_of(folder))
    edition.show(metrics)
    async with open_store(settings, settings.store, is_exclusive=True, report=metrics.expired) as opened:
        store = measured(opened, metrics)
        notice = telegram_notice(settings, own.controller)
        assistant = build(knowledge, matcher, store, settings.language, notice)
        metrics.loaded("loaded", time())
        backend = Backend(
            store, assistant.take, assistant.suggest, metrics, lambda phase: _tell(phase, supervisor, own)
        )
        try:
            async with supervisor.watched(), beside(Reloading(folder, edition, assistant, metrics).run()):
                await run(_config(edition, settings, own), backend)
        except TelegramSilent as error:
            raise Unreachable(str(error)) from None
        except TelegramUnavailable as error:
            raise UsageError(str(error)) from None


def _config(edition: Edition, settings: Settings, own: TelegramSettings) -> TelegramConfig:
    webhook = Webhook(own.webhook_url, own.webhook_secret) if own.webhook_url else None
    presented = profile(edition.knowledge, settings.language)
    about = _about(edition, settings, own)
    return TelegramConfig(own.token, presented, settings.telegram_api_base_url, webhook, own.listen, about)


def _tell(phase: Phase, supervisor: Supervisor, own: TelegramSettings) -> None:
    supervisor.tell(phase)
    if phase == "ready" and own.controller.is_public_body and not own.controller.officer:
        logger.warning("BOT_CONTROLLER_DPO is not set: a public body has a data protection officer (Art. 37 GDPR)")


def _about(edition: Edition, settings: Settings, own: TelegramSettings) -> Mapping[str, object]:
    """What an operator wants to know of a bot that has begun."""
    return {
        "version": version("datenschutz-bot"),
        "python": platform.python_version(),
        "store": shown(settings.store),
        "listen": host_and_port(*own.listen) if own.listen else "off",
        **edition.told(),
    }


async def username(settings: Settings, token: str) -> str:
    """The bot's name on Telegram. Raises UsageError if Telegram does not say."""
    try:
        return await ask_username(TelegramConfig(token, Profile(settings.language, {}), settings.telegram_api_base_url))
    except TelegramUnavailable as error:
        raise UsageError(f"{error}; or name the bot with --bot") from None


def profile(knowledge: Knowledge, default: Language) -> Profile:
    """How the bot presents itself on Telegram, from the knowledge's texts."""
    languages = knowledge.languages
    return Profile(knowledge.spoken(default), {each: _wording(knowledge, each) for each in languages})


def _wording(knowledge: Knowledge, language: Language) -> Wording:
    texts, is_alone = knowledge.texts[language], len(knowledge.languages) == 1
    # Where there is no other language, none is offered.
    shown = [name for name in _SHOWN_COMMANDS[language] if not (is_alone and COMMANDS[name] == "language")]
    return Wording(
        commands=tuple((name, texts[f"command_{COMMANDS[name]}"]) for name in shown),
        description=texts["bot_description"],
        short_description=texts["bot_short_description"],
        apology=texts["apology"],
        not_yours=texts["group_not_yours"],
        too_old=texts["group_too_old"],
        inline_open=texts["inline_open"],
        inline_none=texts["inline_none"],
        inline_empty=texts["inline_empty"],
    )
