"""How things are said: utterances that are no question ("hallo", "zurück"), and the form of questions."""

from rapidfuzz import fuzz, process

from bot.knowledge.lexicon import Lexicon
from bot.knowledge.model import Knowledge
from bot.matching.normalise import all_words, clauses, words
from bot.messages import LANGUAGES, Language

#: Shorter utterances must be written exactly; in longer ones this likeness (0-100) forgives a typo.
SHORTEST_FORGIVEN = 6
LEAST_LIKENESS = 88.0


class UtteranceBook:
    """The asides of one knowledge by how people say them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._fillers = all_words(knowledge.lexicon.fillers.all)
        self._names: dict[str, list[str]] = {}
        for name, aside in knowledge.asides.items():
            for phrase in aside.said_as.all:
                self._names.setdefault(self._essence(phrase), []).append(name)
        self._spoken = {
            language: {
                self._essence(phrase) for aside in knowledge.asides.values() for phrase in aside.said_as[language]
            }
            for language in LANGUAGES
        }
        self._phrases: dict[int, list[str]] = {}
        for phrase in self._names:
            self._phrases.setdefault(len(phrase), []).append(phrase)

    def language(self, text: str) -> Language | None:
        """The language of a whole utterance that is said in one language only, as it stands."""
        spoken = [language for language in LANGUAGES if self._essence(text) in self._spoken[language]]
        return spoken[0] if len(spoken) == 1 else None

    def all(self, text: str) -> tuple[str, ...]:
        """The names of the asides that a whole message may be ("nein" is both no and a refusal); often none. Of several
        in a row ("great, thank you!") the last counts."""
        whole = self._named(text)
        parts = clauses(text)
        if whole or len(parts) < 2:
            return whole
        each = [self._named(clause) for clause in parts]
        return each[-1] if all(each) else ()

    def _named(self, text: str) -> tuple[str, ...]:
        essence = self._essence(text)
        if essence in self._names:
            return tuple(self._names[essence])
        if len(essence) < SHORTEST_FORGIVEN:
            return ()
        near = process.extractOne(essence, self._about_as_long(essence), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
        return tuple(self._names[near[0]]) if near else ()

    def _about_as_long(self, essence: str) -> list[str]:
        """The phrases that can be like it at all: the likeness of two texts is at most twice the shorter one's share of
        both."""
        most = 200 / LEAST_LIKENESS - 1
        shortest, longest = max(SHORTEST_FORGIVEN, int(len(essence) / most)), int(len(essence) * most) + 1
        return [phrase for length in range(shortest, longest + 1) for phrase in self._phrases.get(length, ())]

    def _essence(self, phrase: str) -> str:
        """The phrase without the words that only make it polite."""
        kept = [word for word in words(phrase) if word not in self._fillers]
        return " ".join(kept or words(phrase))


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
