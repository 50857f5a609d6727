"""One turn: open the session, understand, step, respond, save. The only place where time and a store meet the core."""

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from bot.dialogue import acts
from bot.dialogue.actions.going import Step
from bot.dialogue.actions.talking import with_country
from bot.dialogue.acts import Act
from bot.dialogue.answering import Answer
from bot.dialogue.cases import start_parameter
from bot.dialogue.events import (
    Ambiguous,
    Answered,
    AsideMade,
    DataRequested,
    Event,
    Excluded,
    Matched,
    NotUnderstood,
    Picked,
    PickedAll,
    PickedNone,
    Reset,
    Revised,
    Supposed,
    Unmatched,
)
from bot.dialogue.respond import respond
from bot.dialogue.scene import Notice, Scene
from bot.dialogue.session import Session, State, afresh, reconcile
from bot.dialogue.states import step
from bot.dialogue.varying import varied
from bot.knowledge.model import Knowledge
from bot.messages import Card, Incoming, Language, Reply, Said, Tapped
from bot.sessions.store import Donation, Store, Turn, Vote
from bot.threads import Threads
from bot.understanding import Understanding
from bot.understanding.fragments import Fragments
from bot.understanding.reading import Meaning

#: So long that nobody guesses another's donation, so short that it fits into a button.
_DONATION_ID_BYTES = 12
#: Under this name a session keeps the number of the last message.
_LAST = ""
#: What an edit may mean in the dialogue as it stands.
_CORRECTING = (Answered, Revised, Supposed, Excluded, Picked, PickedNone, PickedAll)
#: A change of fewer words that nothing answers is one of an answer ("Kind"), not of a question.
_LEAST_QUESTION_WORDS = 3
#: So many texts are read at once: several only so that one that takes long does not keep the others waiting.
_MOST_READ_AT_ONCE = 4
#: To read a text takes milliseconds. One that takes so long has found a fault of ours.
READING_SECONDS = 5.0
_LINK = re.compile(r"://|\bwww\.|\bt\.me/", re.IGNORECASE)

Result = TypeVar("Result")


class ReadingOverrun(Exception):
    """A text took too long to read; its turn is over."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a turn: the replies, and what may be counted: what was understood and the entry at hand. Of what
    `is_part` nothing was answered or is to be saved: more of it may come. What `continues` can be read as one with such
    parts before it."""

    replies: tuple[Reply, ...]
    decision: str
    entry: str
    is_part: bool = False
    continues: bool = False
    #: For who tells a program of it: what was understood, and what was done.
    event: Event | None = None
    step: Step | None = None


