"""What a knowledge is about and how the bot presents itself with it: knowledge.yaml."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.phrases import Bilingual, Phrases
from bot.messages import LANGUAGES, Language

#: So that the descriptions that are made of it fit where they are shown (in characters).
LONGEST_NAME = 40
LONGEST_ABOUT = 60
LONGEST_EXAMPLE = 120

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

    def placed(self, text: str, language: Language) -> str:
        """A text of the bot with the domain's names in the places that are kept for them."""
        for place, value in self._values(language).items():
            text = text.replace(place, value)
        return text

    def _values(self, language: Language) -> Mapping[str, str]:
        return {
            "{bot_name}": self.name[language],
            "{bot_about}": self.about[language],
            "{bot_example}": self.example[language],
            "{bot_topics}": "\n".join(self.topics[language]),
            "{bot_help}": self.help[language],
        }
