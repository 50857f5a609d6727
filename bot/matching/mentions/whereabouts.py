"""What a country is named for in a sentence: where the asker is, what holds there, or merely where a thing is from.

Owns the reading of what stands around a country's name. Refuses to know any country.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.phrases import Phrases
from bot.matching.mentions.frame_book import FrameBook
from bot.matching.normalise import all_words, clauses, stem, words
from bot.messages import LANGUAGES

#: So many words of what somebody is may stand between "ich bin" and "aus Wien": "kleiner regionaler Hofladen".
WORDS_OF_A_BODY = 3
#: So many words may stand between "Swiss" and "law": "Swiss data protection law".
WORDS_UP_TO_LAW = 3
#: A noun so long may be the end of a German compound, which has so many letters more.
SHORTEST_HEAD = 4
FEWEST_BEFORE_HEAD = 3


class Sentence:
    """The words of one sentence, with the clause that each stands in."""

    def __init__(self, text: str) -> None:
        self.text = text
        parts = [words(clause) for clause in clauses(text)]
        self.words = [word for part in parts for word in part]
        self._clauses = [part for part in parts for _ in part]

    def clause(self, position: int) -> list[str]:
        return self._clauses[position]


@dataclass(frozen=True, slots=True)
class Mention:
    """A country in a sentence: where its name begins, and where what follows it; whether it is one like "Swiss"."""

    sentence: Sentence
    start: int
    end: int
    is_adjective: bool = False

    @property
    def clause(self) -> list[str]:
        return self.sentence.clause(self.start)


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a mention: all before its preposition, the preposition with its article, and all after it."""

    before: Sequence[str]
    preposition: str
    article: str
    after: Sequence[str]
    clause: Sequence[str]

    @property
    def head(self) -> str:
        """The word that the mention belongs to; empty at the beginning of a sentence."""
        return self.before[-1] if self.before else ""

    @property
    def next(self) -> str:
        return self.after[0] if self.after else ""


class Nouns:
    """Nouns in all their forms, German ones as the last part of a compound, too."""

    def __init__(self, *lists: Phrases) -> None:
        self._words = {word for phrases in lists for word in all_words(phrases.all)}
        self._stems = {
            language: {stem(word, language) for phrases in lists for word in all_words(phrases[language])}
            for language in LANGUAGES
        }
        german = {word for phrases in lists for word in all_words(phrases.de)}
        self._heads = tuple(sorted(word for word in german if len(word) >= SHORTEST_HEAD))

    def __contains__(self, word: str) -> bool:
        if word in self._words or any(stem(word, language) in self._stems[language] for language in LANGUAGES):
            return bool(word)
        return len(word) >= SHORTEST_HEAD + FEWEST_BEFORE_HEAD and word.endswith(self._heads)

    def any_of(self, read: Iterable[str]) -> bool:
        return any(word in self for word in read)