class Assistant:
    """Answers incoming messages of any channel from one knowledge."""

    def __init__(
        self,
        knowledge: Knowledge,
        understanding: Understanding,
        store: Store,
        language: Language,
        notice: Notice | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._understanding = understanding
        self._store = store
        self._language = language
        self._notice = notice or Notice()
        self._fragments = Fragments(knowledge.lexicon)
        self._threads = Threads(_MOST_READ_AT_ONCE)

    def adopt(self, knowledge: Knowledge, understanding: Understanding) -> None:
        """Answer from another knowledge from now on; dialogues go on with what it still has of them."""
        self._knowledge, self._understanding = knowledge, understanding
        self._fragments = Fragments(knowledge.lexicon)

    async def suggest(self, text: str, language: Language | None) -> tuple[Card, ...]:
        """Answers to what was typed so far, best first, for somebody who may choose one; nothing is kept of it. Raises
        ReadingOverrun."""
        found, spoken = await self._read(partial(self._understanding.suggestions, text, language or self._language))
        return tuple(self._card(entry, facts, spoken) for entry, facts in found)

    def _card(self, name: str, facts: Mapping[str, str], language: Language) -> Card:
        entry = self._knowledge.entries[name]
        answer = Answer(self._knowledge, language, entry, facts)
        reply = answer.card()
        verdict = next(line.text for block in reply.blocks if block.kind == "verdict" for line in block.lines)
        parameter = start_parameter(entry, facts, self._knowledge.facts)
        return Card(parameter, entry.title[language], verdict, reply, parameter)

    async def answer(self, incoming: Incoming) -> tuple[Reply, ...]:
        """The replies to one message. The session is saved before they are handed out. Raises ReadingOverrun."""
        async with self._store.turn(incoming.conversation, incoming.at) as turn:
            taken = await self.take(turn, incoming)
        return taken.replies

    async def take(self, turn: Turn, incoming: Incoming) -> Taken:
        """The turn of one message, within a store's turn: its caller saves what it leaves behind. Raises
        ReadingOverrun."""
        knowledge = self._knowledge
        session = opened = self._opened(turn, incoming)
        current, meaning = await self._meant(session, incoming)
        if current is None:
            return self._left_alone(meaning, incoming)
        session = current
        if self._is_part(session, incoming, meaning.event):
            return Taken((), "part", "", is_part=True, continues=True)
        stepped = step(replace(session, language=meaning.language), meaning.event, knowledge)
        if _is_edit(incoming) and _changes_nothing(incoming, meaning.event, opened, stepped.session):
            return Taken((), "unchanged", stepped.session.entry or "")
        if _is_pressed_again(incoming, meaning.event, opened, stepped.session):
            stepped = replace(stepped, acts=(acts.Say("already_answered"),))
        kept, planned = _with_remarks(stepped, incoming, meaning)
        language = stepped.session.language
        done = tuple([await self._carried_out(act, language, turn, incoming) for act in planned])
        scene = Scene(self._notice, incoming.conversation.is_group, turn.session is None, _is_forwarded(incoming))
        replies = respond(language, done, knowledge, incoming.at.date(), scene)
        replies, kept = varied(replies, kept, knowledge)
        _keep(turn, _numbered(kept, incoming, meaning.event), meaning.event)
        return Taken(
            replies,
            type(meaning.event).__name__.lower(),
            stepped.session.entry or "",
            continues=self._fragments.continues(session, meaning.event),
            event=meaning.event,
            step=stepped,
        )

    def _is_part(self, session: Session, incoming: Incoming, event: Event) -> bool:
        if not incoming.may_go_on or not isinstance(incoming.content, Said):
            return False
        return self._fragments.is_part(session, incoming.parts or (incoming.content.text,), event)

    async def _meant(self, session: Session, incoming: Incoming) -> tuple[Session | None, Meaning]:
        """What a message means, and the session it means it in; no session for an edit that tells nothing.

        An edit corrects what its message told: an answer that answer, the last message that one; a question of its own
        begins anew.
        """
        if not _is_edit(incoming):
            return session, await self._understood(session, incoming)
        fact = _told_by(session, incoming)
        current = replace(session, state=State.ASKING, pending=fact) if fact else session
        meaning = await self._understood(current, incoming)
        if fact or session.numbers.get(_LAST) == _number(incoming) != "":
            if isinstance(meaning.event, _CORRECTING):
                return current, meaning
        elif isinstance(meaning.event, Revised):
            return session, meaning
        begun = await self._understood(afresh(session), incoming)
        return (afresh(session), begun) if _is_question(begun, incoming) else (None, meaning)

    async def _understood(self, session: Session, incoming: Incoming) -> Meaning:
        return await self._read(partial(self._understanding.of, session, incoming.content, incoming.at))

    async def _read(self, reading: Callable[[], Result]) -> Result:
        """Read in a thread: whatever a person has sent, the others are served meanwhile."""
        try:
            return await self._threads.run(reading, READING_SECONDS)
        except TimeoutError:
            # Not chained: nothing of the text may be told.
            raise ReadingOverrun from None

    def _left_alone(self, meaning: Meaning, incoming: Incoming) -> Taken:
        """A changed "ja" or "danke" is no question: what it once answered is answered, and can be changed otherwise."""
        is_small_talk = isinstance(meaning.event, AsideMade | NotUnderstood)
        said = () if is_small_talk else (acts.Say("edit_answer"),)
        replies = respond(meaning.language, said, self._knowledge, incoming.at.date())
        return Taken(replies, type(meaning.event).__name__.lower(), "")

    def _opened(self, turn: Turn, incoming: Incoming) -> Session:
        before = None if incoming.begins_anew else turn.session
        # What an earlier knowledge left behind is dropped before anything reads it.
        return reconcile(before or Session(incoming.language or self._language), self._knowledge)

    async def _carried_out(self, act: Act, language: Language, turn: Turn, incoming: Incoming) -> Act:
        """Do what an act does beyond saying something, and fill in what it can then say."""
        match act:
            case acts.CountVote():
                turn.votes += _votes(act)
            case acts.CountComplaint():
                turn.votes.append((act.entry, act.complaint, 1))
            case acts.Donate():
                act = replace(act, id=secrets.token_urlsafe(_DONATION_ID_BYTES))
                turn.donations.append(Donation(act.id, act.text, language, incoming.at))
            case acts.Withdraw():
                turn.withdrawn.append(act.id)
            case acts.TellHeld() if incoming.conversation.is_group:
                return acts.Say("only_in_private")
            case acts.TellHeld():
                act = replace(act, held=await turn.held())
            case acts.Erase():
                act = replace(act, held=await turn.held())
                turn.erase()
        return act


def _votes(act: acts.CountVote) -> list[tuple[str, Vote, int]]:
    """The vote, and the other one taken back if it was changed."""
    votes: tuple[Vote, Vote] = ("helpful", "unhelpful") if act.has_helped else ("unhelpful", "helpful")
    return [(act.entry, votes[0], 1), *([(act.entry, votes[1], -1)] if act.is_changed else [])]


def _number(incoming: Incoming) -> str:
    return incoming.content.number if isinstance(incoming.content, Said) else ""


def _told_by(session: Session, incoming: Incoming) -> str:
    """The fact that a message had told, or nothing."""
    number = _number(incoming)
    told = (fact for fact, told_in in session.numbers.items() if number and told_in == number and fact != _LAST)
    return next(told, "")


def _numbered(session: Session, incoming: Incoming, event: Event) -> Session:
    """The session, which remembers which message told what, so that an edit of it can correct that."""
    number = _number(incoming)
    if not number:
        return session
    told = {event.fact: number} if isinstance(event, Answered) else {}
    # An edit is no new message: the last one stays the last.
    last = session.numbers.get(_LAST, number) if _is_edit(incoming) else number
    return replace(session, numbers={**session.numbers, **told, _LAST: last})


def _is_edit(incoming: Incoming) -> bool:
    return isinstance(incoming.content, Said) and incoming.content.is_edit


def _is_forwarded(incoming: Incoming) -> bool:
    return isinstance(incoming.content, Said | Tapped) and incoming.content.is_forwarded


def _is_pressed_again(incoming: Incoming, event: Event, before: Session, after: Session) -> bool:
    """Whether a button leads to the answer that stands there already: a long one need not be told twice."""
    is_choice = isinstance(incoming.content, Tapped) and isinstance(event, Answered | Picked)
    return is_choice and after.state is State.ANSWERED and after == before


def _changes_nothing(incoming: Incoming, event: Event, before: Session, after: Session) -> bool:
    """Whether a changed question leads to where the dialogue stands. No text is kept to compare with; what the question
    led to is."""
    if isinstance(event, Unmatched):
        # To where it led tells nothing here; Telegram itself changes a message to show what is behind its link.
        return before.misses > 0 and _has_link(incoming)
    return isinstance(event, Matched | Ambiguous) and _outcome(after) == _outcome(before)


def _outcome(session: Session) -> tuple[object, ...]:
    return session.language, session.state, session.entry, session.pending, session.facts, session.candidates


def _has_link(incoming: Incoming) -> bool:
    return isinstance(incoming.content, Said) and _LINK.search(incoming.content.text) is not None


def _is_question(meaning: Meaning, incoming: Incoming) -> bool:
    """Whether what was changed is a question of its own, whether it can be answered or not."""
    text = incoming.content.text if isinstance(incoming.content, Said) else ""
    is_long = len(text.split()) >= _LEAST_QUESTION_WORDS
    return isinstance(meaning.event, Matched | Ambiguous) or (isinstance(meaning.event, Unmatched) and is_long)


def _with_remarks(stepped: Step, incoming: Incoming, meaning: Meaning) -> tuple[Session, tuple[Act, ...]]:
    """The session to keep and the acts, with what is to be said before them."""
    remarks: list[Act] = []
    stepped = with_country(stepped, meaning.country)
    session = stepped.session
    if _is_edit(incoming):
        remarks.append(acts.Say("edited_answer" if isinstance(meaning.event, _CORRECTING) else "edited"))
    # Once a dialogue.
    if meaning.personal and not session.is_reminded:
        remarks.append(acts.Remind(meaning.personal))
        session = replace(session, is_reminded=True)
    return session, (*remarks, *stepped.acts)


def _keep(turn: Turn, session: Session, event: Event) -> None:
    if isinstance(event, Reset):
        turn.forget()
    elif not turn.is_erased and not (turn.session is None and isinstance(event, DataRequested)):
        # Who only asks what is held of them leaves nothing behind.
        turn.keep(session)
