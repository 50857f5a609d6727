"""Every text that people are shown, with its language and place: what most rules about wording walk through."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from bot.knowledge.model import Entry, Fact, Knowledge
from bot.knowledge.phrases import Bilingual, Phrases, Place
from bot.knowledge.rules.links import claims, terms_and_countries
from bot.messages import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Shown:
    """One text; `language` is None for a name that is the same in all of them."""

    text: str
    language: Language | None
    place: Place


def shown_texts(knowledge: Knowledge) -> Iterator[Shown]:
    """All of them but the bot's own texts."""
    yield from _source_texts(knowledge)
    for entry in knowledge.entries.values():
        yield from _entry_texts(entry)
    for fact in knowledge.facts.values():
        yield from _fact_texts(fact)
    yield from _guidance_texts(knowledge)
    for aside in knowledge.asides.values():
        # What ships with the bot has no place, and is no editor's.
        yield from (each for each in _both(aside.reply) if each.place.file)


def _source_texts(knowledge: Knowledge) -> Iterator[Shown]:
    for source in knowledge.sources.values():
        yield from (Shown(text, None, source.place) for text in (source.report_by, source.author) if text)
        for name in (source.title, source.short, source.publisher):
            yield from _name(name, source.place)
    for _, claim in claims(knowledge):
        yield from chain(_both(claim.locator), _both(claim.says), _both(claim.note))


def _entry_texts(entry: Entry) -> Iterator[Shown]:
    yield from chain(_both(entry.title), _both(entry.label))
    for outcome in entry.outcomes:
        for statement in outcome.statements:
            yield from _both(statement.text)
        yield from chain(_both(outcome.copy), _both(outcome.plain))


def _fact_texts(fact: Fact) -> Iterator[Shown]:
    yield from chain(_both(fact.ask), _both(fact.why))
    for option in fact.options.values():
        yield from _both(option.label)
        if option.stated != option.label:
            yield from _both(option.stated)


def _guidance_texts(knowledge: Knowledge) -> Iterator[Shown]:
    for statement in knowledge.told_beside():
        yield from _both(statement.text)
    for thing in terms_and_countries(knowledge):
        yield from _name(thing.name, thing.place)
    for authority in knowledge.authorities.values():
        yield from chain(_name(authority.name, authority.place), _name(authority.short, authority.place))
    for emergency in knowledge.emergencies.values():
        yield from chain(_both(emergency.title), _both(emergency.copy))


def _name(name: Bilingual, place: Place) -> Iterator[Shown]:
    # One that is the same in both is a name, of no language.
    yield from (Shown(name.de, None, place),) if name.de == name.en else _both(name)


def _both(text: Bilingual | None) -> Iterator[Shown]:
    if text is not None:
        # As they stand: in a knowledge of one language there is no other.
        yield from (Shown(text.de, "de", text.place),) if text.de else ()
        yield from (Shown(text.en, "en", text.place),) if text.en else ()


def phrases(listed: Phrases) -> Iterator[Shown]:
    """Each phrase of a list."""
    for language in LANGUAGES:
        for index, text in enumerate(listed[language]):
            yield Shown(text, language, listed.place(language, index))
