"""One turn: open the session, understand, step, respond, save. The only place where time and a store meet the core."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.dialogue import acts
from bot.dialogue.acts import Act
from bot.dialogue.answering import Answer
from bot.dialogue.cases import start_parameter
from bot.dialogue.events import DataRequested, Event, Reset
from bot.dialogue.respond import respond
from bot.dialogue.scene import Notice, Scene
from bot.dialogue.session import Session, afresh, reconcile
from bot.dialogue.states import step
from bot.knowledge.model import Knowledge
from bot.messages import Card, Incoming, Language, Reply, Said
from bot.sessions.store import Donation, Store, Turn
from bot.understanding import Understanding

#: So long that nobody guesses another's donation, so short that it fits into a button.
_DONATION_ID_BYTES = 12


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a turn: the replies, and what may be counted: what was understood and the entry at hand."""

    replies: tuple[Reply, ...]
    decision: str
    entry: str


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

    def adopt(self, knowledge: Knowledge, understanding: Understanding) -> None:
        """Answer from another knowledge from now on; dialogues go on with what it still has of them."""
        self._knowledge, self._understanding = knowledge, understanding

    def suggest(self, text: str, language: Language | None) -> tuple[Card, ...]:
        """Answers to what was typed so far, best first, for somebody who may choose one; nothing is kept of it."""
        found, spoken = self._understanding.suggestions(text, language or self._language)
        return tuple(self._card(entry, facts, spoken) for entry, facts in found)

    def _card(self, name: str, facts: Mapping[str, str], language: Language) -> Card:
        entry = self._knowledge.entries[name]
        answer = Answer(self._knowledge, language, entry, facts)
        reply = answer.card()
        verdict = next(line.text for block in reply.blocks if block.kind == "verdict" for line in block.lines)
        parameter = start_parameter(entry, facts, self._knowledge.facts)
        return Card(parameter, entry.title[language], verdict, reply, parameter)

    async def answer(self, incoming: Incoming) -> tuple[Reply, ...]:
        """The replies to one message. The session is saved before they are handed out."""
        async with self._store.turn(incoming.conversation, incoming.at) as turn:
            taken = await self.take(turn, incoming)
        return taken.replies

    async def take(self, turn: Turn, incoming: Incoming) -> Taken:
        """The turn of one message, within a store's turn: its caller saves what it leaves behind."""
        knowledge = self._knowledge
        session = self._opened(turn, incoming)
        meaning = self._understanding.of(session, incoming.content)
        stepped = step(replace(session, language=meaning.language), meaning.event, knowledge)
        language = stepped.session.language
        planned = _with_remarks(stepped.acts, incoming, is_personal=meaning.is_personal)
        done = tuple([await self._carried_out(act, language, turn, incoming) for act in planned])
        scene = Scene(self._notice, incoming.conversation.is_group)
        replies = respond(language, done, knowledge, incoming.at.date(), scene)
        _keep(turn, stepped.session, meaning.event)
        return Taken(replies, type(meaning.event).__name__.lower(), stepped.session.entry or "")

    def _opened(self, turn: Turn, incoming: Incoming) -> Session:
        # What an earlier knowledge left behind is dropped before anything reads it.
        session = reconcile(turn.session or Session(incoming.language or self._language), self._knowledge)
        is_edit = isinstance(incoming.content, Said) and incoming.content.is_edit
        return afresh(session) if is_edit else session

    async def _carried_out(self, act: Act, language: Language, turn: Turn, incoming: Incoming) -> Act:
        """Do what an act does beyond saying something, and fill in what it can then say."""
        match act:
            case acts.CountVote():
                turn.votes.append((act.entry, "helpful" if act.has_helped else "unhelpful"))
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


def _with_remarks(planned: tuple[Act, ...], incoming: Incoming, *, is_personal: bool) -> tuple[Act, ...]:
    is_edit = isinstance(incoming.content, Said) and incoming.content.is_edit
    edited = (acts.Say("edited"),) if is_edit else ()
    personal = (acts.Say("personal_data"),) if is_personal else ()
    return (*edited, *personal, *planned)


def _keep(turn: Turn, session: Session, event: Event) -> None:
    if isinstance(event, Reset):
        turn.forget()
    elif not turn.is_erased and not (turn.session is None and isinstance(event, DataRequested)):
        # Who only asks what is held of them leaves nothing behind.
        turn.keep(session)
