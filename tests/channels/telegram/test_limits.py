"""Whatever the real knowledge can say fits into what Telegram takes: each entry, each outcome, both languages."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

import pytest

from bot.channels.telegram.inline import _fitting
from bot.channels.telegram.keyboards import arrange
from bot.channels.telegram.markup import MAX_ENTITIES
from bot.channels.telegram.payloads import link, pack, unpack
from bot.channels.telegram.places import Address
from bot.channels.telegram.rendering import Outgoing, render
from bot.dialogue import acts, codes
from bot.dialogue.acts import Act
from bot.dialogue.answering import Answer
from bot.dialogue.cases import start_parameter
from bot.dialogue.events import TermsAsked, Unfolded
from bot.dialogue.respond import respond
from bot.dialogue.scene import Notice, Scene
from bot.knowledge.model import UNKNOWN, Entry, Knowledge
from bot.messages import LANGUAGES, Language, Reply
from bot.sessions.store import STORED
from tests.bot_api import entities

TODAY = date(2026, 11, 23)
#: What Telegram takes of a message.
UNITS, ENTITIES, CODE_BYTES, PARAMETER, DESCRIPTION = 4096, 100, 64, 64, 256
#: Rows of buttons below an answer, and one more if something would lead to another verdict.
MOST_ROWS = 4


def known_cases(entry: Entry) -> Iterator[dict[str, str]]:
    """Nothing known, nothing known for sure, and what leads to each outcome."""
    yield {}
    yield dict.fromkeys(entry.facts, UNKNOWN)
    for outcome in entry.outcomes:
        first = {name: options[0] for name, options in outcome.when.items()}
        yield first
        yield {**dict.fromkeys(entry.facts, UNKNOWN), **first}


def check_message(message: Outgoing) -> None:
    """Telegram takes it as it is meant."""
    text, found = entities.parse(message.html, "HTML")
    assert entities.utf16_units(text) <= UNITS
    assert len(found) <= MAX_ENTITIES <= ENTITIES
    assert not entities.is_empty(text)
    assert unpack(pack(Address(7, shown=9), message, "hofbot")).html == message.html


def check(reply: Reply) -> None:
    """Every message that shows the reply is taken by Telegram as it is meant, with all its buttons."""
    messages = render(reply)
    assert messages
    for message in messages:
        check_message(message)
    given = [choice.code for choice in reply.choices]
    assert all(0 < len(code.encode()) <= CODE_BYTES for code in given)
    shown = [choice for row in arrange(reply.choices) for choice in row]
    assert [choice.code for choice in shown] == given, "a button was left out"
    for choice in reply.choices:
        if choice.kind in ("open", "share"):
            assert entities.utf16_units(link("hofbot", choice.code)) < 2048
            assert choice.code.replace("-", "").replace("_", "").isalnum()


def check_one(reply: Reply) -> None:
    """It is one message, with all that belongs to it: nothing had to make room, and its buttons fit on a screen."""
    check(reply)
    (message,) = render(reply)
    marks = sum(len(line.marks) for block in reply.blocks for line in block.lines)
    documents = len({citation.number for citation in reply.citations})
    assert message.html.count("<a href=") == marks + documents
    check_rows(message)


def check_rows(message: Outgoing) -> None:
    has_turns = any(choice.group == "turns" for row in message.keyboard for choice in row)
    assert len(message.keyboard) <= MOST_ROWS + has_turns
    # Of three labels in a row those that are words would be cut off on a narrow phone.
    assert all(len(row) <= 2 or row[0].group == "tools" for row in message.keyboard)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_fits(real: Knowledge, language: Language) -> None:
    checked = 0
    for entry in real.entries.values():
        for known in known_cases(entry):
            answer = Answer(real, language, entry, known)
            check_one(answer.reply(TODAY))
            parameter = start_parameter(entry, known, real.facts)
            assert 0 < len(parameter) <= PARAMETER
            checked += 1
    assert checked > 3 * len(real.entries)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_unfolds_fits_in_its_message_or_below_it(real: Knowledge, language: Language) -> None:
    for entry in real.entries.values():
        for known in known_cases(entry):
            answer = Answer(real, language, entry, known)
            for choice in answer.reply(TODAY).choices:
                if choice.group in ("layers", "says"):
                    event, _ = codes.read(choice.code, real)
                    if isinstance(event, TermsAsked):
                        (told,) = respond(language, (acts.ExplainTerms(entry.id, event.facts),), real, TODAY)
                        check(told)
                        continue
                    assert isinstance(event, Unfolded)
                    check_unfolded(answer.unfolded(event.layer, TODAY))


def check_unfolded(reply: Reply) -> None:
    changed, alone = render(reply, can_change=True), render(reply)
    assert changed
    assert alone
    for message in (*changed, *alone):
        check_message(message)
        check_rows(message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_card_fits_into_one_message_with_its_sources(real: Knowledge, language: Language) -> None:
    title = real.texts[language]["sources_title"]
    for entry in real.entries.values():
        for known in known_cases(entry):
            reply = Answer(real, language, entry, known).card()
            text, found = entities.parse(_fitting(reply).html, "HTML")
            assert entities.utf16_units(text) <= UNITS
            assert len(found) <= ENTITIES
            # Where too many cases are open to be told one by one, nothing is stated that would need a source.
            assert (f"\n{title}\n" in text) == bool(reply.citations)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("is_group", [True, False])
def test_every_question_and_page_fits(real: Knowledge, language: Language, is_group: bool) -> None:
    asked: Iterator[Act] = (
        acts.Ask(entry.id, fact, {name: UNKNOWN for name in entry.facts if name != fact}, "resumed", can_go_back=True)
        for entry in real.entries.values()
        for fact in entry.facts
    )
    pages: Iterator[Act] = (acts.ShowPage(page) for page in ("start", "help", "sources", "privacy", "language"))
    quotes: Iterator[Act] = (
        acts.TellAbout(entry.id, known, aspect)
        for entry in real.entries.values()
        for known in known_cases(entry)
        for aspect in ("sources", "citing", "wording")
    )
    scene = Scene(Notice(stored=STORED, channel="telegram"), is_group)
    for act in chain(asked, pages, quotes):
        for reply in respond(language, (act,), real, TODAY, scene):
            check(reply)
