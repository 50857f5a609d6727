"""Facts that a text tells: said anywhere ("als Stadtverwaltung"), or in answer to a follow-up question ("jo, alle")."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.model import Fact, Knowledge
from bot.matching.facts.answers import Answers
from bot.matching.facts.callings import is_called
from bot.matching.facts.clause import OTHERS, Clause, Phrase, Told, read, read_words
from bot.matching.facts.frames import Frames
from bot.matching.facts.joining import Joining, strictest
from bot.matching.facts.kinds import Kinds, Part
from bot.matching.facts.labels import Labels
from bot.matching.facts.said import Options, Said
from bot.matching.facts.shelves import Shelves
from bot.matching.normalise import all_words

__all__ = ["FactReader", "Said"]


@dataclass(frozen=True, slots=True)
class _Mention:
    """An option that a phrase of a clause names."""

    part: Part
    clause: Clause
    phrase: Phrase
    fact: str
    option: str
    is_denied: bool
    is_asker_heard: bool = False
    """Whether another sentence of the message says what the asker does: "die Surfschule hat Kurse, wir schreiben …"."""


class _Found:
    """What a text says, as far as it is read. What is told in a role outdoes the rest: who says "als Hofladen" is one,
    whomever else the text names; and whoever heads a message with it is that before all: "Trainer U13: wir haben eine
    Elterngruppe"."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self.told, self.roles, self.subject, self.supposed = (Options(facts) for _ in range(4))
        #: What heads the message: a calling, and a body, which may be the other side's: "Schule in Köln, mein Kind …".
        self.heads, self.bodies = Options(facts), Options(facts)
        self.excluded: dict[str, set[str]] = {}
        self.is_asker_heard = False
        self.names_others = False


