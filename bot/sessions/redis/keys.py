"""The names of the keys. What belongs to one lane bears its name in braces, so that a cluster keeps it together."""

from dataclasses import dataclass

_PREFIX = "datenschutz-bot"

#: Lanes in which something waits, each with the generation in which that was seen.
READY = f"{_PREFIX}:ready"
VOTES = f"{_PREFIX}:votes"
#: The ids of donated questions by the time at which they were given, in milliseconds.
DONATIONS = f"{_PREFIX}:donations"
FINGERPRINT = f"{_PREFIX}:key"
#: Of all keys that may still seal something.
FINGERPRINTS = f"{_PREFIX}:keys"
#: The pattern of all names.
EVERYTHING = f"{_PREFIX}:*"
PROBE = f"{_PREFIX}:probe"


def donation(id_: str) -> str:
    """Where a donated question lies."""
    return f"{_PREFIX}:donation:{id_}"


def donation_id(name: str) -> str:
    """Which donated question lies there."""
    return name.removeprefix(donation(""))


def kind_of(name: str) -> str:
    """What is sealed there, by its name in `keyring.SEALED`; nothing where nothing is."""
    if name.startswith(donation("")):
        return "donations"
    _, _, last = name.rpartition("}:")
    if last.startswith("session:"):
        return "sessions"
    return last if last in ("inbox", "outbox") else ""


def answered_beside(inbox: str) -> str:
    """Where the numbers of answered updates lie, for the inbox of a lane."""
    return f"{inbox.removesuffix('inbox')}answered"


def owned(owner: str) -> str:
    """Which conversations a person has, and in which lanes: what access and erasure follow."""
    return f"{_PREFIX}:{{{owner}}}:owned"


@dataclass(frozen=True, slots=True)
class LaneKeys:
    """The keys of one lane."""

    lane: str

    def _key(self, name: str) -> str:
        return f"{_PREFIX}:{{{self.lane}}}:{name}"

    @property
    def lock(self) -> str:
        return self._key("lock")

    @property
    def inbox(self) -> str:
        return self._key("inbox")

    @property
    def begun(self) -> str:
        return self._key("begun")

    @property
    def answered(self) -> str:
        return self._key("answered")

    @property
    def outbox(self) -> str:
        return self._key("outbox")

    @property
    def serial(self) -> str:
        return self._key("serial")

    @property
    def generation(self) -> str:
        return self._key("generation")

    @property
    def conversations(self) -> str:
        return self._key("conversations")

    @property
    def own_session(self) -> str:
        """Of the private chat that the lane is named after, if it is one."""
        return self.session(self.lane)

    def session(self, conversation: str) -> str:
        return self._key(f"session:{conversation}")
