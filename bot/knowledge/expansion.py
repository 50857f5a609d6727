"""The templates of a knowledge, expanded: what was written as one line becomes the phrasings it stands for."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from bot.knowledge.model import Entry, Fact, Lexicon, Option, Phrases, Place, Problem
from bot.knowledge.templates import TemplateFault, expand
from bot.knowledge.tree import Report
from bot.messages import LANGUAGES, Language

#: More phrasings than this in one language make an entry slow to train and no easier to find.
MOST_OF_AN_ENTRY = 300


class Expansion:
    """Expands templates with the concepts of one lexicon; problems are reported."""

    def __init__(self, lexicon: Lexicon, report: Report) -> None:
        self._lists = {language: {name: phrases[language] for name, phrases in lexicon.concepts.items()} for language in LANGUAGES}
        self._report = report

    def entry(self, entry: Entry) -> Entry:
        asked_as = self.phrases(entry.asked_as)
        for language in LANGUAGES:
            count = len(asked_as[language])
            if count > MOST_OF_AN_ENTRY:
                message = f"asked_as stands for {count} phrasings ({language}): at most {MOST_OF_AN_ENTRY}, shorten it"
                self._report(Problem(entry.place, message))
        return replace(entry, asked_as=asked_as, not_asked_as=self.phrases(entry.not_asked_as))

    def fact(self, fact: Fact) -> Fact:
        return replace(
            fact,
            undecided_as=self.phrases(fact.undecided_as),
            untold_as=self.phrases(fact.untold_as),
            options={key: self._option(option) for key, option in fact.options.items()},
        )

    def _option(self, option: Option) -> Option:
        return replace(option, said_as=self.phrases(option.said_as), answered_as=self.phrases(option.answered_as))

    def phrases(self, written: Phrases) -> Phrases:
        """Every phrase that lines stand for, each at the place and with the number of its line."""
        found = {language: list(self._expanded(written, language)) for language in LANGUAGES}
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

    def _expanded(self, written: Phrases, language: Language) -> Iterator[tuple[str, int]]:
        for line, text in enumerate(written[language]):
            phrases = self._of_line(text, self._lists[language], written.place(language, line))
            yield from ((phrase, line) for phrase in phrases)

    def _of_line(self, text: str, lists: Mapping[str, tuple[str, ...]], place: Place) -> tuple[str, ...]:
        try:
            return expand(text, lists)
        except TemplateFault as fault:
            self._report(Problem(place, f'the template "{text}" {fault}'))
            return ()
