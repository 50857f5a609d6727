"""Changed knowledge is taken up without a restart: on SIGHUP, and when its files change.

Owns that it is taken up whole or not at all: it is checked, and its phrasings are learnt, in a process of its own, so
that nobody waits for an answer meanwhile. What does not pass `check` is refused with the first problem in the log, and
the bot answers from what it has.
"""

import asyncio
import json
import logging
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from time import time

from watchfiles import DefaultFilter, awatch

from bot.assistant import Assistant
from bot.background import beside
from bot.cli.edition import Edition, digest_of
from bot.cli.index_cache import FOLDER, open_matcher
from bot.cli.knowledge import KnowledgeFolder, KnowledgeRefused, open_sound
from bot.delivery import Metrics
from bot.delivery.outage import Outage
from bot.faults import describe
from bot.knowledge.model import Knowledge
from bot.understanding import Understanding

logger = logging.getLogger(__name__)

#: An editor who saves ten files gets one reload, in milliseconds.
_SETTLING_MILLISECONDS = 1000
#: What was killed is tried again, each time later.
FIRST_RETRY_SECONDS = 5.0
LONGEST_RETRY_SECONDS = 600.0


class _Killed(Exception):
    """A process that checks or learns was ended by a signal, which says nothing of the knowledge."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.told = f"its process was killed by signal {number}, as when memory is short"


class Reloading:
    """Watches one knowledge folder for one assistant, which has an edition of it in use."""

    def __init__(self, folder: KnowledgeFolder, edition: Edition, assistant: Assistant, metrics: Metrics) -> None:
        self._folder = folder
        self._edition = edition
        self._assistant = assistant
        self._metrics = metrics
        self._wanted = asyncio.Event()
        self._kills = 0
        self._killing = Outage("changed knowledge could not be checked", logger)

    async def run(self) -> None:
        """Until cancelled."""
        async with beside(self._watch()):
            with _on_hangup(self._wanted):
                while True:
                    await self._wanted.wait()
                    self._wanted.clear()
                    await self._tried()

    async def _tried(self) -> None:
        try:
            await self._reload()
        except _Killed as killed:
            self._killing.begins(killed.told)
            self._metrics.loaded("refused", time())
            self._want_later()
            return
        # Whatever it was, the bot answers from what it has, and the next change is tried again.
        except Exception as error:
            logger.error("changed knowledge not taken up, the next change or SIGHUP tries again: %s", describe(error))
            self._metrics.loaded("refused", time())
        self._kills = 0
        self._killing.ends()

    def _want_later(self) -> None:
        seconds = min(LONGEST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** min(self._kills, 10))
        self._kills += 1
        asyncio.get_running_loop().call_later(seconds, self._wanted.set)

    async def _watch(self) -> None:
        try:
            async for _ in _changes(self._folder):
                self._wanted.set()
        # A folder that cannot be watched (no such service in this container) is still reloaded on SIGHUP.
        except Exception as error:
            logger.warning("the knowledge folder is not watched, send SIGHUP after a change: %s", describe(error))

    async def _reload(self) -> None:
        # Before it is read: what changes meanwhile is another edition, and told of by itself.
        digest = await asyncio.to_thread(digest_of, self._folder)
        if digest == self._edition.digest:
            logger.info("knowledge unchanged", extra=self._edition.told())
            self._metrics.loaded("unchanged", time())
            return
        problems = await _problems(self._folder)
        if problems:
            logger.error("changed knowledge refused, the old stays in use: %s", problems, extra={"problem": problems})
            self._metrics.loaded("refused", time())
            return
        try:
            knowledge, understanding = await asyncio.to_thread(self._opened)
        except KnowledgeRefused:
            # Changed once more meanwhile; that change is told of by itself.
            self._metrics.loaded("refused", time())
            return
        self._assistant.adopt(knowledge, understanding)
        self._adopt(Edition(knowledge, digest))

    def _adopt(self, edition: Edition) -> None:
        changes = edition.changed_from(self._edition)
        self._edition = edition
        edition.show(self._metrics)
        self._metrics.loaded("loaded", time())
        logger.info("changed knowledge in use", extra={**edition.told(), **changes})

    def _opened(self) -> tuple[Knowledge, Understanding]:
        knowledge = open_sound(self._folder)
        return knowledge, Understanding(knowledge, open_matcher(knowledge, self._folder))


@contextmanager
def _on_hangup(event: asyncio.Event) -> Iterator[None]:
    """Set the event on SIGHUP, where the system has it."""
    loop = asyncio.get_running_loop()
    with suppress(NotImplementedError, AttributeError):
        loop.add_signal_handler(signal.SIGHUP, event.set)
    try:
        yield
    finally:
        with suppress(NotImplementedError, AttributeError):
            loop.remove_signal_handler(signal.SIGHUP)
            # The process is leaving, which a wish for other knowledge must not cut short.
            signal.signal(signal.SIGHUP, signal.SIG_IGN)


class _Sources(DefaultFilter):
    """The files of a knowledge; what we write beside them is none of it."""

    ignore_dirs = (*DefaultFilter.ignore_dirs, FOLDER)


async def _changes(folder: KnowledgeFolder) -> AsyncIterator[object]:
    async for changes in awatch(folder.path, watch_filter=_Sources(), debounce=_SETTLING_MILLISECONDS):
        yield changes


async def _problems(folder: KnowledgeFolder) -> str:
    """How many problems `check` finds and the first of them; nothing if it finds none, and then its index is learnt.
    Raises _Killed."""
    checked, output = await _run(folder, "check", "--json", "--no-questions")
    if checked:
        return _first_problem(output)
    await _run(folder, "match")
    return ""


def _first_problem(output: str) -> str:
    try:
        first, *others = [each for each in json.loads(output)["problems"] if each["kind"] == "problem"]
    except ValueError:
        return "check broke off"
    more = f" (and {len(others)} more: run check)" if others else ""
    return f"{first['file']}:{first['line']}: {first['message']}{more}"


async def _run(folder: KnowledgeFolder, *command: str) -> tuple[int, str]:
    """Exit code and output. Raises _Killed."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *command, "--knowledge", str(folder.path)),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        output, _ = await process.communicate()
    except asyncio.CancelledError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        raise
    code = process.returncode or 0
    if code < 0:
        raise _Killed(-code)
    return code, output.decode(errors="replace")
