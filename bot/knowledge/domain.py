"""What a knowledge is about and how the bot presents itself with it: knowledge.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.guidance import Example
from bot.knowledge.phrases import Bilingual, Phrases
from bot.messages import LANGUAGES, Language

#: So that the descriptions that are made of it fit where they are shown (in characters).
LONGEST_NAME = 40
LONGEST_ABOUT = 60
LONGEST_EXAMPLE = 120
#: So that it can be read on a button.
LONGEST_BUTTON = 40

#: Where the bot's texts and replies keep a place for the domain's names.
PLACES = ("{bot_name}", "{bot_about}", "{bot_example}", "{bot_topics}", "{bot_help}")

_NOTHING = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Domain:
    """The languages that a knowledge is written in, and its names in them.

    `about` goes on after "Ich beantworte Fragen …", `example` is a question to begin with, `topics` are lines, `help`
    says who knows what the bot does not.
    """

    languages: tuple[Language, ...] = LANGUAGES
    name: Bilingual = field(default=_NOTHING)
    about: Bilingual = field(default=_NOTHING)
    example: Bilingual = field(default=_NOTHING)
    topics: Phrases = field(default_factory=Phrases)
    help: Bilingual = field(default=_NOTHING)
    #: Questions that a person who has none yet can tap on.
    examples: tuple[Example, ...] = ()

    def placed(self, text: str, language: Language) -> str:
        """A text of the bot with the domain's names in the places that are kept for them."""
        for place, value in self._values(language).items():
            text = text.replace(place, value)
        return text

    def _values(self, language: Language) -> Mapping[str, str]:
        names = (self.name, self.about, self.example)
        said = (*(each[language] for each in names), "\n".join(self.topics[language]), self.help[language])
        return dict(zip(PLACES, said, strict=True))
