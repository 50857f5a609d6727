"""A dialogue on the small knowledge: say events, look at the session and the replies."""

from datetime import date

import pytest

from bot.dialogue import codes
from bot.dialogue.acts import Act
from bot.dialogue.events import Event
from bot.dialogue.respond import respond
from bot.dialogue.scene import Scene
from bot.dialogue.session import Session
from bot.dialogue.states import step
from bot.knowledge.model import Knowledge
from bot.messages import Reply

TODAY = date(2026, 2, 1)


class Talk:
    """One dialogue, turn by turn."""

    def __init__(self, knowledge: Knowledge, scene: Scene | None = None) -> None:
        self.knowledge = knowledge
        self.scene = scene
        self.acts: tuple[Act, ...] = ()
        self.session = Session("de")
        self.replies: tuple[Reply, ...] = ()

    def __call__(self, event: Event) -> "Talk":
        stepped = step(self.session, event, self.knowledge)
        self.session = stepped.session
        self.acts = stepped.acts
        self.replies = respond(stepped.session.language, stepped.acts, self.knowledge, TODAY, self.scene)
        return self

    def press(self, label: str) -> "Talk":
        """Press a button of the last replies."""
        event, _ = codes.read(self.code(label), self.knowledge)
        return self(event)

    def words(self, key: str, **values: object) -> str:
        """What the bot says itself under a key, in the language of the dialogue."""
        return self.knowledge.texts[self.session.language][key].format(**values)

    @property
    def text(self) -> str:
        lines = [line.text for reply in self.replies for block in reply.blocks for line in block.lines]
        titles = [block.title for reply in self.replies for block in reply.blocks if block.title]
        return "\n".join([*lines, *titles])

    @property
    def labels(self) -> list[str]:
        return [choice.label for reply in self.replies for choice in reply.choices]

    def code(self, label: str) -> str:
        return next(c.code for reply in self.replies for c in reply.choices if c.label == label)


@pytest.fixture
def talk(small: Knowledge) -> Talk:
    return Talk(small)


@pytest.fixture
def grown_talk(grown: Knowledge) -> Talk:
    return Talk(grown)
