"""The whole bot with the small knowledge, running against the server."""

from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from typing import Any

from bot.assistant import Assistant
from bot.cli.telegram import profile
from bot.dialogue.scene import Controller, Notice
from bot.knowledge.model import Knowledge
from bot.sessions.store import STORED, Retention
from bot.understanding import Understanding
from tests.bot_api import BotApiServer
from tests.bot_api.fixtures import Setup, running
from tests.channels.telegram.stores import UnsteadyStore

PRICE = "Was kostet der Eintritt ins Freibad?"
DOGS = "Darf mein Hund mit ins Freibad?"
NONSENSE = "Wie backe ich Brot?"
CONTROLLER = Controller("Freibad Musterstadt", "post@pool.example", officer="schutz@pool.example")
NOTICE = Notice(CONTROLLER, STORED, timedelta(hours=30), timedelta(days=45), "telegram")


class Pool:
    """The bot and what stands behind it."""

    def __init__(self, bot_api: BotApiServer, knowledge: Knowledge, understanding: Understanding) -> None:
        self.store = UnsteadyStore(Retention(NOTICE.sessions, NOTICE.donations))
        self.assistant = Assistant(knowledge, understanding, self.store, "de", NOTICE)
        self.knowledge = knowledge
        self.texts = knowledge.texts["de"]
        self._bot_api = bot_api

    def running(self, **how: Any) -> AbstractAsyncContextManager[Any]:
        """The bot at work; `how` as in Setup."""
        setup = Setup(profile=profile(self.knowledge, "de"), store=self.store, **how)
        return running(self._bot_api, self.assistant, setup)

    async def sessions(self) -> int:
        """How many dialogues are stored."""
        return await self.store.count("sessions")
