"""Utterances that are no question: "hallo", "warum?", "zurück", "weiß nicht". Compared as whole messages."""

from rapidfuzz import fuzz, process

from bot.knowledge.model import Knowledge
from bot.matching.normalise import words

#: Shorter utterances must be written exactly; in longer ones this likeness (0-100) forgives a typo.
SHORTEST_FORGIVEN = 6
LEAST_LIKENESS = 88.0
#: Words that make an utterance polite and change nothing.
_FILLERS = frozenset(
    words("bitte mal doch denn eigentlich einfach na ach ok okay also hm hmm äh oh please well so just um uh")
)


class UtteranceBook:
    """The asides of one knowledge by how people say them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._names: dict[str, list[str]] = {}
        for name, aside in knowledge.asides.items():
            for phrase in aside.said_as.all:
                self._names.setdefault(_essence(phrase), []).append(name)
        self._phrases = [phrase for phrase in self._names if len(phrase) >= SHORTEST_FORGIVEN]

    def all(self, text: str) -> tuple[str, ...]:
        """The names of the asides that a whole message may be ("nein" is both no and a refusal); often none."""
        essence = _essence(text)
        if essence in self._names:
            return tuple(self._names[essence])
        if len(essence) < SHORTEST_FORGIVEN:
            return ()
        near = process.extractOne(essence, self._phrases, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
        return tuple(self._names[near[0]]) if near else ()


def _essence(phrase: str) -> str:
    kept = [word for word in words(phrase) if word not in _FILLERS]
    return " ".join(kept or words(phrase))
