"""`cites`: which sentences rest on a source or on one of its claims, so that a change in the law finds them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.cli.errors import UsageError
from bot.knowledge.model import Entry, Knowledge, Outcome, Reference, Statement
from bot.knowledge.phrases import Bilingual, Place
from bot.knowledge.rules.links import nearest
from bot.messages import Language

_ALWAYS = Bilingual("in jedem Fall", "in every case")
_NOTHING = Bilingual("Darauf ruht kein Satz.", "No sentence rests on it.")


@dataclass(frozen=True, slots=True)
class Use:
    """One sentence, or one passage that is shown, and the claim that it rests on."""

    entry: Entry
    outcome: Outcome
    #: `short`, `why`, `steps`, `disputed`, or `source_says` where the claim is shown and carries no sentence.
    layer: str
    text: Bilingual
    reference: Reference
    place: Place


def uses_of(name: str, knowledge: Knowledge) -> Sequence[Use]:
    """What rests on `source` or `source#claim`, by entry and in the order of reading. Raises UsageError for one that
    there is not."""
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
            for layer, statement in _layered(outcome):
                for reference in statement.citations:
                    yield Use(entry, outcome, layer, statement.text, reference, statement.place)
            for reference in outcome.source_says:
                says = knowledge.claim(reference).says
                yield Use(entry, outcome, "source_says", says, reference, outcome.place)


def _layered(outcome: Outcome) -> Iterator[tuple[str, Statement]]:
    yield "short", outcome.short
    for layer in ("why", "steps", "disputed"):
        yield from ((layer, statement) for statement in getattr(outcome, layer))


def as_json(uses: Sequence[Use], language: Language) -> str:
    """A JSON list, one object a sentence."""
    listed = [
        {
            "entry": use.entry.id,
            "when": {name: list(options) for name, options in use.outcome.when.items()},
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
    """For people: entry, outcome, and each sentence with the place that it stands at."""
    if not uses:
        return _NOTHING[language]
    lines: list[str] = []
    for (entry, condition), group in groupby(uses, lambda use: (use.entry.id, _when(use, knowledge, language))):
        lines.append(f"{entry} ({condition})")
        lines += [f"  {use.layer}: {use.text[language]} [{use.reference}] {use.place}" for use in group]
    return "\n".join(lines)


def _when(use: Use, knowledge: Knowledge, language: Language) -> str:
    """The case in the words that the bot states it in."""
    facts = knowledge.facts
    told = [
        "/".join(facts[name].stated(option, language) for option in options)
        for name, options in use.outcome.when.items()
    ]
    return " · ".join(told) or _ALWAYS[language]
