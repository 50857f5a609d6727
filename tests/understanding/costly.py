"""Texts that may cost more to read than they look: made from the knowledge's own words, misspelt, repeated, in other
scripts, up to the longest that is read."""

import random
import string
from collections.abc import Callable, Iterator, Sequence

from bot.knowledge.model import Knowledge
from bot.matching.normalise import words

#: Telegram's limit for a message.
LONGEST = 4096
#: Most messages are short, and it is the long ones that cost.
SHORT, SHARE_OF_LONG = 100, 0.03

_OTHER_SCRIPTS = "привет мир Ελληνικά 你好世界 こんにちは مرحبا שלום สวัสดี नमस्ते 👍🏽👩‍👩‍👧 é́́́ ﷽ ﬁ ſ İ ß"
_SIGNS: tuple[str, ...] = (*".,?!;:-–()…@/+[<#„", " ", "\n", "\t", '"')
_NUMBERS = ("0151 2345678", "+49", "01.02.2024", "DE89 3704", "4111 1111", "12345", "49 ", "0", "1.", "§ 7", "2b")
_LIKE_ADDRESSES = ("max@", "a.b@c.de", "@name", "t.me/", "Hauptstraße 5", "Frau Dr. ", "12345 Stadt", "mein Chef Uwe")

Unit = Callable[[], str]


class Texts:
    """An endless supply of texts; the same seed gives the same ones."""

    def __init__(self, knowledge: Knowledge, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - the same texts at each run
        phrases = list(dict.fromkeys(_phrases(knowledge)))
        self._phrases = phrases
        self._asked = [question for entry in knowledge.entries.values() for question in entry.asked_as.all]
        self._words = sorted({word for phrase in phrases for word in words(phrase)})

    def plain(self, length: int) -> str:
        """What people really ask, one question after another."""
        return " ".join(self._random.choices(self._asked, k=1 + length // 10))[:length]

    def __iter__(self) -> Iterator[str]:
        while True:
            yield self._text()

    def _text(self) -> str:
        length = self._length()
        units = self._chosen_units()
        parts: list[str] = []
        written = 0
        while written < length:
            part = self._random.choice(units)()
            parts.append(part)
            written += len(part) + 1
        return self._random.choice((" ", " ", " ", "", ", ", "\n")).join(parts)[:length]

    def _length(self) -> int:
        longest = LONGEST if self._random.random() < SHARE_OF_LONG else SHORT
        return self._random.randint(1, longest)

    def _chosen_units(self) -> Sequence[Unit]:
        """One to three kinds of parts, half of them one part again and again: what is costly is often monotonous."""
        kinds: list[Unit] = [self._phrase, self._misspelt] * 2
        kinds += [self._word, self._compound, self._noise, self._foreign, self._sign, self._personal]
        units = self._random.sample(kinds, self._random.randint(1, 3))
        return [self._repeated(unit) if self._random.random() < 0.5 else unit for unit in units]

    def _repeated(self, unit: Unit) -> Unit:
        part = unit()
        return lambda: part

    def _phrase(self) -> str:
        return self._random.choice(self._phrases)

    def _word(self) -> str:
        return self._random.choice(self._words)

    def _misspelt(self) -> str:
        word = self._word()
        position = self._random.randrange(len(word))
        letter: str = self._random.choice(string.ascii_lowercase)
        mistakes: list[str] = [
            word[:position] + word[position + 1 :],
            word[:position] + letter + word[position:],
            word[:position] + letter + word[position + 1 :],
            word[:position] + word[position : position + 2][::-1] + word[position + 2 :],
        ]
        return self._random.choice(mistakes)

    def _compound(self) -> str:
        return "".join(self._word() for _ in range(self._random.randint(2, 6)))

    def _noise(self) -> str:
        return "".join(self._random.choices(string.ascii_letters, k=self._random.randint(1, 40)))

    def _foreign(self) -> str:
        return self._random.choice(_OTHER_SCRIPTS.split())

    def _sign(self) -> str:
        sign: str = self._random.choice(_SIGNS)
        return sign * self._random.randint(1, 5)

    def _personal(self) -> str:
        return self._random.choice((*_NUMBERS, *_LIKE_ADDRESSES))


def _phrases(knowledge: Knowledge) -> Iterator[str]:
    for fact in knowledge.facts.values():
        for option in fact.options.values():
            yield from (phrase for phrase in (*option.said_as.all, *option.answered_as.all))
        yield from (*fact.untold_as.all, *fact.undecided_as.all)
    lexicon = knowledge.lexicon
    yield from (phrase for concept in lexicon.concepts.values() for phrase in concept.all)
    yield from (*lexicon.negations.all, *lexicon.role_openers.all, *lexicon.reservations.all, *lexicon.fillers.all)
    yield from (phrase for aside in knowledge.asides.values() for phrase in aside.said_as.all)
    for entry in knowledge.entries.values():
        yield from (*entry.asked_as.all, *entry.not_asked_as.all)
