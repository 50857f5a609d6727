"""Updates on their way to the bot's webhook.

Owns when an update is sent, over how many connections at once, and when again. Refuses to look into answers: a method
in the body of one is not called, which Telegram would do.
"""

import asyncio
import heapq
import json
import time
from bisect import bisect_left
from collections import deque
from collections.abc import Hashable
from itertools import count
from typing import Literal

from tests.bot_api.posting import Broken, Poster
from tests.bot_api.state import Delivery, Json, State, Webhook

FIRST_PAUSE_SECONDS = 0.05
LONGEST_PAUSE_SECONDS = 0.5

#: "starts": an update is sent when the ones before it have been sent. "queues": when the ones before it of the same
#: chat (of taps and inline queries: of the same person) have been taken, as Telegram's own server does it.
Order = Literal["starts", "queues"]


class Deliveries:
    """The deliveries of one bot; lives in the event loop of the server."""

    def __init__(self, state: State, order: Order = "starts") -> None:
        self._state = state
        self._order = order
        self._poster = Poster()
        self._webhook: Webhook | None = None
        self._due: list[tuple[float, int]] = []
        self._held: dict[Hashable, deque[int]] = {}
        self._failures: dict[int, int] = {}
        self._loaded = 0
        self._under_way: set[asyncio.Task[None]] = set()
        self._alarm: asyncio.TimerHandle | None = None
        self._turns = count()

    def wake(self) -> None:
        """Send what can be sent now."""
        with self._state.changed:
            if self._webhook is not self._state.webhook:
                self._restart()
            if self._state.webhook_url:
                self._load()
                self._start()

    def close(self) -> None:
        """Send nothing any more."""
        self._restart()
        self._poster.close()

    def _restart(self) -> None:
        # What is under way is cut off, and sent again to the new webhook: so does Telegram.
        for task in self._under_way:
            task.cancel()
        self._webhook, self._loaded = self._state.webhook, 0
        self._due, self._held, self._failures = [], {}, {}

    def _load(self) -> None:
        now = asyncio.get_running_loop().time()
        updates = self._state.updates
        for update in updates[bisect_left(updates, self._loaded + 1, key=_number) :]:
            self._loaded = _number(update)
            queue = self._queue(update)
            if queue in self._held:
                self._held[queue].append(self._loaded)
            else:
                self._held[queue] = deque()
                heapq.heappush(self._due, (now, self._loaded))

    def _start(self) -> None:
        now = asyncio.get_running_loop().time()
        while self._due and self._due[0][0] <= now and len(self._under_way) < self._state.webhook.max_connections:
            _, number = heapq.heappop(self._due)
            # Dropped ones are no longer there.
            if update := self._find(number):
                self._send(update)
        if self._due and self._due[0][0] > now:
            self._wake_at(self._due[0][0])

    def _send(self, update: Json) -> None:
        task = asyncio.get_running_loop().create_task(self._deliver(update))
        self._under_way.add(task)
        task.add_done_callback(self._finish)

    def _finish(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.result()
            self.wake()

    def _wake_at(self, due: float) -> None:
        if self._alarm:
            self._alarm.cancel()
        self._alarm = asyncio.get_running_loop().call_at(due, self.wake)

    async def _deliver(self, update: Json) -> None:
        problem = await self._attempt(update)
        with self._state.changed:
            if problem is None:
                self._taken(update)
            else:
                self._failed(update, problem)
            self._state.changed.notify_all()

    async def _attempt(self, update: Json) -> str | None:
        """What is wrong, or None if the bot took it; the next address is tried only if this one is out of reach."""
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if (secret := self._state.webhook.secret) else {}
        body = json.dumps(update, ensure_ascii=False).encode("utf-8", "surrogatepass")
        problem: str | None = None
        for url in self._addresses():
            try:
                status, reason = await self._poster.post(url, body, headers)
            except Broken as broken:
                problem = str(broken)
                self._note(update, url, problem)
                continue
            problem = None if 200 <= status <= 299 else f"Wrong response from the webhook: {status} {reason}"
            self._note(update, url, problem)
            break
        return problem

    def _addresses(self) -> list[str]:
        addresses = self._state.addresses or [self._state.webhook_url]
        first = next(self._turns) % len(addresses)
        return addresses[first:] + addresses[:first]

    def _note(self, update: Json, url: str, problem: str | None) -> None:
        self._state.deliveries.append(Delivery(_number(update), url, problem))

    def _taken(self, update: Json) -> None:
        number = _number(update)
        self._failures.pop(number, None)
        updates = self._state.updates
        place = bisect_left(updates, number, key=_number)
        if updates[place : place + 1] == [update]:
            del updates[place]
        waiting = self._held.pop(self._queue(update), None)
        if waiting:
            heapq.heappush(self._due, (asyncio.get_running_loop().time(), waiting.popleft()))
            self._held[self._queue(update)] = waiting

    def _failed(self, update: Json, problem: str) -> None:
        number = _number(update)
        self._state.webhook.last_error_message, self._state.webhook.last_error_date = problem, int(time.time())
        failures = self._failures.get(number, 0)
        self._failures[number] = failures + 1
        pause = min(FIRST_PAUSE_SECONDS * 2**failures, LONGEST_PAUSE_SECONDS)
        heapq.heappush(self._due, (asyncio.get_running_loop().time() + pause, number))

    def _find(self, number: int) -> Json | None:
        updates = self._state.updates
        place = bisect_left(updates, number, key=_number)
        return updates[place] if place < len(updates) and _number(updates[place]) == number else None

    def _queue(self, update: Json) -> Hashable:
        if self._order == "starts":
            return _number(update)
        kind = next(name for name in update if name != "update_id")
        content = update[kind]
        # A message and its later versions are of one queue, a tap on the same message is not.
        group = "message" if kind in ("message", "edited_message") else kind
        place = content["from"] if kind in ("callback_query", "inline_query", "chosen_inline_result") else None
        return group, (place or content["chat"])["id"]


def _number(update: Json) -> int:
    number: int = update["update_id"]
    return number
