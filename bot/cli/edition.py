"""A knowledge as an operator knows it: the files it was read from, how much is in it, how old it is, what has changed.

Refuses content: an edition tells numbers and days.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version

from bot.cli.knowledge import KnowledgeFolder
from bot.delivery import Metrics
from bot.knowledge.model import Knowledge

#: So many hexadecimal digits tell one edition from the others.
_DIGITS = 12
_COUNTED = ("entries", "sources", "facts", "terms", "countries", "authorities", "emergencies", "asides")


@dataclass(frozen=True, slots=True)
class Edition:
    """A knowledge, and the digest of the files that it was read from."""

    knowledge: Knowledge
    digest: str

    def told(self) -> dict[str, object]:
        """What the log says of it."""
        reviewed = max((entry.reviewed for entry in self.knowledge.entries.values()), default=None)
        return {"entries": len(self.knowledge.entries), "reviewed": str(reviewed or ""), "knowledge": self.digest}

    def changed_from(self, before: "Edition") -> dict[str, int]:
        """What is otherwise than in another edition, by name: only what there is of it."""
        ours, others = self.knowledge, before.knowledge
        numbers: dict[str, int] = {}
        for name in _COUNTED:
            numbers |= _differences(name, getattr(others, name), getattr(ours, name))
        numbers |= _differences("texts", _texts(others), _texts(ours))
        numbers["lexicon_changed"] = int(ours.lexicon != others.lexicon)
        numbers["checks_changed"] = int(ours.checks != others.checks)
        return {name: number for name, number in numbers.items() if number}

    def show(self, metrics: Metrics) -> None:
        """Let the figures tell it."""
        entries = self.knowledge.entries.values()
        metrics.built(version("datenschutz-bot"), self.digest)
        metrics.knows([entry.reviewed for entry in entries], [entry.review_by for entry in entries])


def digest_of(folder: KnowledgeFolder) -> str:
    """The digest of a folder's knowledge, whatever else lies there. Raises OSError if a file cannot be read."""
    digest = hashlib.sha256()
    for path in sorted(folder.path.rglob("*.yaml")):
        digest.update(f"{path.relative_to(folder.path).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:_DIGITS]


def _differences(name: str, before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, int]:
    common = before.keys() & after.keys()
    return {
        f"{name}_new": len(after.keys() - before.keys()),
        f"{name}_changed": sum(before[key] != after[key] for key in common),
        f"{name}_gone": len(before.keys() - after.keys()),
    }


def _texts(knowledge: Knowledge) -> Mapping[str, object]:
    return {key: (text, knowledge.texts.en.get(key)) for key, text in knowledge.texts.de.items()}
