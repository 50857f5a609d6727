"""What a text says of facts: told, supposed, denied, or only asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.model import Fact
from bot.matching.facts.kinds import Kind


@dataclass(frozen=True, slots=True)
class Said:
    """Options by fact.

    `told` is what somebody states, and what a question takes for granted about who asks it ("darf ich als Hofladen").
    `subject` is what a question is about whoever asks ("ist die Business App erlaubt?"): it holds for that question and
    answers no other. `supposed` is what a "what if" names, `excluded` what is denied ("kein Betrieb"). `kind` is what
    the message as a whole does.
    """

    told: Mapping[str, str] = field(default_factory=dict)
    supposed: Mapping[str, str] = field(default_factory=dict)
    excluded: Mapping[str, frozenset[str]] = field(default_factory=dict)
    subject: Mapping[str, str] = field(default_factory=dict)
    kind: Kind = "statement"


class Options:
    """The options that a text names for each fact, with those that they imply. One of several is none."""

    def __init__(self, facts: Mapping[str, Fact], named: Mapping[str, set[str]] | None = None) -> None:
        self._facts = facts
        self.named: dict[str, set[str]] = dict(named or {})

    def add(self, fact: str, option: str) -> None:
        self.named.setdefault(fact, set()).add(option)
        for name, implied in _implied(self._facts[fact], option).items():
            self.named.setdefault(name, set()).add(implied)

    def only(self, fact: str) -> str | None:
        named = self.named.get(fact, ())
        return next(iter(named)) if len(named) == 1 else None

    def replaced_by(self, other: "Options") -> "Options":
        """These, without those of facts for which the other ones name a single option."""
        both = {fact: set(named) for fact, named in {**other.named, **self.named}.items()}
        replaced = {fact: {only} for fact in both if (only := other.only(fact))}
        return Options(self._facts, {**both, **replaced})

    def certain(self) -> dict[str, str]:
        """The facts with a single option, unless another fact contradicts it: a federal agency that speaks of its
        "Kunden" is to be asked who it is."""
        told = {fact: next(iter(named)) for fact, named in self.named.items() if len(named) == 1}
        return {fact: option for fact, option in told.items() if self._agrees(fact, option, told)}

    def _agrees(self, fact: str, option: str, told: Mapping[str, str]) -> bool:
        return all(told.get(name) == value for name, value in _implied(self._facts[fact], option).items())


def _implied(fact: Fact, option: str) -> Mapping[str, str]:
    """What an option implies; not to know implies nothing."""
    found = fact.options.get(option)
    return found.implies if found else {}
