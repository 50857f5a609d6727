"""Rules about words: what the bot must be able to say and to understand, and which words mean what."""

import re
from collections.abc import Iterator
from itertools import chain
from string import Formatter

from bot.knowledge.domain import PLACES
from bot.knowledge.model import Knowledge
from bot.knowledge.phrases import NOWHERE, Phrases, Place
from bot.knowledge.problems import Problem
from bot.knowledge.required import ASIDES, TEXTS
from bot.knowledge.rules.links import nearest
from bot.knowledge.rules.shown import phrases
from bot.messages import Language

MONTHS = 12
_PLACE = re.compile(r"\{bot_\w*\}")
_NOT_WORDS = re.compile(r"[\W_]+")


def bot_says_all_in_its_languages(knowledge: Knowledge) -> Iterator[Problem]:
    for language in knowledge.languages:
        texts = knowledge.texts[language]
        for key in texts.keys() - TEXTS.keys():
            place = knowledge.texts.places.get((language, key), NOWHERE)
            hint = nearest(key, TEXTS)
            yield Problem(
                place,
                de=f"einen Text „{key}“ kennt der Bot nicht{hint.de}: bitte berichtigen oder entfernen",
                en=f'the bot has no text "{key}"{hint.en}: correct or remove it',
            )
        for key, wanted in TEXTS.items():
            yield from _text_problems(knowledge, language, key, set(wanted))


def _text_problems(knowledge: Knowledge, language: Language, key: str, wanted: set[str]) -> Iterator[Problem]:
    text = knowledge.texts[language].get(key)
    place = knowledge.texts.places.get((language, key), Place(f"texts/{language}.yaml", 1))
    if text is None:
        yield Problem(place, de=f"der Text „{key}“ fehlt: bitte ergänzen", en=f'the text "{key}" is missing: add it')
        return
    found = _placeholders(text)
    if found != wanted:
        names = ", ".join("{" + name + "}" for name in sorted(wanted))
        yield Problem(
            place,
            de=f"der Text „{key}“ braucht genau diese Platzhalter: {names or 'keine'}",
            en=f'the text "{key}" needs these placeholders: {names or "none"}',
        )


def _placeholders(text: str) -> set[str] | None:
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None


def placeholders_are_plain(knowledge: Knowledge) -> Iterator[Problem]:
    """Only text is put in, and not every format or conversion can take text."""
    for key, text, place in _bot_texts(knowledge):
        for name in _formatted(text):
            yield Problem(
                place,
                de=f"im Text „{key}“ steht am Platzhalter „{name}“ noch ein Format: bitte nur {{{name}}} schreiben",
                en=f'the text "{key}" gives "{name}" a format or conversion: write {{{name}}} alone',
            )


def _formatted(text: str) -> list[str]:
    try:
        return [name or "" for _, name, spec, conversion in Formatter().parse(text) if spec or conversion]
    except ValueError:
        # Not readable at all, which is a problem of its own.
        return []


def months_are_twelve(knowledge: Knowledge) -> Iterator[Problem]:
    for key, text, place in _bot_texts(knowledge):
        count = len(text.split())
        if key == "months" and count != MONTHS:
            yield Problem(
                place,
                de=f"der Text „months“ hat {count} Wörter: bitte die {MONTHS} Monate schreiben, mit Leerzeichen",
                en=f'the text "months" has {count} words: write the {MONTHS} months, separated by spaces',
            )


def _bot_texts(knowledge: Knowledge) -> Iterator[tuple[str, str, Place]]:
    for language in knowledge.languages:
        for key, text in knowledge.texts[language].items():
            yield key, text, knowledge.texts.places.get((language, key), NOWHERE)


def commands_are_understood(knowledge: Knowledge) -> Iterator[Problem]:
    for name in sorted(ASIDES):
        aside = knowledge.asides.get(name)
        lacking = [each for each in knowledge.languages if aside is None or not aside.said_as[each]]
        if lacking:
            listed = ", ".join(lacking)
            yield Problem(
                aside.place if aside else Place("asides.yaml", 1),
                de=f"„{name}“ fehlt ganz oder in einer Sprache: bitte said_as ergänzen ({listed})",
                en=f'"{name}" is missing or lacks a language: add said_as ({listed})',
            )
    for name, aside in knowledge.asides.items():
        if name not in ASIDES and aside.reply is None:
            yield Problem(
                aside.place,
                de=f"„{name}“ ist kein Befehl des Bots: bitte mit reply eine Antwort ergänzen, oder es entfernen",
                en=f'"{name}" is no command of the bot: add a reply or remove it',
            )
        elif not aside.said_as.all:
            yield Problem(
                aside.place,
                de=f"„{name}“ sagt niemand: bitte mit said_as ergänzen, wie Leute das sagen, oder es entfernen",
                en=f'nobody says "{name}": add with said_as how people say it, or remove it',
            )


def replies_keep_no_place_open(knowledge: Knowledge) -> Iterator[Problem]:
    """Replies are said as they stand: a place that nothing was put into is misspelt."""
    for name, aside in knowledge.asides.items():
        said = f"{aside.reply.de} {aside.reply.en}" if aside.reply is not None else ""
        for place in _PLACE.findall(said):
            hint = nearest(place, PLACES)
            yield Problem(
                aside.place,
                de=f"in der Antwort von „{name}“ steht {place}, das es nicht gibt{hint.de}: bitte berichtigen",
                en=f'the reply of "{name}" holds {place}, which does not exist{hint.en}: correct it',
            )


def plain(text: str) -> str:
    """Letters and digits of a phrase in lower case: two phrases that agree in these are the same to a reader."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip()


def _placed(listed: Phrases) -> Iterator[tuple[str, Place]]:
    yield from ((shown.text, shown.place) for shown in phrases(listed))


def phrasings_are_unique(knowledge: Knowledge) -> Iterator[Problem]:
    first: dict[str, Place] = {}
    for entry in knowledge.entries.values():
        for text, place in _placed(entry.asked_as):
            if plain(text) in first:
                other = first[plain(text)]
                yield Problem(
                    place,
                    de=f"„{text}“ steht auch in {other}: bitte nur an einer Stelle behalten",
                    en=f'"{text}" stands in {other} too: keep it in one entry',
                )
            first.setdefault(plain(text), place)


def words_mean_one_thing(knowledge: Knowledge) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for concept, words in knowledge.lexicon.concepts.items():
        for text, place in _placed(words):
            other = first.setdefault(plain(text), concept)
            if other != concept:
                yield _under_two(text, other, concept, place)


def options_are_told_apart(knowledge: Knowledge) -> Iterator[Problem]:
    for fact in knowledge.facts.values():
        first: dict[str, str] = {}
        for option in fact.options.values():
            written = (option.said_as, option.answered_as, option.called_as, option.supposed_as)
            for text, place in chain(*map(_placed, written)):
                other = first.setdefault(plain(text), option.id)
                if other != option.id:
                    yield _under_two(text, other, option.id, place)


def _under_two(text: str, one: str, other: str, place: Place) -> Problem:
    return Problem(
        place,
        de=f"„{text}“ steht unter „{one}“ und „{other}“: bitte nur eines behalten",
        en=f'"{text}" stands under "{one}" and "{other}": keep one',
    )
