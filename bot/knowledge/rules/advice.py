"""Rules whose breach is a warning: most likely a slip, yet an editor may have meant it."""

import re
from collections.abc import Iterator

from bot.knowledge.model import Entry, Fact, Knowledge, Option
from bot.knowledge.phrases import Phrases, Place
from bot.knowledge.problems import Problem
from bot.knowledge.rules.links import options
from bot.knowledge.rules.shown import shown_texts
from bot.knowledge.rules.wording import plain
from bot.messages import Language

#: Nobody types more words to choose an option.
MOST_TYPED = 3
_UNFINISHED = re.compile(r"\b(?:TODO|TBD|XXX|FIXME|Lorem ipsum)\b|\?\?\?")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def options_can_be_typed(knowledge: Knowledge) -> Iterator[Problem]:
    for fact, option in options(knowledge):
        for language in knowledge.languages:
            if not any(len(plain(each).split()) <= MOST_TYPED for each in _typed(option, language, knowledge)):
                yield _untypable(fact, option, language)


def _typed(option: Option, language: Language, knowledge: Knowledge) -> Iterator[str]:
    """What chooses an option when it is asked for."""
    yield from (option.label[language], option.stated[language])
    yield from (*option.said_as[language], *option.answered_as[language])
    if option.id in ("yes", "no") and option.id in knowledge.asides:
        yield from knowledge.asides[option.id].said_as[language]


def _untypable(fact: Fact, option: Option, language: Language) -> Problem:
    return Problem(
        option.place,
        de=f"„{fact.name}: {option.id}“ tippt niemand so ({language}): bitte kurze Antworten als answered_as ergänzen",
        en=f'nobody will type "{fact.name}: {option.id}" ({language}): add short answers under answered_as',
        kind="warning",
    )


def texts_are_finished(knowledge: Knowledge) -> Iterator[Problem]:
    for shown in shown_texts(knowledge):
        if found := _UNFINISHED.search(shown.text):
            yield Problem(
                shown.place,
                de=f"hier steht noch „{found[0]}“: bitte den Text fertig schreiben",
                en=f'"{found[0]}" still stands here: finish the text',
                kind="warning",
            )


def phrasings_differ(knowledge: Knowledge) -> Iterator[Problem]:
    """Two lines of an entry that differ in the order of words, or in how umlauts are typed, teach nothing."""
    for entry in knowledge.entries.values():
        for language in knowledge.languages:
            yield from _alike(entry, language)


def _alike(entry: Entry, language: Language) -> Iterator[Problem]:
    first: dict[tuple[str, ...], tuple[str, Place]] = {}
    for text, place in _written(entry.asked_as, language):
        key = tuple(sorted(plain(text).translate(_UMLAUTS).split()))
        other = first.setdefault(key, (text, place))
        if other[1] != place and plain(other[0]) != plain(text):
            yield Problem(
                place,
                de=f"„{text}“ hat dieselben Wörter wie Zeile {other[1].line}: bitte anders formulieren oder entfernen",
                en=f'"{text}" has the same words as line {other[1].line}: word it otherwise or remove it',
                kind="warning",
            )


def _written(phrases: Phrases, language: Language) -> Iterator[tuple[str, Place]]:
    """The lines that stand for themselves: what templates stand for is alike on purpose."""
    lines = phrases.lines(language)
    for index, (text, line) in enumerate(zip(phrases[language], lines, strict=True)):
        if lines.count(line) == 1:
            yield text, phrases.place(language, index)


def concepts_have_words(knowledge: Knowledge) -> Iterator[Problem]:
    for name, words in knowledge.lexicon.concepts.items():
        for language in knowledge.languages:
            if not words[language]:
                # Its place is that of a word of the other language, for it has none of its own.
                place = next(iter(words.places.values()), Place("lexicon.yaml", 1))
                yield Problem(
                    place,
                    de=f"der Begriff „{name}“ hat keine Wörter ({language}): bitte ergänzen oder den Begriff entfernen",
                    en=f'the concept "{name}" has no words ({language}): add some or remove the concept',
                    kind="warning",
                )
