"""Whole conversations with the real knowledge, as files: what a person says, and what must and must not come back.

Each file is a list of conversations; each turn has `says` (a text), `presses` (a button's label) or `command`, and what
is expected of it: `entry`, `state`, `asks` (the open fact), `facts` (told), `supposed` (only supposed), `tells` and
`never_tells` (parts of the replies), `offers` (labels of buttons).
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.assistant import Assistant
from bot.channels.console import render_text
from bot.dialogue.scene import Controller, Notice
from bot.dialogue.session import Session
from bot.knowledge.model import Knowledge
from bot.messages import COMMANDS, Commanded, Content, Conversation, Incoming, Reply, Said, Tapped
from bot.sessions.memory import MemoryStore
from bot.sessions.store import STORED, Retention
from bot.understanding import Understanding

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FILES = sorted(Path(__file__).parent.glob("*.yaml"))
CONVERSATIONS = {
    f"{file.stem}: {each['name']}": each["turns"]
    for file in FILES
    for each in yaml.safe_load(file.read_text(encoding="utf-8"))
}


SOMEBODY = Conversation("test")
NOTICE = Notice(Controller("Stadt Musterhausen", "post@musterhausen.example"), STORED, channel="telegram")


class Talk:
    """One person talking to the bot."""

    def __init__(self, knowledge: Knowledge, understanding: Understanding, store: MemoryStore) -> None:
        self._store = store
        self._assistant = Assistant(knowledge, understanding, store, "de", NOTICE)
        self._buttons: dict[str, Tapped] = {}
        self.replies: tuple[Reply, ...] = ()

    async def turn(self, turn: dict[str, Any]) -> None:
        self.replies = await self._assistant.answer(Incoming(SOMEBODY, self._content(turn), NOW))
        # A button comes back with the message that its own one answers, and with what that one quotes.
        for reply in self.replies:
            quoted = "\n".join(line.text for block in reply.blocks if block.kind == "quote" for line in block.lines)
            for choice in reply.choices:
                self._buttons[choice.label] = Tapped(choice.code, turn.get("says", ""), quoted)

    def _content(self, turn: dict[str, Any]) -> Content:
        if "presses" in turn:
            return self._buttons[turn["presses"]]
        if "command" in turn:
            return Commanded(COMMANDS[turn["command"]])
        return Said(turn["says"])

    @property
    def labels(self) -> list[str]:
        return [choice.label for reply in self.replies for choice in reply.choices]

    async def session(self) -> Session:
        async with self._store.turn(SOMEBODY, NOW) as turn:
            return turn.session or Session("de")


SAYINGS = {"says", "presses", "command"}
EXPECTATIONS = {"entry", "state", "asks", "facts", "supposed", "tells", "never_tells", "offers"}


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_every_turn_says_one_thing_and_expects_something(name: str) -> None:
    for turn in CONVERSATIONS[name]:
        assert len(SAYINGS & turn.keys()) == 1, turn
        assert EXPECTATIONS & turn.keys(), turn
        assert turn.keys() <= SAYINGS | EXPECTATIONS, turn


@pytest.fixture
async def talk(real: Knowledge, real_understanding: Understanding) -> AsyncIterator[Talk]:
    store = MemoryStore(Retention(timedelta(hours=24)))
    yield Talk(real, real_understanding, store)
    await store.close()


@pytest.mark.parametrize("name", CONVERSATIONS)
async def test_conversation(name: str, talk: Talk) -> None:
    for number, turn in enumerate(CONVERSATIONS[name], 1):
        await talk.turn(turn)
        where = f"turn {number}: {turn}"
        # As one line, so that expectations need not know where lines are wrapped.
        text = " ".join(render_text(talk.replies).split())
        session = await talk.session()
        assert turn.get("entry", session.entry) == session.entry, where
        assert turn.get("state", session.state) == session.state, where
        assert turn.get("asks", session.pending) == session.pending, where
        assert turn.get("facts", {}).items() <= session.facts.items(), where
        assert turn.get("supposed", {}).items() <= session.supposed.items(), where
        assert all(part in text for part in turn.get("tells", ())), f"{where}\n{text}"
        assert not any(part in text for part in turn.get("never_tells", ())), f"{where}\n{text}"
        assert all(label in talk.labels for label in turn.get("offers", ())), f"{where}\n{talk.labels}"


def test_there_are_conversations() -> None:
    assert len(CONVERSATIONS) >= 30
