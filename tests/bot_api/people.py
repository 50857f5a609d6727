"""Users and groups as tests drive them: they say, tap, send, block, and hear the bot.

Owns what their actions look like as updates. Refuses to know HTTP: they act on the state.
"""

import time
from collections.abc import Iterable
from itertools import count

from tests.bot_api import marks
from tests.bot_api.content import CONTENT, SERVICE
from tests.bot_api.entities import Entity
from tests.bot_api.inline_results import START_PARAMETER
from tests.bot_api.membership import Host
from tests.bot_api.searching import Searcher
from tests.bot_api.state import Json, Sent
from tests.bot_api.waiting import until, wait_until

__all__ = ["CONTENT", "SERVICE", "User"]

_query_ids = count(1)


class User(Host, Searcher):
    """A person in one chat with the bot: their own, or a group (see `at`)."""

    @property
    def messages(self) -> list[Sent]:
        """Everything the bot has written in this chat."""
        with self.state.changed:
            return list(self._all(self.chat))

    @property
    def last(self) -> Sent:
        """The bot's latest message in this chat."""
        return self.messages[-1]

    def says(
        self,
        text: str,
        *,
        reply_to: Sent | int | None = None,
        topic: int | None = None,
        entities: list[Entity] | None = None,
        more: Json | None = None,
    ) -> int:
        """Write a text; its message id. `more`: further fields, such as `via_bot`."""
        content: Json = {"text": text, "entities": marks.found(text) if entities is None else entities}
        if topic:
            content |= self.state.topic_json(self.chat, topic)
        return self.write({**content, **self._reply(reply_to), **(more or {})})

    def says_all(self, texts: Iterable[str]) -> list[int]:
        """Write one text after the other, faster than the bot can see the first; their message ids."""
        with self.state.changed:
            return [self.says(text) for text in texts]

    def opens_link(self, start_parameter: str = "") -> int:
        """Follow t.me/bot?start=… and press Start; only what Telegram lets into such a link."""
        if start_parameter and not START_PARAMETER.fullmatch(start_parameter):
            raise ValueError(f"Telegram opens no link with {start_parameter!r}: 1-64 of A-Z a-z 0-9 _ -")
        return self.says(f"/start {start_parameter}".strip())

    def opens_topic(self, name: str = "Hof") -> int:
        """Open a topic in a forum, or in the own chat with a bot that has topics; its number."""
        with self.state.changed:
            topic = self.write({"forum_topic_created": {"name": name, "icon_color": 7322096}})
            opened = {"message_thread_id": topic, "is_topic_message": True}
            self.state.said[self.chat, topic].message.update(opened)
        return topic

    def forwards(self, text: str, *, origin: Json | None = None) -> int:
        """Pass a text on; from a person called Kim, unless told."""
        kim = {"type": "user", "sender_user": {"id": 77, "is_bot": False, "first_name": "Kim"}}
        return self.says(text, more={"forward_origin": {"date": int(time.time()), **(origin or kim)}})

    def sends(self, kind: str, *, caption: str | None = None, reply_to: Sent | int | None = None) -> int:
        """Send something else than text, by its name in CONTENT."""
        content: Json = {kind: CONTENT[kind]}
        if caption is not None:
            content |= {"caption": caption, "caption_entities": marks.found(caption)}
        return self.write({**content, **self._reply(reply_to)})

    def edits(self, message_id: int, text: str) -> None:
        """Change an own message afterwards."""
        self.rewrite(message_id, {"text": text, "entities": marks.found(text)})

    def shares_location(self, *, live_seconds: int | None = None) -> int:
        """Send a place; with a time, one that moves."""
        live = {"live_period": live_seconds} if live_seconds else {}
        return self.write({"location": {**CONTENT["location"], **live}})

    def moves(self, message_id: int, latitude: float, longitude: float) -> None:
        """The app edits the shared place by itself."""
        location = self.state.said[self.chat, message_id].message["location"]
        self.rewrite(message_id, {"location": {**location, "latitude": latitude, "longitude": longitude}})

    def deletes_own(self, message_id: int) -> None:
        """Delete an own message for both; the bot is not told."""
        with self.state.changed:
            del self.state.said[self.chat, message_id]

    def deletes(self, sent: Sent) -> None:
        """Delete a message of the bot for both."""
        with self.state.changed:
            sent.is_deleted = True

    def taps(self, label: str, *, on: Sent | None = None) -> str:
        """Press the latest button with this label, marked or not; the id of the tap."""
        sent, button = self._button(label, on)
        if "callback_data" not in button:
            raise ValueError(f"of {button} the bot is not told")
        return self.taps_code(button["callback_data"], on=sent)

    def copies(self, label: str, *, on: Sent | None = None) -> str:
        """Press a button that puts a text on the clipboard: that text. The bot is not told."""
        _, button = self._button(label, on)
        text: str = button["copy_text"]["text"]
        return text

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

    async def changes(self, label: str, *, on: Sent | None = None) -> Sent:
        """Press a button and see its own message change."""
        sent, _ = self._button(label, on)
        before = sent.changes
        self.taps(label, on=sent)
        await until(self.state, lambda: sent.changes > before, f"a change of the message with {label!r}")
        return sent

    def _button(self, label: str, on: Sent | None) -> tuple[Sent, Json]:
        for sent in [on] if on else reversed(self.messages):
            for button in (button for row in sent.keyboard for button in row):
                if button["text"].removeprefix("✓ ") == label.removeprefix("✓ "):
                    return sent, button
        raise LookupError(f"no button {label!r}; there are {[sent.buttons for sent in self.messages]}")

    def _take(self, amount: int) -> list[Sent]:
        start = self._heard[0]
        self._heard[0] += amount
        return self.messages[start : start + amount]

    def _reply(self, reply_to: Sent | int | None) -> Json:
        if reply_to is None:
            return {}
        with self.state.changed:
            number = reply_to.message_id if isinstance(reply_to, Sent) else reply_to
            original = self.state.replied(self.chat, number)
        return {"reply_to_message": original} if original else {}
