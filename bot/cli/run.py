"""An assistant with its store, and `chat`, which runs it in the terminal until the input ends."""

import signal
import sys
from datetime import UTC, datetime
from uuid import uuid4

from bot.assistant import Assistant
from bot.channels.console import Console
from bot.cli.stores import open_store
from bot.dialogue.scene import Controller, Notice
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Commanded, CommandName, Conversation, Incoming, Language
from bot.sessions.store import STORED, Store
from bot.settings import ControllerSettings, Settings, StoreAddress
from bot.understanding import Understanding

_NAMES: dict[Language, CommandName] = {"de": "german", "en": "english"}


def build(
    knowledge: Knowledge, matcher: Matcher, store: Store, language: Language, notice: Notice | None = None
) -> Assistant:
    """An assistant for one knowledge."""
    return Assistant(knowledge, Understanding(knowledge, matcher), store, language, notice)


def telegram_notice(settings: Settings, controller: ControllerSettings) -> Notice:
    """The privacy notice of a bot on Telegram, from what is set."""
    responsible = Controller(
        name=controller.name,
        contact=controller.contact,
        address=controller.address,
        officer=controller.officer,
        processors=controller.processors,
        is_public_body=controller.is_public_body,
    )
    return Notice(
        responsible,
        STORED,
        settings.session_lifetime,
        settings.donation_lifetime,
        "telegram",
        settings.backup_lifetime,
    )


def _terminal_notice(settings: Settings) -> Notice:
    # Nothing waits in an inbox or outbox: the person sits before the process. Without a store nothing outlives it.
    stored = ("sessions", "votes", "donations") if settings.is_store_set else ()
    return Notice(Controller(), stored, settings.session_lifetime, settings.donation_lifetime)


async def chat(knowledge: Knowledge, matcher: Matcher, settings: Settings, language: Language | None) -> None:
    """Talk in the terminal. Without BOT_STORE nothing is kept; with it the same conversation goes on next time, in the
    language that is asked for, if any is."""
    address = settings.store if settings.is_store_set else StoreAddress()
    conversation = "console" if settings.is_store_set else f"console:{uuid4()}"
    async with open_store(settings, address) as store:
        spoken = language or settings.language
        assistant = build(knowledge, matcher, store, spoken, _terminal_notice(settings))
        if language is not None:
            begun = Incoming(Conversation(conversation), Commanded(_NAMES[language]), datetime.now(UTC))
            await assistant.answer(begun)
        texts = knowledge.texts
        # Ctrl-C at the prompt interrupts the reading itself; asyncio's own handler would wait for the line's end.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        console = Console(assistant.answer, sys.stdin, sys.stdout, lambda told, key: texts[told][key], spoken)
        await console.run(conversation)
