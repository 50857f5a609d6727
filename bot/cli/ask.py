"""`ask`: one question, one answer or the follow-up that the bot would ask, as text or JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.channels.console import render_text
from bot.cli.errors import UsageError
from bot.dialogue.answering import Answer
from bot.dialogue.events import Ambiguous, Event, Matched, Revised, Unmatched
from bot.dialogue.questions import with_implied
from bot.dialogue.respond import respond
from bot.dialogue.session import Session, State
from bot.dialogue.states import step
from bot.knowledge.model import UNKNOWN, Knowledge
from bot.matching.decision import Kind
from bot.matching.matcher import Matcher
from bot.messages import Citation, Language, Reply, Said
from bot.understanding import Understanding

_STATES = {State.ASKING: "asking", State.CHOOSING: "choosing", State.ANSWERED: "answered"}


def parse_facts(assignments: Sequence[str], knowledge: Knowledge) -> dict[str, str]:
    """`NAME=OPTION` arguments as facts. Raises UsageError for a fact or option that the knowledge does not have."""
    facts: dict[str, str] = {}
    for text in assignments:
        name, _, option = text.partition("=")
        if name not in knowledge.facts:
            raise UsageError(f"--fact {text}: no such fact; there are {', '.join(knowledge.facts)}")
        options = (*knowledge.facts[name].options, UNKNOWN)
        if option not in options:
            raise UsageError(f"--fact {text}: no such option; {name} is one of {', '.join(options)}")
        facts[name] = option
    return facts


def ask(question: str, facts: Mapping[str, str], matcher: Matcher, language: Language, *, as_json: bool) -> str:
    """What the bot says to a question when these facts are known: they win over what the question says."""
    knowledge = matcher.knowledge
    spoken = matcher.languages.detect(question) or language
    session = Session(spoken, facts=with_implied(knowledge.facts, facts))
    meaning = Understanding(knowledge, matcher).of(session, Said(question))
    stepped = step(replace(session, language=meaning.language), _with_facts(meaning.event, facts), knowledge)
    # Not the language of the question: it may have been to speak another one.
    replies = respond(stepped.session.language, stepped.acts, knowledge, datetime.now(UTC).date())
    if not as_json:
        return _as_text(replies)
    decision = _decision(meaning.event)
    return json.dumps(_as_json(question, decision, stepped.session, replies, knowledge), ensure_ascii=False, indent=2)


def _decision(event: Event) -> Kind:
    """What the bot made of the question as a whole, which may be small talk although its words resemble an entry."""
    if isinstance(event, Matched):
        return "matched"
    return "ambiguous" if isinstance(event, Ambiguous) else "unmatched"


def _with_facts(event: Event, facts: Mapping[str, str]) -> Event:
    """The event as if these facts had been said with it."""
    if isinstance(event, Matched | Ambiguous | Unmatched | Revised):
        return replace(event, facts={**event.facts, **facts})
    return event


def _as_text(replies: Sequence[Reply]) -> str:
    labels = [f"  - {choice.label}" for reply in replies for choice in reply.choices if choice.kind == "press"]
    return "\n\n".join(part for part in (render_text(replies), "\n".join(labels)) if part)


def _as_json(
    question: str, decision: Kind, session: Session, replies: Sequence[Reply], knowledge: Knowledge
) -> dict[str, object]:
    entry = knowledge.entries.get(session.entry or "")
    is_answered = session.state is State.ANSWERED and entry is not None
    answer = Answer(knowledge, session.language, entry, session.facts) if is_answered and entry else None
    return {
        "question": question,
        "language": session.language,
        "decision": decision,
        "entry": entry.id if entry else None,
        "facts": dict(session.facts),
        "state": _STATES.get(session.state, "declined"),
        "ask": _asked(session, knowledge),
        "choices": [_choice(each, session.language, knowledge) for each in session.candidates],
        "verdict": answer.verdict if answer else None,
        "text": render_text(replies),
        "citations": [_citation(each) for each in (replies[-1].citations if answer else ())],
    }


def _asked(session: Session, knowledge: Knowledge) -> dict[str, object] | None:
    if session.state is not State.ASKING or session.pending is None:
        return None
    fact = knowledge.facts[session.pending]
    options = [{"value": option.id, "label": option.label[session.language]} for option in fact.options.values()]
    return {"fact": fact.name, "text": fact.ask[session.language], "options": options}


def _choice(entry: str, language: Language, knowledge: Knowledge) -> dict[str, str]:
    return {"entry": entry, "title": knowledge.entries[entry].title[language]}


def _citation(citation: Citation) -> dict[str, str]:
    return {"source": citation.source, "claim": citation.claim, "quote": citation.quote, "url": citation.url}
