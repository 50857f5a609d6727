"""What Telegram knows of one bot: chats, messages, updates, taps, the profile.

Owns the data and its lock; whoever reads or writes it from another thread holds `changed`. Everything that a call
needs is found by chat and id, never by a search: the server also measures bots. Refuses HTTP.
"""

import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Literal

from tests.bot_api.content import SERVICE
from tests.bot_api.faults import Fault, Order
from tests.bot_api.inline_results import InlineAnswer
from tests.bot_api.limits import Limit
from tests.bot_api.sent import Call, Delivery, Json, Said, Sent

__all__ = ["Call", "Delivery", "Json", "Said", "Sent", "State", "Webhook"]

Place = tuple[int, int]
OnCall = Callable[[Call, Literal["before", "after"]], None]


@dataclass
class Webhook:
    """How updates are handed to the bot; a new one whenever the bot sets another."""

    secret: str = ""
    max_connections: int = 40
    last_error_message: str = ""
    last_error_date: int = 0


@dataclass
class State:
    """Everything of one bot.

    `on_update` wakes a waiting getUpdates and the deliveries. `on_call` is called in the server's thread before a
    method is executed, and after it but before its answer leaves: the server stands still until it returns.
    """

    token: str
    username: str = "hofbot"
    bot_id: int = 4242
    #: As the self-hosted server with --local: webhooks without TLS, on any port and address.
    is_local: bool = False
    on_update: Callable[[], None] = lambda: None
    on_call: OnCall | None = None
    changed: threading.Condition = field(default_factory=threading.Condition)
    calls: deque[Call] = field(default_factory=deque)
    deliveries: deque[Delivery] = field(default_factory=deque)
    faults: list[Order] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)
    chats: dict[int, Json] = field(default_factory=dict)
    blockers: set[int] = field(default_factory=set)
    #: Groups without the bot: whether it has left or was thrown out.
    absences: dict[int, Literal["left", "kicked"]] = field(default_factory=dict)
    sent: list[Sent] = field(default_factory=list)
    sent_in: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))
    said: dict[Place, Said] = field(default_factory=dict)
    updates: list[Json] = field(default_factory=list)
    update_counts: Counter[int] = field(default_factory=Counter)
    allowed_updates: tuple[str, ...] = ()
    taps: set[str] = field(default_factory=set)
    answered_taps: set[str] = field(default_factory=set)
    tap_answers: dict[str, Json] = field(default_factory=dict)
    inline_queries: dict[str, Json] = field(default_factory=dict)
    inline_answers: dict[str, InlineAnswer] = field(default_factory=dict)
    profile: dict[tuple[str, str], Any] = field(default_factory=dict)
    webhook_url: str = ""
    webhook: Webhook = field(default_factory=Webhook)
    #: In place of the registered URL, in turn.
    addresses: list[str] = field(default_factory=list)
    _sent_by_place: dict[Place, Sent] = field(default_factory=dict)
    _unanswered: dict[int, deque[Said]] = field(default_factory=lambda: defaultdict(deque))
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
                self.update_counts[_chat_of(content)] += 1
            self.changed.notify_all()
        self.on_update()

    def hear(self, message: Json) -> None:
        """A person has sent this message."""
        with self.changed:
            said = Said(message, time.monotonic())
            chat = message["chat"]["id"]
            self.said[chat, message["message_id"]] = said
            if SERVICE.isdisjoint(message):
                self._unanswered[chat].append(said)
            self.add_update("message", message)

    def keep(self, sent: Sent) -> None:
        """The bot has sent this message; it answers what it replies to, or else what has waited longest here."""
        sent.date, sent.sent_at = int(time.time()), time.monotonic()
        self.sent.append(sent)
        self.sent_in[sent.chat].append(sent)
        self._sent_by_place[sent.chat, sent.message_id] = sent
        if said := self._answered_by(sent):
            said.answered_at = said.answered_at or sent.sent_at

    def fault_for(self, method: str, chat: int | None) -> Fault | None:
        """The fault ordered for this call, if any."""
        return next((order.fault for order in self.faults if order.takes(method, chat)), None)

    def find(self, chat: int, message_id: int) -> Sent | None:
        """A message of the bot that is still there."""
        sent = self._sent_by_place.get((chat, message_id))
        return None if sent is None or sent.is_deleted else sent

    def message_json(self, sent: Sent, *, is_nested: bool = False) -> Json:
        """A message of the bot as the API gives it; a nested one tells not what it replies to."""
        message: Json = {
            "message_id": sent.message_id,
            "date": sent.date,
            "chat": self.chats[sent.chat],
            "from": self.me,
            **_content(sent),
        }
        if sent.edit_date:
            message["edit_date"] = sent.edit_date
        if sent.keyboard:
            message["reply_markup"] = {"inline_keyboard": sent.keyboard}
        if sent.topic:
            message |= self.topic_json(sent.chat, sent.topic, is_nested=is_nested)
        if sent.reply_to and not is_nested and (original := self.replied(sent.chat, sent.reply_to)):
            message["reply_to_message"] = original
        return message

    def topic_json(self, chat: int, topic: int, *, is_nested: bool = False) -> Json:
        """What tells the topic of a message: without a reply it refers to the message that opened the topic."""
        told: Json = {"message_thread_id": topic, "is_topic_message": True}
        root = None if is_nested else self.replied(chat, topic)
        return told | ({"reply_to_message": root} if root else {})

    def replied(self, chat: int, message_id: int) -> Json | None:
        """The message that is replied to, as it stands in the reply; None if it is gone."""
        if sent := self.find(chat, message_id):
            return self.message_json(sent, is_nested=True)
        said = self.said.get((chat, message_id))
        return {name: part for name, part in said.message.items() if name != "reply_to_message"} if said else None

    def forget(self) -> None:
        """Nothing has been said or called yet; chats, profile and webhook stay as they are."""
        with self.changed:
            for seen in (self.calls, self.deliveries, self.faults, self.sent, self.updates):
                seen.clear()
            for known in (self.sent_in, self.said, self.update_counts, self.tap_answers, self.inline_queries):
                known.clear()
            for rest in (self.taps, self.answered_taps, self.inline_answers, self._sent_by_place, self._unanswered):
                rest.clear()

    def _answered_by(self, sent: Sent) -> Said | None:
        if sent.reply_to:
            return self.said.get((sent.chat, sent.reply_to))
        waiting = self._unanswered[sent.chat]
        while waiting:
            said = waiting.popleft()
            if said.answered_at is None:
                return said
        return None


def _content(sent: Sent) -> Json:
    if not sent.document:
        return {"text": sent.text, "entities": sent.entities}
    name, content = sent.document
    file_id = f"{sent.chat}-{sent.message_id}"
    file = {"file_name": name, "mime_type": sent.mime_type, "file_id": f"doc{file_id}", "file_unique_id": f"u{file_id}"}
    captioned = {"caption": sent.text, "caption_entities": sent.entities} if sent.text else {}
    return {"document": {**file, "file_size": len(content)}, **captioned}


def _chat_of(content: Json) -> int:
    chat: Json = content.get("message", content).get("chat") or content.get("from") or {}
    return int(chat.get("id", 0))
