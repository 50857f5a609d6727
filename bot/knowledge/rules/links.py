"""Rules about what points at something: citations, see-also, facts, concepts and web addresses."""

from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from urllib.parse import urlsplit

from bot.knowledge.model import (
    Claim,
    Country,
    Entry,
    Fact,
    Knowledge,
    Option,
    Outcome,
    Reference,
    Source,
    Statement,
    Term,
)
from bot.knowledge.phrases import Bilingual, Place
from bot.knowledge.problems import Problem

MOST_SEE_ALSO = 4


def outcomes(knowledge: Knowledge) -> Iterator[tuple[Entry, Outcome]]:
    for entry in knowledge.entries.values():
        yield from ((entry, outcome) for outcome in entry.outcomes)


def statements(knowledge: Knowledge) -> Iterator[Statement]:
    """Every sentence of every answer, and those that are told beside them."""
    for _, outcome in outcomes(knowledge):
        yield from outcome.statements
    yield from knowledge.told_beside()


def terms_and_countries(knowledge: Knowledge) -> Iterator[Term | Country]:
    yield from knowledge.terms.values()
    yield from knowledge.countries.values()


def claims(knowledge: Knowledge) -> Iterator[tuple[Source, Claim]]:
    for source in knowledge.sources.values():
        yield from ((source, claim) for claim in source.claims.values())


def options(knowledge: Knowledge) -> Iterator[tuple[Fact, Option]]:
    for fact in knowledge.facts.values():
        yield from ((fact, option) for option in fact.options.values())


def claim_of(knowledge: Knowledge, reference: Reference) -> Claim | None:
    """The claim that a reference points at; None if there is none, or none that could be read."""
    source = knowledge.sources.get(reference.source)
    return source.claims.get(reference.claim) if source else None


def may_exist(knowledge: Knowledge, reference: Reference) -> bool:
    unread = knowledge.unread
    is_known = claim_of(knowledge, reference) is not None
    return is_known or unread.holds("source", reference.source) or unread.holds("claim", str(reference))


def nearest(word: str, known: Iterable[str]) -> Bilingual:
    """A hint for a misspelt id, or nothing."""
    close = get_close_matches(word, list(known), n=1)
    return (
        Bilingual(de=f" (meinen Sie „{close[0]}“?)", en=f' (did you mean "{close[0]}"?)')
        if close
        else Bilingual(de="", en="")
    )


def _dangling(knowledge: Knowledge, reference: Reference, place: Place) -> Problem:
    hint = nearest(str(reference), [str(Reference(source.id, claim.id)) for source, claim in claims(knowledge)])
    return Problem(
        place,
        de=f"keine Quelle hat die Aussage „{reference}“{hint.de}: bitte berichtigen oder unter sources/ ergänzen",
        en=f'no source has the claim "{reference}"{hint.en}: correct it or add the claim under sources/',
    )


def citations_lead_somewhere(knowledge: Knowledge) -> Iterator[Problem]:
    for statement in statements(knowledge):
        for reference in statement.citations:
            if not may_exist(knowledge, reference):
                yield _dangling(knowledge, reference, statement.place)
    for _, outcome in outcomes(knowledge):
        for reference in outcome.source_says:
            if not may_exist(knowledge, reference):
                yield _dangling(knowledge, reference, outcome.place)


def newer_claims_exist(knowledge: Knowledge) -> Iterator[Problem]:
    for _, claim in claims(knowledge):
        for reference in claim.see:
            if not may_exist(knowledge, reference):
                yield _dangling(knowledge, reference, claim.place)


