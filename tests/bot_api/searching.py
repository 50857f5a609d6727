"""A person who uses the bot from any chat: "@bot question", a list, one of its lines.

Owns the inline queries and choices as updates tell them.
"""

from itertools import count
from typing import Literal

from tests.bot_api.inline_results import InlineAnswer, InlineResult
from tests.bot_api.person import Person
from tests.bot_api.state import Json
from tests.bot_api.waiting import until, wait_until

MAX_QUERY = 256
ChatType = Literal["sender", "private", "group", "supergroup", "channel"]

_query_ids = count(1)


class Searcher(Person):
    """A person who asks inline."""

    def asks_inline(
        self, query: str, *, offset: str = "", chat_type: ChatType = "sender", is_expired: bool = False
    ) -> str:
        """Type this after the bot's name; the id of the query."""
        if len(query) > MAX_QUERY:
            raise ValueError(f"apps send at most {MAX_QUERY} characters")
        query_id = f"i{next(_query_ids)}"
        content = {"id": query_id, "from": self._json(), "query": query, "offset": offset, "chat_type": chat_type}
        with self.state.changed:
            if not is_expired:
                self.state.inline_queries[query_id] = content
        self.state.add_update("inline_query", content)
        return query_id

    async def inline_answer(self, query_id: str) -> InlineAnswer:
        """The list that the bot answers with; waits for it."""
        await until(self.state, lambda: query_id in self.state.inline_answers, "an inline answer")
        return self.state.inline_answers[query_id]

    def waits_for_inline_answer(self, query_id: str) -> InlineAnswer:
        """As `inline_answer`, for a test without an event loop."""
        wait_until(self.state, lambda: query_id in self.state.inline_answers, "an inline answer")
        return self.state.inline_answers[query_id]

    def chooses_inline(self, query_id: str, result_id: str, *, is_here: bool = False) -> InlineResult:
        """Send one line of the list; `is_here`: into this chat, where the bot sees the message too."""
        answer = self.state.inline_answers[query_id]
        result = next((line for line in answer.results if line.id == result_id), None)
        if result is None:
            raise LookupError(f"no result {result_id!r}; there are {[line.id for line in answer.results]}")
        if is_here:
            self.write(self._message(result))
        query = self.state.inline_queries[query_id]["query"]
        choice: Json = {"result_id": result_id, "from": self._json(), "query": query}
        if result.keyboard:
            choice["inline_message_id"] = f"m{query_id}"
        self.state.add_update("chosen_inline_result", choice)
        return result

    def _message(self, result: InlineResult) -> Json:
        message: Json = {"text": result.text, "entities": result.entities, "via_bot": self.state.me}
        if result.keyboard:
            message["reply_markup"] = {"inline_keyboard": result.keyboard}
        return message
