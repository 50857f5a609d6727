"""`ask`: one question, one answer or the follow-up that the bot would ask, with the commands that answer it."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.channels.console import Window
from bot.cli.command import PROGRAM
from bot.cli.errors import UsageError
from bot.cli.exits import DECLINED, DONE, OPEN
from bot.cli.knowledge import entry_named
from bot.cli.told import Did, Told, as_data
from bot.dialogue.actions.talking import with_country
from bot.dialogue.events import Ambiguous, Event, Matched, Revised, Unmatched
from bot.dialogue.questions import with_implied
from bot.dialogue.respond import respond
from bot.dialogue.scene import Notice, Scene
from bot.dialogue.session import Session, State
from bot.dialogue.states import step
from bot.knowledge.model import UNKNOWN, Knowledge
from bot.knowledge.phrases import Bilingual
from bot.matching.matcher import Matcher
from bot.messages import Language, Said
from bot.understanding import Understanding

#: Small talk and pages are answered, too; what is still open can be gone on with.
EXIT_CODES: Mapping[Did, int] = {"answered": DONE, "told": DONE, "declined": DECLINED, "asking": OPEN, "choosing": OPEN}

_GO_ON = Bilingual("So geht es weiter:", "To go on:")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked: the arguments as they were typed."""

    question: str
    #: `NAME=OPTION`.
    facts: Sequence[str] = ()
    #: The entry that is meant, where several may be.
    entry: str | None = None
    #: Options that the next command needs, too.
    others: Sequence[str] = ()


def parse_facts(assignments: Sequence[str], knowledge: Knowledge) -> dict[str, str]:
    """`NAME=OPTION` arguments as facts. Raises UsageError for a fact or option that the knowledge does not have, and
    for a fact that is given twice."""
    facts: dict[str, str] = {}
    for text in assignments:
        name, _, option = text.partition("=")
        if name not in knowledge.facts:
            known = ", ".join(knowledge.facts)
            raise _wrong(text, f"diese Angabe gibt es nicht; möglich sind {known}", f"no such fact; there are {known}")
        options = (*knowledge.facts[name].options, UNKNOWN)
        if option not in options:
            known = ", ".join(options)
            raise _wrong(
                text, f"so geht es nicht; {name} ist eins von {known}", f"no such option; {name} is one of {known}"
            )
        if name in facts:
            raise _wrong(
                text,
                f"{name} ist schon {facts[name]}: jede Angabe nur einmal",
                f"{name} is {facts[name]} already: give each fact once",
            )
        facts[name] = option
    return facts


def _wrong(text: str, german: str, english: str) -> UsageError:
    return UsageError(Bilingual(f"--fact {text}: {german}", f"--fact {text}: {english}"))


def ask(wanted: Wanted, matcher: Matcher, language: Language) -> Told:
    """What the bot says to a question when these facts are known: they win over what the question says. Raises
    UsageError for facts and entries that there are not."""
    knowledge = matcher.knowledge
    facts = parse_facts(wanted.facts, knowledge)
    picked = entry_named(wanted.entry, knowledge).id if wanted.entry is not None else None
    spoken = matcher.languages.detect(wanted.question) or language
    session = Session(spoken, facts=with_implied(knowledge.facts, facts))
    now = datetime.now(UTC)
    meaning = Understanding(knowledge, matcher).of(session, Said(wanted.question), now)
    event = _about(_with_facts(meaning.event, facts), picked, facts)
    stepped = with_country(step(replace(session, language=meaning.language), event, knowledge), meaning.country)
    # Not the language of the question: it may have been to speak another one. Nothing is kept: nothing can be donated.
    scene = Scene(Notice(is_lasting=False))
    replies = respond(stepped.session.language, stepped.acts, knowledge, now.date(), scene)
    return Told(wanted.question, event, stepped, replies)


def _with_facts(event: Event, facts: Mapping[str, str]) -> Event:
    """The event as if these facts had been said with it."""
    if isinstance(event, Matched | Ambiguous | Unmatched | Revised):
        return replace(event, facts={**event.facts, **facts})
    return event


def _about(event: Event, entry: str | None, facts: Mapping[str, str]) -> Event:
    """The event as if this entry had been meant."""
    if entry is None:
        return event
    return Matched(entry, event.facts if isinstance(event, Matched | Ambiguous | Unmatched | Revised) else facts)


def as_json(told: Told, knowledge: Knowledge) -> str:
    return json.dumps(as_data(told, knowledge), ensure_ascii=False, indent=2)


def as_text(told: Told, wanted: Wanted, knowledge: Knowledge, window: Window) -> str:
    """What the bot says, as it looks there, and the exact commands to go on with. Those are never broken."""
    following = _following(told, wanted, knowledge)
    language = told.step.session.language
    lines = [f"  - {label}\n    {command}" for label, command in following]
    parts = [window.render(told.replies), "\n".join([_GO_ON[language], *lines]) if lines else ""]
    return "\n\n".join(part for part in parts if part)


def _following(told: Told, wanted: Wanted, knowledge: Knowledge) -> list[tuple[str, str]]:
    """What can be answered to what is open, and the command that does so."""
    session = told.step.session
    if session.state is State.CHOOSING:
        titles = [(each, knowledge.entries[each].title[session.language]) for each in session.candidates]
        return [(title, _command(replace(wanted, entry=each))) for each, title in titles]
    if session.state is not State.ASKING or session.pending is None:
        return []
    name, texts = session.pending, knowledge.texts[session.language]
    options = [(each.id, each.label[session.language]) for each in knowledge.facts[name].options.values()]
    return [
        (label, _command(replace(wanted, facts=(*wanted.facts, f"{name}={option}"))))
        for option, label in (*options, (UNKNOWN, texts["button_unknown"]))
    ]


def _command(wanted: Wanted) -> str:
    entry = ["--entry", wanted.entry] if wanted.entry is not None else []
    facts = [part for fact in wanted.facts for part in ("--fact", fact)]
    # What begins with a hyphen would be taken for an option.
    question = ["--", wanted.question] if wanted.question.startswith("-") else []
    asked = [] if question else [wanted.question]
    return shlex.join([PROGRAM, "ask", *asked, *entry, *facts, *wanted.others, *question])