def see_also_leads_somewhere(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        if len(entry.see_also) > MOST_SEE_ALSO:
            yield Problem(
                entry.place,
                de=f"{len(entry.see_also)} Verweise unter see_also: bitte die {MOST_SEE_ALSO} nächsten behalten",
                en=f"{len(entry.see_also)} see_also: keep the {MOST_SEE_ALSO} nearest",
            )
        for other, count in Counter(entry.see_also).items():
            if count > 1:
                yield Problem(
                    entry.place,
                    de=f"see_also nennt „{other}“ {count}-mal: bitte nur einmal",
                    en=f'see_also names "{other}" {count} times: keep it once',
                )
            if other == entry.id:
                yield Problem(
                    entry.place,
                    de="see_also verweist auf den Eintrag selbst: bitte entfernen",
                    en="see_also names the entry itself: remove it",
                )
            elif other not in knowledge.entries and not knowledge.unread.holds("entry", other):
                yield _no_other(entry, nearest(other, sorted(knowledge.entries.keys() - {entry.id})), other)


def _no_other(entry: Entry, hint: Bilingual, other: str) -> Problem:
    return Problem(
        entry.place,
        de=f"see_also nennt „{other}“, einen solchen Eintrag gibt es nicht{hint.de}: bitte berichtigen",
        en=f'see_also names "{other}", which is no other entry{hint.en}: correct it',
    )


def facts_exist(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        for name in entry.facts:
            if name not in knowledge.facts and not knowledge.unread.holds("fact", name):
                hint = nearest(name, knowledge.facts)
                yield Problem(
                    entry.place,
                    de=f"unter facts/ gibt es keine Angabe „{name}“{hint.de}: bitte berichtigen oder dort anlegen",
                    en=f'there is no fact "{name}" under facts/{hint.en}: correct it or add the fact',
                )


def facts_stand_once(knowledge: Knowledge) -> Iterator[Problem]:
    for entry in knowledge.entries.values():
        for name, count in Counter(entry.facts).items():
            if count > 1:
                yield Problem(
                    entry.place,
                    de=f"facts nennt „{name}“ {count}-mal: bitte nur einmal",
                    en=f'facts names "{name}" {count} times: keep it once',
                )


def implied_facts_exist(knowledge: Knowledge) -> Iterator[Problem]:
    for fact, option in options(knowledge):
        for name, value in option.implies.items():
            implied = knowledge.facts.get(name)
            is_unread = implied is None and knowledge.unread.holds("fact", name)
            if not is_unread and (name == fact.name or implied is None or value not in implied.options):
                yield Problem(
                    option.place,
                    de=f"implies nennt „{name}: {value}“, das ist keine Option einer anderen Angabe: bitte berichtigen",
                    en=f'implies "{name}: {value}", which is no option of another fact: correct it',
                )


def told_facts_exist(knowledge: Knowledge) -> Iterator[Problem]:
    """What tells an option, and what it leaves untold, are other facts and their options."""
    for fact, option in options(knowledge):
        named = [*option.told_by, *option.leaves_untold]
        for name in named:
            if name == fact.name or (name not in knowledge.facts and not knowledge.unread.holds("fact", name)):
                yield _no_other_fact(option, name, nearest(name, sorted(knowledge.facts.keys() - {fact.name})))
        for name, values in option.told_by.items():
            known = knowledge.facts[name].options if name in knowledge.facts else values
            yield from (
                _no_other_fact(option, f"{name}: {value}", nearest(value, known))
                for value in values
                if value not in known
            )


def _no_other_fact(option: Option, name: str, hint: Bilingual) -> Problem:
    return Problem(
        option.place,
        de=f"told_by oder leaves_untold nennt „{name}“, das gibt es unter facts/ nicht{hint.de}: bitte berichtigen",
        en=f'told_by or leaves_untold names "{name}", which is not under facts/{hint.en}: correct it',
    )


def strict_options_exist(knowledge: Knowledge) -> Iterator[Problem]:
    """An order of strictness names options of its own fact, each once."""
    for fact in knowledge.facts.values():
        for name, count in Counter(fact.strictest_first).items():
            if name not in fact.options:
                hint = nearest(name, fact.options)
                yield Problem(
                    fact.place,
                    de=f"strictest_first nennt „{name}“, das ist keine Option von „{fact.name}“{hint.de}: "
                    "bitte berichtigen oder entfernen",
                    en=f'strictest_first names "{name}", which is no option of "{fact.name}"{hint.en}: '
                    "correct or remove it",
                )
            elif count > 1:
                yield Problem(
                    fact.place,
                    de=f"strictest_first nennt „{name}“ {count}-mal: bitte nur einmal",
                    en=f'strictest_first names "{name}" {count} times: keep it once',
                )


def concepts_beside_exist(knowledge: Knowledge) -> Iterator[Problem]:
    for fact in knowledge.facts.values():
        for name in fact.beside:
            known = {**knowledge.lexicon.concepts, **knowledge.lexicon.classes}
            if name not in known and not knowledge.unread.holds("concept", name):
                hint = nearest(name, known)
                yield Problem(
                    fact.place,
                    de=f"beside nennt „{name}“, den Begriff hat lexicon.yaml nicht{hint.de}: bitte berichtigen",
                    en=f'beside names "{name}", which is no concept of lexicon.yaml{hint.en}: correct it',
                )


def links_are_web_addresses(knowledge: Knowledge) -> Iterator[Problem]:
    for source in knowledge.sources.values():
        for address, place in dict.fromkeys(_addresses(source)):
            if not is_web_address(address):
                yield Problem(
                    place,
                    de=f"url „{address}“ ist keine Webadresse: sie muss mit https:// oder http:// beginnen",
                    en=f'url "{address}" is no web address: start it with https:// or http://',
                )


def _addresses(source: Source) -> Iterator[tuple[str, Place]]:
    for url, place in ((source.url, source.place), *((each.url, each.place) for each in source.claims.values())):
        yield from ((address, place) for address in (url.de, url.en) if address) if url else ()
    yield from ((address, source.place) for address in (source.report_url, source.original) if address)


def is_web_address(text: str) -> bool:
    """Whether a browser could open it."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and " " not in text
