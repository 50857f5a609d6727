"""Several questions in one message: "Darf ich sie in eine Gruppe aufnehmen, und was ist mit dem Adressbuch?"."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.matching.normalise import all_words, sentences, words
from bot.messages import Language
from bot.understanding.choosing import Candidates

#: So many questions of one message are answered.
MOST_QUESTIONS = 3
#: Of fewer words no question of its own is made.
LEAST_WORDS = 3
_JOINT = re.compile(r"[,;]?\s+(?:und|sowie|außerdem|and|also|plus)\s+|[,;]\s+", re.IGNORECASE)


class Questions:
    """Takes messages apart into questions."""

    def __init__(self, knowledge: Knowledge, matcher: Matcher) -> None:
        self._knowledge = knowledge
        self._matcher = matcher
        self._openers = all_words((*knowledge.lexicon.question_words.all, *knowledge.lexicon.interrogatives.all))

    def entries(self, text: str, language: Language) -> tuple[str, ...]:
        """The entries that answer the questions of a message, each once, in their order; none if there are not several
        questions that are surely understood."""
        parts = list(islice(self._parts(text), MOST_QUESTIONS))
        if len(parts) < 2:
            return ()
        found: list[str] = []
        for part in parts:
            entry = self._entry(part, language, found)
            if entry and entry not in found:
                found.append(entry)
        return tuple(found) if len(found) > 1 else ()

    def _entry(self, part: str, language: Language, before: list[str]) -> str | None:
        """What answers a question. One after another leaves out what that was about, so that less tells it."""
        decision = self._matcher.decide(part, language, self._related(before))
        if not before or decision.entry:
            return decision.entry
        if decision.kind == "ambiguous":
            return decision.offered[0] if len(decision.offered) == 1 else None
        return Candidates(tuple(self._knowledge.entries), self._knowledge, self._matcher, language).named(part)

    def _related(self, found: list[str]) -> tuple[str, ...]:
        """What the question before was about is not said again in the next."""
        entries = [self._knowledge.entries[each] for each in found]
        return tuple(related for entry in entries for related in (entry.id, *entry.see_also))

    def _parts(self, text: str) -> Iterator[str]:
        """The questions of a text; what only tells something goes with the question after it."""
        told = ""
        for sentence in sentences(text):
            for part in self._split(sentence):
                if self._asks(part):
                    yield f"{told} {part}".strip()
                    told = ""
                else:
                    told = f"{told} {part}".strip()

    def _split(self, sentence: str) -> list[str]:
        """A sentence at its joints, as far as a question begins there; each word is read once for all of them."""
        joints = list(_JOINT.finditer(sentence))
        ends = [joint.start() for joint in joints[1:]] + [len(sentence)]
        before = words(sentence[: joints[0].start()]) if joints else []
        parts, start = [], 0
        for joint, end in zip(joints, ends, strict=False):
            after = words(sentence[joint.end() : end])
            if self._begins_question(after) and len(before) >= LEAST_WORDS and self._begins_question(before):
                parts.append(sentence[start : joint.start()])
                start, before = joint.end(), after
            else:
                before += [*words(joint.group()), *after]
        return [*parts, sentence[start:]]

    def _asks(self, part: str) -> bool:
        said = words(part)
        return len(said) >= LEAST_WORDS and (part.rstrip().endswith("?") or self._begins_question(said))

    def _begins_question(self, said: Sequence[str]) -> bool:
        return bool(said) and said[0] in self._openers
