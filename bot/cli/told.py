"""A turn as data, for programs: the shape of `ask --json` and of each line of `chat --json`, which others rely on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.channels.console import render_text
from bot.dialogue import acts, events
from bot.dialogue.actions.going import Step
from bot.dialogue.acts import Act
from bot.dialogue.answering import Answer
from bot.dialogue.events import Event
from bot.dialogue.session import Session, State
from bot.knowledge.model import Knowledge
from bot.matching.deciding.decision import Kind
from bot.messages import Citation, Language, Reply

#: What a turn did. `told` is anything that is neither an answer, nor a question back, nor a refusal: small talk, a
#: page, a term, something about the last answer.
Did: TypeAlias = Literal["answered", "asking", "choosing", "declined", "told"]

#: What accompanies another act or brings back what was open before.
_BESIDE = (acts.Say, acts.Remind, acts.Ask, acts.Offer, acts.AskWhichChange, acts.Announce, acts.HintAt, acts.Deny)


@dataclass(frozen=True, slots=True)
class Told:
    """One turn: what was written, what it was taken for, and what was done and said."""

    question: str
    event: Event
    step: Step
    replies: Sequence[Reply]

    @property
    def did(self) -> Did:
        """The first of what counts: an answer that an earlier question follows again is an answer."""
        done = self.step.acts
        if _tell(done) is not None:
            return "answered"
        is_lost = isinstance(self.event, events.Unreadable | events.Outdated)
        if is_lost or any(isinstance(act, acts.Decline) for act in done):
            return "declined"
        if any(not isinstance(act, _BESIDE) and not _is_remark(act) for act in done):
            return "told"
        if any(isinstance(act, acts.Ask) for act in done):
            return "asking"
        return "choosing" if any(isinstance(act, acts.Offer) for act in done) else "told"

    @property
    def decision(self) -> Kind:
        """What the words were taken for as a whole: small talk may resemble an entry, and an answer to a question is
        about its entry."""
        about_topic = (
            isinstance(self.event, events.Answered | events.Revised | events.Supposed)
            and self.step.session.entry is not None
        )
        if about_topic or isinstance(self.event, events.Matched | events.Picked):
            return "matched"
        return "ambiguous" if isinstance(self.event, events.Ambiguous) else "unmatched"


def _is_remark(act: Act) -> bool:
    return isinstance(act, acts.TellCountry) and act.is_remark


def as_data(told: Told, knowledge: Knowledge) -> dict[str, object]:
    """The turn in the agreed shape. `ask` and `choices` are what is open now, whatever the turn itself did."""
    session, answer = told.step.session, _answer(told, knowledge)
    outcome = answer.outcome if answer else None
    return {
        "question": told.question,
        "language": session.language,
        "decision": told.decision,
        "entry": _entry(told),
        "facts": dict(session.facts),
        "state": told.did,
        "ask": asked(session, knowledge),
        "choices": [_choice(each, session.language, knowledge) for each in session.candidates],
        "verdict": answer.verdict if answer else None,
        "short": _short(told.replies) if answer else None,
        "text": render_text(told.replies),
        "steps": [step.text[session.language] for step in outcome.steps] if outcome else [],
        "citations": _citations(told.replies, knowledge),
    }


def asked(session: Session, knowledge: Knowledge) -> dict[str, object] | None:
    """The open question with its options, if there is one."""
    if session.state is not State.ASKING or session.pending is None:
        return None
    return {"fact": session.pending, **fact_as_data(session.pending, session.language, knowledge)}


def fact_as_data(name: str, language: Language, knowledge: Knowledge) -> dict[str, object]:
    """A fact's question and its options."""
    fact = knowledge.facts[name]
    options = [{"value": option.id, "label": option.label[language]} for option in fact.options.values()]
    return {"text": fact.ask[language], "options": options}


def _tell(done: Sequence[Act]) -> acts.Tell | acts.TellBriefly | None:
    """What answers: in full, or in short because it is only supposed or changes nothing."""
    return next((act for act in done if isinstance(act, acts.Tell) or _is_another_case(act)), None)  # type: ignore[return-value]


def _is_another_case(act: Act) -> bool:
    return isinstance(act, acts.TellBriefly) and bool(act.changed or act.supposed)


def _answer(told: Told, knowledge: Knowledge) -> Answer | None:
    tell = _tell(told.step.acts)
    if tell is None:
        return None
    return Answer(knowledge, told.step.session.language, knowledge.entries[tell.entry], tell.known)


def _entry(told: Told) -> str | None:
    """The entry that was answered, or that the turn was about; none for a refusal that leaves nothing open."""
    tell = _tell(told.step.acts)
    if tell is not None:
        return tell.entry
    session = told.step.session
    return None if told.did == "declined" and session.state is not State.ASKING else session.entry


def _short(replies: Sequence[Reply]) -> str | None:
    """The answer's first sentence."""
    verdicts = (
        line.text for reply in replies for block in reply.blocks if block.kind == "verdict" for line in block.lines
    )
    return next(verdicts, None)


def _choice(entry: str, language: Language, knowledge: Knowledge) -> dict[str, str]:
    return {"entry": entry, "title": knowledge.entries[entry].title[language]}


def _citations(replies: Sequence[Reply], knowledge: Knowledge) -> list[dict[str, str]]:
    """Every claim that is cited, once; a list of whole documents cites none."""
    cited = {(each.source, each.claim): each for reply in replies for each in reply.citations if each.claim}
    return [_citation(each, knowledge) for each in cited.values()]


def _citation(citation: Citation, knowledge: Knowledge) -> dict[str, str]:
    return {
        "source": citation.source,
        "claim": citation.claim,
        "quote": citation.quote,
        "url": citation.url,
        "kind": knowledge.sources[citation.source].kind,
    }
