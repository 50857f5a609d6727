"""`doctor`: is this set up so that it runs? Beside a running bot, too: it loses nothing by it.

Owns the order of the checks and the exit code. Refuses to change anything: what is wrong is told, with what to do.

    findings   a line: ok, warn or FAIL
    knowledge, store, telegram, webhook, machine   one room of the house each
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot import settings
from bot.channels.telegram.inspection import Inspection
from bot.cli.doctor import knowledge, machine, store, telegram, webhook
from bot.cli.doctor.findings import Finding, fail, ok, warn
from bot.cli.knowledge import KnowledgeFolder
from bot.knowledge.phrases import Bilingual
from bot.sessions.sqlite.inspection import is_held
from bot.settings import Settings, SettingsError, TelegramSettings


@dataclass(frozen=True, slots=True)
class Setup:
    """What is to be looked at."""

    settings: Settings
    environment: Mapping[str, str]
    folder: KnowledgeFolder
    today: date


async def examine(setup: Setup) -> Sequence[Finding]:
    """All that can be found out, in the order in which the bot would stumble over it."""
    own = _telegram_settings(setup.environment)
    listen = own.listen if isinstance(own, TelegramSettings) else None
    is_here = listen is not None and machine.is_bot(listen)
    path = setup.settings.store.path
    is_running = is_here or (path is not None and is_held(path))
    return [
        *_set(own, setup),
        *_running(is_running),
        *knowledge.examine(setup.folder, setup.today),
        *await store.examine(setup.settings, setup.environment),
        *machine.examine_network_settings(setup.environment),
        *([machine.examine_address(listen, is_running=is_here)] if listen else []),
        *await _ask_telegram(setup, own, is_running=is_running),
    ]


def _telegram_settings(environment: Mapping[str, str]) -> TelegramSettings | Finding:
    try:
        return settings.telegram(environment)
    except SettingsError as error:
        return fail("settings", Bilingual(str(error), str(error)))


def _set(own: TelegramSettings | Finding, setup: Setup) -> Sequence[Finding]:
    if isinstance(own, Finding):
        return [own]
    hours = setup.settings.session_lifetime.total_seconds() / 3600
    read = ok("settings", f"gelesen; Gespräche leben {hours:g} Stunden", f"read; dialogues live {hours:g} hours")
    return [read, *_controller(own)]


def _controller(own: TelegramSettings) -> Sequence[Finding]:
    controller = own.controller
    if not controller.name or not controller.contact:
        return [
            warn(
                "controller",
                Bilingual("niemand ist als verantwortlich genannt", "nobody is named as responsible"),
                Bilingual(
                    "BOT_CONTROLLER_NAME und BOT_CONTROLLER_CONTACT setzen, BOT_ENV=development entfernen",
                    "set BOT_CONTROLLER_NAME and BOT_CONTROLLER_CONTACT, remove BOT_ENV=development",
                ),
            )
        ]
    named = ok("controller", f"{controller.name}, {controller.contact}", f"{controller.name}, {controller.contact}")
    return [named, *([_NO_OFFICER] if controller.is_public_body and not controller.officer else [])]


_NO_OFFICER = warn(
    "controller",
    Bilingual("keine Datenschutzbeauftragte genannt", "no data protection officer is named"),
    Bilingual(
        "BOT_CONTROLLER_DPO setzen: öffentliche Stellen haben eine (Art. 37 DSGVO)",
        "set BOT_CONTROLLER_DPO: a public body has one (Art. 37 GDPR)",
    ),
)


def _running(is_running: bool) -> Sequence[Finding]:
    return [ok("running", "hier läuft ein Bot", "a bot runs here")] if is_running else []


async def _ask_telegram(setup: Setup, own: TelegramSettings | Finding, *, is_running: bool) -> Sequence[Finding]:
    """With the token alone where the rest of the settings cannot be read."""
    url = own.webhook_url if isinstance(own, TelegramSettings) else None
    try:
        token = settings.telegram_token(setup.environment)
    except SettingsError:
        # Told already.
        return []
    # Never beside a bot of our own; and of several on one Redis nobody can tell.
    listen = url is None and not is_running and setup.settings.store.url is None
    told = await telegram.ask(token, setup.settings.telegram_api_base_url, listen=listen)
    if isinstance(told, Finding):
        return [told, *([webhook.examine(url, is_reached=False)] if url else [])]
    judged = telegram.examine(told, url, is_running=is_running)
    return [*judged, *([webhook.examine(url, is_reached=_is_reached(told, url))] if url else [])]


def _is_reached(told: Inspection, url: str) -> bool:
    return told.webhook_url == url and told.failed is None
