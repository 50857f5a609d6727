"""How things are said: utterances that are no question ("hallo", "zurück"), and the form of questions."""

from collections.abc import Sequence
from functools import cached_property

from rapidfuzz import fuzz, process

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Knowledge
from bot.knowledge.templates import TemplateFault, expand
from bot.matching.normalise import all_words, clauses, sentences, words
from bot.matching.reading.vocabulary import Vocabulary
from bot.matching.talk.hints import Hints
from bot.matching.talk.sayings import Sayings, is_template
from bot.messages import LANGUAGES, Language

#: Shorter utterances must be written exactly; in longer ones this likeness (0-100) forgives a typo.
SHORTEST_FORGIVEN = 6
LEAST_LIKENESS = 88.0
#: In shorter words a typo makes another word too often: "kurs" is not "kurz".
SHORTEST_REPAIRED = 5
#: As often where a letter is another ("wetter", "weiter"), and where no other word tells ("strand", "stand").
SHORTEST_DOUBTED = 7
#: No utterance has more words, and no row of them more clauses: what is longer is a question, or a story.
MOST_WORDS = 16
MOST_CLAUSES = 12
#: So many phrasings of one line are known.
MOST_PHRASINGS = 2000

#: What answers the bot, or takes something away, is said in these very words: "das ist richtig" is a yes, "ist das
#: richtig" is none.
VERBATIM = frozenset({"yes", "no", "none", "unknown", "okay", "assent", "change", "cancel", "reset", "forget"})
#: Nobody greets or scolds in words of any order either.
SET_PHRASES = VERBATIM | {"greeting", "thanks", "goodbye", "praise", "insult", "laugh"}
#: All that a set phrase may be besides: who praises or scolds may mean the answer.
RATINGS = frozenset({"thumbs_up", "thumbs_down"})


