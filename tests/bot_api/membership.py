"""The bot comes, goes, is blocked: what Telegram tells it of its own standing in a chat.

Owns the old and the new standing as updates tell them.
"""

import time
from typing import Literal

from tests.bot_api.person import Person
from tests.bot_api.state import Json, State

Standing = Literal["member", "left", "kicked"]


def bot_changes(state: State, chat: int, by: Json, old: Standing, new: Standing) -> None:
    """Tell the bot that its standing has changed by this person's hand."""
    change = {"chat": state.chats[chat], "from": by, "date": int(time.time())}
    members = {"old_chat_member": _member(state, old), "new_chat_member": _member(state, new)}
    state.add_update("my_chat_member", {**change, **members})


def _member(state: State, standing: Standing) -> Json:
    member: Json = {"user": state.me, "status": standing}
    return {**member, "until_date": 0} if standing == "kicked" else member


class Host(Person):
    """A person who decides whether the bot is in a chat."""

    def blocks_bot(self) -> None:
        """From now on the bot gets 403 in this chat."""
        with self.state.changed:
            self.state.blockers.add(self.chat)
            bot_changes(self.state, self.chat, self._json(), "member", "kicked")

    def unblocks_bot(self) -> None:
        """The bot may write again."""
        with self.state.changed:
            self.state.blockers.discard(self.chat)
            bot_changes(self.state, self.chat, self._json(), "kicked", "member")

    def joins(self, group: int) -> None:
        """Bring the bot into a group."""
        with self.state.changed:
            old: Standing = self.state.absences.pop(group, "left")
            bot_changes(self.state, group, self._json(), old, "member")
            self.at(group).write({"new_chat_members": [self.state.me]})

    def removes_bot_from(self, group: int) -> None:
        """Throw the bot out of a group."""
        with self.state.changed:
            self.state.absences[group] = "kicked"
            bot_changes(self.state, group, self._json(), "member", "kicked")
