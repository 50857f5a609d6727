"""Changed knowledge: taken up whole while dialogues go on, or refused whole with its first problem in the log."""

import asyncio
import logging
import os
import signal
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.assistant import Assistant
from bot.cli import reload
from bot.cli.edition import Edition, digest_of
from bot.cli.index_cache import open_matcher
from bot.cli.knowledge import KnowledgeFolder, open_sound
from bot.cli.reload import Reloading
from bot.delivery import Metrics
from bot.messages import Conversation, Incoming, Said
from bot.sessions.memory import MemoryStore
from bot.sessions.store import Retention
from bot.understanding import Understanding
from tests.cli.starting import interpreter
from tests.knowledge.guided import TERMS

NOW = datetime(2026, 2, 1, 12, tzinfo=UTC)
PRICE = "Was kostet der Eintritt ins Freibad?"
#: Far more than a reload takes; only a test that fails waits so long.
_PATIENCE_SECONDS = 120


class Loads(Metrics):
    """Figures that can be waited for."""

    def __init__(self) -> None:
        super().__init__()
        self.results: asyncio.Queue[str] = asyncio.Queue()

    def loaded(self, result: str, timestamp_seconds: float) -> None:
        super().loaded(result, timestamp_seconds)
        self.results.put_nowait(result)

    async def next(self) -> str:
        return await asyncio.wait_for(self.results.get(), _PATIENCE_SECONDS)


