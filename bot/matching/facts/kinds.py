"""Of what kind each part of a text is: said, asked, supposed, or repeated after somebody else.

Decided here, once a sentence, for all that reads facts: only what is said tells any.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.knowledge.lexicon import Lexicon
from bot.matching.normalise import all_words, clauses, sentences, words
from bot.matching.phrases import PhraseBook
from bot.matching.spelling import EVERY_WORD

Kind: TypeAlias = Literal["statement", "question", "supposition", "report"]

#: A quoted text of more words is somebody's sentence; a shorter one is the name of something.
LONGEST_NAME = 3
#: "Wieso keine Einwilligung?" repeats our words; a why of more words asks about the world.
LONGEST_ECHO = 5
#: From so many words on, what begins like a question is one without its mark: "kann ich belegen" is an answer.
LEAST_ASKING = 6
#: "Die Business App, was ist das?": so many words name what is asked about.
LONGEST_TAKEN_UP = 4
#: "Als Verein?", "mit der API?": so many words may ask without a verb.
LONGEST_FRAGMENT = 5

_QUOTATION_MARKS = frozenset('„“”"»«')
_QUOTED = re.compile(r"[„“”\"»«]([^„“”\"»«]+)[„“”\"»«]")


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a text of one kind: its words, without those that only make it a supposition.

    What is only mentioned ("weiß nicht, ob …") is asked, and does not make the message a question.
    """

    kind: Kind
    words: list[str]
    is_mentioned: bool = False


