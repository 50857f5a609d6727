"""What a channel must be able to do, so that the dispatcher can carry its messages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, TypeAlias, TypeVar

from bot.messages import Incoming, Reply
from bot.sessions.store import InboxUpdate

#: delivered; the chat wants nothing from us any more; refused for good; not now.
Outcome: TypeAlias = Literal["sent", "blocked", "refused", "later"]


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of an attempt. `after_seconds` is how long the other side wants to be left alone, if it says so;
    `reason` is what may be logged of a failure, `cause` its name out of a closed list, for the figures."""

    outcome: Outcome
    after_seconds: float | None = None
    reason: str = ""
    cause: str = ""


class ParsedUpdate(Protocol):
    """An update that has been read. Without a message, the person has left, and what is stored of the chat goes."""

    @property
    def incoming(self) -> Incoming | None: ...


ParsedT = TypeVar("ParsedT", bound=ParsedUpdate)


class Transport(Protocol[ParsedT]):
    """A channel's half of the delivery. `read` and `write` are pure."""

    def read(self, stored: InboxUpdate, at: datetime) -> ParsedT | None:
        """What an update asks of the bot; None if nothing."""

    async def begin(self, parsed: ParsedT) -> None:
        """Show the person that their turn has begun. Never raises, and may be repeated."""

    async def linger(self, parsed: ParsedT) -> None:
        """Show the person that more is awaited. Never raises, and may be cancelled."""

    def write(self, parsed: ParsedT, replies: Sequence[Reply]) -> Sequence[str]:
        """The bodies of the messages that carry the replies."""

    def apologise(self, parsed: ParsedT) -> Sequence[str]:
        """The bodies of the messages for a turn that has failed."""

    async def deliver(self, body: str, check: Callable[[], None]) -> Delivery:
        """Try once to deliver a message. `check` raises if it is no longer ours to deliver, and is asked last; nothing
        else is raised."""
