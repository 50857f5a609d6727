"""Somebody in a chat with the bot, as Telegram describes them and their messages.

Owns the shape of a message. Refuses to say anything: that is `people`.
"""

import time
from dataclasses import dataclass, field, replace
from typing import Self

from tests.bot_api.state import Json, Sent, State


@dataclass
class Person:
    """A person in one chat with the bot: their own, or a group (see `at`)."""

    state: State
    id: int
    language: str | None
    chat: int
    _heard: list[int] = field(default_factory=lambda: [0])

    def at(self, group: int) -> Self:
        """The same person in a group."""
        return replace(self, chat=group, _heard=[len(self._all(group))])

    def write(self, content: Json) -> int:
        """Put a message of any content into the chat; its id."""
        message: Json = {
            "message_id": self.state.next_message_id(),
            "date": int(time.time()),
            "chat": self.state.chats[self.chat],
            "from": self._json(),
            **content,
        }
        self.state.hear(message)
        message_id: int = message["message_id"]
        return message_id

    def rewrite(self, message_id: int, content: Json) -> None:
        """Change an own message afterwards; date and the rest stay."""
        with self.state.changed:
            said = self.state.said[self.chat, message_id]
            # A new one: updates that still wait tell the message as it was.
            said.message = {**said.message, **content, "edit_date": int(time.time())}
            self.state.add_update("edited_message", said.message)

    def _all(self, chat: int) -> list[Sent]:
        return self.state.sent_in[chat]

    def _json(self) -> Json:
        person: Json = {"id": self.id, "is_bot": False, "first_name": f"Person {self.id}"}
        return person | ({"language_code": self.language} if self.language else {})
