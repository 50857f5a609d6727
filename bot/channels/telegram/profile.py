"""What people see of the bot before they write: its commands and descriptions, per language.

Owns bringing Telegram up to date with them. Refuses to write what already stands there: Telegram limits these calls
to a few a day, and a bot that restarts often would be locked out.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from telegram import Bot, BotCommand

from bot.channels.telegram.reasons import tell
from bot.messages import Language

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Wording:
    """One language of the profile and what the channel itself says; commands as (name, description); the apology is
    said when a turn fails, `not_yours` to who taps on a keyboard of somebody else, `too_old` where nobody can tell
    whose it is."""

    commands: tuple[tuple[str, str], ...]
    description: str
    short_description: str
    apology: str
    not_yours: str = ""
    too_old: str = ""
    inline_open: str = ""
    inline_none: str = ""
    inline_empty: str = ""


@dataclass(frozen=True, slots=True)
class Profile:
    """All languages of the profile; people whose app speaks none of them get the default."""

    default: Language
    wordings: Mapping[Language, Wording]

    def wording(self, language: Language | None) -> Wording:
        """The wording for a person whose app is set to this language."""
        return self.wordings.get(language or self.default, self.wordings[self.default])


async def publish(bot: Bot, profile: Profile) -> None:
    """Set what differs from what Telegram shows; a failure is logged, the bot works without it."""
    # The default first: Telegram shows it where a language has nothing of its own, so fewer calls follow.
    for language in (None, *profile.wordings):
        wording = profile.wording(language)
        for step in (_publish_commands, _publish_description, _publish_short_description):
            await _tolerate(step, bot, language, wording)


Step = Callable[[Bot, Language | None, Wording], Awaitable[None]]


async def _tolerate(step: Step, bot: Bot, language: Language | None, wording: Wording) -> None:
    try:
        await step(bot, language, wording)
    except Exception as error:
        logger.warning("profile (%s) not set, the next start tries again: %s", language or "default", tell(error))


async def _publish_commands(bot: Bot, language: Language | None, wording: Wording) -> None:
    wanted = tuple(BotCommand(name, description) for name, description in wording.commands)
    if await bot.get_my_commands(language_code=language) != wanted:
        await bot.set_my_commands(wanted, language_code=language)


async def _publish_description(bot: Bot, language: Language | None, wording: Wording) -> None:
    if (await bot.get_my_description(language_code=language)).description != wording.description:
        await bot.set_my_description(wording.description, language_code=language)


async def _publish_short_description(bot: Bot, language: Language | None, wording: Wording) -> None:
    if (await bot.get_my_short_description(language_code=language)).short_description != wording.short_description:
        await bot.set_my_short_description(wording.short_description, language_code=language)
