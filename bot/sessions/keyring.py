"""Which of the store's keys still seal something, so that nobody takes away one that is needed.

A key is replaced by putting a new one before it. What is written from then on is sealed with the new one; donated
questions, which live longest, are sealed anew at the next start; dialogues and what waits bear names that only their
own key can make, and go over with their next message or expire. Then the old key seals nothing and can go.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bot.sessions.vault import Vault

#: What is sealed, by the names that the privacy notice has for it.
SEALED = ("sessions", "inbox", "outbox", "donations")


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key by its fingerprint, and how much it seals of each of `SEALED`."""

    fingerprint: str
    is_set: bool
    sealed: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.sealed.values())


def uses(vault: Vault, found: Iterable[tuple[str, str, int]]) -> tuple[KeyUse, ...]:
    """From kinds, fingerprints and numbers: the keys that are set in their order, then those that are not and seal
    something all the same."""
    counted: dict[str, Counter[str]] = {fingerprint: Counter() for fingerprint in vault.fingerprints}
    for kind, fingerprint, number in found:
        counted.setdefault(fingerprint, Counter())[kind] += number
    return tuple(
        KeyUse(fingerprint, fingerprint in vault.fingerprints, {kind: sealed[kind] for kind in SEALED})
        for fingerprint, sealed in counted.items()
    )


def missing(found: Iterable[KeyUse]) -> tuple[KeyUse, ...]:
    """Keys that are not set although they are needed."""
    return tuple(each for each in found if not each.is_set and each.total)
