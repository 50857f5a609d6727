"""What people say, what they hear when nothing goes wrong, and what went wrong with what they have heard.

A reply that comes twice in a row is a duplicate; anything else that differs from what is heard without kills is a loss
or a wrong order.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.assistant import Assistant
from bot.channels.telegram.rendering import render
from bot.messages import COMMANDS, Commanded, Content, Conversation, Incoming, Reply, Said, Tapped
from tests.bot_api import Sent, User

#: What each person says, one after another; "!" presses a button, and lines are messages that follow each other at
#: once and get one reply. About the small knowledge.
SCRIPT = (
    "Was kostet der Eintritt ins Freibad?",
    "!Erwachsene",
    "!Nein",
    "!Wortlaut",
    "!Wortlaut ✕",
    "Darf mein Hund mit ins Freibad?",
    "wir kommen morgen\nund zwar zu zweit\nWann hat das Freibad offen?",
    "Wie backe ich Brot?",
    "/vergiss",
)
#: What somebody says who does not wait for answers: each is answered in one way, wherever the dialogue stands.
BURST = ("/hilfe", "/datenschutz", "/sprache", "/quellen", "/hilfe", "/sprache")


def act(person: User, what: str) -> None:
    """Say it, or press it."""
    if what.startswith("!"):
        person.taps(what[1:])
    else:
        person.says_all(what.split("\n"))


def heard(person: User) -> list[tuple[Sent, str]]:
    """The messages with their texts, also those that have taken the place of an earlier one."""
    return [(sent, text) for sent in person.messages for text in (*sent.earlier, sent.text)]


async def rehearse(assistant: Assistant, said: Sequence[str] = SCRIPT) -> list[int]:
    """How many messages, and changes of one, answer each thing that is said."""
    counts, shown = [], Reply("de", ())
    for what in said:
        content = _content(what, shown)
        replies = await assistant.answer(Incoming(Conversation("rehearsal"), content, datetime.now(UTC), "de"))
        shown = next((reply for reply in reversed(replies) if reply.choices), shown)
        counts.append(sum(len(render(reply, can_change=True)) for reply in replies))
    return counts


def _content(what: str, shown: Reply) -> Content:
    if what.startswith("!"):
        return Tapped(next(choice.code for choice in shown.choices if choice.label == what[1:]))
    return Commanded(COMMANDS[what[1:]]) if what.startswith("/") else Said(what)


@dataclass(frozen=True)
class Verdict:
    """What became of one person's replies: how many of the expected ones were heard in order, which of those heard were
    heard before, and whether anything else was heard."""

    arrived: int
    duplicates: tuple[int, ...]
    is_orderly: bool


def judge(heard: Sequence[str], expected: Sequence[str]) -> Verdict:
    """Compare what was heard with what is heard when nothing goes wrong."""
    position, duplicates = 0, []
    for index, text in enumerate(heard):
        if position < len(expected) and text == expected[position]:
            position += 1
        elif position and text == expected[position - 1]:
            duplicates.append(index)
        else:
            return Verdict(position, tuple(duplicates), is_orderly=False)
    return Verdict(position, tuple(duplicates), is_orderly=True)
