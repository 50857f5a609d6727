"""What is said in the picture: a farm shop asks, is asked back and gets its answer."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.assistant import Assistant
from bot.channels.telegram.rendering import Outgoing, render
from bot.channels.telegram.taps import MARK
from bot.knowledge.model import Knowledge
from bot.messages import Choice, Content, Conversation, Incoming, Said, Tapped
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from bot.understanding import Understanding

QUESTION = "wir sind ein hofladen mit der whatsapp business app, dürfen wir stammkunden angebote schicken??"
#: The buttons that are pressed, in turn.
PRESSED = ("Nein, nicht nachweisbar",)


@dataclass(frozen=True)
class Bubble:
    """One message: the person's, as plain text, or the bot's, as Telegram's HTML with its rows of buttons."""

    is_own: bool
    html: str
    rows: tuple[tuple[str, ...], ...] = ()


async def hold(knowledge: Knowledge, understanding: Understanding) -> list[Bubble]:
    """The dialogue up to the first message of the answer."""
    store = MemoryStore(Retention(timedelta(hours=1)))
    assistant = Assistant(knowledge, understanding, store, "de")
    bubbles = [Bubble(is_own=True, html=QUESTION)]
    shown = await _said(assistant, Said(QUESTION))
    for label in PRESSED:
        choice = next(
            choice for message in shown for row in message.keyboard for choice in row if choice.label == label
        )
        bubbles += [_bubble(message, choice) for message in shown]
        shown = await _said(assistant, Tapped(choice.code))
    bubbles.append(_bubble(shown[0]))
    await store.close()
    return bubbles


async def _said(assistant: Assistant, content: Content) -> list[Outgoing]:
    incoming = Incoming(Conversation("picture"), content, datetime.now(UTC), "de")
    return [message for reply in await assistant.answer(incoming) for message in render(reply)]


def _bubble(message: Outgoing, pressed: Choice | None = None) -> Bubble:
    marked = [
        [replace(each, label=f"{MARK}{each.label}") if each == pressed else each for each in row]
        for row in message.keyboard
    ]
    return Bubble(is_own=False, html=message.html, rows=tuple(tuple(each.label for each in row) for row in marked))