class Bot:
    """A bot that answers from a folder while the folder is watched."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.folder = KnowledgeFolder(path, str(path))
        self.loads = Loads()
        self.store = MemoryStore(Retention(timedelta(hours=24)))
        knowledge = open_sound(self.folder)
        understanding = Understanding(knowledge, open_matcher(knowledge, self.folder))
        self.assistant = Assistant(knowledge, understanding, self.store, "de")
        self.edition = Edition(knowledge, digest_of(self.folder))

    async def says(self, text: str) -> str:
        replies = await self.assistant.answer(Incoming(Conversation("a"), Said(text), NOW))
        return "\n".join(line.text for reply in replies for block in reply.blocks for line in block.lines)

    def edit(self, file: str, change: Callable[[str], str]) -> None:
        path = self.path / file
        before = path.read_text(encoding="utf-8")
        assert change(before) != before
        path.write_text(change(before), encoding="utf-8")


@pytest.fixture
async def bot(
    small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Bot]:
    monkeypatch.setattr(reload, "_SETTLING_MILLISECONDS", 50)
    monkeypatch.setattr(sys, "executable", str(interpreter(tmp_path / "bin" / "python")))
    # Processes that check must read what the tests read, whatever is set where they run.
    for variable in ("BOT_STORE", "BOT_STORE_KEY", "BOT_SESSION_HOURS", "BOT_LANGUAGE"):
        monkeypatch.delenv(variable, raising=False)
    caplog.set_level(logging.INFO)
    made = Bot(small_folder)
    yield made
    await made.store.close()


@asynccontextmanager
async def watched(bot: Bot) -> AsyncIterator["asyncio.Task[None]"]:
    """While the folder is watched, and SIGHUP is listened to."""
    running = asyncio.create_task(Reloading(bot.folder, bot.edition, bot.assistant, bot.loads).run())
    loop = asyncio.get_running_loop()
    try:
        # SIGHUP would end the tests while nobody listens.
        while not is_heard() and not running.done():  # noqa: ASYNC110 - nobody tells when a signal is listened to
            await asyncio.sleep(0)
        yield running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        assert not loop.remove_signal_handler(signal.SIGHUP)


def is_heard() -> bool:
    """Whether anybody listens to SIGHUP, which ends a process that does not. (A test of the command `telegram`, which
    ignores it until its loop runs, may have left it so.)"""
    return signal.getsignal(signal.SIGHUP) not in (signal.SIG_DFL, signal.SIG_IGN)


async def hang_up(bot: Bot) -> str:
    """Send SIGHUP; what became of the reload."""
    assert is_heard()
    os.kill(os.getpid(), signal.SIGHUP)
    return await bot.loads.next()


async def test_sighup_takes_changed_knowledge_up(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    async with watched(bot):
        assert "zwanzig Uhr" in await bot.says("Öffnungszeiten Schwimmbad")
        bot.edit("entries/pool/pool-hours.yaml", lambda text: text.replace("bis zwanzig Uhr", "bis zwölf Uhr"))
        assert await hang_up(bot) == "loaded"
        assert "bis zwölf Uhr" in await bot.says("Öffnungszeiten Schwimmbad")
    (record,) = [each for each in caplog.records if each.getMessage() == "changed knowledge in use"]
    told = record.__dict__
    assert (told["entries"], told["entries_changed"], told["reviewed"]) == (3, 1, "2026-01-15")
    assert "entries_new" not in told
    assert told["knowledge"] == digest_of(bot.folder) != bot.edition.digest
    assert f'knowledge="{told["knowledge"]}"' in bot.loads.exposition().decode()


async def test_what_has_changed_is_told_in_numbers(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    async with watched(bot):
        (bot.path / "entries/pool/pool-hours.yaml").unlink()
        (bot.path / "checks/pool/pool-hours.yaml").unlink()
        bot.edit("sources/pool-rules.yaml", lambda text: text[: text.index("  hours:")])
        bot.edit("entries/pool/pool-price.yaml", lambda text: text.replace("pool-rules#hours, ", ""))
        bot.edit("emergencies.yaml", lambda text: text.replace("[pool-hours]", "[pool-dogs]"))
        bot.edit("texts/de.yaml", lambda text: text.replace("So geht’s", "Was tun", 1))
        (bot.path / "terms.yaml").write_text(TERMS, encoding="utf-8")
        assert await hang_up(bot) == "loaded"
    (record,) = [each for each in caplog.records if each.getMessage() == "changed knowledge in use"]
    numbers = {name: value for name, value in record.__dict__.items() if name.endswith(("_new", "_changed", "_gone"))}
    assert numbers == {
        "entries_changed": 1,
        "entries_gone": 1,
        "sources_changed": 1,
        "terms_new": 1,
        "terms_changed": 1,
        "emergencies_changed": 1,
        "texts_changed": 1,
        "checks_changed": 1,
    }


async def test_sighup_without_a_change_changes_nothing_and_says_so(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    async with watched(bot):
        (bot.path / "README.md").write_text("no knowledge", encoding="utf-8")
        assert await hang_up(bot) == "unchanged"
    assert "knowledge unchanged" in caplog.text
    assert "changed knowledge in use" not in caplog.text
    exposed = bot.loads.exposition().decode()
    assert 'knowledge_reloads_total{result="unchanged"} 1.0' in exposed
    assert 'knowledge_reloads_total{result="loaded"} 0.0' in exposed


async def test_a_change_that_is_taken_back_is_none(bot: Bot) -> None:
    async with watched(bot):
        facts = (bot.path / "facts/visitor.yaml").read_text(encoding="utf-8")
        break_facts(bot)
        assert await hang_up(bot) == "refused"
        bot.edit("facts/visitor.yaml", lambda _: facts)
        while (result := await hang_up(bot)) == "refused":
            pass
        assert result == "unchanged"


async def test_a_changed_file_is_taken_up_by_itself(bot: Bot) -> None:
    async with watched(bot):
        bot.edit("entries/pool/pool-hours.yaml", lambda text: text.replace("bis zwanzig Uhr", "bis zwölf Uhr"))
        # The watcher begins in a thread of its own; what changed before it did, it sees with the next change.
        while bot.loads.results.empty():
            (bot.path / "entries/pool/pool-hours.yaml").touch()
            await asyncio.sleep(0.5)
        assert await bot.loads.next() == "loaded"
        assert "bis zwölf Uhr" in await bot.says("Öffnungszeiten Schwimmbad")


async def test_a_running_dialogue_goes_on(bot: Bot) -> None:
    async with watched(bot):
        assert "Wer möchte baden?" in await bot.says(PRICE)
        assert "Haben Sie eine Saisonkarte?" in await bot.says("Erwachsene")
        bot.edit("entries/pool/pool-price.yaml", lambda text: text.replace("zahlen fünf Euro", "zahlen sechs Euro"))
        assert await hang_up(bot) == "loaded"
        assert "Erwachsene zahlen sechs Euro." in await bot.says("Nein")


async def test_a_dialogue_whose_question_is_gone_goes_on_politely(bot: Bot) -> None:
    async with watched(bot):
        await bot.says("Öffnungszeiten Schwimmbad")
        (bot.path / "entries/pool/pool-hours.yaml").unlink()
        (bot.path / "checks/pool/pool-hours.yaml").unlink()
        bot.edit("sources/pool-rules.yaml", lambda text: text[: text.index("  hours:")])
        bot.edit("entries/pool/pool-price.yaml", lambda text: text.replace("pool-rules#hours, ", ""))
        bot.edit("emergencies.yaml", lambda text: text.replace("[pool-hours]", "[pool-dogs]"))
        assert await hang_up(bot) == "loaded"
        assert "Hunde bleiben draußen" in await bot.says("Hunde im Freibad")


async def test_new_phrasings_are_learnt(bot: Bot) -> None:
    async with watched(bot):
        assert "Hunde bleiben" not in await bot.says("Quietschentchen?")
        bot.edit(
            "entries/pool/pool-dogs.yaml",
            lambda text: text.replace(
                "  de:\n", '  de:\n    - "Quietschentchen Freibad"\n    - "Quietschentchen?"\n', 1
            ),
        )
        assert await hang_up(bot) == "loaded"
        assert "Hunde bleiben draußen" in await bot.says("Quietschentchen?")


def break_facts(bot: Bot) -> None:
    bot.edit("facts/visitor.yaml", lambda _: "about: [\n")


def break_a_reference(bot: Bot) -> None:
    bot.edit("entries/pool/pool-dogs.yaml", lambda text: text.replace("pool-rules#dogs", "pool-rules#cats"))


def remove_a_phrasing(bot: Bot) -> None:
    """Sound, but not what `check` asks of an editor."""
    bot.edit("entries/pool/pool-dogs.yaml", lambda text: text.replace('    - "Freibad mit Hund"\n', ""))


def write_in_the_old_form(bot: Bot) -> None:
    bot.edit(
        "entries/pool/pool-dogs.yaml",
        lambda text: text.replace("    short: {", '    answer: {de: ["Nein."]}\n    x: {'),
    )


@pytest.mark.parametrize(
    ("break_", "place"),
    [
        (break_facts, "visitor.yaml:"),
        (break_a_reference, "pool-dogs.yaml:"),
        (remove_a_phrasing, "pool-dogs.yaml:"),
        (write_in_the_old_form, "pool-dogs.yaml:"),
    ],
)
async def test_broken_knowledge_is_refused_whole_with_the_place_in_the_log(
    break_: Callable[[Bot], None], place: str, bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    async with watched(bot):
        bot.edit("entries/pool/pool-hours.yaml", lambda text: text.replace("bis zwanzig Uhr", "bis zwölf Uhr"))
        break_(bot)
        assert await hang_up(bot) == "refused"
        assert "zwanzig Uhr" in await bot.says("Öffnungszeiten Schwimmbad")
    (message,) = [each.getMessage() for each in caplog.records if each.levelno == logging.ERROR]
    assert message.startswith("changed knowledge refused, the old stays in use: ")
    _, _, rest = message.partition(place)
    assert rest.partition(":")[0].isdecimal(), message
    assert "\n" not in message


async def test_mended_knowledge_is_taken_up_after_a_refusal(bot: Bot) -> None:
    async with watched(bot):
        facts = (bot.path / "facts/visitor.yaml").read_text(encoding="utf-8")
        break_facts(bot)
        assert await hang_up(bot) == "refused"
        bot.edit("facts/visitor.yaml", lambda _: facts)
        bot.edit("entries/pool/pool-hours.yaml", lambda text: text.replace("bis zwanzig Uhr", "bis zwölf Uhr"))
        while await hang_up(bot) != "loaded":
            pass
        assert "bis zwölf Uhr" in await bot.says("Öffnungszeiten Schwimmbad")


async def test_a_folder_that_is_gone_is_refused(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    async with watched(bot):
        bot.path.rename(bot.path.parent / "elsewhere")
        assert await hang_up(bot) == "refused"
        assert "zwanzig Uhr" in await bot.says("Öffnungszeiten Schwimmbad")
    assert "changed knowledge refused" in caplog.text


async def test_a_reload_that_breaks_off_is_no_end_of_reloading(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    async with watched(bot) as running:
        with monkeypatch.context() as patched:
            # As after an upgrade that has taken the interpreter away.
            patched.setattr(sys, "executable", str(bot.path / "no-python"))
            os.kill(os.getpid(), signal.SIGHUP)
            for _ in range(100):
                await asyncio.sleep(0)
        assert not running.done()
        bot.edit("entries/pool/pool-hours.yaml", lambda text: text.replace("bis zwanzig Uhr", "bis zwölf Uhr"))
        while await hang_up(bot) != "loaded":
            pass
        assert "bis zwölf Uhr" in await bot.says("Öffnungszeiten Schwimmbad")


def deadly(path: Path, command: str, deaths: int) -> Path:
    """An interpreter that is killed the first times it is to run this command of the bot."""
    program = path / "python"
    program.write_text(
        f"""#!/bin/sh
