"""What an editor is told: where, what is wrong and what to do, in both languages side by side.

Whoever finds a problem writes both, so that neither can be forgotten; whoever prints it chooses one. A warning is told
and refuses nothing.
"""

from dataclasses import KW_ONLY, dataclass
from typing import Literal, TypeAlias

from bot.knowledge.phrases import Bilingual, Place
from bot.messages import Language

ProblemKind: TypeAlias = Literal["problem", "warning"]


_KIND = {"problem": Bilingual(de="", en=""), "warning": Bilingual(de="Warnung: ", en="warning: ")}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an editor must mend, or as a warning had better look at: where, what is wrong, and what to do."""

    place: Place
    _: KW_ONLY
    de: str
    en: str
    kind: ProblemKind = "problem"

    @property
    def message(self) -> Bilingual:
        return Bilingual(de=self.de, en=self.en)

    def told(self, language: Language) -> str:
        """The problem as one line: `file:line: message`."""
        return f"{self.place}: {_KIND[self.kind][language]}{self.message[language]}"
