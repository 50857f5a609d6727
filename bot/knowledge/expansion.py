"""The templates of a knowledge, expanded: what was written as one line becomes the phrasings it stands for."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from bot.knowledge.guidance import Country, Emergency, Term
from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Entry, Fact, Option
from bot.knowledge.phrases import Phrases, Place
from bot.knowledge.problems import Problem
from bot.knowledge.readers.lexicon import LISTS
from bot.knowledge.templates import TemplateFault, expand
from bot.knowledge.tree import Complaint
from bot.knowledge.unread import Unread
from bot.messages import LANGUAGES, Language

_Lists: TypeAlias = Mapping[Language, Mapping[str, Sequence[str]]]

#: So many phrasings of one line are learnt from: more of the same teach nothing.
MOST_LEARNT = 12
#: So many are looked up as they are.
MOST_LOOKED_UP = 2000
#: More phrasings than this in one language make an entry slow to train and no easier to find.
MOST_OF_AN_ENTRY = 300


class Expansion:
    """Expands templates with the concepts of one lexicon; problems are reported, and what has one stays as written."""

    def __init__(self, lexicon: Lexicon, report: Complaint, unread: Unread) -> None:
        self._unread = unread
        self._lists: dict[Language, dict[str, tuple[str, ...]]] = {
            language: {name: phrases[language] for name, phrases in {**lexicon.concepts, **lexicon.classes}.items()}
            for language in LANGUAGES
        }
        #: In what is looked up, a class stays a slot: a phrase for each word of each class would be too many.
        self._slots: dict[Language, dict[str, tuple[str, ...]]] = {
            language: {name: (f"{{{language}:{name}}}",) if phrases else () for name, phrases in lists.items()}
            for language, lists in self._lists.items()
        }
        self._report = report

    def entry(self, entry: Entry) -> Entry:
        asked_as = self._phrases(entry.asked_as, MOST_LEARNT)
        for language in LANGUAGES:
            count = len(asked_as[language])
            if count > MOST_OF_AN_ENTRY:
                problem = Problem(
                    entry.place,
                    de=f"asked_as steht für {count} Formulierungen ({language}): bitte auf {MOST_OF_AN_ENTRY} kürzen",
                    en=f"asked_as stands for {count} phrasings ({language}): at most {MOST_OF_AN_ENTRY}, shorten it",
                )
                self._report(problem)
        return replace(entry, asked_as=asked_as, not_asked_as=self._phrases(entry.not_asked_as, MOST_LEARNT))

    def lexicon(self, lexicon: Lexicon) -> Lexicon:
        """The lexicon whose lists may be written as templates, too."""
        lists: dict[str, Any] = {name: self._phrases(getattr(lexicon, name), MOST_LOOKED_UP) for name in LISTS}
        return replace(lexicon, **lists)

    def fact(self, fact: Fact) -> Fact:
        return replace(
            fact,
            undecided_as=self._looked_up(fact.undecided_as),
            untold_as=self._looked_up(fact.untold_as),
            options={key: self._option(option) for key, option in fact.options.items()},
        )

    def term(self, term: Term) -> Term:
        return replace(term, said_as=self._phrases(term.said_as, MOST_LOOKED_UP))

    def country(self, country: Country) -> Country:
        return replace(country, said_as=self._phrases(country.said_as, MOST_LOOKED_UP))

    def emergency(self, emergency: Emergency) -> Emergency:
        return replace(
            emergency,
            said_as=self._phrases(emergency.said_as, MOST_LOOKED_UP),
            untold_as=self._phrases(emergency.untold_as, MOST_LOOKED_UP),
        )

    def _option(self, option: Option) -> Option:
        return replace(
            option,
            said_as=self._looked_up(option.said_as),
            answered_as=self._looked_up(option.answered_as),
            called_as=self._looked_up(option.called_as),
            supposed_as=self._looked_up(option.supposed_as),
        )

    def _too_many(self, place: Place, text: str) -> None:
        """What is looked up as it stands is looked up whole, or some of it would be missing silently."""
        problem = Problem(
            place,
            de=f"die Vorlage „{text}“ steht für {MOST_LOOKED_UP} Wendungen oder mehr: bitte zwei Vorlagen schreiben",
            en=f'the template "{text}" stands for {MOST_LOOKED_UP} phrases or more: make two of it',
        )
        self._report(problem)

    def _looked_up(self, written: Phrases) -> Phrases:
        return self._phrases(written, MOST_LOOKED_UP, self._slots)

    def _phrases(self, written: Phrases, most: int, lists: _Lists | None = None) -> Phrases:
        """The phrases that lines stand for, at most so many of each, with the place and the number of their line."""
        found = {
            language: list(self._expanded(written, language, (lists or self._lists)[language], most))
            for language in LANGUAGES
        }
        return Phrases(
            de=tuple(text for text, _ in found["de"]),
            en=tuple(text for text, _ in found["en"]),
            places={
                (language, index): written.place(language, line)
                for language in LANGUAGES
                for index, (_, line) in enumerate(found[language])
            },
            written={language: tuple(line for _, line in found[language]) for language in LANGUAGES},
        )

    def _expanded(
        self, written: Phrases, language: Language, lists: Mapping[str, Sequence[str]], most: int
    ) -> Iterator[tuple[str, int]]:
        for line, text in enumerate(written[language]):
            try:
                phrases = expand(text, lists, most)
                if len(phrases) == most == MOST_LOOKED_UP:
                    self._too_many(written.place(language, line), text)
                yield from ((phrase, line) for phrase in phrases)
            except TemplateFault as fault:
                yield text, line
                if fault.concept and self._unread.holds("concept", fault.concept):
                    continue
                problem = Problem(
                    written.place(language, line),
                    de=f"die Vorlage „{text}“ {fault.told.de}",
                    en=f'the template "{text}" {fault.told.en}',
                )
                self._report(problem)