class FactReader:
    """Reads facts; built once per knowledge. `known` words are never taken for a misspelt phrase."""

    def __init__(self, knowledge: Knowledge, known: Collection[str]) -> None:
        lexicon = knowledge.lexicon
        correct = {*known, *all_words(lexicon.lookalikes.all)}
        self._knowledge = knowledge
        self._facts = knowledge.facts
        self._frames = Frames(lexicon, correct)
        self._joining = Joining(lexicon)
        self._kinds = Kinds(lexicon)
        shelves = Shelves(knowledge, correct, self._frames.negations | all_words(lexicon.reservations.all))
        self._said = shelves.anywhere()
        self._answers = Answers(knowledge, shelves, self._frames)
        self._labels = Labels(knowledge, shelves, self._frames)

    def read(self, text: str, topic: Collection[str] = ()) -> Said:
        """What a text says of facts. What it supposes of those in `topic`, which are at hand, is read more freely."""
        parts = self._kinds.parts(text)
        found = _Found(self._facts)
        found.is_asker_heard = any(part.kind == "statement" and self._frames.is_asker_in(part.words) for part in parts)
        head = self._frames.callings.head(parts)
        for number, part in enumerate(parts):
            after = parts[number + 1] if number + 1 < len(parts) else None
            for book in self._said:
                clause = read_words(book, part.words)
                self._read_clause(clause, part, found)
                self._read_callings(clause, part, after, found, is_head=number == head)
        found.roles = found.roles.replaced_by(found.heads).replaced_by(self._own_bodies(found))
        for (fact, option), is_denied in self._labels.named(parts):
            self._add(found, found.told, fact, option, is_denied=is_denied)
        return self._said_in(found, parts, topic)

    def told(self, text: str) -> dict[str, str]:
        """The facts that a question of its own is asked with: told, or what it is about."""
        said = self.read(text)
        return {**said.subject, **said.told}

    def answer(self, fact: str, text: str) -> str | None:
        """The option that a text chooses when asked for a fact: one, `unknown` if it is undecided, or None. A question
        chooses none."""
        is_asked = "?" in text or self._kinds.kind(self._kinds.parts(text)) in ("question", "report")
        return None if is_asked else self._answers.chosen(fact, text) or self._told_by(fact, text)

    def _told_by(self, fact: str, text: str) -> str | None:
        """What an answer tells by another fact: asked for the side, "als Hofladen"."""
        follows = any(option.told_by for option in self._facts[fact].options.values())
        return self.read(text).told.get(fact) if follows else None

    def named(self, fact: str, text: str) -> str | None:
        """The option of a fact that a text names, in whatever kind of sentence, and of whomever."""
        return self._answers.chosen(fact, text) if fact in self._facts else None

    def other_words(self, text: str) -> list[str]:
        """The words of a text that tell no facts."""
        same_clauses = zip(*(read(book, text) for book in self._said), strict=True)
        return [
            alike[0]
            for clauses in same_clauses
            for alike in zip(*(clause.free for clause in clauses), strict=True)
            if all(alike)
        ]

    def _read_clause(self, clause: Clause, part: Part, found: _Found) -> None:
        for each in clause.found:
            found.names_others |= OTHERS in each.meaning
            is_denied = self._frames.is_negated(clause, each)
            for fact, option in (told for told in each.meaning if told[0]):
                mention = _Mention(part, clause, each, fact, option, is_denied, found.is_asker_heard)
                if is_denied and not self._frames.is_excluded(clause, each, is_identity=self._facts[fact].is_identity):
                    continue
                for options in self._taken(mention, found) if self._counts(mention) else ():
                    self._add(found, options, fact, option, is_denied=is_denied)
        for first, is_beside_asker in self._frames.roles(clause):
            of_role = self._of_role(part, found, is_beside_asker=is_beside_asker)
            if of_role:
                for fact, option in self._joined(clause, first):
                    of_role.add(fact, option)

    def _read_callings(self, clause: Clause, part: Part, after: Part | None, found: _Found, *, is_head: bool) -> None:
        """Who somebody says they are without a word such as "als", by a part and what comes after it."""
        frames, callings = self._frames, self._frames.callings
        # What "als" or "wir sind ein" comes before is read as such.
        is_read = part.kind not in ("statement", "question") or any(frames.roles(clause))
        for each in () if is_read else clause.found:
            heads = is_head and callings.is_heading(clause, each, after)
            if frames.is_negated(clause, each) or frames.is_alternative(clause, each):
                continue
            if heads or (is_called(each) and callings.is_closed(clause, each)):
                for fact, option in (told for told in each.meaning if told[0]):
                    if is_called(each):
                        found.heads.add(fact, option)
                    elif self._is_identity(self._facts[fact]):
                        found.bodies.add(fact, option)

    def _add(self, found: _Found, options: Options, fact: str, option: str, *, is_denied: bool) -> None:
        if is_denied:
            found.excluded.setdefault(fact, set()).add(option)
        else:
            options.add(fact, option)

    def _of_role(self, part: Part, found: _Found, *, is_beside_asker: bool) -> Options | None:
        """Where a role goes: "wir als Verein" is one in whatever sentence, "und als Verein?" only supposes it."""
        if is_beside_asker or part.kind in ("statement", "question"):
            return found.roles
        return found.supposed if part.kind == "supposition" else None

    def _counts(self, mention: _Mention) -> bool:
        """Whether a mention can tell anything. What needs certainty stands beside nothing that it is not about, what is
        said of others ("mein Nachbar ist ein Verein") is not of the asker, and "App oder API?" tells neither."""
        fact, kind = self._facts[mention.fact], mention.part.kind
        is_certain = self._answers.needs_certainty(fact.name, mention.option)
        if is_certain and not self._answers.is_plain([mention.clause], fact.name):
            return False
        if fact.about == "asker" and self._frames.is_of_others(mention.clause, mention.phrase):
            return False
        if self._is_of_a_third(mention):
            return False
        is_open = kind in ("question", "supposition") and self._frames.is_alternative(mention.clause, mention.phrase)
        return not is_open and kind != "report" and not (mention.is_denied and kind == "question")

    def _own_bodies(self, found: _Found) -> Options:
        """The bodies that head a message, unless the asker is on the other side of them."""
        left = set(found.bodies.named) if found.names_others else self._untold(found.told.certain(), found)
        return Options(self._facts, {fact: named for fact, named in found.bodies.named.items() if fact not in left})

    def _is_identity(self, fact: Fact) -> bool:
        """Whether a fact is who the asker is."""
        return fact.about == "asker" and fact.is_identity

    def _is_of_a_third(self, mention: _Mention) -> bool:
        """Whether somebody states of another body what it is or does."""
        follows = (self._facts[name] for name in self._implied(mention))
        if mention.is_asker_heard or not any(map(self._is_identity, (self._facts[mention.fact], *follows))):
            return False
        callings = self._frames.callings
        return mention.part.kind == "statement" and callings.is_of_a_third(mention.clause, mention.phrase)

    def _implied(self, mention: _Mention) -> Collection[str]:
        option = self._facts[mention.fact].options.get(mention.option)
        return option.implies if option is not None else ()

    def _taken(self, mention: _Mention, found: _Found) -> Iterator[Options]:
        """Where an option goes that a clause names: what is told, supposed or asked about, or nowhere."""
        kind, frames = mention.part.kind, self._frames
        if is_called(mention.phrase):
            # Whose it is is told by how they introduce themselves; here it is only what is asked or supposed of it.
            taken = {"supposition": found.supposed, "question": found.subject}.get(kind)
            is_about = not (mention.part.is_mentioned or frames.asks_about(mention.clause, mention.phrase))
            if taken is not None and is_about and not mention.is_denied:
                yield taken
            return
        if kind == "statement" and not frames.is_unfamiliar(mention.clause):
            yield found.told
        elif kind == "supposition":
            yield found.supposed
            is_askers = self._facts[mention.fact].about == "asker"
            if is_askers and not mention.is_denied and frames.is_own(mention.clause, mention.phrase):
                yield found.told
        elif kind == "question":
            yield from self._asked(mention, found)

    def _asked(self, mention: _Mention, found: _Found) -> Iterator[Options]:
        """What a question takes for granted of the asker, or what it is about."""
        clause, phrase, frames = mention.clause, mention.phrase, self._frames
        is_mentioned = mention.part.is_mentioned
        if self._facts[mention.fact].about == "question":
            is_certain = self._answers.needs_certainty(mention.fact, mention.option)
            if frames.speaks_of_asker(clause, phrase) and not is_certain:
                yield found.told
            elif not (is_mentioned or frames.asks_whether(clause, phrase) or frames.asks_about(clause, phrase)):
                yield found.subject
        elif frames.is_own(clause, phrase):
            yield found.told
        elif not is_mentioned and not frames.asks_about(clause, phrase):
            yield found.told if frames.is_done_with(clause, phrase) else found.subject

    def _joined(self, clause: Clause, first: int) -> Iterator[Told]:
        """What a phrase tells, or the strictest of those joined to it. All that they tell if none is, or if it is not
        sure that they are joined: then they contradict each other, and the asker is asked."""
        ordered = (name for name, _ in clause.found[first].meaning if name and self._facts[name].strictest_first)
        fact = next(ordered, None)
        run = self._joining.run(clause, first)
        if fact and len(run) > 1 and self._joining.is_closed(clause, run[-1]):
            chosen = strictest(self._facts[fact], (o for each in run for name, o in each.meaning if name == fact))
            run = [each for each in run if chosen is None or (fact, chosen) in each.meaning]
        for each in run:
            yield from (told for told in each.meaning if told[0])

    def _said_in(self, found: _Found, parts: Sequence[Part], topic: Collection[str]) -> Said:
        told = self._told(found)
        untold = self._untold(told, found)
        told = {fact: option for fact, option in told.items() if fact not in untold}
        subject = {
            fact: option for fact, option in found.subject.certain().items() if fact not in told and fact not in untold
        }
        supposed = found.supposed.certain()
        if supposed.keys().isdisjoint(topic):
            supposed = {**self._freely_supposed(parts, topic), **supposed}
        excluded = {fact: frozenset(options) for fact, options in found.excluded.items() if fact not in told}
        return Said(told, supposed, excluded, subject, self._kinds.kind(parts))

    def _told(self, found: _Found) -> dict[str, str]:
        told = found.told.replaced_by(found.roles)
        for fact in self._facts.values():
            for option in fact.options.values():
                if any(found.roles.only(name) in options for name, options in option.told_by.items()):
                    told.add(fact.name, option.id)
        return told.certain()

    def _untold(self, told: Mapping[str, str], found: _Found) -> set[str]:
        """What is told of others by whoever tells this: "mein Friseur" is not the asker."""
        left = {name for fact, option in told.items() for name in self._facts[fact].options[option].leaves_untold}
        return {name for name in left if found.roles.only(name) is None}

    def _freely_supposed(self, parts: Sequence[Part], topic: Collection[str]) -> dict[str, str]:
        """What a supposition names of the facts at hand, in loose words: of one fact, or it may mean any."""
        found = Options(self._facts)
        for part in (each for each in parts if each.kind == "supposition"):
            is_others = any(OTHERS in each.meaning for each in read_words(self._said[0], part.words).found)
            for fact in (name for name in topic if not is_others or self._facts[name].about == "question"):
                option = self._answers.supposed(fact, part.words)
                if option:
                    found.add(fact, option)
        supposed = found.certain()
        return supposed if sum(fact in topic for fact in supposed) == 1 else {}