class Kinds:
    """Tells the kinds by the words of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._interrogatives = all_words(lexicon.interrogatives.all)
        self._asking_verbs = all_words(lexicon.asking_verbs.all)
        self._whether_openers = all_words(lexicon.whether_openers.all)
        self._question_words = (
            self._interrogatives | self._asking_verbs | all_words(lexicon.question_words.all) | self._whether_openers
        )
        self._askers = all_words(lexicon.asker_acts.all)
        self._owners = all_words(lexicon.asker_owns.all)
        self._prepositions = all_words(lexicon.prepositions.all)
        self._connectors = all_words(lexicon.connectors.all)
        self._leading = self._connectors | all_words((*lexicon.lead_ins.all, *lexicon.fillers.all))
        self._relatives = all_words(lexicon.relatives.all)
        self._reasons = all_words(lexicon.reasons.all)
        self._supposers = all_words(lexicon.supposers.all)
        self._supposing = PhraseBook(dict.fromkeys(lexicon.supposing_openers.all), EVERY_WORD)
        #: With what only looks like it: "da steht Business drunter" quotes an app, and not us.
        self._reporters = PhraseBook(
            {**dict.fromkeys(lexicon.reporters.all, True), **dict.fromkeys(lexicon.not_reported.all, False)}, EVERY_WORD
        )
        self._openly_reporting = PhraseBook(dict.fromkeys(lexicon.saying.all), EVERY_WORD)
        self._hearsay = PhraseBook(dict.fromkeys(lexicon.hearsay.all), EVERY_WORD)
        self._plainly = all_words(lexicon.plainly.all)
        self._indirect = {tuple(words(phrase)) for phrase in lexicon.indirect_openers.all}
        #: Stands for whatever begins an indirect question: "not sure if" is "not sure whether".
        self._whether = next((phrase[0] for phrase in sorted(self._indirect) if len(phrase) == 1), "")
        self._cutting = self._supposers | {phrase[-1] for phrase in self._indirect}

    def parts(self, text: str) -> list[Part]:
        """The parts of a text in their order. What is quoted is left out."""
        quoted = [Part("report", [])] if _quotes(text) else []
        return [*quoted, *(part for sentence in sentences(_unquoted(text)) for part in self._of_sentence(sentence))]

    def kind(self, parts: Sequence[Part]) -> Kind:
        """The kind of a whole message: that of its last part that does more than state."""
        kinds = [part.kind for part in parts if part.kind != "statement" and not part.is_mentioned]
        return kinds[-1] if kinds else "statement"

    def _of_sentence(self, sentence: str) -> Iterator[Part]:
        asks = "?" in sentence[-3:]
        pieces = self._taken_up([piece for clause in clauses(sentence) for piece in self._cut(words(clause))])
        reported = self._reported_from(pieces)
        heard = next((number for number, piece in enumerate(pieces) if self._is_hearsay(piece)), len(pieces))
        asking = self._asking_from(pieces, asks=asks)
        kind: Kind = "statement"
        is_announced = False
        for number, piece in enumerate(pieces):
            if number >= reported:
                yield Part("report", piece)
                continue
            if number >= heard:
                # What a third person said tells nothing, and is no objection to what we said.
                yield Part("report", piece, is_mentioned=True)
                continue
            is_first = number == 0
            kind, rest = self._read(piece, kind, is_asked=number >= asking)
            left_out = self._left_out(piece, asks=asks, is_whole=len(pieces) == 1) if is_first else None
            if kind != "supposition" and left_out:
                kind, rest = "supposition", left_out
            if is_announced and kind == "statement":
                kind = "supposition"
            # "Angenommen, …" supposes what comes next.
            is_announced = kind == "supposition" and not rest
            is_sure = asks or (is_first and asking == 0)
            yield Part(kind, rest, is_mentioned=kind == "question" and (self._is_indirect(rest) or not is_sure))

    def _is_hearsay(self, piece: list[str]) -> bool:
        return bool(self._hearsay.find_in(piece)) and self._supposed(self._stripped(piece), piece) is None

    def _taken_up(self, pieces: list[list[str]]) -> list[list[str]]:
        """The pieces, with what a question only takes up again in one with it: "die Business App, was ist das?"."""
        if len(pieces) < 2 or len(pieces[0]) > LONGEST_TAKEN_UP or pieces[1][0] not in self._interrogatives:
            return pieces
        is_name = (self._askers | self._owners | self._prepositions | self._leading).isdisjoint(pieces[0])
        return [[*pieces[0], *pieces[1]], *pieces[2:]] if is_name else pieces

    def _cut(self, said: list[str]) -> Iterator[list[str]]:
        """A clause, cut before each word that begins a supposition or an indirect question: many write no comma."""
        starts = [0, *(at for at in range(1, len(said)) if said[at] in self._cutting and self._cuts(said, at))]
        for start, end in zip(starts, [*starts[1:], len(said)], strict=True):
            if end > start:
                is_indirect = start > 0 and tuple(said[start - 1 : start + 1]) in self._indirect
                yield [self._whether if is_indirect else said[start], *said[start + 1 : end]]

    def _cuts(self, said: Sequence[str], at: int) -> bool:
        """Whether a clause of its own begins there; "und wenn" is cut after "und", which nobody misses."""
        return any(word not in self._leading for word in said[:at])

    def _reported_from(self, pieces: Sequence[Sequence[str]]) -> int:
        """The number of the piece that says that what follows was said by somebody else."""
        found = (
            number for number, piece in enumerate(pieces) if self._reports(piece, is_last=number == len(pieces) - 1)
        )
        return next(found, len(pieces))

    def _reports(self, piece: Sequence[str], *, is_last: bool) -> bool:
        """Whether a piece says so: "sie schreiben, …" ends with it, for "sie schreiben ja" may be said of customers."""
        found = self._reporters.find_in(piece)
        at_end = self._openly_reporting.find_in(piece)
        return any(each.meaning for each in found) or any(
            each.positions[-1] == len(piece) - 1 and not is_last for each in at_end
        )

    def _asking_from(self, pieces: Sequence[Sequence[str]], *, asks: bool) -> int:
        """The number of the first piece that asks. Without a question mark it is only the first one that can."""
        starts = [self._stripped(piece)[:1] for piece in pieces]
        if asks:
            asking = [number for number, start in enumerate(starts) if self._question_words.issuperset(start) and start]
            return asking[0] if asking else len(pieces) - 1
        length = sum(map(len, pieces))
        is_plain = bool(pieces) and not self._plainly.isdisjoint(self._stripped(pieces[0])[1:2])
        # "Ist nur die normale, hat der Chef installiert" leaves out its subject.
        first = set(starts[0]) if starts and not is_plain else set()
        is_long = length >= LEAST_ASKING and first <= self._question_words - self._whether_openers
        is_sure = length > 2 and first <= self._interrogatives | self._asking_verbs
        return 0 if first and (is_long or is_sure) else len(pieces)

    def _read(self, piece: list[str], before: Kind, *, is_asked: bool) -> tuple[Kind, list[str]]:
        """The kind of a piece after another one, and its words without those that only make it a supposition."""
        said = self._stripped(piece)
        if self._is_indirect(said):
            return "question", said
        supposed = self._supposed(said, piece)
        if supposed is not None:
            return "supposition", supposed
        return self._plain_kind(piece, said, before, is_asked=is_asked), piece

    def _plain_kind(self, piece: Sequence[str], said: Sequence[str], before: Kind, *, is_asked: bool) -> Kind:
        is_echo = len(said) <= LONGEST_ECHO and self._askers.isdisjoint(said)
        if is_echo and not self._reasons.isdisjoint(said[:1]):
            return "report"
        if is_asked and said and said[0] not in self._askers:
            return "question"
        if before == "supposition" and piece[0] in (self._relatives | self._connectors):
            return "supposition"
        asks = len(said) > 1 and said[0] in self._interrogatives
        return "question" if asks else "statement"

    def _stripped(self, piece: Sequence[str]) -> list[str]:
        """A piece without what leads into it."""
        start = next((at for at, word in enumerate(piece) if word not in self._leading), len(piece))
        return list(piece[start:])

    def _is_indirect(self, said: Sequence[str]) -> bool:
        return tuple(said[:1]) in self._indirect

    def _supposed(self, said: list[str], piece: list[str]) -> list[str] | None:
        """What is supposed, if a piece says so: "falls sie zustimmen", "was wäre mit der normalen App"."""
        if said and said[0] in self._supposers:
            return said[1:]
        for read in (piece, said):
            found = self._supposing.at_start(read)
            if found:
                opener = found.positions
                # A preposition belongs to what is supposed: "ohne Einwilligung".
                rest = [word for at, word in enumerate(read) if at not in opener]
                last = read[opener[-1]]
                return [last, *rest] if rest and last in self._prepositions else rest
        return None

    def _left_out(self, piece: list[str], *, asks: bool, is_whole: bool) -> list[str] | None:
        """What a follow-up without a verb supposes: "und als Verein?", "mit der API?"."""
        said = [word for at, word in enumerate(piece) if at > 0 or word not in self._connectors]
        if not said or not self._askers.isdisjoint(said):
            return None
        leads = len(said) < len(piece)
        begins_so = said[0] in self._prepositions
        if asks and leads and said[0] not in self._question_words:
            return said
        is_fragment = begins_so and len(said) <= LONGEST_FRAGMENT and self._question_words.isdisjoint(said)
        return said if is_fragment and (leads or (asks and is_whole)) else None


def _unquoted(text: str) -> str:
    """A text without the sentences that it quotes."""
    return text if _QUOTATION_MARKS.isdisjoint(text) else _QUOTED.sub(lambda q: q[1] if _is_name(q) else " ", text)


def _quotes(text: str) -> bool:
    return not _QUOTATION_MARKS.isdisjoint(text) and any(not _is_name(found) for found in _QUOTED.finditer(text))


def _is_name(quoted: re.Match[str]) -> bool:
    """Whether a quotation is but a name; one that is the whole message is what the person says."""
    return len(words(quoted[1])) <= LONGEST_NAME or quoted[0] == quoted.string.strip()
