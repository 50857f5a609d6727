"""Random walks over the real knowledge: whatever people write and tap, in any order, there is a way on.

100,000 turns, and as many as are wanted with `make fuzz`: texts from the phrase lists, labels, talk about answers,
questions about options, noise; buttons that were shown; commands; restarts in between. The same walks each time.
"""

import os
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.dialogue import acts, events
from bot.dialogue.actions.going import Step
from bot.dialogue.answering import Answer
from bot.dialogue.respond import respond
from bot.dialogue.session import Session, State, Suspended, reconcile
from bot.dialogue.states import step
from bot.dialogue.varying import varied
from bot.knowledge.model import UNKNOWN, Knowledge
from bot.messages import COMMANDS, Commanded, Content, Language, Reply, Said, Tapped
from bot.sessions import codec
from bot.understanding import Understanding
from bot.understanding.reading import Meaning

TURNS = int(os.environ.get("FUZZ_TURNS", "100000"))
WALKS = 20
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
#: Of so many turns one restarts the bot in between, and one begins a new dialogue.
RESTARTED, ANEW = 10, 40
NOISE = ["lila mit streifen", "???", "asdf qwer", "…", "42", "na so ein rundes teil halt", "😀", "whatever dude", "hm"]
ABOUT_OPTIONS = {
    "de": ["was ist {label}?", "was kostet {label}?", "woran erkennt man {label}?", "was heißt denn {label}?"],
    "en": ["what is {label}?", "how much is {label}?", "what does {label} mean?"],
}


class Texts:
    """What people may write, by kind; made once."""

    def __init__(self, knowledge: Knowledge) -> None:
        labels = [
            (language, option.label[language])
            for fact in knowledge.facts.values()
            for option in fact.options.values()
            for language in knowledge.languages
        ]
        # Labels that are names: "what is It is about my own data?" asks nobody.
        names = [(language, label) for language, label in labels if not label.startswith(("Es geht", "It is"))]
        self.about_options = [
            template.format(label=label) for language, label in names for template in ABOUT_OPTIONS[language]
        ]
        entries = knowledge.entries.values()
        self.kinds: list[list[str]] = [
            [phrase for aside in knowledge.asides.values() for phrase in aside.said_as.all],
            [label for _, label in labels],
            [p for fact in knowledge.facts.values() for o in fact.options.values() for p in o.answered_as.all],
            [phrase for entry in entries for phrase in entry.asked_as.all],
            [
                f"{name} {word}"
                for entry in entries
                for name in (entry.label.de, entry.label.en)
                for word in ("?", "bitte")
            ],
            [phrase for each in knowledge.emergencies.values() for phrase in each.said_as.all],
            [phrase for each in knowledge.countries.values() for phrase in each.said_as.all],
            [phrase for each in knowledge.terms.values() for phrase in each.said_as.all],
            self.about_options,
            NOISE,
        ]
        self.kinds = [kind for kind in self.kinds if kind]

    def any(self, chance: random.Random) -> str:
        return chance.choice(chance.choice(self.kinds))