class UtteranceBook:
    """The asides of one knowledge by how people say them.

    A line of an aside may be a template. A whole message is an aside if it is one of its phrases but for fillers and
    typos, or has the gist of one; what says more is none.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        self._fillers = all_words(knowledge.lexicon.fillers.all)
        self._whole: dict[str, list[str]] = {}
        self._essences: dict[str, list[str]] = {}
        self._by_length: dict[int, list[str]] = {}
        self._spoken: dict[Language, set[str]] = {language: set() for language in LANGUAGES}
        self._sayings = {language: Sayings(knowledge.lexicon, language) for language in LANGUAGES}
        for language in LANGUAGES:
            for name, aside in knowledge.asides.items():
                for line in aside.said_as[language]:
                    self._learn(name, line, language)
        self._correct = _all_words_of(knowledge.lexicon)
        self._knowledge = knowledge
        self._words = {word for phrase in self._whole for word in phrase.split()}
        self._words.update(*(sayings.known for sayings in self._sayings.values()))
        self._vocabulary = Vocabulary({word: 1 for word in self._words if len(word) >= SHORTEST_REPAIRED})

    def _learn(self, name: str, line: str, language: Language) -> None:
        """A set phrase is learnt in each of its wordings; of what else is a template, the gist will do."""
        if name not in SET_PHRASES and self._learn_gist(name, line, language):
            return
        for said in map(words, _phrasings(line)):
            self._spoken[language].add(" ".join(said))
            _enter(self._whole, " ".join(said), name)
            essence = self._essence(said)
            # "so ist es" states what "ist es" asks.
            if not self._sayings[language].asks(essence) or self._sayings[language].asks(said):
                self._learn_essence(name, " ".join(essence), language)

    def _learn_gist(self, name: str, line: str, language: Language) -> bool:
        """Whether that is all there is to learn of a line."""
        try:
            self._sayings[language].learn(name, line)
        except TemplateFault:
            return False
        return is_template(line)

    def _learn_essence(self, name: str, essence: str, language: Language) -> None:
        if essence not in self._essences:
            self._by_length.setdefault(len(essence), []).append(essence)
        _enter(self._essences, essence, name)
        self._spoken[language].add(essence)

    def language(self, text: str) -> Language | None:
        """The language of a whole utterance that is said in one language only, as it stands."""
        said = words(text)
        forms = {" ".join(said), " ".join(self._essence(said))}
        spoken = [each for each in LANGUAGES if forms & self._spoken[each] or self._in(each, said, is_asked=True)]
        return spoken[0] if len(spoken) == 1 else None

    def all(self, text: str) -> tuple[str, ...]:
        """The names of the asides that a whole message may be ("nein" is both no and a refusal); often none. Of several
        in a row ("great, thank you!") the last counts."""
        is_asked = text.rstrip().endswith("?")
        # Words of two sentences say together what neither says: each is read by itself.
        named = () if _is_several(text) else self._named(text, is_asked)
        parts = [] if named else clauses(text)
        if not 2 <= len(parts) <= MOST_CLAUSES:
            return named
        for part in parts:
            named = self._named(part, is_asked)
            if not named:
                return ()
        return named

    @cached_property
    def _hints(self) -> Hints:
        """Only made if it is asked for: a start that needs none is quicker."""
        return Hints(self._knowledge)

    def hinted(self, text: str) -> str | None:
        """The one aside that a message most probably means if nothing else understands it: a guess, told by cues."""
        return self._hints.hinted(text)

    def _named(self, text: str, is_asked: bool) -> tuple[str, ...]:
        said = words(text.replace("§", " paragraph "))
        if not 0 < len(said) <= MOST_WORDS:
            return ()
        essence = " ".join(self._essence(said))
        exact = self._whole.get(" ".join(said)) or self._essences.get(essence, [])
        mended = self._mended(said)
        if mended is None:
            return tuple(exact)
        by_gist = [name for language in LANGUAGES for name in self._in(language, mended, is_asked)]
        besides = [name for name in by_gist if name in RATINGS or _may_be_more(exact, is_asked)]
        return tuple(dict.fromkeys((*exact, *besides))) or self._alike(essence)

    def _in(self, language: Language, said: Sequence[str], is_asked: bool) -> tuple[str, ...]:
        return self._sayings[language].named(said, is_asked) if len(said) <= MOST_WORDS else ()

    def _mended(self, said: Sequence[str]) -> list[str] | None:
        """The words with their typos mended; None if two of them or more are in no utterance."""
        shortest = SHORTEST_REPAIRED if len(said) > 1 else SHORTEST_DOUBTED
        mended: list[str] = []
        strange = 0
        for word in said:
            found = word if self._is_known(word) else self._repaired(word, shortest)
            strange += found is None
            if strange > 1:
                return None
            mended.append(found or word)
        return mended

    def _is_known(self, word: str) -> bool:
        return word in self._words or any(sayings.has_stem_of(word) for sayings in self._sayings.values())

    def _repaired(self, word: str, shortest: int) -> str | None:
        if len(word) < shortest or word in self._correct:
            return None
        found = self._vocabulary.repair(word)
        has_other_letter = found is not None and len(found) == len(word) and sorted(found) != sorted(word)
        return None if has_other_letter and len(word) < SHORTEST_DOUBTED else found

    def _alike(self, essence: str) -> tuple[str, ...]:
        """What a phrase that looks like it means."""
        if len(essence) < SHORTEST_FORGIVEN:
            return ()
        near = process.extractOne(essence, self._about_as_long(essence), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
        return tuple(self._essences[near[0]]) if near else ()

    def _about_as_long(self, essence: str) -> list[str]:
        """The phrases that can be like it at all: the likeness of two texts is at most twice the shorter one's share of
        both."""
        most = 200 / LEAST_LIKENESS - 1
        shortest, longest = max(SHORTEST_FORGIVEN, int(len(essence) / most)), int(len(essence) * most) + 1
        return [phrase for length in range(shortest, longest + 1) for phrase in self._by_length.get(length, ())]

    def _essence(self, said: Sequence[str]) -> Sequence[str]:
        """The phrase without the words that only make it polite."""
        return [word for word in said if word not in self._fillers] or said


def _is_several(text: str) -> bool:
    """Whether a text has several sentences; what has one word is part of one ("z. B.?")."""
    parts = sentences(text)
    return len(parts) > 1 and all(len(words(part)) > 1 for part in parts)


def _may_be_more(exact: Sequence[str], is_asked: bool) -> bool:
    """Whether what is said in so many words may be anything else, too. "Sicher." is a yes, "sicher?" may be a doubt."""
    return SET_PHRASES.isdisjoint(exact) or (is_asked and not VERBATIM.isdisjoint(exact))


def _phrasings(line: str) -> tuple[str, ...]:
    """What a line stands for; one that cannot be read as a template stands for itself."""
    try:
        return expand(line, {}, MOST_PHRASINGS)
    except TemplateFault:
        return (line,)


def _enter(names: dict[str, list[str]], phrase: str, name: str) -> None:
    known = names.setdefault(phrase, [])
    if name not in known:
        known.append(name)


def _all_words_of(lexicon: Lexicon) -> set[str]:
    """What is written correctly as it stands."""
    lists = (lexicon.function_words, lexicon.negations, lexicon.reservations, *lexicon.concepts.values())
    return all_words(phrase for each in lists for phrase in each.all)


class Phrasing:
    """Recognises the form of a message, whatever it is about."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._question_words = all_words(lexicon.question_words.all)
        self._interrogatives = all_words(lexicon.interrogatives.all)
        self._openers = tuple(" ".join(words(phrase)) + " " for phrase in lexicon.follow_up_openers.all)

    def is_question(self, text: str) -> bool:
        """A question mark at its end, or a question word at its start."""
        said = words(text)
        return text.rstrip().endswith("?") or (len(said) > 2 and said[0] in self._question_words)

    def asks(self, text: str) -> bool:
        """Whether a text can be nothing but a question: "was meinen Sie mit …", also without its mark."""
        said = words(text)
        is_open = len(said) > 1 and said[0] in self._interrogatives
        return is_open or (text.rstrip().endswith("?") and len(said) > 1 and said[0] in self._question_words)

    def is_elliptical(self, text: str) -> bool:
        """Whether the text takes up what was said before: "und als …?", "what about …?"."""
        return (" ".join(words(text)) + " ").startswith(self._openers)

    def without_opener(self, text: str) -> str:
        """What a follow-up is about: "actually everyone agreed" -> "everyone agreed"."""
        plain = " ".join(words(text)) + " "
        opener = max((each for each in self._openers if plain.startswith(each)), key=len, default="")
        return plain.removeprefix(opener).strip() if opener else text
