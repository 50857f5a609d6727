"""What passes between people and the bot: messages both ways, the bot's calls, the deliveries to it.

Owns their shape, and what a test can read off them. Refuses to change anything.
"""

from dataclasses import dataclass, field
from typing import Any

from tests.bot_api.entities import Entity, covered
from tests.bot_api.keyboards import Keyboard

Json = dict[str, Any]


@dataclass
class Sent:
    """A message of the bot as people see it; of a document, `text` is the caption."""

    chat: int
    message_id: int
    text: str
    entities: list[Entity]
    keyboard: Keyboard
    parse_mode: str | None
    has_preview: bool
    topic: int | None = None
    is_deleted: bool = False
    reply_to: int | None = None
    document: tuple[str, bytes] | None = None
    mime_type: str = ""
    date: int = 0
    edit_date: int | None = None
    #: What it said before its text was changed.
    earlier: list[str] = field(default_factory=list)
    #: By the server's monotonic clock.
    sent_at: float = 0
    #: The answer with its id has left for the bot; never if the bot was gone by then. Wait for it: the bot can have the
    #: answer a moment before the server notes so.
    is_acknowledged: bool = False

    @property
    def changes(self) -> int:
        """How often its text was changed."""
        return len(self.earlier)

    @property
    def caption(self) -> str:
        """What stands under the document."""
        return self.text if self.document else ""

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons, row by row."""
        return [button["text"] for row in self.keyboard for button in row]

    @property
    def rows(self) -> list[list[str]]:
        """The labels as they are arranged."""
        return [[button["text"] for button in row] for row in self.keyboard]

    @property
    def links(self) -> list[tuple[str, str]]:
        """(text, address) of each link."""
        return [(covered(self.text, link), link["url"]) for link in self.entities if link["type"] == "text_link"]

    def styled(self, kind: str) -> list[str]:
        """The stretches of text in this style: bold, italic, blockquote …"""
        return [covered(self.text, entity) for entity in self.entities if entity["type"] == kind]


@dataclass
class Said:
    """A person's message as it is now, and when it was said and answered by the server's monotonic clock."""

    message: Json
    said_at: float
    answered_at: float | None = None


@dataclass(eq=False)
class Call:
    """One call of the bot, in the order of arrival."""

    method: str
    parameters: Json = field(repr=False)
    #: The method has had its effect.
    is_executed: bool = False
    #: The answer has left for the bot.
    is_acknowledged: bool = False

    @property
    def chat(self) -> int | None:
        """The chat it is about, if any."""
        value = str(self.parameters.get("chat_id", ""))
        return int(value) if value.lstrip("-").isdigit() else None


@dataclass(frozen=True)
class Delivery:
    """One attempt to hand an update to the bot; `problem` is None if it was taken."""

    update_id: int
    url: str
    problem: str | None
