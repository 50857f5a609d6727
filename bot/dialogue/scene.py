"""Where a dialogue takes place, as far as words depend on it: who runs the bot, what it keeps how long, what chat."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal


@dataclass(frozen=True, slots=True)
class Controller:
    """Who is responsible for the processing (Art. 4 no. 7 GDPR); the name is empty where nobody was named."""

    name: str = ""
    contact: str = ""
    address: str = ""
    officer: str = ""
    #: Who processes data on their behalf (Art. 28 GDPR), such as a hosting company.
    processors: str = ""
    #: A public body cannot rest its tasks on legitimate interests (Art. 6 (1) second subparagraph GDPR).
    is_public_body: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """What the privacy notice states: the configuration as it is, and everything that the store keeps, by name."""

    controller: Controller = field(default_factory=Controller)
    stored: tuple[str, ...] = ()
    sessions: timedelta = timedelta(hours=24)
    donations: timedelta = timedelta(days=90)
    channel: Literal["telegram", "terminal"] = "terminal"
    #: Whether what is kept outlives the process. Where it does not, nothing can be donated.
    is_lasting: bool = True
    #: Whether the store is a server, perhaps on another machine, though the person sits before this one.
    is_remote: bool = False
    #: How long copies of the store are kept; None if none are made.
    backups: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """One turn's surroundings."""

    notice: Notice = field(default_factory=Notice)
    is_group: bool = False
    #: Whether nothing was said before, or nothing that is still known.
    is_first: bool = False
    #: Whether what is answered was written by somebody else than the person.
    is_forwarded: bool = False
