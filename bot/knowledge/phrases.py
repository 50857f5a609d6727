"""Texts with the place in a knowledge file that each stands at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.messages import Language


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a knowledge file, for messages to editors."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


NOWHERE = Place("", 0)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One text in both languages, equally complete; in a knowledge of one language the other is empty."""

    de: str
    en: str
    place: Place = field(default=NOWHERE, compare=False, repr=False)

    def __getitem__(self, language: Language) -> str:
        """The text in a language, or in the only one that there is."""
        return self.de or self.en if language == "de" else self.en or self.de


@dataclass(frozen=True, slots=True)
class Phrases:
    """Lists of phrases per language, each with its own place.

    `written` numbers the lines they were written as: phrases that one template stands for share a number.
    """

    de: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    places: Mapping[tuple[Language, int], Place] = field(default_factory=dict, compare=False, repr=False)
    written: Mapping[Language, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __getitem__(self, language: Language) -> tuple[str, ...]:
        return self.de if language == "de" else self.en

    def place(self, language: Language, index: int) -> Place:
        return self.places.get((language, index), NOWHERE)

    def lines(self, language: Language) -> tuple[int, ...]:
        """For each phrase the number of the line it was written as."""
        return self.written.get(language, tuple(range(len(self[language]))))

    @property
    def all(self) -> tuple[str, ...]:
        return self.de + self.en
