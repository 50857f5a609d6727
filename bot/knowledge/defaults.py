"""What every knowledge has without writing it: words of grammar, small talk, texts, everyday questions, frames.

Owns reading them and joining a knowledge's own with them: words and phrases are added, replies and texts take the place
of ours. They are parts of the program, so that a fault in them is one of its own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import TypeVar

from bot.knowledge import readers
from bot.knowledge.domain import Domain
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Aside, Texts
from bot.knowledge.phrases import NOWHERE, Bilingual, Phrases
from bot.knowledge.problems import Problem
from bot.knowledge.templates import MOST_MEANT, expand
from bot.knowledge.tree import Node, Report, parse
from bot.messages import LANGUAGES, Language

ReadT = TypeVar("ReadT")

FOLDER = "defaults"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What ships with the bot, in all languages there are."""

    lexicon: Lexicon
    asides: Mapping[str, Aside]
    texts: Mapping[Language, Mapping[str, str]]


@cache
def defaults() -> Defaults:
    """Read once a process."""
    return Defaults(
        _read("lexicon.yaml", readers.read_lexicon),
        {name: _nowhere(aside) for name, aside in _read("asides.yaml", readers.read_asides).items()},
        {language: _read(f"texts/{language}.yaml", readers.read_texts)[0] for language in LANGUAGES},
    )


def _nowhere(aside: Aside) -> Aside:
    """As no editor's: what ships with the bot is in no file of theirs."""
    return replace(aside, place=NOWHERE, reply=replace(aside.reply, place=NOWHERE) if aside.reply else None)


@cache
def everyday() -> Mapping[str, Phrases]:
    """What people write to any bot, by theme; only for a knowledge that needs it, for it is a long file."""
    return _read("everyday.yaml", readers.read_themes)


@cache
def frames() -> Mapping[str, Phrases]:
    """How people ask what a word means and tell where they are, by what a phrase does; templates are expanded."""
    return {name: _expanded(phrases) for name, phrases in _read("frames.yaml", readers.read_themes).items()}


def _expanded(written: Phrases) -> Phrases:
    meant = {
        language: tuple(phrase for line in written[language] for phrase in expand(line, {}, MOST_MEANT))
        for language in LANGUAGES
    }
    return Phrases(meant["de"], meant["en"])


def _read(name: str, reader: Callable[[Node, Report], ReadT]) -> ReadT:
    problems: list[Problem] = []
    report = Report(problems.append)
    content = files("bot").joinpath(FOLDER, *name.split("/")).read_bytes()
    tree = parse(content, f"bot/{FOLDER}/{name}", report)
    if tree is None or problems:
        raise RuntimeError(f"{FOLDER}/{name} of this installation is damaged: install the bot anew")
    return reader(tree, report)


def with_default_words(own: Lexicon) -> Lexicon:
    """A knowledge's lexicon with the words that every knowledge has; its concepts are its own."""
    shipped = defaults().lexicon
    lists = {name: added_to(getattr(shipped, name), getattr(own, name)) for name in readers.LISTS}
    classes = {
        name: added_to(shipped.classes.get(name, Phrases()), own.classes.get(name, Phrases()))
        for name in {**shipped.classes, **own.classes}
    }
    return Lexicon(
        **lists, concepts=own.concepts, kinds=own.kinds, exclusive_kinds=own.exclusive_kinds, classes=classes
    )


def added_to(first: Phrases, second: Phrases) -> Phrases:
    """Both, one after the other; each phrase of the second keeps its place."""
    places = {
        (language, len(first[language]) + index): second.place(language, index)
        for language in LANGUAGES
        for index in range(len(second[language]))
    }
    return Phrases(first.de + second.de, first.en + second.en, places)


def with_default_asides(own: Mapping[str, Aside], domain: Domain) -> dict[str, Aside]:
    """A knowledge's asides with those that every knowledge has: phrases are added, a reply takes the place of ours."""
    shipped = defaults().asides
    joined = {name: _joined(aside, own.get(name)) for name, aside in shipped.items()}
    every = {**joined, **{name: aside for name, aside in own.items() if name not in shipped}}
    return {name: replace(aside, reply=_placed(aside.reply, domain)) for name, aside in every.items()}


def _joined(shipped: Aside, own: Aside | None) -> Aside:
    if own is None:
        return shipped
    said_as, cues = added_to(shipped.said_as, own.said_as), added_to(shipped.cues, own.cues)
    return Aside(own.id, said_as, own.reply or shipped.reply, own.entry or shipped.entry, cues, own.place)


def _placed(reply: Bilingual | None, domain: Domain) -> Bilingual | None:
    if reply is None:
        return None
    placed = {language: domain.placed(reply[language], language) for language in domain.languages}
    return replace(reply, de=placed.get("de", ""), en=placed.get("en", ""))


def with_default_texts(own: Texts, domain: Domain) -> Texts:
    """A knowledge's texts with ours for all that it does not say otherwise, in its languages."""
    said = {"de": own.de, "en": own.en}
    every = {language: {**defaults().texts[language], **said[language]} for language in domain.languages}
    placed = {
        language: {key: domain.placed(text, language) for key, text in texts.items()}
        for language, texts in every.items()
    }
    return Texts(placed.get("de", {}), placed.get("en", {}), own.places)
