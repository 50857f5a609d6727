"""`cites`: which sentences rest on a source or on one of its claims, so that a change in the law finds them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, TypeAlias

from bot.cli.errors import UsageError
from bot.knowledge.model import Entry, Knowledge, Outcome, Reference, Statement
from bot.knowledge.phrases import Bilingual, Place
from bot.knowledge.rules.links import nearest
from bot.messages import Language

Kind: TypeAlias = Literal["entry", "term", "country", "emergency"]

_ALWAYS = Bilingual("in jedem Fall", "in every case")
_NOTHING = Bilingual("Darauf ruht kein Satz.", "No sentence rests on it.")
#: What is no entry, and has no cases.
_NAMES: Mapping[Kind, Bilingual] = {
    "term": Bilingual("Begriff", "term"),
    "country": Bilingual("Land", "country"),
    "emergency": Bilingual("Notfall", "emergency"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """One sentence, or one passage that is shown, and the claim that it rests on."""

    kind: Kind
    #: The id of the entry, the term, the country or the emergency.
    name: str
    #: `short`, `plain`, `why`, `steps`, `disputed`, or `source_says` where the claim is shown and carries no sentence;
    #: `means` of a term, `reply` of a country, `lines` of an emergency.
    layer: str
    text: Bilingual
    reference: Reference
    place: Place
    #: The case of an entry that it belongs to.
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def uses_of(name: str, knowledge: Knowledge) -> Sequence[Use]:
    """What rests on `source` or `source#claim`, entries first, in the order of reading.

    Raises UsageError for one that there is not."""
    source, _, claim = name.partition("#")
    found = knowledge.sources.get(source)
    if found is None:
        raise _unknown(name, nearest(source, knowledge.sources))
    if claim and claim not in found.claims:
        raise _unknown(name, nearest(name, [f"{source}#{each}" for each in found.claims]))
    return [use for use in _uses(knowledge) if use.reference.source == source and claim in ("", use.reference.claim)]


def _unknown(name: str, hint: Bilingual) -> UsageError:
    return UsageError(
        Bilingual(
            de=f"{name}: diese Quelle oder Aussage gibt es nicht{hint.de}: richtig ist quelle oder quelle#aussage",
            en=f"{name}: there is no such source or claim{hint.en}: name a source or source#claim",
        )
    )


def _uses(knowledge: Knowledge) -> Iterator[Use]:
    for entry in knowledge.sorted_entries():
        for outcome in entry.outcomes:
            yield from _of_outcome(entry, outcome, knowledge)
    yield from _beside(knowledge)


def _of_outcome(entry: Entry, outcome: Outcome, knowledge: Knowledge) -> Iterator[Use]:
    for layer, statement in _layered(outcome):
        for reference in statement.citations:
            yield Use("entry", entry.id, layer, statement.text, reference, statement.place, outcome.when)
    for reference in outcome.source_says:
        says = knowledge.claim(reference).says
        yield Use("entry", entry.id, "source_says", says, reference, outcome.place, outcome.when)


def _layered(outcome: Outcome) -> Iterator[tuple[str, Statement]]:
    yield "short", outcome.short
    if outcome.plain is not None:
        yield "plain", Statement(outcome.plain, outcome.short.citations, place=outcome.plain.place)
    for layer in ("why", "steps", "disputed"):
        yield from ((layer, statement) for statement in getattr(outcome, layer))


def _beside(knowledge: Knowledge) -> Iterator[Use]:
    """What rests on a claim and is in no entry."""
    told: list[tuple[Kind, str, str, tuple[Statement, ...]]] = [
        *(("term", term.id, "means", term.means) for term in knowledge.terms.values()),
        *(("country", country.id, "reply", country.reply) for country in knowledge.countries.values()),
        *(("emergency", each.id, "lines", each.lines) for each in knowledge.emergencies.values()),
    ]
    for kind, name, layer, statements in told:
        for statement in statements:
            for reference in statement.citations:
                yield Use(kind, name, layer, statement.text, reference, statement.place)


def as_json(uses: Sequence[Use], language: Language) -> str:
    """A JSON list, one object a sentence."""
    listed = [
        {
            "kind": use.kind,
            "id": use.name,
            "entry": use.name if use.kind == "entry" else None,
            "when": {name: list(options) for name, options in use.when.items()},
            "layer": use.layer,
            "sentence": use.text[language],
            "claim": str(use.reference),
            "file": use.place.file,
            "line": use.place.line,
        }
        for use in uses
    ]
    return json.dumps(listed, ensure_ascii=False, indent=2)


def as_text(uses: Sequence[Use], knowledge: Knowledge, language: Language) -> str:
    """For people: the entry and its case (or what else it is), and each sentence with the place that it stands at."""
    if not uses:
        return _NOTHING[language]
    lines: list[str] = []
    for (name, beside), group in groupby(uses, lambda use: (use.name, _case(use, knowledge, language))):
        lines.append(f"{name} ({beside})")
        lines += [f"  {use.layer}: {use.text[language]} [{use.reference}] {use.place}" for use in group]
    return "\n".join(lines)


def _case(use: Use, knowledge: Knowledge, language: Language) -> str:
    """The case in the words that the bot states it in; what it is if it is no entry."""
    if use.kind in _NAMES:
        return _NAMES[use.kind][language]
    facts = knowledge.facts
    told = ["/".join(facts[name].stated(option, language) for option in options) for name, options in use.when.items()]
    return " · ".join(told) or _ALWAYS[language]
