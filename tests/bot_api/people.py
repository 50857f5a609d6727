"""Users and groups as tests drive them: they say, tap, send, block, and hear the bot.

Owns what their actions look like as updates. Refuses to know HTTP: they act on the state.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Any

from tests.bot_api.entities import utf16_units
from tests.bot_api.state import Json, Sent, State
from tests.bot_api.waiting import until, wait_until

_FILE = {"file_id": "f", "file_unique_id": "u"}

#: What people send besides text, and what Telegram itself writes into a chat.
CONTENT: dict[str, Any] = {
    "photo": [{**_FILE, "width": 90, "height": 60}],
    "voice": {**_FILE, "duration": 3},
    "audio": {**_FILE, "duration": 3},
    "video": {**_FILE, "width": 90, "height": 60, "duration": 3},
    "video_note": {**_FILE, "length": 240, "duration": 3},
    "animation": {**_FILE, "width": 90, "height": 60, "duration": 3},
    "document": {**_FILE, "file_name": "vertrag.pdf"},
    "sticker": {
        **_FILE,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
    "location": {"longitude": 10.0, "latitude": 51.0},
    "contact": {"phone_number": "+490000", "first_name": "Kim"},
    "dice": {"emoji": "🎲", "value": 3},
    "poll": {
        "id": "1",
        "question": "Hof?",
        "options": [{"persistent_id": "a", "text": "ja", "voter_count": 0}],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": False,
        "members_only": False,
    },
    "new_chat_members": [{"id": 77, "is_bot": False, "first_name": "Kim"}],
    "left_chat_member": {"id": 77, "is_bot": False, "first_name": "Kim"},
    "new_chat_title": "Hof",
    "pinned_message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}},
    "message_auto_delete_timer_changed": {"message_auto_delete_time": 86400},
}

#: The names in CONTENT that nobody has sent: Telegram tells what has happened in the chat.
SERVICE = frozenset(
    ["new_chat_members", "left_chat_member", "new_chat_title", "pinned_message", "message_auto_delete_timer_changed"]
)

_query_ids = count(1)


@dataclass
class User:
    """A person in one chat with the bot: their own, or a group (see `at`)."""

    state: State
    id: int
    language: str | None
    chat: int
    _heard: list[int] = field(default_factory=lambda: [0])

    def at(self, group: int) -> "User":
        """The same person in a group."""
        return replace(self, chat=group, _heard=[len(self._all(group))])

    @property
    def messages(self) -> list[Sent]:
        """Everything the bot has written in this chat."""
        with self.state.changed:
            return self._all(self.chat)

    @property
    def last(self) -> Sent:
        """The bot's latest message in this chat."""
        return self.messages[-1]

    def says(self, text: str, *, reply_to: Sent | None = None, topic: int | None = None) -> int:
        """Write a text; its message id."""
        content: Json = {"text": text, "entities": _command_entities(text)}
        if reply_to:
            content["reply_to_message"] = self.state.message_json(reply_to)
        if topic:
            content |= {"message_thread_id": topic, "is_topic_message": True}
        return self._write("message", content)

    def sends(self, kind: str, *, caption: str | None = None, reply_to: Sent | None = None) -> int:
        """Send something else than text, by its name in CONTENT."""
        content: Json = {kind: CONTENT[kind]}
        if caption is not None:
            content["caption"] = caption
        if reply_to:
            content["reply_to_message"] = self.state.message_json(reply_to)
        return self._write("message", content)

    def edits(self, message_id: int, text: str) -> None:
        """Change an own message afterwards."""
        self._write("edited_message", {"text": text, "message_id": message_id, "edit_date": int(time.time())})

    def taps(self, label: str, *, on: Sent | None = None) -> str:
        """Press the latest button with this label, marked or not; the id of the tap."""
        for sent in [on] if on else reversed(self.messages):
            for button in (button for row in sent.keyboard for button in row):
                if button["text"].removeprefix("✓ ") == label.removeprefix("✓ "):
                    return self.taps_code(button.get("callback_data"), on=sent)
        raise LookupError(f"no button {label!r}; there are {[sent.buttons for sent in self.messages]}")

    def taps_code(
        self, code: str | None, *, on: Sent | None = None, is_expired: bool = False, is_inaccessible: bool = False
    ) -> str:
        """Send a tap with any code, as a forged or an old client can; no code at all for None."""
        query = f"{next(_query_ids)}"
        content: Json = {"id": query, "from": self._json(), "chat_instance": "1"}
        content |= {"data": code} if code is not None else {"game_short_name": "game"}
        if is_inaccessible:
            content["message"] = {"message_id": 1, "date": 0, "chat": self.state.chats[self.chat]}
        elif on:
            content["message"] = self.state.message_json(on)
        with self.state.changed:
            if not is_expired:
                self.state.taps.add(query)
        self.state.add_update("callback_query", content)
        return query

    def blocks_bot(self) -> None:
        """From now on the bot gets 403 in this chat."""
        with self.state.changed:
            self.state.blockers.add(self.chat)

    def deletes(self, sent: Sent) -> None:
        """Delete a message of the bot for both."""
        with self.state.changed:
            sent.is_deleted = True

    async def hears(self, amount: int = 1) -> list[Sent]:
        """The next so many messages of the bot, in order; waits for them."""
        await until(self.state, lambda: len(self._all(self.chat)) >= self._heard[0] + amount, f"{amount} messages")
        return self._take(amount)

    def waits_for(self, amount: int = 1) -> list[Sent]:
        """As `hears`, for a test without an event loop."""
        wait_until(self.state, lambda: len(self._all(self.chat)) >= self._heard[0] + amount, f"{amount} messages")
        return self._take(amount)

    async def asks(self, text: str) -> Sent:
        """Write a text and hear the one message that answers it."""
        self.says(text)
        return (await self.hears())[0]

    async def presses(self, label: str) -> Sent:
        """Press a button and hear the one message that answers it."""
        self.taps(label)
        return (await self.hears())[0]

    def _take(self, amount: int) -> list[Sent]:
        start = self._heard[0]
        self._heard[0] += amount
        return self.messages[start : start + amount]

    def _all(self, chat: int) -> list[Sent]:
        return [sent for sent in self.state.sent if sent.chat == chat]

    def _write(self, kind: str, content: Json) -> int:
        message: Json = {
            "message_id": self.state.next_message_id(),
            "date": int(time.time()),
            "chat": self.state.chats[self.chat],
            "from": self._json(),
            **content,
        }
        self.state.add_update(kind, message)
        message_id: int = message["message_id"]
        return message_id

    def _json(self) -> Json:
        person: Json = {"id": self.id, "is_bot": False, "first_name": f"Person {self.id}"}
        return person | ({"language_code": self.language} if self.language else {})


def _command_entities(text: str) -> Sequence[Json]:
    if not text.startswith("/"):
        return []
    return [{"type": "bot_command", "offset": 0, "length": utf16_units(text.split(maxsplit=1)[0])}]