class Whereabouts:
    """Reads mentions with the frames of one knowledge; `brands` are words for services, which have a place, too."""

    def __init__(self, lexicon: Lexicon, frames: FrameBook, brands: Collection[str]) -> None:
        self._brands = brands
        self._grammar = all_words(lexicon.function_words.all)
        self._german = all_words(lexicon.function_words.de) - all_words(lexicon.function_words.en)
        self._negations = all_words(lexicon.negations.all)
        self._acted_on = all_words(lexicon.asker_acted_on.all)
        self._articles = frames.words("articles")
        self._askers, self._subjects = frames.words("askers"), frames.words("subjects")
        self._places, self._origins = frames.words("place_is"), frames.words("origin_is")
        self._aims, self._joined = frames.words("aim_is"), frames.words("with_is")
        self._applies = frames.words("applies")
        self._kept, self._seated, self._prying = (frames.words(name) for name in ("kept", "seated", "prying"))
        self._self, self._abroad = frames.book("self_is"), frames.book("data_abroad")
        self._machines, self._elsewhere = Nouns(frames.listed("machines")), Nouns(frames.listed("elsewhere"))
        self._things = Nouns(frames.listed("kept_things"), frames.listed("machines"))
        self._bodies, self._laws = Nouns(frames.listed("bodies")), Nouns(frames.listed("law_is"))

    def is_explicit(self, phrase: Sequence[str]) -> bool:
        """Whether a phrase says by itself who is there: "wir sitzen in Irland"; "in Irland" may be said of a server."""
        prepositions = self._places | self._origins
        return any(word in self._askers for word in phrase) or any(word in prepositions for word in phrase[1:])

    def is_meant(self, mention: Mention) -> bool:
        """Whether the asker says that they are there, or asks what holds there."""
        around = self._around(mention)
        if mention.is_adjective:
            return self._describes(around)
        if self._is_about_law(around):
            return True
        if self._abroad.find_in(around.clause) or self._is_aim(around) or self._is_denied(around):
            return False
        if around.preposition in self._origins:
            return self._is_askers_origin(around)
        is_others = self._belongs_elsewhere(around) or self._tells_of_another(around) or self._seats_another(around)
        return not (is_others or self._keeps_things(around))

    def is_askers(self, mention: Mention) -> bool:
        """Whether the asker says that they are there, in so many words."""
        around = self._around(mention)
        is_place = around.preposition in self._places | self._origins
        return is_place and self._is_led_by_asker(around) and not self._is_denied(around)

    def _around(self, mention: Mention) -> _Around:
        read, first = mention.sentence.words, mention.start
        if mention.end - first > 1 and read[first] in self._places | self._origins:
            return _Around(read[:first], read[first], "", read[mention.end :], mention.clause)
        while first > 0 and read[first - 1] in self._articles:
            first -= 1
        article = " ".join(read[first : mention.start])
        preposition = read[first - 1] if first > 0 else ""
        is_one = preposition in self._places | self._origins | self._aims | self._joined
        before = read[: first - 1] if is_one else read[:first]
        return _Around(before, preposition if is_one else "", article, read[mention.end :], mention.clause)

    def _describes(self, around: _Around) -> bool:
        """Whether an adjective belongs to the law, to a company or club, or to the asker: "Swiss cheese" does not."""
        if self._is_about_law(around):
            return True
        if around.next in self._bodies:
            # A Swiss company that does something to the asker says nothing of where the asker is.
            return self._has_subject(around.clause) or not any(word in self._acted_on for word in around.clause)
        is_alone = not around.next or around.next in self._grammar
        # "I'm Scottish": without its apostrophe "im" is a German preposition.
        led = replace(around, before=[*around.before, around.preposition], preposition="")
        return is_alone and self._is_led_by_asker(led)

    def _is_about_law(self, around: _Around) -> bool:
        return around.head in self._laws or self._laws.any_of(around.after[:WORDS_UP_TO_LAW])

    def _is_aim(self, around: _Around) -> bool:
        """Whether something goes there: "nach Irland", "in die USA"; not "does it apply to Austria"."""
        is_aim = around.preposition in self._aims or f"{around.preposition} {around.article}" in self._aims
        return is_aim and around.head not in self._applies

    def _is_denied(self, around: _Around) -> bool:
        """Whether the asker says that they are not there; "gilt das nicht in Österreich?" asks."""
        return around.head in self._negations and any(word in self._askers for word in around.clause)

    def _is_askers_origin(self, around: _Around) -> bool:
        if self._is_led_by_asker(around):
            return True
        *others, body = around.before[-3:] or [""]
        # "Unser Betrieb kommt aus Tirol": the verb stands last.
        is_said_of_body = any(word in self._bodies for word in others) and any(word in self._askers for word in others)
        is_opening = len(around.before) <= WORDS_OF_A_BODY and body in self._bodies
        return is_said_of_body or (is_opening and not any(word in self._acted_on for word in around.clause))

    def _is_led_by_asker(self, around: _Around) -> bool:
        """Whether "ich bin" or "we are a" stands before, with nothing between but what somebody is."""
        ends = {each.positions[-1] for each in self._self.find_in(self._without_contraction(around))}
        others = 0
        for position in range(len(around.before) - 1, -1, -1):
            word = around.before[position]
            if position in ends:
                return True
            if word in self._articles:
                continue
            others += 1
            if others > WORDS_OF_A_BODY or word in self._grammar or word in self._things or word in self._brands:
                return False
            if around.preposition in self._origins and word in self._elsewhere:
                return False
        return False

    def _without_contraction(self, around: _Around) -> list[str]:
        """What stands before; "im" is German where others are: "im Urlaub habe ich …" does not begin with "I'm"."""
        is_german = any(word in self._german and word != "im" for word in around.clause)
        return ["" if word == "im" and is_german else word for word in around.before]

    def _belongs_elsewhere(self, around: _Around) -> bool:
        """Whether it is the place of a server, a company, a court, a journey."""
        if not around.preposition and (around.next in self._machines or around.next in self._elsewhere):
            return True
        is_of_another = around.head in self._elsewhere and not self._is_led_by_asker(around)
        return around.head in self._things or is_of_another

    def _tells_of_another(self, around: _Around) -> bool:
        """Whether somebody there does something to the asker: "ein Kunde in Wien hat mir geschrieben". A shop that does
        is theirs."""
        is_noun = bool(around.head) and around.head not in self._grammar and bool(around.preposition)
        is_noun = is_noun and around.head not in self._bodies
        is_done = any(word in self._acted_on for word in around.clause) and not self._has_subject(around.clause)
        return is_noun and is_done and not self._is_led_by_asker(around)

    def _keeps_things(self, around: _Around) -> bool:
        """Whether data or a server are there: "werden meine Fotos in Irland gespeichert?"."""
        is_kept = self._things.any_of(around.clause) and any(word in self._kept for word in around.clause)
        return (is_kept or self._machines.any_of(around.clause)) and not self._has_subject(around.clause)

    def _seats_another(self, around: _Around) -> bool:
        """Whether a company or a relative is there ("WhatsApp sitzt in Irland"), or somebody who reads along."""
        clause, is_askers = around.clause, any(word in self._askers for word in around.clause)
        if any(word in self._seated for word in clause):
            is_brand = any(word in self._brands for word in clause) and not is_askers
            return is_brand or (self._elsewhere.any_of(clause) and not self._has_subject(clause))
        return any(word in self._prying for word in clause) and not is_askers

    def _has_subject(self, clause: Sequence[str]) -> bool:
        return any(word in self._subjects for word in clause)