class Walk:
    """One dialogue after the other, turn by turn; every turn is looked at."""

    def __init__(self, knowledge: Knowledge, understanding: Understanding, texts: Texts, seed: int) -> None:
        self._knowledge = knowledge
        self._understanding = understanding
        self._texts = texts
        self._chance = random.Random(seed)  # noqa: S311
        self._session = Session(self._language())
        self._codes: list[str] = []
        self._said = ""

    def _language(self) -> Language:
        return self._chance.choice(("de", "en"))

    def turn(self) -> None:
        if self._chance.randrange(ANEW) == 0:
            self._session, self._said = Session(self._language()), ""
        if self._chance.randrange(RESTARTED) == 0:
            self._restart()
        content = self._content()
        meaning = self._understanding.of(self._session, content, NOW)
        before = replace(self._session, language=meaning.language)
        stepped = step(before, meaning.event, self._knowledge)
        replies = respond(stepped.session.language, stepped.acts, self._knowledge, NOW.date())
        replies, session = varied(replies, stepped.session, self._knowledge)
        self._look(before, content, meaning, stepped, replies)
        self._session = session
        self._codes = [c.code for reply in replies for c in reply.choices if c.kind == "press"] or self._codes

    def _restart(self) -> None:
        stored = codec.decode(codec.encode(self._session))
        assert stored == self._session
        assert reconcile(stored, self._knowledge) == stored

    def _content(self) -> Content:
        kind = self._chance.random()
        if kind < 0.3 and self._codes:
            return Tapped(self._chance.choice(self._codes), question="Darf ich das?", quoted="Darf ich das?", shown="7")
        if kind < 0.35:
            return Commanded(self._chance.choice(list(COMMANDS.values())))
        return Said(self._texts.any(self._chance))

    def _look(
        self, before: Session, content: Content, meaning: Meaning, stepped: Step, replies: tuple[Reply, ...]
    ) -> None:
        where = f"{content} in {before}"
        said = "\n".join(line.text for reply in replies for block in reply.blocks for line in block.lines)
        assert said or any(reply.citations for reply in replies), where
        is_in_place = any(reply.apart is not None for reply in replies)
        shown = "\n".join([said, *(choice.label for reply in replies for choice in reply.choices)])
        # After these nothing is remembered, not even what was said.
        is_forgotten = isinstance(meaning.event, events.Reset | events.ErasureRequested)
        assert shown != self._said or is_in_place or is_forgotten, where
        self._said = "" if is_in_place else shown
        self._has_a_way_on(before, stepped.session, replies, where)
        if isinstance(content, Said) and content.text in self._texts.about_options:
            # What waited is taken up with what was told for it.
            told = set(before.facts.items()).union(*(each.facts.items() for each in before.waiting))
            assert stepped.session.facts.items() <= told, where
        self._changes_no_verdict_in_silence(before, stepped, said, where)

    def _has_a_way_on(self, before: Session, session: Session, replies: tuple[Reply, ...], where: str) -> None:
        assert reconcile(session, self._knowledge) == session, where
        if session.state in (State.ASKING, State.CHOOSING, State.CHANGING) and _open(session) != _open(before):
            assert any(reply.choices for reply in replies), where
        for leaving in (events.NewQuestionAsked(), events.Reset()):
            assert step(session, leaving, self._knowledge).session.state is State.IDLE, where

    def _changes_no_verdict_in_silence(self, before: Session, stepped: Step, said: str, where: str) -> None:
        """An answer that is told again in the next breath, with another verdict, says what has changed."""
        last = before.told
        for act in stepped.acts:
            if not isinstance(act, acts.Tell | acts.TellBriefly):
                continue
            # While a fact is being changed, what holds without it is told as no more than that.
            if isinstance(act, acts.TellBriefly) and act.lead == "so_far":
                continue
            if (
                last
                and last.entry == act.entry
                and self._verdict(act.entry, act.known) != self._verdict(act.entry, last.facts)
            ):
                changed = (*act.changed, *act.supposed)
                assert changed, f"{where} -> {stepped.acts}"
                language, facts = stepped.session.language, self._knowledge.facts
                now = {**self._knowledge.entries[act.entry].unless_said, **act.known}
                stated = [facts[name].stated(now.get(name, UNKNOWN), language) for name in changed]
                assert any(each in said for each in stated), where
            last = Suspended(act.entry, act.known)

    def _verdict(self, entry: str, known: Mapping[str, str]) -> str:
        return Answer(self._knowledge, "de", self._knowledge.entries[entry], known).verdict


def _open(session: Session) -> tuple[object, ...]:
    return session.state, session.pending, session.candidates


@pytest.fixture(scope="module")
def texts(real: Knowledge) -> Texts:
    return Texts(real)


@pytest.mark.parametrize("seed", range(WALKS))
def test_any_sequence_of_turns_ends_with_a_way_on(
    seed: int, real: Knowledge, real_understanding: Understanding, texts: Texts
) -> None:
    walk = Walk(real, real_understanding, texts, seed)
    for _ in range(TURNS // WALKS):
        walk.turn()