if [ "$3" = {command} ] && [ "$(cat {path}/deaths 2>/dev/null | wc -l)" -lt {deaths} ]; then
    echo >> {path}/deaths
    kill -9 $$
fi
exec {interpreter(path / "quick")} "$@"
""",
        encoding="utf-8",
    )
    program.chmod(0o700)
    return program


@pytest.mark.skipif(sys.platform == "win32", reason="nobody is killed by a signal there")
@pytest.mark.parametrize("command", ["check", "match"])
async def test_what_was_killed_while_it_checked_is_tried_again(
    bot: Bot,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(reload, "FIRST_RETRY_SECONDS", 0.01)
    monkeypatch.setattr(sys, "executable", str(deadly(tmp_path_factory.mktemp("bin"), command, deaths=2)))
    async with watched(bot):
        bot.edit("entries/pool/pool-hours.yaml", lambda text: text.replace("bis zwanzig Uhr", "bis zwölf Uhr"))
        assert await hang_up(bot) == "refused"
        results = [await bot.loads.next(), await bot.loads.next()]
        assert results == ["refused", "loaded"]
        assert "bis zwölf Uhr" in await bot.says("Öffnungszeiten Schwimmbad")
    assert caplog.text.count("could not be checked, trying again: its process was killed by signal 9") == 1
    assert "changed knowledge refused" not in caplog.text


async def test_the_time_of_what_is_in_use_can_be_read(bot: Bot) -> None:
    async with watched(bot):
        bot.edit("entries/pool/pool-hours.yaml", lambda text: text.replace("bis zwanzig Uhr", "bis zwölf Uhr"))
        assert await hang_up(bot) == "loaded"
    exposed = bot.loads.exposition().decode()
    assert 'knowledge_reloads_total{result="loaded"} 1.0' in exposed
    (line,) = [each for each in exposed.splitlines() if each.startswith("datenschutz_bot_knowledge_loaded_timestamp")]
    assert float(line.split()[1]) > 0
