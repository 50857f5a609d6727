"""What Telegram knows of one bot: chats, messages, updates, taps, the profile.

Owns the data and its lock; whoever reads or writes it from another thread holds `changed`. Refuses HTTP.
"""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.bot_api.entities import Entity, covered
from tests.bot_api.faults import Fault, Order
from tests.bot_api.keyboards import Keyboard

Json = dict[str, Any]


@dataclass
class Sent:
    """A message of the bot as people see it."""

    chat: int
    message_id: int
    text: str
    entities: list[Entity]
    keyboard: Keyboard
    parse_mode: str | None
    has_preview: bool
    topic: int | None = None
    is_deleted: bool = False

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


@dataclass(frozen=True)
class Call:
    """One call of the bot, in the order of arrival."""

    method: str
    parameters: Json

    @property
    def chat(self) -> int | None:
        """The chat it is about, if any."""
        value = str(self.parameters.get("chat_id", ""))
        return int(value) if value.lstrip("-").isdigit() else None


@dataclass
class State:
    """Everything of one bot. `on_update` wakes a waiting getUpdates."""

    token: str
    username: str = "hofbot"
    bot_id: int = 4242
    on_update: Callable[[], None] = lambda: None
    changed: threading.Condition = field(default_factory=threading.Condition)
    calls: list[Call] = field(default_factory=list)
    faults: list[Order] = field(default_factory=list)
    chats: dict[int, Json] = field(default_factory=dict)
    blockers: set[int] = field(default_factory=set)
    sent: list[Sent] = field(default_factory=list)
    updates: list[Json] = field(default_factory=list)
    allowed_updates: tuple[str, ...] = ()
    taps: set[str] = field(default_factory=set)
    answered_taps: set[str] = field(default_factory=set)
    profile: dict[tuple[str, str], Any] = field(default_factory=dict)
    webhook_url: str = ""
    _message_ids: Iterator[int] = field(default_factory=lambda: count(1))
    _update_ids: Iterator[int] = field(default_factory=lambda: count(100_001))

    @property
    def me(self) -> Json:
        """The bot as a user."""
        return {"id": self.bot_id, "is_bot": True, "first_name": "Hofbot", "username": self.username}

    def next_message_id(self) -> int:
        """An id for a message of a person or the bot."""
        return next(self._message_ids)

    def add_update(self, kind: str, content: Json) -> None:
        """Something happened; the bot hears of it if it wants this kind."""
        with self.changed:
            if not self.allowed_updates or kind in self.allowed_updates:
                self.updates.append({"update_id": next(self._update_ids), kind: content})
            self.changed.notify_all()
        self.on_update()

    def fault_for(self, method: str, chat: int | None) -> Fault | None:
        """The fault ordered for this call, if any."""
        return next((order.fault for order in self.faults if order.takes(method, chat)), None)

    def find(self, chat: int, message_id: int) -> Sent | None:
        """A message of the bot that is still there."""
        return next(
            (sent for sent in self.sent if (sent.chat, sent.message_id) == (chat, message_id) and not sent.is_deleted),
            None,
        )

    def message_json(self, sent: Sent) -> Json:
        """A message of the bot as the API gives it."""
        message: Json = {
            "message_id": sent.message_id,
            "date": int(time.time()),
            "chat": self.chats[sent.chat],
            "from": self.me,
            "text": sent.text,
            "entities": sent.entities,
        }
        if sent.keyboard:
            message["reply_markup"] = {"inline_keyboard": sent.keyboard}
        if sent.topic:
            message |= {"message_thread_id": sent.topic, "is_topic_message": True}
        return message
