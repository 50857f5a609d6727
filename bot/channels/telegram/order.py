"""One turn at a time in a chat, all chats at once.

Owns the queue of each chat, as a chain: each turn waits for the one before it. Refuses to know what a turn does.
"""

import asyncio


class Place:
    """A turn's place in the queue of its chat."""

    def __init__(self, before: asyncio.Future[None] | None, over: asyncio.Future[None]) -> None:
        self._before = before
        self.over = over

    async def comes(self) -> None:
        """Wait for the turn before this one, however it ends."""
        if self._before:
            await asyncio.wait({self._before})


class Order:
    """The last place of each chat's queue; a chat without turns takes no memory."""

    def __init__(self) -> None:
        self._last: dict[int, asyncio.Future[None]] = {}

    def join(self, chat: int) -> Place:
        """The next place. Not a coroutine: places are given in the order of the calls."""
        place = Place(self._last.get(chat), asyncio.get_running_loop().create_future())
        self._last[chat] = place.over
        return place

    def leave(self, chat: int, place: Place) -> None:
        """The turn is over: the next one may begin."""
        place.over.set_result(None)
        if self._last[chat] is place.over:
            del self._last[chat]
