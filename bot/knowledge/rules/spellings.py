"""Rules about how terms, countries and emergencies are said: each phrase stands for one thing, gaps only where they are
read."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from bot.knowledge.model import Country, Knowledge, Term
from bot.knowledge.phrases import Bilingual, Phrases, Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import terms_and_countries
from bot.knowledge.rules.shown import phrases
from bot.knowledge.rules.wording import plain

_GAP = "…"
#: Phrases of one thing with their places.
_Said: TypeAlias = Iterator[tuple[str, Place]]


def spellings_mean_one_thing(knowledge: Knowledge) -> Iterator[Problem]:
    """In both languages together: nobody says in which of them they ask."""
    yield from _under_two({key: _named(term) for key, term in knowledge.terms.items()})
    yield from _under_two({key: _named(country) for key, country in knowledge.countries.items()})
    yield from _under_two({key: _written(each.said_as) for key, each in knowledge.emergencies.items()})


def _named(thing: Term | Country) -> _Said:
    """A thing's name is a way to say it."""
    yield from ((text, thing.name.place) for text in (thing.name.de, thing.name.en) if text)
    yield from _written(thing.said_as)


def _written(listed: Phrases) -> _Said:
    yield from ((shown.text, shown.place) for shown in phrases(listed))


def _under_two(things: Mapping[str, _Said]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for key, said in things.items():
        for text, place in said:
            other = first.setdefault(plain(text), key)
            if other != key:
                yield Problem(
                    place,
                    de=f"„{text}“ steht unter „{other}“ und „{key}“: bitte nur eines behalten",
                    en=f'"{text}" stands under "{other}" and "{key}": keep one',
                )


def nothing_is_told_and_untold(knowledge: Knowledge) -> Iterator[Problem]:
    for emergency in knowledge.emergencies.values():
        told = {plain(text) for text in emergency.said_as.all}
        for shown in phrases(emergency.untold_as):
            if plain(shown.text) in told:
                yield Problem(
                    shown.place,
                    de=f"„{shown.text}“ steht unter said_as und untold_as von „{emergency.id}“: bitte nur eines "
                    "behalten",
                    en=f'"{shown.text}" stands under said_as and untold_as of "{emergency.id}": keep one',
                )


def gaps_are_read(knowledge: Knowledge) -> Iterator[Problem]:
    """A gap stands between two parts of an emergency's phrase; nothing else here is read with gaps."""
    one = Bilingual("höchstens eine Lücke, zwischen zwei Wörtern", "one gap at most, between two words")
    none = Bilingual("keine Lücke", "no gap")
    for emergency in knowledge.emergencies.values():
        for text, place in (*_written(emergency.said_as), *_written(emergency.untold_as)):
            parts = text.split(_GAP)
            if len(parts) > 2 or not all(plain(part) for part in parts):
                yield _gap(text, one, place)
    for thing in terms_and_countries(knowledge):
        yield from (_gap(text, none, place) for text, place in _written(thing.said_as) if _GAP in text)


def _gap(text: str, wanted: Bilingual, place: Place) -> Problem:
    return Problem(
        place,
        de=f"„{text}“: hier ist {wanted.de} möglich, bitte anders schreiben",
        en=f'"{text}": {wanted.en} is possible here, write it otherwise',
    )
