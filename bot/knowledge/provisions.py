"""Where in a law something is said, as data; and how German and English readers write it.

Owns the form of legal citations: German as courts write them ("Art. 6 Abs. 1 UAbs. 1 Buchst. f", "§ 7 Abs. 2 Nr. 2"),
English as EUR-Lex and the official translations of German laws do ("Art. 6(1)(f)", "Section 7(2) no. 2").
"""

from dataclasses import dataclass

from bot.knowledge.phrases import Bilingual

#: What a provision may be: an article (EU), a section (German law, "§") or a recital.
HEADS = ("article", "section", "recital")
#: What may be named within it.
PARTS = ("paragraph", "subparagraph", "sentence", "number", "letter")


@dataclass(frozen=True, slots=True)
class Provision:
    """One place in a law. Exactly one of `article`, `section` and `recital` is set; numbers are texts, as in "7a"."""

    article: str = ""
    section: str = ""
    recital: str = ""
    paragraph: str = ""
    subparagraph: str = ""
    sentence: str = ""
    number: str = ""
    letter: str = ""

    @property
    def label(self) -> Bilingual:
        """How it is cited, without the name of the law."""
        return Bilingual(de=" ".join(self._german()), en=self._english())

    def address(self, template: str) -> str:
        """The address of the provision, from one with `{article}`, `{section}` or `{recital}` in it."""
        return template.format(article=self.article, section=self.section, recital=self.recital)

    def _german(self) -> list[str]:
        heads = {"Art.": self.article, "§": self.section, "Erwägungsgrund": self.recital}
        parts = {
            "Abs.": self.paragraph,
            "UAbs.": self.subparagraph,
            "Satz": self.sentence,
            "Nr.": self.number,
            "Buchst.": self.letter,
        }
        return [f"{name} {value}" for name, value in (heads | parts).items() if value]

    def _english(self) -> str:
        heads = {"Art.": self.article, "Section": self.section, "Recital": self.recital}
        head = " ".join(f"{name} {value}" for name, value in heads.items() if value)
        # An English translation of a German law numbers its items as "no. 2", an EU act its definitions as "(11)".
        number = f" no. {self.number}" if self.section else f"({self.number})"
        parts = (
            f"({self.paragraph})" if self.paragraph else "",
            f" subparagraph {self.subparagraph}" if self.subparagraph else "",
            f" sentence {self.sentence}" if self.sentence else "",
            number if self.number else "",
            f"({self.letter})" if self.letter else "",
        )
        return head + "".join(parts)
