"""Which of the entries offered a person means, in whatever words: a word of its title or label, or a fact it asks."""

from collections.abc import Collection, Iterator, Sequence

from bot.knowledge.model import Entry, Knowledge
from bot.matching.matcher import Matcher
from bot.matching.normalise import all_words, stem, words
from bot.messages import Language

#: So many words may stand beside those that name a choice: "das mit der Gruppe, bitte", "bloß de Termin".
MOST_OTHER_WORDS = 2
#: Shorter words are no sure sign, and no compound's part.
SHORTEST_PART = 4
#: Shorter words are grammar or dialect.
SHORTEST_WORD = 3


class Candidates:
    """The entries of one round of choices, by the words that name them."""

    def __init__(self, entries: Sequence[str], knowledge: Knowledge, matcher: Matcher, language: Language) -> None:
        self._entries = [knowledge.entries[each] for each in entries]
        self._knowledge = knowledge
        self._matcher = matcher
        self._language = language
        self._fillers = all_words((*knowledge.lexicon.fillers.all, *knowledge.lexicon.reservations.all))

    def titled(self, text: str) -> str | None:
        """The one whose title or label is written."""
        said = words(text)
        named = [each.id for each in self._entries if said in [words(name) for name in self._names(each)]]
        return named[0] if named else None

    def named(self, text: str) -> str | None:
        """The one that more words of a short text name than any other."""
        said = self._words(text)
        if not said:
            return None
        counted = [(self._shared(said, self._words_of(each)), each.id) for each in self._entries]
        most = max(count for count, _ in counted)
        best = [entry for count, entry in counted if count == most]
        is_named = most > 0 and len(best) == 1 and len(said) - most <= MOST_OTHER_WORDS
        return best[0] if is_named else None

    def named_several(self, text: str) -> tuple[str, ...]:
        """Those that a word each names, in the order in which they are named, if there are several: "erst die
        Einwilligung, dann die Gruppe"."""
        first: dict[str, int] = {}
        for place, word in enumerate(words(text)):
            named = [each.id for each in self._entries if self._shared(self._words(word), self._words_of(each))]
            if len(named) == 1:
                first.setdefault(named[0], place)
        return tuple(sorted(first, key=lambda entry: first[entry])) if len(first) > 1 else ()

    def asking(self, facts: Collection[str]) -> str | None:
        """The only one to which one of the facts matters."""
        asking = [each.id for each in self._entries if any(name in each.facts for name in facts)]
        return asking[0] if len(asking) == 1 else None

    def answered(self, text: str) -> tuple[str, str, str] | None:
        """The first whose question the text answers, with the fact and its option."""
        # What somebody is answers nothing here: "das erste" would be one of two sides.
        asked = [(entry, name) for entry in self._entries for name in entry.facts]
        found = (
            (entry.id, name, option)
            for entry, name in asked
            if not self._knowledge.facts[name].is_identity
            and (option := self._matcher.facts.answer(name, text)) in self._knowledge.facts[name].options
        )
        return next(((entry, name, option) for entry, name, option in found if option), None)

    def _names(self, entry: Entry) -> Iterator[str]:
        for language in self._knowledge.languages:
            yield from (entry.title[language], entry.label[language])

    def _words_of(self, entry: Entry) -> set[str]:
        return self._words(" ".join(self._names(entry)))

    def _words(self, text: str) -> set[str]:
        is_content = self._matcher.ranking.reader.is_content
        said = (word for word in words(text) if is_content(word) and word not in self._fillers)
        return {word for word in said if len(word) >= SHORTEST_WORD}

    def _shared(self, said: set[str], named: set[str]) -> int:
        forms = {form for word in named for form in self._forms(word)}
        return sum(any(_is_of(one, other) for one in self._forms(word) for other in forms) for word in said)

    def _forms(self, word: str) -> set[str]:
        """As it stands and without its inflection, which a stem may take too far: "Kurs" is no plural."""
        return {word, stem(word, self._language)}


def _is_of(one: str, other: str) -> bool:
    """Whether two words are the same, or one ends or begins the other: "Gruppe" and "Kundengruppe"."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    return len(short) >= SHORTEST_PART and (long.startswith(short) or long.endswith(short))
