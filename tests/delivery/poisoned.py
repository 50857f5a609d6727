"""The bot as a program, with a fault forced in: a text with the poisonous word does what is named on the command line.

spins   reading it never ends
blocks  its turn holds the event loop for ever, so that the process answers nobody
dies    the process dies of reading it
"""

import os
import signal
import sys
import time
from datetime import datetime
from functools import partial
from typing import NoReturn

import bot.assistant
from bot.assistant import Assistant, Taken
from bot.cli import main
from bot.dialogue.session import Session
from bot.messages import Content, Incoming, Said
from bot.sessions.redis import RedisStore
from bot.sessions.store import Turn
from bot.understanding import Understanding
from bot.understanding.reading import Meaning

POISON = "Giftpilz"
#: Well above what a healthy text takes on a busy machine.
READING_SECONDS = 2.0
#: So long the lane of a dead process is locked, where a lock tells whose it is.
LEASE_SECONDS = 3.0

_take, _of = Assistant.take, Understanding.of


def _is_poisonous(content: Content) -> bool:
    return isinstance(content, Said) and POISON in content.text


def _spin() -> NoReturn:
    while True:
        pass


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("nobody survives this")


async def _take_or_block(self: Assistant, turn: Turn, incoming: Incoming) -> Taken:
    if _is_poisonous(incoming.content):
        # As deaf as if it were busy, but without keeping the machine busy.
        time.sleep(3600)  # noqa: ASYNC251
    return await _take(self, turn, incoming)


def _read_or_spin(self: Understanding, session: Session, content: Content, at: datetime) -> Meaning:
    if _is_poisonous(content):
        _spin()
    return _of(self, session, content, at)


def _read_or_die(self: Understanding, session: Session, content: Content, at: datetime) -> Meaning:
    if _is_poisonous(content):
        _die()
    return _of(self, session, content, at)


def _force(fault: str) -> None:
    bot.assistant.READING_SECONDS = READING_SECONDS
    RedisStore.open = partial(RedisStore.open, lease_seconds=LEASE_SECONDS)  # type: ignore[method-assign]
    if fault == "blocks":
        Assistant.take = _take_or_block  # type: ignore[method-assign]
    else:
        Understanding.of = {"spins": _read_or_spin, "dies": _read_or_die}[fault]  # type: ignore[method-assign]


if __name__ == "__main__":
    _force(sys.argv[1])
    sys.exit(main(["telegram"]))
