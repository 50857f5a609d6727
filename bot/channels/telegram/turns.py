"""One update from its arrival to the last reply.

Owns the steps of a turn and their order, and that a turn that fails ends with an apology instead of silence. Refuses
to know what an answer means: that is the function it is given.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, TypeAlias

from telegram import Bot, CallbackQuery, Update
from telegram.ext import Application

from bot.channels.telegram import taps
from bot.channels.telegram.order import Order, Place
from bot.channels.telegram.privacy import describe
from bot.channels.telegram.profile import Profile
from bot.channels.telegram.rendering import Outgoing, render
from bot.channels.telegram.sending import Sender
from bot.channels.telegram.updates import Arrival, read
from bot.messages import Block, Incoming, Language, Line, Reply

logger = logging.getLogger(__name__)

Answer: TypeAlias = Callable[[Incoming], Awaitable[Sequence[Reply]]]
Clock: TypeAlias = Callable[[], datetime]
#: The library's class has six type parameters, none of which we use.
App: TypeAlias = Application[Any, Any, Any, Any, Any, Any]


class Turns:
    """Takes updates and runs their turns as tasks of the application, which waits for them when it stops."""

    def __init__(self, application: App, answer: Answer, profile: Profile, sender: Sender, clock: Clock) -> None:
        self._application = application
        self._bot: Bot = application.bot
        self._answer = answer
        self._profile = profile
        self._sender = sender
        self._clock = clock
        self._order = Order()

    def accept(self, update: Update) -> None:
        """Begin the update's turn, if it is meant for the bot."""
        arrival = read(update, self._bot.bot, self._clock())
        if arrival:
            place = self._order.join(arrival.address.chat)
            self._application.create_task(self._run(arrival, update.callback_query, place))

    async def _run(self, arrival: Arrival, query: CallbackQuery | None, place: Place) -> None:
        try:
            # Before waiting for one's turn: the person's app shows the tap as pending until it is answered.
            if query:
                await taps.answer(query)
            await place.comes()
            if query:
                await taps.mark(query)
            await self._reply(arrival)
        finally:
            self._order.leave(arrival.address.chat, place)

    async def _reply(self, arrival: Arrival) -> None:
        for message in await self._compose(arrival.incoming):
            # What follows a message that did not arrive would be a torso.
            if not await self._sender.deliver(arrival.address, message):
                break

    async def _compose(self, incoming: Incoming) -> Sequence[Outgoing]:
        try:
            return [message for reply in await self._answer(incoming) for message in render(reply)]
        except Exception as error:
            logger.error("a turn failed: %s", describe(error))
            return render(self._apology(incoming.language))

    def _apology(self, language: Language | None) -> Reply:
        text = self._profile.wording(language).apology
        return Reply(language or self._profile.default, (Block("text", (Line(text),)),))
