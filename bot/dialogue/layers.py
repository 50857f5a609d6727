"""What unfolds below an answer: its sources in their own words, a text to copy, what a source text wrote and what is so
today.

Owns the buttons that open and close them. A layer's code holds a digest of its source, so that a button opens the same
one whatever was added since.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.dialogue.cases import digest
from bot.dialogue.citing import Citations, publisher, where
from bot.knowledge.model import Knowledge, Outcome, Reference
from bot.messages import Block, Choice, Language, Line

_WORDING, _COPY, _SAYS, _FOLDED = "w", "c", "s", "0"
_DIGEST_LENGTH = 4


@dataclass(frozen=True, slots=True)
class Layer:
    """Which layer is open, by its code: `w` the wording, `c` the text to copy, `s` and a digest what one source wrote,
    `0` none."""

    code: str

    @property
    def is_copy(self) -> bool:
        return self.code == _COPY


FOLDED = Layer(_FOLDED)
WORDING = Layer(_WORDING)
COPY = Layer(_COPY)


def says_of(source: str) -> Layer:
    """The layer that shows what a source wrote."""
    return Layer(_SAYS + digest(_DIGEST_LENGTH, "source", source))


def says_label(knowledge: Knowledge, source: str, language: Language) -> str:
    """What the button says that shows what a source wrote."""
    name = publisher(knowledge.sources[source], language)
    return knowledge.texts[language]["button_says"].format(source=name)


class Layers:
    """The layers of one answer: of its outcome, or of all that are still open."""

    def __init__(
        self, knowledge: Knowledge, language: Language, outcomes: Sequence[Outcome], citations: Citations
    ) -> None:
        self._knowledge = knowledge
        self._language = language
        self._texts = knowledge.texts[language]
        self._outcomes = outcomes
        self._citations = citations

    def blocks(self, layer: Layer) -> tuple[Block, ...]:
        """What the layer shows; nothing for one that there is not."""
        if layer == WORDING:
            return tuple(self._wording())
        if layer.is_copy:
            return (Block("copy", (Line(self._copy),)),) if self._copy else ()
        return tuple(block for source in self._said if says_of(source) == layer for block in self._says(source))

    def choices(self, opened: Layer, code: Callable[[Layer], str]) -> Iterator[Choice]:
        """A button for each layer; the one that is open folds. `code` makes a layer's code one of this answer."""
        if self._citations.references:
            yield self._choice("button_wording", WORDING, opened, code)
        if self._copy:
            yield Choice(self._texts["button_copy"], code(COPY), "copy", "layers", self._copy)
        for source in self._said:
            label = says_label(self._knowledge, source, self._language)
            yield Choice(*self._folding(label, says_of(source), opened, code), group="says")

    def _choice(self, key: str, layer: Layer, opened: Layer, code: Callable[[Layer], str]) -> Choice:
        return Choice(*self._folding(self._texts[key], layer, opened, code), group="layers")

    def _folding(self, label: str, layer: Layer, opened: Layer, code: Callable[[Layer], str]) -> tuple[str, str]:
        if layer != opened:
            return label, code(layer)
        return self._texts["button_fold"].format(label=label), code(FOLDED)

    @property
    def _copy(self) -> str:
        """The text to copy, if what is known leads to one outcome."""
        copy = self._outcomes[0].copy if len(self._outcomes) == 1 else None
        return copy[self._language] if copy else ""

    @property
    def _said(self) -> tuple[str, ...]:
        """The sources that wrote about it."""
        return tuple(dict.fromkeys(each.source for each in self._references()))

    def _references(self) -> tuple[Reference, ...]:
        return tuple(dict.fromkeys(each for outcome in self._outcomes for each in outcome.source_says))

    def _wording(self) -> Iterator[Block]:
        for reference in self._citations.references:
            claim = self._knowledge.claim(reference)
            marks = self._citations.marks((reference,))
            title = where(self._knowledge, reference, self._language)
            if claim.quote:
                yield Block("quote", (Line(as_quotation(claim.quote[self._language], self._language), marks),), title)
            else:
                said = self._texts["quote_means"].format(says=claim.says[self._language])
                yield Block("text", (Line(said, marks),), title)

    def _says(self, source: str) -> Iterator[Block]:
        name = publisher(self._knowledge.sources[source], self._language)
        title = self._texts["says_title"].format(source=name)
        for reference in self._references():
            if reference.source == source:
                yield from self._passage(reference, title)
                title = ""

    def _passage(self, reference: Reference, title: str) -> Iterator[Block]:
        claim = self._knowledge.claim(reference)
        quote = claim.quote[self._language] if claim.quote else ""
        marks = self._citations.marks((reference,))
        says = claim.says[self._language]
        if not quote:
            yield Block("text", (Line(self._texts["quote_means"].format(says=says), marks),), title)
        else:
            # The two source texts are German.
            said = as_quotation(quote, "de") + ("" if self._language == "de" else f" ({says})")
            yield Block("quote", (Line(said, marks),), title)
        if claim.note:
            yield Block("text", (Line(claim.note[self._language]),), self._texts["today_title"])


def as_quotation(passage: str, language: Language) -> str:
    """A verbatim passage in quotation marks; dots show that its sentence began before or goes on after it."""
    before = "… " if passage[0].islower() else ""
    after = "" if passage[-1] in ".!?" else " …"
    opening, closing = ("„", "“") if language == "de" else ("“", "”")
    return f"{opening}{before}{passage}{after}{closing}"
