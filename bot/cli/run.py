"""An assistant with its store, and what it states about privacy on Telegram."""

from bot.assistant import Assistant
from bot.dialogue.scene import Controller, Notice
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Language
from bot.sessions.store import STORED, Store
from bot.settings import ControllerSettings, Settings
from bot.understanding import Understanding


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
    return Notice(responsible, STORED, settings.session_lifetime, settings.donation_lifetime, "telegram")
