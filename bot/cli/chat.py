"""`chat`: a conversation in the terminal or over a pipe, for a person, or as JSON for a program.

Without BOT_STORE nothing is kept; with it the same conversation goes on next time.
"""

import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TextIO
from uuid import uuid4

from bot.assistant import Assistant
from bot.channels.console import Console, Piped, PlainPrompt, Prompt, Window, clean, read
from bot.cli.run import build
from bot.cli.stores import open_store
from bot.cli.told import Told, as_data
from bot.dialogue.scene import Controller, Notice
from bot.knowledge.model import Knowledge
from bot.matching.matcher import Matcher
from bot.messages import Commanded, CommandName, Conversation, Incoming, Language
from bot.sessions.store import Store
from bot.settings import Settings, StoreAddress

_NAMES: dict[Language, CommandName] = {"de": "german", "en": "english"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to talk. Without a language a stored conversation goes on in its own, and a new one begins in `default`."""

    language: Language | None
    default: Language

    @property
    def spoken(self) -> Language:
        return self.language or self.default


@dataclass(frozen=True, slots=True)
class _Talk:
    """An open conversation."""

    assistant: Assistant
    store: Store
    conversation: str


async def chat(knowledge: Knowledge, matcher: Matcher, settings: Settings, wanted: Wanted) -> None:
    """Talk to a person until they leave or the input ends."""
    window = Window(sys.stdout, os.environ)
    prompt = prompt_for(sys.stdin, window)
    async with _opened(knowledge, matcher, settings, wanted) as talk:
        # Ctrl-C at the prompt interrupts the reading itself; asyncio's own handler would wait for the line's end.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        texts = knowledge.texts
        console = Console(talk.assistant.answer, prompt, window, lambda told, key: texts[told][key], wanted.spoken)
        await console.run(talk.conversation, is_watched=not isinstance(prompt, Piped))


async def chat_as_json(knowledge: Knowledge, matcher: Matcher, settings: Settings, wanted: Wanted) -> None:
    """Read a message a line, and write each turn as a JSON object on a line of its own, as soon as it is answered."""
    async with _opened(knowledge, matcher, settings, wanted) as talk:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        while line := sys.stdin.readline():
            told = await _turn(talk, line.rstrip("\r\n"), wanted.spoken)
            print(json.dumps(as_data(told, knowledge), ensure_ascii=False), flush=True)


def prompt_for(typed: TextIO, window: Window) -> Prompt:
    """What reads lines from there: a person edits them, as far as the terminal can."""
    if not (typed.isatty() and window.is_terminal):
        return Piped(typed, window.write)
    if not window.has_escapes:
        return PlainPrompt(typed, window.write)
    # Only here: a pipe need not wait for it to load.
    from bot.channels.console.editing import EditedPrompt  # noqa: PLC0415

    return EditedPrompt(typed, window.write)


async def _turn(talk: _Talk, line: str, language: Language) -> Told:
    now = datetime.now(UTC)
    conversation = Conversation(talk.conversation)
    async with talk.store.turn(conversation, now) as turn:
        taken = await talk.assistant.take(turn, Incoming(conversation, read(clean(line)), now, language))
    if taken.event is None or taken.step is None:
        raise TypeError("only a turn of an edited message goes without them, and a line cannot be edited")
    return Told(line, taken.event, taken.step, taken.replies)


@asynccontextmanager
async def _opened(knowledge: Knowledge, matcher: Matcher, settings: Settings, wanted: Wanted) -> AsyncIterator[_Talk]:
    address = settings.store if settings.is_store_set else StoreAddress()
    notice = _notice(settings, address)
    conversation = "console" if notice.is_lasting else f"console:{uuid4()}"
    async with open_store(settings, address) as store:
        assistant = build(knowledge, matcher, store, wanted.spoken, notice)
        if wanted.language is not None:
            begun = Incoming(Conversation(conversation), Commanded(_NAMES[wanted.language]), datetime.now(UTC))
            await assistant.answer(begun)
        yield _Talk(assistant, store, conversation)


def _notice(settings: Settings, address: StoreAddress) -> Notice:
    # Nothing waits in an inbox or outbox: the person sits before the process. Without a store nothing outlives it.
    is_lasting = address.path is not None or address.url is not None
    return Notice(
        Controller(),
        ("sessions", "votes", "donations") if is_lasting else (),
        settings.session_lifetime,
        settings.donation_lifetime,
        is_lasting=is_lasting,
        is_remote=address.url is not None,
    )
