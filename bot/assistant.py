"""One turn: open the session, understand, step, respond, save. The only place where time and a store meet the core."""

from dataclasses import replace

from bot.dialogue.events import Reset
from bot.dialogue.respond import respond
from bot.dialogue.session import Session, reconcile
from bot.dialogue.states import step
from bot.knowledge.model import Knowledge
from bot.messages import Incoming, Language, Reply
from bot.sessions.store import SessionStore
from bot.understanding import Understanding


class Assistant:
    """Answers incoming messages of any channel from one knowledge."""

    def __init__(
        self, knowledge: Knowledge, understanding: Understanding, store: SessionStore, language: Language
    ) -> None:
        self._knowledge = knowledge
        self._understanding = understanding
        self._store = store
        self._language = language

    async def answer(self, incoming: Incoming) -> tuple[Reply, ...]:
        """The replies to one message. The session is saved before they are handed out."""
        async with self._store.turn(incoming.conversation, incoming.at) as turn:
            # What an earlier knowledge left behind is dropped before anything reads it.
            session = reconcile(turn.session or Session(incoming.language or self._language), self._knowledge)
            meaning = self._understanding.of(session, incoming.content)
            stepped = step(replace(session, language=meaning.language), meaning.event, self._knowledge)
            replies = respond(stepped.session.language, stepped.acts, self._knowledge, incoming.at.date())
            if isinstance(meaning.event, Reset):
                turn.forget()
            else:
                turn.keep(stepped.session)
        return replies
