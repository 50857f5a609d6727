"""What is held of a person, as it is told to them on request: the answer to a right of access."""

from dataclasses import dataclass
from datetime import datetime

from bot.dialogue.session import Session


@dataclass(frozen=True, slots=True)
class HeldSession:
    """One stored dialogue, when it was last touched and when it will be deleted."""

    session: Session
    touched_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """All stored dialogues of a person, and how many of their messages and of our replies wait in their own chat."""

    sessions: tuple[HeldSession, ...] = ()
    waiting_messages: int = 0
    waiting_replies: int = 0
